"""The words for times, and how an expression is made plain before the grammar reads it.

Names of weekdays in English, French, Spanish and German, of months in Russian, Ukrainian and Arabic too;
seasons, feasts, near days.
"""

from __future__ import annotations

import re
from functools import lru_cache

WEEKDAYS: tuple[str, ...] = (  # Monday first; English, French, Spanish, German
    "monday mon lundi lunes montag",
    "tuesday tues tue mardi martes dienstag",
    "wednesday wednes weds wed mercredi miércoles miercoles mittwoch",
    "thursday thurs thur thu jeudi jueves donnerstag",
    "friday fri vendredi viernes freitag",
    "saturday sat samedi sábado sabado samstag",
    "sunday sun dimanche domingo sonntag",
)
MONTHS: tuple[str, ...] = (
    "january jan janvier enero januar января січня يناير",
    "february feb février fevrier febrero februar февраля лютого فبراير",
    "march mar mars marzo märz марта березня مارس",
    "april apr avril abril апреля квітня أبريل",
    "may mai mayo мая травня مايو",
    "june jun juin junio juni июня червня يونيو",
    "july jul juillet julio juli июля липня يوليو",
    "august aug août aout agosto августа серпня أغسطس",
    "september sept sep septembre septiembre сентября вересня سبتمبر",
    "october oct octobre octubre oktober октября жовтня أكتوبر",
    "november nov novembre noviembre ноября листопада نوفمبر",
    "december dec décembre decembre diciembre dezember декабря грудня ديسمبر",
)
SEASONS: dict[str, int] = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of each season, as in the northern hemisphere (the annotated reports tell of it)."""

NEAR_DAYS: dict[str, tuple[int, int]] = {  # days from publication: first, last
    word: days
    for words, days in (
        ("today|tonight|now|currently|presently|at present|right now|moment|this day", (0, 0)),
        ("aujourd'hui|hoy|heute", (0, 0)),
        ("yesterday|hier|ayer|gestern|last night|last evening|yesterday night", (-1, -1)),
        ("day before yesterday|avant hier|anteayer|vorgestern", (-2, -2)),
        ("tomorrow|demain|mañana|morgen", (1, 1)),
        ("day after tomorrow|après demain|übermorgen", (2, 2)),
        ("overnight", (-1, 0)),
    )
    for word in words.split("|")
}
FEASTS: dict[str, tuple[int, int]] = {  # on the same day every year: month, day
    "new year day": (1, 1),
    "may day": (5, 1),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "new year eve": (12, 31),
}
ORDINALS: dict[str, int] = {
    word: number
    for number, word in enumerate(
        (
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
        ),
        start=1,
    )
}

# ---------------------------------------------------------------- making words plain

_MARKS = str.maketrans("’‘`´‐‑–—−", "''''-----")
NAMES = "|".join(sorted(" ".join((*MONTHS, *WEEKDAYS)).split(), key=len, reverse=True))
MONTH_NAMES = "|".join(sorted(" ".join(MONTHS).split(), key=len, reverse=True))
_ASIDE = re.compile(r"[(\[][^()\[\]]*[)\]]")
_MERIDIEM = re.compile(r"(?<=[\d ])([ap])\.? ?m\b\.?")
_CLOCK = re.compile(
    r"\b(?:(?:at|around|about|approximately|by|from|to|until|till|between|and|before|after|just|shortly)"
    r" )*(?:(?<![\d/.-])\d{1,2}(?:[:.]?\d{2})? ?(?:am|pm|gmt|utc|o'clock)"
    r"(?: (?:local time|gmt|utc))?"
    r"|(?<![\d/.-])\d{1,2}:\d{2}(?::\d{2})?(?: ?(?:local time|hours|hrs|h))?"
    r"|(?<![\d/.-])\d{4} ?(?:local time|hours|hrs)"
    r"|(?<=at )(?:[01]\d|2[0-3])[0-5]\d|(?<=at about )(?:[01]\d|2[0-3])[0-5]\d)(?![\d/-])"
)
_POSSESSIVE = re.compile(r"'s?(?= |$)")
_DOTTED = re.compile(r"(?<=[a-zäéû])\.|(?<=\d)\.(?= )")
_NAMES_APART = re.compile(rf"\b({NAMES}) ?- ?(?=(?:{NAMES})\b)|(?<=\d) ?- ?(?=(?:{MONTH_NAMES})\b(?!-))()")
_HYPHEN = re.compile(r"(?<=[a-zé\d])-(?=[a-zé])|(?<=[a-zé])-(?=\d)")
LEAD = re.compile(  # small words that change few readings; the rules see them as `lead`
    r"(?:(?:on|at least|at|in|for|during|over|throughout|within|through|around|about"
    r"|approximately|roughly|nearly|almost|barely|just|only|exactly|possibly|probably|already|again|back|sometime"
    r"|now|course of|space of|whole|entire|same period of|le|el|am|im) )*"
    r"(?:(?:the|these|his|her|its|their) )?(?:(?:very|course of the|whole|entire|period of) )?"
)


@lru_cache(maxsize=8192)
def plain(words: str) -> str:
    """Lower case; no commas, asides, clock times or possessives; hyphens only between numbers."""
    text = words.translate(_MARKS).lower()
    if "(" in text or "[" in text:
        text = _ASIDE.sub(" ", text)
    text = " ".join(text.replace(",", " ").replace(";", " ").replace('"', " ").split())
    if any("0" <= c <= "9" for c in text):
        text = _CLOCK.sub(" ", _MERIDIEM.sub(r"\1m", text))
    if "'" in text:
        text = _POSSESSIVE.sub("", text)
    if "." in text:
        text = _DOTTED.sub("", text)
    if "-" in text:
        text = _HYPHEN.sub(" ", _NAMES_APART.sub(r"\1 to ", text).replace(" - ", " to "))
    return " ".join(text.split()).strip(" .:!?-'()[]")


# ---------------------------------------------------------------- what speaks of time at all

DATE_LIKE = re.compile(
    r"\b(?:days?|daily|weeks?|weekly|weekend|months?|monthly|years?|yearly|hours?|minutes?|moments?"
    r"|seconds?|decades?|centur(?:y|ies)|nights?|nighttime|mornings?|evenings?|afternoons?|dawn|dusk"
    r"|noon|midday|midnight|ago|later|earlier|recent(?:ly)?|lately|soon|then|past|future|since|until"
    r"|now|ramadan|eid|easter|christmas|ashura|nowruz|norouz|muharram|thanksgiving|passover|prayers?"
    r"|holidays?|anniversary|period|time|previously|ever|long|spring|summer|autumn|winter|today"
    r"|tonight|yesterday|tomorrow|overnight|date|era|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|am|pm|gmt|utc)\b|\b\d{1,2}[:.]\d{2}\b"
    rf"|\b(?:{'|'.join(' '.join(MONTHS).split())})\b"
)
"""Words with one of these tell of a time, if not of which."""
