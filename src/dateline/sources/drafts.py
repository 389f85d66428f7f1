"""From what a format gives to a :class:`Report`: id, date, what the text prints about itself, language."""

from __future__ import annotations

import hashlib

import msgspec

from dateline.errors import TooLarge
from dateline.records import Part, Report
from dateline.sources.inputs import StatedDate
from dateline.sources.language import detect
from dateline.sources.limits import Limits, over
from dateline.sources.printed import read_printed
from dateline.sources.published import publication_date

#: Hexadecimal digits of a derived id: 64 bits, so that among ten million reports two of different
#: content share one with a chance of one in 370,000.
ID_DIGITS = 16


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What the caller says of all inputs: an ISO date and an outlet; each beats what an input says."""

    published: str | None = None
    outlet: str | None = None


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One text with its metadata, as a format reads it; ``published`` as it stands there.

    ``dates``: what else speaks of its date of publication (a feed, an address, a file name, a capture).
    ``pages``: where each page of a PDF begins in ``text``.
    ``where`` is the path of an outcome for it where that is finer than ``path`` (``file.jsonl:7``);
    ``note`` says what was doubtful in reading it (an encoding guessed, characters lost), empty if
    nothing.
    """

    text: str
    path: str | None
    sha256: str
    where: str | None = None
    id: str | None = None
    outlet: str | None = None
    published: str | None = None
    dates: tuple[StatedDate, ...] = ()
    title: str | None = None
    byline: str | None = None
    url: str | None = None
    part: Part | None = None
    note: str = ""
    pages: tuple[int, ...] = ()


def to_report(draft: Draft, given: Given, limits: Limits) -> Report:
    """The report of a draft. Raises TooLarge when its text is over ``limits.max_report_characters``."""
    text = draft.text
    if len(text) > limits.max_report_characters:
        where = (
            "the report has" if draft.part is None else f"the part at {draft.part.start}:{draft.part.end} has"
        )
        raise TooLarge(
            over(
                where,
                f"{len(text)} characters",
                str(limits.max_report_characters),
                "max_report_characters",
            )
        )
    publication = publication_date(
        text, draft.published, given.published, stated=draft.dates, url=draft.url, path=draft.path
    )
    date = publication.printed
    printed = read_printed(text, date.end if date else None, date.start if date else None)
    outlet = given.outlet or draft.outlet or printed.outlet
    return Report(
        id=draft.id or derived_id(text, publication.date, outlet),
        text=text,
        outlet=outlet,
        published=publication.date,
        published_rule=publication.rule,
        title=draft.title or printed.title,
        byline=draft.byline or printed.byline,
        dateline_place=printed.dateline.place if printed.dateline else None,
        agency=printed.agency,
        url=draft.url,
        path=draft.path,
        part=draft.part,
        pages=draft.pages,
        sha256=draft.sha256,
        language=detect(text),
    )


def derived_id(text: str, published: str | None, outlet: str | None) -> str:
    """The id of a report that was given none: ``r`` and the start of the SHA-256 of text, date and outlet.

    The same text from the same outlet on the same date has the same id wherever its file lies; the
    same text from another outlet is another report.
    """
    content = "\x00".join((text, published or "", outlet or ""))
    return "r" + hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:ID_DIGITS]
