"""The language of a text, told cheaply: shares of stop words for English, else the script's guess.

Only one decision rests on it (is this English?); other languages get a best guess for the reason of
their outcome. About 30 µs a report; no model.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from dateline.sources.wordlists import load

#: Characters looked at. All 1264 train and FA-KES reports come out English; of 700 characters, one
#: does not, of 300, seven; 4000 change no verdict.
SAMPLE = 1500

#: Share of a text's words that stop words must make up. Those reports have .37 at the median and .19
#: at the least; Dutch, German, French and Indonesian samples by the English list .11 at most.
MIN_SHARE = 0.15

#: With this share English is settled and no other language is looked at.
SURE_SHARE = 0.25

#: Up to so many words, two of English news are enough: a headline has hardly any stop word.
SHORT = 25

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@cache
def _lists() -> dict[str, frozenset[str]]:
    """Stop words by language."""
    return {language: frozenset(words.split()) for language, words in load("languages")["stopwords"].items()}


@cache
def _scripts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Scripts with the characters of each."""
    ranges = load("languages")["ranges"]
    made = []
    for script, spans in ranges.items():
        characters = "".join(f"{chr(int(a, 16))}-{chr(int(b, 16))}" for a, b in spans)
        made.append((script, re.compile(f"[{characters}]")))
    return tuple(made)


def detect(text: str) -> str:
    """The language of ``text``: ``"en"``, another ISO 639 code as a guess, or ``"und"`` (undetermined).

    Where the beginning tells nothing (a page's menus, a list of names), the middle is looked at too.
    """
    language = _detect(text[:SAMPLE])
    if language == "und" and len(text) > 2 * SAMPLE:
        middle = (len(text) - SAMPLE) // 2
        return _detect(text[middle : middle + SAMPLE])
    return language


def _detect(sample: str) -> str:
    """The language of a sample."""
    script = _script(sample)
    words = sample.lower().replace("’", "'").split()
    if script is None or not words:
        return "und"
    best, share = _best(words)
    if share >= MIN_SHARE:
        return best
    if script == "LATIN" and _is_terse_english(sample):
        return "en"
    guess: str = load("languages")["scripts"].get(script, "und")
    return guess


def _script(sample: str) -> str | None:
    """The script of most letters; None when there is no letter."""
    ascii_only = sample.encode("ascii", "ignore").decode("ascii")
    if 4 * len(ascii_only) >= 3 * len(sample) and any(character.isalpha() for character in ascii_only):
        return "LATIN"
    counts = {name: len(pattern.findall(sample)) for name, pattern in _scripts()}
    script = max(counts, key=lambda name: counts[name])
    return script if counts[script] else None


def _best(words: list[str]) -> tuple[str, float]:
    """The language whose stop words make up most of ``words``, and their share; English wins a tie."""
    counts = Counter(words)
    lists = _lists()
    best, hits = "en", _hits(counts, lists["en"])
    if hits < SURE_SHARE * len(words):
        for language, stopwords in lists.items():
            found = _hits(counts, stopwords)
            if found > hits:
                best, hits = language, found
    return best, hits / len(words)


def _hits(counts: Counter[str], stopwords: frozenset[str]) -> int:
    """How many of the counted words are stop words."""
    return sum(counts[word] for word in counts.keys() & stopwords)


def _is_terse_english(sample: str) -> bool:
    """Whether a sample with few stop words (headlines, menus) holds enough words of English news."""
    known = frozenset(load("languages")["news"]["en"].split()) | _lists()["en"]
    words = _WORD.findall(sample.lower())
    found = sum(1 for word in words if word in known)
    if len(words) <= SHORT:
        return found >= 2 or 3 * found >= len(words) > 0
    return found >= MIN_SHARE * len(words)
