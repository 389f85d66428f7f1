"""Names of private people and of places of shelter in free text, told by capitals and their surroundings.

A run of words in capitals is read from the left, the longest known name first: bodies, outlets, nations,
places. What is left over is taken for a name. A town's name beside such a rest is part of it ("Hassan
Yousef").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from dateline.export.tables import table

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_](?:[\w'’ʼ‘-]*\w)?\.?")
# Words in a script that has no capitals, or that this cannot read: Arabic, Cyrillic, Burmese and others.
_OTHER_SCRIPT = re.compile(
    r"[\u0370-\u1dff\u2c00-\u2dff\u2e80-\ua71f\ua800-\ud7ff\uf900-\ufdff\ufe70-\ufefc]+"
    r"(?:[ -]*[\u0370-\u1dff\u2c00-\u2dff\u2e80-\ua71f\ua800-\ud7ff\uf900-\ufdff\ufe70-\ufefc]+)*"
)
_AGE = re.compile(r",? (?:\(?aged? )?\(?\d{1,2}\)?(?=[,.;)]| years| and|$)")
_END = re.compile(r"[.!?…:\n“\"]\s*$|^\s*$")
_POSSESSIVE = re.compile(r"['’]s?$")
_BETWEEN = re.compile(r"[ \u00a0]+|-")
LARGE = 20_000
"""A town of so many people is meant where its name stands alone; a smaller one only after "in" and such."""


class PrivateNames:
    """Finds names that no list knows. Parameters: see :class:`dateline.export.redacting.Redactor`."""

    def __init__(self, is_known: Callable[[str], bool], population: Callable[[str], int | None]) -> None:
        self._is_known, self._population = is_known, population
        self._words = {
            name: frozenset(listed) for name, listed in table("redaction").items() if name != "why"
        }
        self._sites = sorted(table("redaction")["shelters"], key=len, reverse=True)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and kind (``name`` or ``shelter``) of each."""
        for found in _OTHER_SCRIPT.finditer(text):
            yield (*found.span(), "name")
        for run in self._runs(text):
            shelter = self._shelter(text, run)
            if shelter:
                yield shelter
                continue
            for start, end in self._unknown(text, run):
                yield start, end, "name"

    def _runs(self, text: str) -> Iterator[list[re.Match[str]]]:
        """Words in capitals that stand beside each other, with small particles between them."""
        run: list[re.Match[str]] = []
        for word in _WORD.finditer(text):
            between = text[run[-1].end() : word.start()] if run else ""
            joins = bool(run) and _BETWEEN.fullmatch(between) is not None
            if run and (not joins or (run[-1][0].endswith(".") and len(run[-1][0]) > 4)):
                yield self._trimmed(run)
                run = []
            capital = (
                any(part[:1].isupper() for part in re.split(r"[-'’ʼ‘]", word[0])) and word[0][0].isalpha()
            )
            small = self._words["particles"] | self._words["links"]
            if capital or (run and word[0].lower() in small):
                run.append(word)
            elif run:
                yield self._trimmed(run)
                run = []
        if run:
            yield self._trimmed(run)

    def _trimmed(self, run: list[re.Match[str]]) -> list[re.Match[str]]:
        while run and run[-1][0].islower():
            run = run[:-1]
        return run

    def _shelter(self, text: str, run: Sequence[re.Match[str]]) -> tuple[int, int, str] | None:
        """The name of a place of shelter: "the Dar al-Amal shelter", "a cellar known as Beit Nur"."""
        start, end = run[0].start(), run[-1].end() - run[-1][0].endswith(".")
        before, after = text[max(0, start - 40) : start].lower(), text[end : end + 16].lower()
        words = [word[0].lower().rstrip(".") for word in run]
        if words[0] in self._words["starters"] and _END.search(text[:start]):
            start, words = (run[1].start(), words[1:]) if len(run) > 1 else (start, [])
        named = re.search(
            rf"\b(?:{'|'.join(self._sites)})s? (?:(?:called|named|known as|of|at) (?:the )?)?(?:“|\")?$",
            before,
        )
        follows = re.match(rf"[”\"]? (?:{'|'.join(self._sites)})\b", after)
        inside = any(word in self._sites for word in words[1:])
        if not words or not (named or follows or inside):
            return None
        whole = text[start:end]
        if self._is_known(whole) or (not inside and not follows and self._is_place(text, whole, start)):
            return None
        return start, end, "shelter"

    def _unknown(self, text: str, run: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
        """The parts of a run that are names no list knows."""
        words = list(run)
        opens = _END.search(text[: words[0].start()]) is not None
        if opens and words[0][0].lower().rstrip(".") in self._words["starters"]:
            words = words[1:]
        marks: list[tuple[str, list[re.Match[str]]]] = []
        while words:
            size = next((n for n in range(len(words), 0, -1) if self._kind(text, words[:n])), 1)
            marks.append((self._kind(text, words[:size]) or "unknown", words[:size]))
            words = words[size:]
        kinds = [kind for kind, _ in marks]
        group: list[re.Match[str]] = []
        for at, (kind, part) in enumerate(marks):
            beside = {*kinds[max(0, at - 1) : at], *kinds[at + 1 : at + 2]}
            lone_place = kind == "place" and len(part) == 1 and bool(beside & {"unknown", "title", "place"})
            aged = kind == "place" and len(part) == 1 and self._is_person(text, part)
            aged = aged and not self._is_placed(text, part[0].start())
            if kind in ("unknown", "title") or lone_place or aged:
                group += part
            elif group:
                yield from self._person(text, group)
                group = []
        if group:
            yield from self._person(text, group)

    def _person(self, text: str, group: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
        """A name without the title before it, which may stay; a title alone is none."""
        while group and group[0][0].lower().rstrip(".") in self._words["titles"] and len(group) > 1:
            if group[0][0].lower() in ("abu", "abou", "umm", "um"):
                break
            group = group[1:]
        if len(group) == 1 and group[0][0].lower().rstrip(".") in self._words["titles"]:
            return
        opens = _END.search(text[: group[0].start()]) is not None
        plain = group[0][0].lower()
        # The first word of a sentence alone is a name where it speaks or is aged, or stands nowhere small.
        alone = len(group) == 1 and opens and not self._is_person(text, group)
        if alone and re.search(rf"\b{re.escape(plain)}\b", text):
            return
        yield group[0].start(), group[-1].end() - group[-1][0].endswith(".")

    def _kind(self, text: str, words: Sequence[re.Match[str]]) -> str | None:
        whole = text[words[0].start() : words[-1].end()]
        plain = _POSSESSIVE.sub("", whole.rstrip("."))
        if len(words) == 1:
            lower = plain.lower()
            if plain in self._words["links"]:
                return "link"
            if lower in self._words["titles"]:
                return "title"
            if lower in self._words["offices"]:
                return "office"
            if plain.isupper() and 2 <= len(plain) <= 5 and self._is_known(plain):
                return "known"
            if lower in self._words["starters"]:
                return "office"
            opening, mark, rest = plain.partition("-")  # "US-led", "Turkish-backed"
            if mark and rest.islower() and self._is_known(opening):
                return "known"
        if self._is_known(plain) or self._is_known(plain.replace(".", "")):
            return "known"
        return "place" if self._is_place(text, plain, words[0].start()) else None

    def _is_place(self, text: str, name: str, start: int) -> bool:
        people = self._population(name)
        if people is None:
            return False
        return self._is_placed(text, start) or people >= LARGE or " " in name

    def _is_placed(self, text: str, start: int) -> bool:
        """Whether "in", "near" or such stands before a name."""
        before = re.findall(r"[a-z]+", text[max(0, start - 16) : start].lower())
        return bool(before) and before[-1] in self._words["before_places"]

    def _is_person(self, text: str, words: Sequence[re.Match[str]]) -> bool:
        after = text[words[-1].end() : words[-1].end() + 24]
        following = re.match(r",? ?([a-z]+)", after)
        speaks = following is not None and following[1] in self._words["speaking"]
        return speaks or _AGE.match(after) is not None
