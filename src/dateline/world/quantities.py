"""Number words to ranges: "at least 300" is 300 to unknown, "dozens" is 24 or more.

The readings are the codebook's (field ``harm`` and its house rules) and live in
``data/quantities.toml``; this module is the grammar that puts them together:

    count   := word                       "dozens", "a few", "no one"
             | cardinal                   "15", "1,200", "3.5 million", "one hundred and twenty"
             | before count               "at least 300", "nearly 40", "another 12"
             | count after                "20 or more", "12 others"
             | low (to|and|or|-) high     "between 10 and 15", "2-3 million"
             | word [of] scale            "tens of thousands", "several dozen"
             | [a adjective] number       "an unknown number of"
             | toll count                 "death toll rose to 23"
             | count people               "two young men"
             | one, people and people     "a man and his two sons"
             | count, including part      "15 people, including four children" (15)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import prod

from msgspec.structs import replace

from dateline.records import Count, HarmState
from dateline.world.people import is_unit, tells_one, without_noun
from dateline.world.vocabulary import read_toml

LONGEST = 120
"""Longer words are no number expression (the longest of the annotated corpus has 40 characters)."""

_DATA = read_toml("quantities.toml")
_CARDINALS: dict[str, int] = _DATA["cardinals"]
_SCALES: dict[str, int] = _DATA["scales"]
_FRACTIONS: dict[str, Fraction] = {k: Fraction(*v) for k, v in _DATA["fractions"].items()}
_WORDS: dict[str, Count] = {
    word: Count(
        min=reading.get("min"),
        max=reading.get("max"),
        approximate=reading.get("approximate", False),
        state=HarmState(reading.get("state", "stated")),
        rule=reading["rule"],
    )
    for word, reading in _DATA["words"].items()
}
_BOUNDS_BEFORE: dict[str, str] = {w: bound for bound, ws in _DATA["before"].items() for w in ws}
_BOUNDS_AFTER: dict[str, str] = {w: bound for bound, ws in _DATA["after"].items() for w in ws}


def _any(words: Iterable[str]) -> str:
    """A pattern for any of ``words``, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


# ---------------------------------------------------------------- the lexer

_DIGITS = re.compile(r"(\d{1,15})(?:\.(\d{1,3}))?")
_GLUED = re.compile(rf"(?<=\d)({_any(w for w in _SCALES if len(w) < 4)})\b")  # "2m", "1.2bn"
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[ ,]\d{3})+(?![\d,]|\.\d)")  # "1,200", "300 000"
_DOTTED = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.,]| ?[a-z])")  # "1.200", as in German
_REPEATED = re.compile(r" ?\([^()]*\)$")  # "thirteen (13)"
_MARKS = " .,;:!?\"'()[]"
_DASHES = str.maketrans("‐‑‒–—−’", "------'")

# ---------------------------------------------------------------- the grammar

_BEFORE = re.compile(rf"({_any(_BOUNDS_BEFORE)})(?:, | |(?<=~)|:)\s*(.+)")
_AFTER = re.compile(rf"(.+?)(?: |(?=[+-]))({_any(_BOUNDS_AFTER)})")
_TWO_BOUNDS = re.compile(r"(.+?),? (?:and|but|possibly|perhaps|maybe) (.+)")
"""At least 15, possibly 20; more than 30 but fewer than 50."""

_RANGE = (
    re.compile(r"(?:anywhere )?between (.+?) and (.+)"),
    re.compile(r"(?:(?:anywhere )?from )?(.+?),? (?:to|or|if not|and possibly|or even) (.+)"),
    re.compile(r"(.+?) ?- ?(.+)"),
)
_FRACTION = re.compile(rf"(?:an? )?({_any(_FRACTIONS)})(?: of)?(?: an?| one)? ({_any(_SCALES)})")
_AND_A_HALF = re.compile(rf"(.+) and a half ({_any(_SCALES)})")
_MULTIPLE = re.compile(
    rf"({_any(w for w, c in _WORDS.items() if c.min)})"
    rf"((?:(?: of)? (?:{_any(_SCALES)})s?)+)"
)
_SCALE = re.compile(_any(_SCALES))
_SHARED_SCALE = re.compile(rf".+ ({_any(_SCALES)})")  # "2-3 million": of the low one too
_NUMBER = re.compile(
    rf"(?:an? )?(?:(?:{_any(_DATA['number_nouns']['vague'])})|"
    rf"(?P<unknown>{_any(_DATA['number_nouns']['unknown'])}))? ?"
    rf"(?:{_any(_DATA['number_nouns']['nouns'])})(?: of)?"
)

_UNKNOWN = re.compile("|".join(f"(?:{p})" for p in _DATA["unknown"]["patterns"]))
_JOINT = tuple(re.compile(p) for p in _DATA["joint"]["patterns"])
_TOLL = re.compile(rf"(?P<words>{_DATA['toll']['before']}|{_DATA['toll']['noun']}) (?P<count>.+)")
_SO_FAR = re.compile(rf"(?:\b|^)(?:{_DATA['toll']['before']})\Z")
_PARTS = re.compile(rf"(?:(?P<count>.+?),? \(?)?(?:{_any(_DATA['parts']['openers'])}) (?P<part>.+?)\)?")
_LIST = re.compile(r",? and |, ")
_OWN = re.compile(r"(?:his|her|their|its) ")


@lru_cache(maxsize=8192)
def resolve_count(words: str) -> Count | None:
    """The range that number words mean, or None when they are no number (an ordinal, a share).

    Both bounds are None when the words count without a number ("many", ""); ``state`` tells "no
    one" (none: 0 to 0) and "an unknown number" (unknown) from what is stated. ``rule`` says how the
    words were read. Source: codebook, field ``harm``.

    >>> resolve_count("at least 300").min
    300
    >>> resolve_count("dozens").rule
    "'dozens' read as 24 or more"
    """
    if len(words) > LONGEST:
        return None
    text = _plain(words)
    if not text:
        return Count(rule="no number said")
    return _read(text)


def cardinal(text: str) -> int | None:
    """The whole number that lower-case ``text`` spells ("45", "forty-five", "3.5 million") or None.

    Strict: parts must go down in size, so that "five six" is no number and "3.5" alone is none.
    """
    done: int | Fraction = 0
    group: int | Fraction = 0
    room, last_scale, seen = 10**16, 10**16, False
    tokens = text.replace("-", " ").split()
    for i, token in enumerate(tokens):
        if token in ("a", "an"):
            if i or len(tokens) == 1 or tokens[1] not in _SCALES:
                return None
            continue
        if token == "and":
            if not seen or i == len(tokens) - 1 or tokens[i + 1] in _SCALES:
                return None
            continue
        scale = _SCALES.get(token)
        if scale is None:
            value = _simple(token)
            if value is None or value >= room:
                return None
            group += value
            room = _room_after(value, token)
        elif scale == 100:
            if group >= 100 or (group == 0 and seen):
                return None
            group, room = (group or 1) * 100, 100
        else:
            if scale >= last_scale or (group == 0 and seen):
                return None
            done += (group or 1) * scale
            group, last_scale = 0, scale
            room = 1000 if scale >= 1000 else 0
        seen = True
    total = done + group
    return int(total) if seen and total.denominator == 1 else None


def _simple(token: str) -> int | Fraction | None:
    """The value of one token without a scale."""
    if (value := _CARDINALS.get(token)) is not None:
        return value
    if not (match := _DIGITS.fullmatch(token)) or not token.isascii():
        return None
    return Fraction(token) if match[2] else int(token)


def _room_after(value: int | Fraction, token: str) -> int:
    """What may be added after ``value`` in the same group: a unit after "forty", else nothing."""
    return 10 if token in _CARDINALS and 20 <= value <= 90 else 0


def _plain(words: str) -> str:
    """Lower case, one kind of dash, no thousands marks, scales apart from their digits."""
    text = " ".join(words.translate(_DASHES).lower().split())
    if any("0" <= c <= "9" for c in text):
        if text[-1] == ")":
            text = _REPEATED.sub("", text) or text
        text = _GROUPED.sub(lambda m: m[0].replace(",", "").replace(" ", ""), text)
        if "." in text:
            text = _DOTTED.sub(lambda m: m[0].replace(".", ""), text)
        text = _GLUED.sub(r" \1", text)
    return text.strip(_MARKS)


def _read(text: str) -> Count | None:
    """``text``, already plain, read by the first rule that fits."""
    if (known := _WORDS.get(text)) is not None:
        return known
    if (number := cardinal(text)) is not None:
        return _exact(number, f"'{text}' read as {number:,}")
    if match := _FRACTION.fullmatch(text):
        return _whole(_FRACTIONS[match[1]] * _SCALES[match[2]], text)
    if match := _AND_A_HALF.fullmatch(text):
        if (number := cardinal(match[1])) is None:
            return None
        return _whole((number + Fraction(1, 2)) * _SCALES[match[2]], text)
    if match := _NUMBER.fullmatch(text):
        state = HarmState.UNKNOWN if match["unknown"] else HarmState.STATED
        return Count(state=state, rule=f"'{text}' gives no number")
    if match := _MULTIPLE.fullmatch(text):
        return _times(_WORDS[match[1]], prod(_SCALES[s] for s in _SCALE.findall(match[2])), text)
    if (match := _TWO_BOUNDS.fullmatch(text)) and (both := _within(_read(match[1]), _read(match[2]), text)):
        return both
    if (match := _BEFORE.fullmatch(text)) and (count := _read(match[2])):
        return _bounded(count, _BOUNDS_BEFORE[match[1]], match[1])
    if (match := _AFTER.fullmatch(text)) and (count := _read(match[1])):
        return _bounded(count, _BOUNDS_AFTER[match[2]], match[2])
    for pattern in _RANGE:
        if (match := pattern.fullmatch(text)) and (between := _span(match[1], match[2], text)):
            return between
    return _people(text)


def _people(text: str) -> Count | None:
    """A count with words for the people counted, or for what the number does."""
    if _UNKNOWN.fullmatch(text):
        return Count(state=HarmState.UNKNOWN, rule=f"'{text}': said to be unknown")
    if match := _PARTS.fullmatch(text):
        return _read(match["count"] or match["part"])
    for pattern in _JOINT:
        if match := pattern.fullmatch(text):
            return _joint(_read(match["count"]))
    if (match := _TOLL.fullmatch(text)) and (count := _read(match["count"])):
        return replace(count, rule=f"'{match['words']}', a toll of all so far: {count.rule}")
    number, _, last = text.rpartition(" ")
    if number and is_unit(last) and (counted := _read(number)):
        return of_units(counted, last)
    if (bare := without_noun(text)) and (counted := _read(bare)):
        return counted
    return _listed(text)


def of_units(count: Count, unit: str) -> Count:
    """``count`` of units of several people: how many people is not told, unless there were none."""
    if count.state is HarmState.NONE:
        return count
    return Count(state=count.state, rule=f"counts {unit}, not people")


def counts_all_so_far(before: str) -> bool:
    """Whether the words right before a number make it a toll that takes the place of earlier ones.

    >>> counts_all_so_far("officials said the death toll rose to ")
    True
    """
    found = _SO_FAR.search(" ".join(before.lower().split()))
    return found is not None and re.search(r"toll|number|total|\bto\Z", found[0]) is not None


def _joint(count: Count | None) -> Count | None:
    """A count told for two kinds of harm: no bounds for either, unless there were none."""
    if count is None or count.state is HarmState.NONE:
        return count
    return Count(
        state=count.state, approximate=count.approximate, rule="one count told for two kinds of harm"
    )


def _listed(text: str) -> Count | None:
    """People named one after the other, added up ("a man and his two sons"); None when one has no number."""
    low, high, about = 0, 0, False
    parts = _LIST.split(text)
    for part in parts:
        own = _OWN.match(part)
        words = part[own.end() :] if own else part
        determined = own or words.startswith(("a ", "an ", "one "))
        if determined and tells_one(words):
            one = Count(min=1, max=1)
        else:
            number = without_noun(words)
            read = _read(number) if number else None
            if read is None or read.min is None or read.max is None or not read.max:
                return None
            one = read
        low, high, about = low + (one.min or 0), high + (one.max or 0), about or one.approximate
    return Count(min=low, max=high, approximate=about, rule=f"'{text}' added up to {high:,}")


def _within(low: Count | None, high: Count | None, text: str) -> Count | None:
    """From "at least 15" to "up to 20", or to 20; None where the two are no such bounds."""
    if low is None or high is None or low.min is None or low.max is not None or high.max is None:
        return None
    if high.max < low.min:
        return None
    return Count(min=low.min, max=high.max, rule=f"two bounds '{text}'")


def _exact(number: int, rule: str) -> Count:
    """``number`` to ``number``; 0 is said to be none."""
    state = HarmState.STATED if number else HarmState.NONE
    return Count(min=number, max=number, state=state, rule=rule)


def _whole(number: Fraction, text: str) -> Count | None:
    """An exact count, unless ``number`` has a fraction of a person in it."""
    if number.denominator != 1:
        return None
    return _exact(int(number), f"'{text}' read as {int(number):,}")


def _times(word: Count, scale: int, text: str) -> Count | None:
    """A word's range times a scale: "tens of thousands" is 20 times 1,000 or more."""
    if word.min is None:
        return None
    low = word.min * scale
    if word.max is None:
        return Count(min=low, rule=f"'{text}' read as {low:,} or more")
    return Count(min=low, max=word.max * scale, approximate=True, rule=f"'{text}' read as {low:,}")


def _bounded(count: Count | None, bound: str, words: str) -> Count | None:
    """``count`` under a qualifier (codebook: "more than N" is N to null, "nearly N" null to N)."""
    if count is None or bound == "exactly":
        return count
    if count.min is None and count.max is None:
        return count
    if bound == "at_least":
        if (low := count.min) is None:
            return Count(rule=f"'{words}' before a number without a lower bound")
        return Count(min=low, approximate=count.approximate, rule=f"'{words}': {low:,} or more")
    if bound == "around":
        return Count(min=count.min, max=count.max, approximate=True, rule=f"'{words}': approximate")
    near = bound == "nearly" or count.approximate
    if count.max is None:
        return Count(approximate=near, rule=f"'{words}' before a number without an upper bound")
    return Count(max=count.max, approximate=near, rule=f"'{words}': {count.max:,} or fewer")


def _span(low_words: str, high_words: str, text: str) -> Count | None:
    """From the lower bound of one count to the upper bound of the other; None unless they go up."""
    high = _read(high_words)
    if high is None:
        return None
    low = _read(low_words)
    if (shared := _SHARED_SCALE.fullmatch(high_words)) and high.max is not None:
        scaled = cardinal(f"{low_words} {shared[1]}")
        if scaled is not None and scaled <= high.max:
            low = Count(min=scaled, max=scaled)
    if low is None or low.min is None:
        return None
    top = high.max if high.max is not None else high.min
    if top is None or top < low.min:
        return None
    near = low.approximate or high.approximate
    return Count(min=low.min, max=high.max, approximate=near, rule=f"range '{text}'")
