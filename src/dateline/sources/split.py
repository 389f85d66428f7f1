"""Several articles in one text: where each begins and ends.

A joint needs one strong sign or two independent ones; where unsure, the text stays whole. Signs:

    strong   a rule of ten or more characters between two bodies of text ("----------");
             a second full dateline ("CITY, June 9 (Agency) -") in a text that opened with one;
             a second lead that opens with its date ("Fri Jun 9 2017 Shells hit ...") in a text that
             opened so
    others   a short rule or a form feed; an end mark ("###"), a credit ("Reporting by ...") or a
             copyright line just above; a byline, a date line or a full dateline just below; a
             headline above one of these; a lead that introduces the first lead's names again

Both sides must hold a body of text. Where no such sign parts them, English articles with nothing but a
newline between them are told apart by what they are about (:mod:`dateline.sources.cohesion`), at paragraphs
only. Lines are looked at once; all searches are bounded, so that cost grows linearly with the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum, auto
from itertools import pairwise

import msgspec

from dateline.records import Part
from dateline.sources.datelines import AGENCY, FULL, Dateline, dateline_at
from dateline.sources.dates import DATE, WEEKDAY
from dateline.sources.language import detect
from dateline.sources.wordlists import alternatives, load

#: Characters of running text a part must have on each side of a joint; with a sure sign (a long
#: rule, a full dateline of its own) a short item will do. A standfirst stays under the first, a
#: brief over the second.
MIN_BODY, MIN_BRIEF = 300, 80

#: Characters on each side of a joint that rests on the subject alone.
MIN_SUBJECT = 200

#: Lines looked at below a possible joint for its body, so that cost stays linear.
LOOK_AHEAD = 100

#: Longest line taken for a headline.
MAX_HEADLINE = 160

#: Lines from here on may be whole articles run together, and are searched inside. The same length
#: must stand before a credit inside a line for a new article to follow it: credits of pictures come
#: earlier (of the 711 FA-KES reports, all whole, seven were cut at a picture's credit when 300
#: sufficed).
MIN_RUN_ON = 700

#: A text of more paragraphs is too long to ask of each what it is about.
MAX_PARAGRAPHS = 1_000

#: So many short lines that stand alone are headings of sections: none of them begins a report.
MIN_SECTIONS = 3

#: From this share of long lines on that end inside a sentence, lines are no paragraphs: they are wrapped.
WRAPPED = 0.3

_WORDS = load("separators")
_RULE = re.compile(
    rf"[ \t]*(?P<mark>[{re.escape(_WORDS['rule_characters'])}])(?:[ \t]?(?P=mark)){{2,}}[ \t]*$"
)
_ENDS = frozenset(_WORDS["ends"])
_CREDIT = re.compile(
    rf"\s*(?:{alternatives(_WORDS['credits'])}|[(\[—–-]*\s*(?:{AGENCY})(?:(?:\s?/\s?|,\s|\sand\s)(?:{AGENCY}|agencies))*[)\]]*\s*$"
    rf"|(?:{AGENCY})[^.\n]{{0,40}}\scontributed\sto\sthis)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    rf"\s*(?:{alternatives(_WORDS['copyright'])})|.{{0,80}}\ball rights reserved\b", re.IGNORECASE
)
_FOOT = re.compile(rf"\s*(?:{alternatives(_WORDS['feet'])})", re.IGNORECASE)
_BYLINE = re.compile(
    r"\s*(?:By|BY|Byline:)\s+(?:[A-ZÀ-Þ][\w.'’-]*|an?\s[a-z]+)(?:[\s,]+(?:and|in|of|for|the|[A-ZÀ-Þa][\w.'’-]*)){0,10}\s*$"
)
_LABELS = alternatives(load("calendar")["labels"]["published"])
_DATED_LEAD = re.compile(rf"\s*(?P<label>(?i:{_LABELS})\s*:?\s+)?{DATE.pattern}\s*(?=[A-ZÀ-Þ\"“])")
_ITEM = re.compile(r"(?:[*•·▪◦–-]|\(?\d{1,2}[.)])[ \t]")
_SECTION = re.compile(r"\W*[A-ZÀ-Þ0-9][^\s.!?]*(?: [^\s.!?]+){0,3}:?")
_NEWLINE = re.compile(r"[\r\n\f]+")
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)|\f")
_PARAGRAPH_END = re.compile(r"[.!?…:;][\"”’')\]]*(?:\[\d+\])*$")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
_EDITED = r"\(?Reporting by [^.\n()]{3,120}?;? ?[Ee]diting by [A-Z][\w.'’-]{1,20} [A-Z][\w'’-]{1,20}\)?"
_INLINE_CREDIT = re.compile(
    rf"(?<=[.!?\"”])\s{{0,9}}"
    rf"(?:\({AGENCY}(?:/{AGENCY})?\)|{_EDITED}|[-–—]{{1,2}}\s?{AGENCY}\b)"
    r"[.;]?\s{1,9}(?=[A-Z\"“])"
)
_PICTURE = re.compile(rf"\b(?:{alternatives(_WORDS['pictures'])})\b", re.IGNORECASE)
_BRACKET = re.compile(r"\([^()\n]{2,40}\)")
_NAMES = re.compile(r"[A-ZÀ-Þ][\w'’-]{3,}(?:\s[A-ZÀ-Þ][\w'’-]{2,})*")
_FRESH = re.compile(rf"\b(?:on\s|late\s|early\s)?(?:{WEEKDAY})\b")


class _Kind(StrEnum):
    """What a line of a text is to a reader looking for joints."""

    RULE = auto()
    LONG_RULE = auto()
    PAGE = auto()
    END = auto()
    COPYRIGHT = auto()
    CREDIT = auto()
    BYLINE = auto()
    DATE = auto()
    DATELINE = auto()
    DATED = auto()
    HEADLINE = auto()
    PROSE = auto()


_PARTING = (_Kind.RULE, _Kind.LONG_RULE, _Kind.PAGE, _Kind.END)
_TAIL = (_Kind.END, _Kind.COPYRIGHT, _Kind.CREDIT)
_HEAD = (_Kind.HEADLINE, _Kind.BYLINE, _Kind.DATE)
_BODY = (_Kind.PROSE, _Kind.DATELINE, _Kind.DATED)


class _Line(msgspec.Struct, frozen=True):
    """A line that is not blank, without the blanks around it."""

    kind: _Kind
    start: int
    end: int


def split(text: str) -> list[Part]:
    """The articles of ``text``, in order; one part that is the whole when it holds only one.

    Parts are cut without the blanks and rules around them; ``text[part.start:part.end]`` is the
    article.
    """
    whole = [Part(start=0, end=len(text))]
    if len(text) < 2 * MIN_BRIEF:
        return whole
    lines = _classify(text)
    parts = []
    begin = 0
    for upto, resume in [*_joints(text, lines), (len(text), len(text))]:
        part = _trimmed(text, begin, upto)
        if part is not None:
            parts += _by_subject(text, part)
        begin = resume
    return parts if len(parts) > 1 else whole


def _by_subject(text: str, part: Part) -> list[Part]:
    """``part``, cut where a paragraph begins with another subject."""
    paragraphs = _paragraphs(text, part)
    if not 1 < len(paragraphs) <= MAX_PARAGRAPHS or part.end - part.start < 2 * MIN_SUBJECT:
        return [part]
    if detect(text[part.start : part.end]) != "en":
        return [part]
    from dateline.sources.cohesion import starts  # here: most texts have one paragraph

    cuts = [part.start]
    lines = [text[start:end] for start, end in paragraphs]
    inner = _inner(lines)
    for at in starts(lines):
        start = paragraphs[at][0]
        if at not in inner and min(start - cuts[-1], part.end - start) >= MIN_SUBJECT:
            cuts.append(start)
    found = (_trimmed(text, one, two) for one, two in pairwise([*cuts, part.end]))
    return [one for one in found if one is not None]


def _inner(lines: Sequence[str]) -> set[int]:
    """The numbers of the paragraphs that begin no report: items of a list, headings of sections."""
    headings = [at for at, line in enumerate(lines) if _SECTION.fullmatch(line)]
    items = [at for at, line in enumerate(lines) if _ITEM.match(line)]
    return {*items, *(headings if len(headings) >= MIN_SECTIONS else ())}


def _paragraphs(text: str, part: Part) -> list[tuple[int, int]]:
    """Where the paragraphs of ``part`` begin and end: its lines, or its blocks where lines are wrapped."""
    lines = _pieces(text, part, _NEWLINE)
    long = [text[start:end] for start, end in lines if end - start >= 40]
    wrapped = sum(not _PARAGRAPH_END.search(line) for line in long) > WRAPPED * len(long)
    return _pieces(text, part, _BLANK_LINE) if wrapped else lines


def _pieces(text: str, part: Part, between: re.Pattern[str]) -> list[tuple[int, int]]:
    """What stands between the matches of ``between`` in ``part``, without blanks around it."""
    found = []
    begin = part.start
    gaps = [match.span() for match in between.finditer(text, part.start, part.end)]
    for upto, resume in [*gaps, (part.end, part.end)]:
        piece = text[begin:upto]
        if words := piece.strip():
            start = begin + piece.index(words[0])
            found.append((start, start + len(words)))
        begin = resume
    return found


# ---------------------------------------------------------------- lines


def _classify(text: str) -> list[_Line]:
    """The lines of ``text`` that are not blank, with their kinds."""
    lines: list[_Line] = []
    for match in re.finditer(r"[^\r\n\f]+|\f", text):
        words = match[0].strip(" \t")
        if words == "\f":
            lines.append(_Line(_Kind.PAGE, match.start(), match.end()))
        elif words := words.strip():
            start = match.start() + match[0].index(words[0])
            kind = _kind(words)
            if kind in (_Kind.RULE, _Kind.LONG_RULE) and _is_underlining(text, lines, start):
                continue
            lines.append(_Line(kind, start, start + len(words)))
    return lines


def _kind(words: str) -> _Kind:
    """The kind of a line."""
    if len(words) <= MAX_HEADLINE:
        rule = _RULE.match(words)
        if rule:
            long = words.count(rule["mark"]) >= _WORDS["long_rule"]
            if words.casefold() in _ENDS:
                return _Kind.END
            return _Kind.LONG_RULE if long else _Kind.RULE
        if words.casefold() in _ENDS:
            return _Kind.END
        if _COPYRIGHT.match(words):
            return _Kind.COPYRIGHT
        if _CREDIT.match(words):
            return _Kind.CREDIT
        if _BYLINE.match(words) and len(words) <= 100:
            return _Kind.BYLINE
        if len(words) <= 80 and _is_date_line(words):
            return _Kind.DATE
    elif len(words) <= 400 and _CREDIT.match(words) and ";" in words:
        return _Kind.CREDIT
    dateline = dateline_at(words[:200], 0)
    if dateline is not None and dateline.full and len(words) > dateline.end + 40:
        return _Kind.DATELINE
    if len(words) >= MIN_BODY and _DATED_LEAD.match(words):
        return _Kind.DATED
    if len(words) <= MAX_HEADLINE and not _SENTENCE_END.search(words) and words[-1] not in ",;:":
        return _Kind.HEADLINE
    if len(words) <= 100 and words[-1] in "?!":
        return _Kind.HEADLINE
    return _Kind.PROSE


def _is_date_line(words: str) -> bool:
    """Whether a line holds a whole date and hardly anything else: a label, a time, a place, an outlet."""
    match = DATE.search(words)
    if match is None or "@" in words:  # a quoted post is signed with its date
        return False
    before, after = words[: match.start()].strip(" :|,·-–—"), words[match.end() :].strip(" :|,·-–—")
    labels = {*load("calendar")["labels"]["published"], *load("calendar")["labels"]["updated"]}
    labelled = before.casefold() in labels
    rest = len(after) if labelled else len(before) + len(after)
    lower = re.search(
        r"(?<![\w'’-])(?!at\b|by\b|on\b|in\b|and\b|am\b|pm\b|of\b)[a-z]{2,}",
        before if not labelled else "",
    )
    return rest <= 40 and lower is None and not _SENTENCE_END.search(words)


def _is_underlining(text: str, lines: list[_Line], start: int) -> bool:
    """Whether a rule at ``start`` underlines the line right above it, a headline standing alone."""
    if not lines or lines[-1].kind not in (_Kind.HEADLINE, _Kind.DATE, _Kind.BYLINE):
        return False
    if _line_breaks(text, lines[-1].end, start) > 1:
        return False
    alone = len(lines) == 1 or lines[-2].kind in _PARTING
    return alone or _line_breaks(text, lines[-2].end, lines[-1].start) > 1


def _line_breaks(text: str, begin: int, end: int) -> int:
    """The line breaks between two offsets; a Windows newline is one."""
    return len(re.findall(r"\r\n|\n|\r", text[begin:end]))


# ---------------------------------------------------------------- joints


class _Side(msgspec.Struct):
    """The part being read: its start, its running text so far, whether a full dateline opened it."""

    start: int = 0
    body: int = 0
    dated: bool = False


def _joints(text: str, lines: list[_Line]) -> list[tuple[int, int]]:
    """Where one article ends and where the next begins, for every joint found."""
    joints: list[tuple[int, int]] = []
    side = _Side()
    index = 0
    while index < len(lines):
        line = lines[index]
        if index > 0 and _can_begin(lines, index):
            if _is_joint(text, lines, index, side):
                joints.append((_end_above(lines, index), line.start))
                side = _Side(start=line.start)
            index = _enter(lines, index, side)
            line = lines[index]
        if line.kind in _BODY:
            for upto, resume in _run_on(text, line, side):
                joints.append((upto, resume))
            side.body += line.end - max(line.start, side.start)
            side.dated = side.dated or (line.kind is _Kind.DATELINE and side.body <= line.end - line.start)
        index += 1
    return joints


def _can_begin(lines: list[_Line], index: int) -> bool:
    """Whether an article can begin at this line: below a rule or a foot, or at the top of a head."""
    line, above = lines[index], lines[index - 1]
    if line.kind in _PARTING or line.kind in _TAIL:
        return False
    if above.kind in _PARTING or above.kind in _TAIL:
        return True
    return line.kind in (*_HEAD, _Kind.DATELINE, _Kind.DATED) and above.kind not in _HEAD


def _enter(lines: list[_Line], index: int, side: _Side) -> int:
    """The index of the last line of the head that begins at ``index``: its body line, if it has one."""
    while index + 1 < len(lines) and lines[index].kind in _HEAD and lines[index + 1].kind in (*_HEAD, *_BODY):
        index += 1
    return index


def _end_above(lines: list[_Line], index: int) -> int:
    """Where the article above ``lines[index]`` ends: before the rules between the two."""
    index -= 1
    while index > 0 and lines[index].kind in (_Kind.RULE, _Kind.LONG_RULE, _Kind.PAGE):
        index -= 1
    return lines[index].end


def _is_joint(text: str, lines: list[_Line], index: int, side: _Side) -> bool:
    """Whether the signs above and below ``lines[index]`` suffice for a new article to begin there."""
    first = lines[index]
    if _FOOT.match(text, first.start, first.end):
        return False
    above = set()
    at = index - 1
    while at >= 0 and (lines[at].kind in _PARTING or lines[at].kind in _TAIL):
        above.add(lines[at].kind)
        at -= 1
    below, after = _head_kinds(lines, index)
    plain = first.kind in (_Kind.HEADLINE, _Kind.DATE) and below <= {_Kind.HEADLINE, _Kind.DATE}
    if plain and not above and _PICTURE.search(text, first.start, first.end):
        return False  # a picture or film with its date
    brief = _Kind.LONG_RULE in above or (side.dated and _Kind.DATELINE in below)
    need = MIN_BRIEF if brief else MIN_BODY
    if side.body < need or _body_from(lines, after, need if brief else MIN_BODY // 2) < (
        need if brief else MIN_BODY // 2
    ):
        return False
    if _Kind.LONG_RULE in above or (_Kind.DATELINE in below and side.dated):
        return True
    if first.kind is _Kind.DATED and _opens_alike(text, side.start, first.start):
        return True
    signs = len(below - {_Kind.HEADLINE}) + bool(above & set(_TAIL)) + bool(above & {_Kind.RULE, _Kind.PAGE})
    if first.kind is _Kind.HEADLINE and signs:
        signs += 1
    if signs == 1 and above and _introduces_again(text, side.start, first.start):
        signs += 1
    return signs >= 2


def _head_kinds(lines: list[_Line], index: int) -> tuple[set[_Kind], int]:
    """The kinds in the head that begins at ``index`` and where its body begins; a dateline opens it."""
    kinds: set[_Kind] = set()
    at = index
    while at < len(lines) and at < index + 8 and lines[at].kind in _HEAD:
        kinds.add(lines[at].kind)
        at += 1
    if at < len(lines) and lines[at].kind is _Kind.CREDIT and lines[at].end - lines[at].start <= 60 and kinds:
        at += 1  # an outlet or agency named between headline and lead
        while at < len(lines) and at < index + 8 and lines[at].kind in _HEAD:
            kinds.add(lines[at].kind)
            at += 1
    if at < len(lines) and lines[at].kind is _Kind.DATELINE:
        kinds.add(_Kind.DATELINE)
    return kinds, at


def _body_from(lines: list[_Line], index: int, enough: int) -> int:
    """Characters of running text from ``lines[index]`` on, counted up to ``enough`` or to the next rule."""
    total = 0
    for at in range(index, min(len(lines), index + LOOK_AHEAD)):
        if lines[at].kind in (_Kind.LONG_RULE, _Kind.RULE, _Kind.PAGE, _Kind.END) or total >= enough:
            break
        if lines[at].kind in _BODY:
            total += lines[at].end - lines[at].start
    return total


def _opens_alike(text: str, first: int, second: int) -> bool:
    """Whether the texts at two offsets open with their date in the same form.

    A chronology's entries do not share the form of the article's own date.
    """
    shapes = []
    for match in (_DATED_LEAD.match(text, first), _DATED_LEAD.match(text, second)):
        if match is None:
            return False
        label = " ".join((match["label"] or "").casefold().split())
        shapes.append(
            (
                label,
                bool(match["weekday"]),
                *(bool(match[year]) for year in ("y1", "y2", "y3", "y4")),
            )
        )
    return shapes[0] == shapes[1]


def _introduces_again(text: str, first: int, second: int) -> bool:
    """Whether the lead at ``second`` introduces two names of the lead at ``first`` anew.

    Its first sentence must date its news by a weekday, as leads do.
    """
    lead = text[second : second + 300]
    if not _FRESH.search(re.split(r"[.!?]\s", lead, maxsplit=1)[0]):
        return False
    known = set(_NAMES.findall(text[first : first + 400]))
    return len(known & set(_NAMES.findall(lead))) >= 2


# ---------------------------------------------------------------- articles run together in one line


def _run_on(text: str, line: _Line, side: _Side) -> Iterator[tuple[int, int]]:
    """Joints inside a long line: a second full dateline, or a credit and a lead that begins anew."""
    if line.end - line.start < MIN_RUN_ON:
        return
    begin = max(line.start, side.start)
    dated = side.dated or _opens_with_dateline(text, begin, line.end)
    for at, is_dateline in _inline_signs(text, begin + 1, line.end):
        if at - begin + side.body < MIN_BODY or line.end - at < MIN_BODY // 2:
            continue
        credit = _credit_before(text, at)
        if _DATED_LEAD.match(text, at):
            if not _opens_alike(text, begin, at):
                continue
        elif is_dateline:
            headline = _headline_before(text, begin, at)
            if not (dated or credit) or headline - begin + side.body < MIN_BODY:
                continue
            at = headline
        elif at - begin + side.body < MIN_RUN_ON or not _introduces_again(text, begin, at):
            continue
        yield at, at
        begin, dated = at, is_dateline
        side.start, side.body, side.dated = at, 0, is_dateline


def _inline_signs(text: str, begin: int, end: int) -> list[tuple[int, bool]]:
    """Offsets in a line where a full dateline (True) or, after a credit, another lead (False) begins."""
    found: dict[int, bool] = {}
    for credit in _INLINE_CREDIT.finditer(text, begin, end):
        if not _is_caption(text[max(begin, credit.start() - 200) : credit.start()]):
            found[credit.end()] = False
    for date in DATE.finditer(text, begin, end):
        at = _labelled_from(text, date.start(), begin)
        if _SENTENCE_END.search(text[max(begin, at - 4) : at].rstrip()) and _DATED_LEAD.match(text, at):
            found[at] = False
    for bracket in _BRACKET.finditer(text, begin, end):
        dateline = _dateline_around(text, bracket.start(), begin)
        if dateline is not None:
            found[dateline.start] = True
    return sorted(found.items())


def _is_caption(words: str) -> bool:
    """Whether words before a credit describe a picture: they say so, or end with a whole date."""
    dates = list(DATE.finditer(words, max(0, len(words) - 40)))
    return bool(_PICTURE.search(words)) or bool(dates and not words[dates[-1].end() :].strip(" ."))


def _labelled_from(text: str, at: int, begin: int) -> int:
    """Where the label of the date at ``at`` begins (``Published``); ``at`` itself when it has none."""
    label = re.compile(rf"\b(?:{_LABELS})\s*:?\s+$", re.IGNORECASE).search(text[max(begin, at - 40) : at])
    return max(begin, at - 40) + label.start() if label else at


def _dateline_around(text: str, bracket: int, begin: int) -> Dateline | None:
    """The full dateline whose agency stands in the bracket at ``bracket``, if it has a dash.

    A place that is not in capitals must also begin a sentence.
    """
    floor = max(begin, bracket - 60)
    for start in re.finditer(r"(?<![\w'’-])(?=[A-ZÀ-Þ])", text[floor:bracket]):
        at = floor + start.start()
        match = FULL.match(text, at)
        if match is None or match.start("agency") != bracket + 1 or not match["dash"]:
            continue
        if not match["caps"] and not _SENTENCE_END.search(text[max(0, at - 4) : at].rstrip()):
            continue
        dateline = dateline_at(text, at)
        if dateline is not None and dateline.full:
            return dateline
    return None


def _opens_with_dateline(text: str, begin: int, end: int) -> bool:
    """Whether the part that begins at ``begin`` has a full dateline in its first 300 characters."""
    limit = min(end, begin + 300)
    return any(
        _dateline_around(text, bracket.start(), begin) is not None
        for bracket in _BRACKET.finditer(text, begin, limit)
    )


def _credit_before(text: str, at: int) -> bool:
    """Whether a credit ends right before ``at``."""
    floor = max(0, at - 200)
    return any(credit.end() == at for credit in _INLINE_CREDIT.finditer(text, floor, at + 1))


def _headline_before(text: str, begin: int, at: int) -> int:
    """Where the headline that runs into the dateline at ``at`` begins: after the last sentence's end."""
    if _SENTENCE_END.search(text[max(begin, at - 8) : at].rstrip()):
        return at
    floor = max(begin, at - MAX_HEADLINE)
    ends = [match.end() for match in re.finditer(r"[.!?…][\"”’')\]]*\s+(?=[A-Z0-9\"“‘'])", text[floor:at])]
    return floor + ends[-1] if ends else at


def _trimmed(text: str, begin: int, end: int) -> Part | None:
    """The part between two offsets without the blanks and rules around it; None when nothing is left."""
    while True:
        begin += len(text[begin:end]) - len(text[begin:end].lstrip())
        newline = _line_end(text, begin, end)
        words = text[begin:newline].strip() if newline - begin <= MAX_HEADLINE else ""
        if not words or not _RULE.match(words):
            break
        begin = newline
    end -= len(text[begin:end]) - len(text[begin:end].rstrip())
    return Part(start=begin, end=end) if begin < end else None


def _line_end(text: str, begin: int, end: int) -> int:
    """Where the line that begins at ``begin`` ends, at most ``end``."""
    match = re.compile(r"[\r\n\f]").search(text, begin, end)
    return match.start() if match else end
