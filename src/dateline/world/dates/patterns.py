"""The pieces that the patterns of the grammar are put together from, and the numbers they hold."""

from __future__ import annotations

import re

from dateline.world.dates.words import MONTH_NAMES, MONTHS, ORDINALS, WEEKDAYS
from dateline.world.quantities import cardinal

WEEKDAY_OF = {name: i for i, names in enumerate(WEEKDAYS) for name in names.split()}
MONTH_OF = {name: i for i, names in enumerate(MONTHS, 1) for name in names.split()}
A_WEEKDAY = "|".join(sorted(WEEKDAY_OF, key=len, reverse=True))
A_MONTH = f"(?P<month>{MONTH_NAMES})"
A_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|º)?"
FIRST_DAY, LAST_DAY = A_DAY.replace("day", "first"), A_DAY.replace("day", "last")
OF = r"(?: of| de| del)?"
ITS_YEAR = (
    r"(?: (?:of |in |de |del )?(?:the )?"
    r"(?P<year>1\d{3}|20\d{2}|(?:last|this|next|that|same) year))?"
)
WHICH = "last|this|past|next|coming|previous|current|following|same|that"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
ONES = "one|two|three|four|five|six|seven|eight|nine"
A_NUMBER = (
    rf"(?P<n>\d{{1,4}}|(?:{_TENS})(?: (?:{ONES}))?|{ONES}|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|(?:a )?couple(?: of)?|a dozen|an?)"
    r"(?P<half> and a half)?"
)
A_FEW = "(?:a )?few|several|many|some|numerous|recent"
A_UNIT = (
    r"(?P<unit>second|moment|minute|hour|day|night|weekend|week|fortnight|month|year|decade)"
    r"(?P<plural>s?)"
)
AN_ORDINAL = rf"(?P<nth>{'|'.join(ORDINALS)}|\d{{1,3}}(?:st|nd|rd|th))"
_CORE = (
    r"(?:mornings?|afternoons?|evenings?|nights?|dawn|daybreak|sunrise|dusk|sunset|nightfall|noon"
    r"|midday|midnight|daytime|daylight|(?:early|late|small|first|wee|final) (?:morning )?hours)"
)
PART_OF_DAY = (
    r"(?:(?:shortly|soon|just|before|after|by|from|until|since|at|in|around|about|the|early|late|mid"
    rf"|pre|later|earlier|end of|local) )*{_CORE}(?: hours)?"
    rf"(?: (?:and|to) (?:the |early |late )*{_CORE})?"
)


def number_of(match: re.Match[str]) -> float | None:
    """The number of units in a match of ``A_NUMBER``; None for no number word."""
    words = match["n"].removeprefix("a ").removesuffix(" of")
    half = 0.5 if match["half"] else 0
    small = {"a": 1, "an": 1, "couple": 2, "dozen": 12}.get(words)
    number = small if small is not None else cardinal(words)
    return None if number is None else number + half
