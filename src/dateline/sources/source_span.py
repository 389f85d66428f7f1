"""From words of a report back to the saved page that it was read from.

A report's text is what the page shows: entities resolved, tags and white space gone. Here the characters that
a page can show are listed with where each stands in the file, and the words are looked for among them; of
several places the one is taken around which most of the report's words stand too.
"""

from __future__ import annotations

import html
import re
from array import array

import msgspec

from dateline.errors import EvidenceError
from dateline.sources.encoding import MARKS, decode
from dateline.sources.html import declared_charsets

#: Characters of a report on either side of the words that are compared with those around a place.
CONTEXT = 200

#: Characters that must agree, words and context together, where the report has as many: fewer stand anywhere.
ENOUGH = 24

#: Elements whose words no page shows.
_UNSHOWN = re.compile(r"<(script|style|template|noscript|iframe|textarea|svg)\b", re.IGNORECASE)
# A ">" in quotes ends no tag. What is no tag by the first pattern is one by the second, up to the next ">".
_QUOTING = re.compile(r"""</?[a-zA-Z](?:[^<>"']++|"[^"<]{0,1000}+"|'[^'<]{0,1000}+'){0,200}+>""")
_TAG = re.compile(r"<[a-zA-Z/!?][^>]*+>")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}+|#[xX][0-9a-fA-F]{1,6}+|[a-zA-Z][a-zA-Z0-9]{1,31}+);?")
_PLAIN = re.compile(r"[^<&]++")


class SourceSpan(msgspec.Struct, frozen=True, kw_only=True):
    """Where words stand in a saved page: in code points of its decoded text, without a byte-order mark.

    ``start_byte`` and ``end_byte`` count in the file; None where its bytes do not decode without loss. What
    stands between the two ends are the words, with the page's own tags, entities and line ends.
    """

    start: int
    end: int
    start_byte: int | None = None
    end_byte: int | None = None


def source_span(
    page: bytes, text: str, start: int, end: int, *, charset: str | None = None
) -> SourceSpan | None:
    """Where ``text[start:end]`` of a report stands in ``page``, the bytes of the HTML file it was read from.

    ``charset`` is the one the page's server named, if any. None where the page does not show these words so:
    a title from its meta elements, a body from its JSON-LD. Raises EvidenceError where ``start:end`` holds no
    words of ``text``, Unreadable where the page is no text.
    """
    if not 0 <= start < end <= len(text):
        raise EvidenceError(f"no words at {start}:{end} in a text of {len(text)} characters")
    words = _bare(text[start:end])
    if not words:
        raise EvidenceError(f"only blanks at {start}:{end}")
    decoded = decode(page, *declared_charsets(page, charset))
    shown, starts, ends = _shown(decoded.text)
    place = _best_place(shown, words, _bare(text[:start])[-CONTEXT:], _bare(text[end:])[:CONTEXT])
    if place is None:
        return None
    first, last = starts[place], ends[place + len(words) - 1]
    return _with_bytes(page, decoded.text, decoded.encoding, first, last)


def _shown(page: str) -> tuple[str, array[int], array[int]]:
    """The characters that a page can show, blanks left out, and where each begins and ends in the page."""
    shown: list[str] = []
    starts, ends = array("q"), array("q")
    at, size, last_end = 0, len(page), page.rfind(">")
    while at < size:
        if page.startswith("<!--", at):
            end = page.find("-->", at + 4)
            at = end + 3 if end >= 0 else size
        elif page[at] == "<":
            unshown = _UNSHOWN.match(page, at)
            tag = (_QUOTING.match(page, at) or _TAG.match(page, at)) if at < last_end else None
            if unshown and tag:
                at = _after_element(page, unshown[1], tag.end())
            else:
                at = tag.end() if tag else _show(page[at], at, at + 1, shown, starts, ends)
        elif page[at] == "&":
            entity = _ENTITY.match(page, at)
            written = entity[0] if entity else "&"
            at = _show(html.unescape(written), at, at + len(written), shown, starts, ends)
        else:
            plain = _PLAIN.match(page, at)
            after = plain.end() if plain else at + 1
            for place in range(at, after):
                if not _is_blank(page[place]):
                    shown.append(page[place])
                    starts.append(place)
                    ends.append(place + 1)
            at = after
    return "".join(shown), starts, ends


def _show(
    characters: str, at: int, after: int, shown: list[str], starts: array[int], ends: array[int]
) -> int:
    """List ``characters`` as standing from ``at`` to ``after``, which is returned."""
    for character in characters:
        if not _is_blank(character):
            shown.append(character)
            starts.append(at)
            ends.append(after)
    return after


def _after_element(page: str, name: str, at: int) -> int:
    """Where an element that began before ``at`` ends; the end of the page where it has no end."""
    end = re.compile(rf"</{name}\b", re.IGNORECASE).search(page, at)
    return page.find(">", end.end()) + 1 or len(page) if end else len(page)


def _best_place(shown: str, words: str, before: str, after: str) -> int | None:
    """Where ``words`` stand with most of ``before`` and ``after`` around them; the first of equals."""
    best, most = None, -1
    at = shown.find(words)
    while at >= 0:
        following = shown[at + len(words) : at + len(words) + CONTEXT]
        agreeing = _common(before[::-1], shown[max(0, at - CONTEXT) : at][::-1]) + _common(after, following)
        if agreeing > most:
            best, most = at, agreeing
        if most == len(before) + len(after):
            break
        at = shown.find(words, at + 1)
    enough = min(ENOUGH, len(words) + len(before) + len(after))
    return best if len(words) + most >= enough else None


def _common(one: str, other: str) -> int:
    """How many characters two strings begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _with_bytes(page: bytes, decoded: str, encoding: str, start: int, end: int) -> SourceSpan:
    mark = next((mark for mark, _ in MARKS if page.startswith(mark)), b"")
    try:
        lossless = mark + decoded.encode(encoding) == page
    except UnicodeEncodeError:
        lossless = False
    if not lossless:
        return SourceSpan(start=start, end=end)
    start_byte = len(mark) + len(decoded[:start].encode(encoding))
    end_byte = start_byte + len(decoded[start:end].encode(encoding))
    return SourceSpan(start=start, end=end, start_byte=start_byte, end_byte=end_byte)


def _bare(text: str) -> str:
    """A text without blanks and characters that show nothing, which a reader may set otherwise."""
    return "".join(character for character in text if not _is_blank(character))


def _is_blank(character: str) -> bool:
    return character.isspace() or not character.isprintable()
