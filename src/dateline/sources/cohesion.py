"""Where a text changes its subject: how likely each paragraph begins a report of its own.

For articles run together with nothing between them. Each boundary of paragraphs is judged by how the
paragraph below opens (as a headline, a dateline, a lead; or with a pronoun, "meanwhile", a quotation), by how
much the text below shares with the text above (words weighed by their rarity, names, the likeness of their
meaning by vectors of words), and by whether both are written in one manner (ISIS or Daesh, "9 June" or
"June 9"). The judgement is a sum of decision trees. Then the cuts are chosen together, the likeliest set
given how many paragraphs reports have: of two doubtful boundaries side by side at most one is right.

Word lists: ``data/cohesion.toml``; weights: ``data/cohesion.npz``, made by ``python -m training.cohesion``;
figures: ``docs/methodology/splitting.md``.

A boundary looks at most ``FAR`` paragraphs back, so that its cost does not hang on the length of the text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.errors import InstallationError
from dateline.sources.wordlists import alternatives, load

#: Paragraphs on each side whose words are compared, and how far back a name may have been told.
NEAR, FAR = 4, 12

#: How much the number of paragraphs of a report counts beside its boundaries (chosen by cross-validation; 0.5
#: to 0.7 are alike).
LENGTH_COUNTS = 0.5

#: What a cut must gain in log odds: a wrong one costs a user more than a missed one. In cross-validation it
#: costs .01 of the F of boundaries and takes a tenth of the wrong cuts away.
CAUTION = 0.4

#: No boundary is surer than this.
_SURE = 1e-4

#: Longest paragraph taken for a headline, and characters of a paragraph in which its opening is looked at.
MAX_HEADLINE, OPENING = 130, 160

_LISTS = load("cohesion")
_WORD = re.compile(r"[A-Za-z][\w'’-]+")
_NAME = re.compile(r"\b[A-Z][\w'’-]{2,}")
_LETTERS = re.compile(r"[A-Za-z]{3,}")
_ENDED = re.compile(r"[.!?”\"’:;,]$")
_DATELINE = re.compile(
    r"[A-Z][A-Za-z'’ /-]{2,40}(?:, [A-Z][A-Za-z. ]+)*(?:,? \(?[A-Z][a-z]+\.? \d{1,2}\)?)?"
    r"(?: ?\([A-Z][\w /-]+\))? ?[-–—] "
)
_GOING_ON = re.compile(rf"(?:{alternatives(w.capitalize() for w in _LISTS['going_on'])})\b")
_LOOKING_BACK = re.compile(rf"\b(?:{alternatives(_LISTS['looking_back'])})\b", re.IGNORECASE)
_PRONOUN = re.compile(rf"\b(?:{alternatives(_LISTS['pronouns'])})\b", re.IGNORECASE)
_LEAD = re.compile(rf"(?:{alternatives(w.capitalize() for w in _LISTS['leading'])}|[A-Z][a-z]+ people|\d+)\b")
_CALENDAR = load("calendar")
# In full, as a report that counts days writes them; the calendar names each month in full first.
_MONTHS = {number: name for name, number in reversed(_CALENDAR["months"].items())}
_MONTH = f"(?:{alternatives(_MONTHS.values())})"
_WEEKDAY = f"(?:{alternatives(day for day in _CALENDAR['weekdays']['names'] if day.endswith('day'))})"
_DAY = re.compile(rf"\b{_WEEKDAY}\b|\b\d{{1,2}} {_MONTH}\b|\b{_MONTH} \d{{1,2}}\b")
_FULL_NAME = re.compile(r"\b[A-Z][\w'’-]+(?: (?:[a-z]{2,3} )?[A-Z][\w'’-]+)+")
_SENTENCE = re.compile(r"[.!?][\"”’')\]]*(?:\s|$)")
_QUOTED = re.compile(r"[“”\"]")
_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|us)\b")
_NOTE_MARK = re.compile(r"\[\d+\]")
_MANNERS = tuple(
    tuple(re.compile(way.replace("{month}", _MONTH)) for way in manner["of"]) for manner in _LISTS["manner"]
)
_SAID = re.compile(r"\bsaid\b")
_DEFINITE = re.compile(r"\bThe [a-z]+\b")
_INDEFINITE = re.compile(r"\b[Aa]n? [a-z]+\b")

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class _Paragraph:
    """What is read once of a paragraph: its words with their rarity, its names, its vector, how it opens."""

    text: str
    words: dict[str, float]
    names: frozenset[str]
    vector: Vector
    opening: tuple[float, ...]
    full_names: frozenset[str]
    manner: tuple[frozenset[int], ...]
    style: Vector

    @property
    def headline(self) -> bool:
        """Whether it is short and ends no sentence: the first sign of its opening."""
        return bool(self.opening[0])


@dataclass(frozen=True)
class _Weights:
    """The trained tables: rarity and vector of each known word, the trees, end on end, and usual lengths.

    ``feature`` −1 marks a leaf, whose ``value`` is its score; ``roots``: where each tree begins. ``usual``:
    log odds of a report of 1, 2, 3 … paragraphs against one that may end anywhere; ``at_least``: of that many
    or more.
    """

    index: dict[str, int]
    rarity: NDArray[np.float32]
    unknown: float
    vectors: NDArray[np.int8]
    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    value: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    usual: NDArray[np.float64]
    at_least: NDArray[np.float64]


def beginnings(paragraphs: Sequence[str]) -> list[float]:
    """For each paragraph but the first the probability (0…1) that a report begins with it.

    Raises InstallationError when the weights are missing or damaged.
    """
    if len(paragraphs) < 2:
        return []
    weights = _weights()
    rows = features(paragraphs).astype(np.float32)
    at = np.broadcast_to(weights.roots, (len(rows), len(weights.roots))).copy()
    while (inner := weights.feature[at] >= 0).any():  # one step down in every tree
        told = np.take_along_axis(rows, np.where(inner, weights.feature[at], 0).astype(np.intp), axis=1)
        down = np.where(told <= weights.value[at], weights.left[at], weights.right[at])
        at = np.where(inner, down, at)
    scores = weights.value[at].sum(axis=1, dtype=np.float64)
    return [float(p) for p in 1 / (1 + np.exp(-scores))]


def starts(paragraphs: Sequence[str]) -> list[int]:
    """The numbers of the paragraphs at which a report begins, the first aside; for one report none.

    The set of cuts with the highest sum of log odds, each report weighed by how usual its number of
    paragraphs is (the last may be longer). Raises InstallationError when the weights are missing or damaged.
    """
    likely = np.clip(beginnings(paragraphs), _SURE, 1 - _SURE)
    odds = np.log(likely / (1 - likely)) - CAUTION
    usual, at_least = (LENGTH_COUNTS * table for table in (_weights().usual, _weights().at_least))
    count = len(paragraphs)
    best, back = np.zeros(count + 1), [0] * (count + 1)
    for end in range(1, count + 1):
        lengths = np.minimum(end - np.arange(end), len(usual)) - 1
        found = best[:end] + (at_least if end == count else usual)[lengths]
        back[end] = int(found.argmax())
        best[end] = found[back[end]] + (0.0 if end == count else odds[end - 1])
    cuts = []
    while (count := back[count]) > 0:
        cuts.append(count)
    return cuts[::-1]


def features(paragraphs: Sequence[str]) -> NDArray[np.float64]:
    """The features of each boundary, a row for each paragraph but the first; the columns of the weights."""
    read = [_read(text) for text in paragraphs]
    rows = np.array([_boundary(read, at) for at in range(1, len(read))])
    # Against the rest of the text: likeness less the mean, and less the lower of its neighbours'.
    for column in (_LIKE_SIDES, _LIKE_ABOVE):
        like = rows[:, column]
        padded = np.pad(like, 1, constant_values=np.inf)
        lower = np.minimum(padded[:-2], padded[2:])
        rows = np.column_stack([rows, like - like.mean(), like - np.where(np.isinf(lower), like, lower)])
    return rows


# ---------------------------------------------------------------- a paragraph


def _read(text: str) -> _Paragraph:
    weights = _weights()
    index, rarity = weights.index, weights.rarity
    words: dict[str, float] = {}
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if len(word) > 2 and word not in words:
            known = index.get(word)
            words[word] = weights.unknown if known is None else float(rarity[known])
    rows = [at for word in _LETTERS.findall(text) if (at := index.get(word.lower())) is not None]
    summed = weights.vectors[np.array(rows, dtype=np.intp)].sum(axis=0, dtype=np.float64)
    return _Paragraph(
        text=text,
        words=words,
        names=frozenset(m[0].lower() for m in _NAME.finditer(text) if m.start() > 0),
        vector=summed / (np.linalg.norm(summed) + 1e-9),
        opening=_opening(text),
        full_names=frozenset(_FULL_NAME.findall(text)),
        manner=tuple(frozenset(i for i, way in enumerate(ways) if way.search(text)) for ways in _MANNERS),
        style=_style(text),
    )


def _style(text: str) -> Vector:
    """How a paragraph is written: sentence and word length, digits, capitals, quotations, we, cited notes."""
    words = _WORD.findall(text)
    many = max(1, len(words))
    sentences = len(_SENTENCE.findall(text)) or 1
    return np.array(
        [
            min(many / sentences, 60) / 60,
            sum(map(len, words)) / many / 10,
            sum(c.isdigit() for c in text) / max(1, len(text)) * 10,
            sum(w[0].isupper() for w in words) / many,
            bool(_QUOTED.search(text)),
            bool(_WE.search(text)),
            bool(_NOTE_MARK.search(text)),
            len(_SAID.findall(text)) / sentences,
            min(len(text), 1000) / 1000,
        ]
    )


def _opening(text: str) -> tuple[float, ...]:
    """How a paragraph opens: as a headline, a dateline, a lead, or as one that goes on."""
    first = text[:OPENING]
    headline = len(text) < MAX_HEADLINE and not _ENDED.search(text)
    words = _WORD.findall(text[:200])
    return (
        headline,
        headline and text.isupper(),
        bool(_DATELINE.match(first)),
        bool(_GOING_ON.match(text)),
        text[:1] in '“"‘',
        bool(_LEAD.match(text)),
        bool(_DAY.search(first)),
        sum(word[0].isupper() for word in words) / max(1, len(words)),
        min(len(text), 600) / 600,
        text[:1] in "•-*",
        bool(_SAID.search(text[:300])),
        text.startswith("The "),
        bool(_LOOKING_BACK.search(first)),
    )


# ---------------------------------------------------------------- a boundary

_SHAPE = 5
"""Of the paragraph above, so many of the signs of :func:`_opening` count."""


def _boundary(read: Sequence[_Paragraph], at: int) -> list[float]:
    """The features of the boundary above ``read[at]``; headlines below it count with their text."""
    body = at
    while body + 1 < len(read) and read[body].headline and body - at < 2:
        body += 1
    below, text, above = read[at], read[body], read[at - 1]
    before, far = read[max(0, at - NEAR) : at], read[max(0, at - FAR) : at]
    after = read[at : at + NEAR]
    following = read[body + 1] if body + 1 < len(read) else None
    unit = _words(read[at : body + 1])
    left, right, told = _words(before), _words(after), _words(far)
    names = frozenset().union(*(p.names for p in read[at : body + 1]))
    left_names = frozenset().union(*(p.names for p in before))
    right_names = frozenset().union(*(p.names for p in after))
    told_names = frozenset().union(*(p.names for p in far))
    opening = text.text[:200]
    row: list[float] = [
        *below.opening,
        *text.opening,
        *above.opening[:_SHAPE],
        above.headline,
        at > 1 and read[at - 2].headline,
        len(_PRONOUN.findall(opening)),
        bool(_DEFINITE.search(opening)),
        bool(_INDEFINITE.search(opening[:90])),
        _shared(unit, left),
        _shared(unit, above.words),
        _shared(above.words, right),
        _shared(right, left),
        _shared(left, right),
        _shared(unit, told),
        _shared(_weighed(names), told_names | told.keys()),
        bool(names),
        _shared(_weighed(right_names), left_names | left.keys()),
        _weight(right_names & left_names),
        _weight(names & (told_names | told.keys())),
        _weight(right_names & told_names),
        _shared(following.words, unit) if following else -1,
        _shared(above.words, read[at - 2].words) if at > 1 else -1,
        len(read),
        at / len(read),
        min(at, 6),
        min(len(read) - at, 6),
        sum(len(p.text) for p in before) / 1000,
        sum(len(p.text) for p in after) / 1000,
    ]
    apart = np.abs(np.mean([p.style for p in before], axis=0) - np.mean([p.style for p in after], axis=0))
    row += [*apart, *_manners(before, after)]
    full = frozenset().union(*(p.full_names for p in read[at : body + 1]))
    told_full = frozenset().union(*(p.full_names for p in far))
    in_full = {part.lower() for name in full for part in name.split()}
    short = ({name.split()[-1].lower() for name in told_full} & names) - in_full
    row += [len(full), len(full & told_full), len(short)]
    return row + _likeness(before, after, text, following, read[at - 2] if at > 1 else None)


def _manners(before: Sequence[_Paragraph], after: Sequence[_Paragraph]) -> list[float]:
    """For each manner 1 where the sides write it differently, −1 where they share a way; and the sum."""
    found = []
    for group in range(len(_MANNERS)):
        left = frozenset().union(*(p.manner[group] for p in before))
        right = frozenset().union(*(p.manner[group] for p in after))
        found.append(0.0 if not left or not right else 1.0 if left.isdisjoint(right) else -1.0)
    return [*found, sum(found)]


def _likeness(
    before: Sequence[_Paragraph],
    after: Sequence[_Paragraph],
    text: _Paragraph,
    following: _Paragraph | None,
    earlier: _Paragraph | None,
) -> list[float]:
    """How like in meaning the two sides are: cosines of word vectors (−1…1)."""
    one, two = np.array([p.vector for p in before]), np.array([p.vector for p in after])
    each = one @ two.T
    left, right = _mean(one), _mean(two)
    above = before[-1].vector
    onward = float(text.vector @ following.vector) if following else -1.0
    back = float(left @ text.vector)
    return [
        float(above @ text.vector),
        float(each.max()),
        float(each.mean()),
        float(left @ right),
        float((one @ text.vector).max()),
        float(each[-1].max()),
        back,
        float(right @ above),
        onward,
        float(above @ earlier.vector) if earlier else -1.0,
        onward - back if following else -1.0,
    ]


_LIKE_SIDES, _LIKE_ABOVE = -8, -5
"""Columns of ``left @ right`` and of ``back`` from the end of a row of :func:`_boundary`."""


def _mean(vectors: Vector) -> Vector:
    mean: Vector = vectors.mean(axis=0)
    return mean / (np.linalg.norm(mean) + 1e-9)


def _words(paragraphs: Iterable[_Paragraph]) -> dict[str, float]:
    found: dict[str, float] = {}
    for paragraph in paragraphs:
        found.update(paragraph.words)
    return found


def _weighed(names: Iterable[str]) -> dict[str, float]:
    weights = _weights()
    known = ((name, weights.index.get(name)) for name in names)
    return {n: weights.unknown if at is None else float(weights.rarity[at]) for n, at in known}


def _weight(names: Iterable[str]) -> float:
    return math.fsum(_weighed(names).values()) / 10


def _shared(words: dict[str, float], others: Any) -> float:
    """The share (0…1) of ``words``, weighed by rarity, that ``others`` hold too."""
    total = math.fsum(words.values())  # exact, so that the order of a set plays no part
    return math.fsum(weight for word, weight in words.items() if word in others) / total if total else 0.0


@cache
def _weights() -> _Weights:
    try:
        with (resources.files("dateline.sources") / "data/cohesion.npz").open("rb") as stream:
            table = dict(np.load(stream, allow_pickle=False))
        words = bytes(table.pop("words")).decode("utf-8").split("\n")
        rarity = table.pop("rarity").astype(np.float32)
        return _Weights(
            index={word: at for at, word in enumerate(words)},
            rarity=rarity,
            unknown=float(rarity.max()),
            **table,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InstallationError(
            f"sources/data/cohesion.npz is missing or damaged ({error}): install Dateline again"
        ) from error
