"""Bytes to text: which encoding a file is in, and its text, byte-order mark dropped, else unaltered.

    1. a byte-order mark says it            UTF-8, UTF-16, UTF-32
    2. NULs at every other byte say it      UTF-16 without a mark
    3. the bytes are valid UTF-8
    4. the page or caller declares it       any charset Python knows
    5. the closest of a few old code pages  charset-normalizer, among FALLBACKS

What was used and what went wrong is kept in :class:`Decoded`, for the reason of the outcome.
"""

from __future__ import annotations

import codecs
import re

import msgspec

from dateline.errors import Unreadable
from dateline.sources.wordlists import load

MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: Old code pages tried for bytes that are not UTF-8: Western, Arabic, Cyrillic, Turkish, Central
#: European.
FALLBACKS = ("cp1252", "cp1256", "cp1251", "cp1254", "cp1250")

#: Share of control characters above which decoded bytes are no text.
MAX_CONTROL_SHARE = 0.02

#: Share of bytes above 127 up to which an unmarked text is Western: the train and FA-KES reports have
#: .013 at most in Windows-1252; a text mostly in Arabic or Cyrillic letters has over half.
MAX_WESTERN_SHARE = 0.15

#: Bytes looked at to guess an encoding.
SAMPLE = 65_536

#: UTF-8 read as Windows-1252: a lead byte's letter and a continuation byte's sign.
MOJIBAKE = re.compile(r"â€[™œ˜”“\x9d]|Ã[©¨¢±³¼¶¤]|Ø[§¨ªª±]Ù")

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


class Decoded(msgspec.Struct, frozen=True, kw_only=True):
    """A file's text, the encoding used, and a note on what is doubtful in it (empty: nothing)."""

    text: str
    encoding: str
    note: str = ""


def decode(data: bytes, *declared: str | None) -> Decoded:
    """The text of ``data``; ``declared``: the charsets that page or server name, tried in this order.

    Raises Unreadable on binary data.
    """
    reject_signature(data)
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, "")
    if b"\0" in data:
        wide = _utf16_without_mark(data)
        if wide is None:
            raise Unreadable(
                "binary data (it holds NUL bytes), not text: give news texts, HTML or JSON lines"
            )
        return _decoded(data, wide, "UTF-16 without a byte-order mark")
    try:
        return _checked(data.decode("utf-8"), "utf-8", "")
    except UnicodeDecodeError as error:
        bad_at = error.start
    for encoding in (known for name in declared for known in _known(name)):
        try:
            return _checked(data.decode(encoding), encoding, f"not UTF-8; read as {encoding}, as declared")
        except UnicodeError:
            continue
    encoding = _closest_code_page(data, bad_at)
    return _decoded(
        data, encoding, f"not UTF-8 (first at byte {bad_at}); read as {encoding}, the closest match"
    )


def reject_signature(data: bytes) -> None:
    """Raise Unreadable when ``data`` begins as a known binary format does, saying what to do instead."""
    for signature in load("signatures")["signature"]:
        if data.startswith(bytes.fromhex(signature["start"])):
            raise Unreadable(f"{signature['what']}, which Dateline does not read: {signature['do']}")


def without_surrogates(text: str) -> str:
    """``text`` with NULs and lone surrogates, which no file can hold, as U+FFFD; same length."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text)
    return text


def one_line(words: str) -> str | None:
    """``words`` on one line, without what no file can hold; None when there are none."""
    return " ".join(without_surrogates(words).split()) or None


def _known(declared: str | None) -> list[str]:
    """``declared`` as a list of none or one text encoding that Python has."""
    if not declared:
        return []
    try:
        found = codecs.lookup(declared.strip())
    except (LookupError, ValueError):
        return []
    if found.name in ("iso8859-1", "ascii"):
        # what browsers read under these names: https://encoding.spec.whatwg.org/#names-and-labels
        return ["cp1252"]
    is_text: bool = getattr(found, "_is_text_encoding", True)
    # UTF-16 and UTF-32 show by a mark or by NULs; bytes without either decode as them to nonsense
    told = found.name.startswith(("utf-8", "utf-16", "utf-32")) or found.name in ("idna", "punycode")
    return [found.name] if is_text and not told else []


def _utf16_without_mark(data: bytes) -> str | None:
    """``utf-16-le`` or ``-be`` when the NULs in ``data`` stand at one parity, else None.

    In Latin text they stand in every unit; in other scripts only in blanks, digits and stops.
    """
    sample = data[: SAMPLE & ~1]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    units = max(1, len(sample) // 2)
    # Arabic or Cyrillic text has NULs only in its blanks, digits and stops: about a sixth of its
    # units.
    if max(even, odd) < units * 0.08 or min(even, odd) > units * 0.01:
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = sample.decode(encoding, "replace")
    printable = sum(1 for character in text if character.isprintable() or character.isspace())
    return encoding if printable >= 0.95 * len(text) else None


def _closest_code_page(data: bytes, bad_at: int) -> str:
    """The one of FALLBACKS in which ``data`` looks most like a language."""
    from charset_normalizer import from_bytes  # here: its import costs more than most runs need

    begin = max(0, bad_at - SAMPLE // 2)
    sample = data[begin : begin + SAMPLE]
    best = from_bytes(sample, cp_isolation=list(FALLBACKS), preemptive_behaviour=False).best()
    found = best.encoding if best is not None else ""
    # Western quotes and accents in an otherwise ASCII text are Windows-1252 in all news archives we
    # know; the share of high bytes tells such texts from Arabic or Cyrillic ones.
    high = sum(1 for byte in sample if byte >= 0x80)
    if not found or high < MAX_WESTERN_SHARE * len(sample):
        return "cp1252"
    return found.replace("_", "-") if found.startswith("utf") else found


def _decoded(data: bytes, encoding: str, note: str) -> Decoded:
    """``data`` in ``encoding``; what does not decode becomes U+FFFD and is counted in the note."""
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    if lost and lost > 0.1 * len(text):
        raise Unreadable(
            f"no text in any known encoding ({encoding} leaves {lost} characters unread): save it as UTF-8"
        )
    if lost:
        note = f"{note}; " if note else ""
        note += f"{lost} bytes or characters unreadable in {encoding}, shown as U+FFFD"
    return _checked(text, encoding, note)


def _checked(text: str, encoding: str, note: str) -> Decoded:
    """The result, after the checks that hold for all encodings; Unreadable when it is no text."""
    controls = len(_CONTROL.findall(text[:SAMPLE]))
    if controls > MAX_CONTROL_SHARE * len(text[:SAMPLE]):
        raise Unreadable(
            f"binary data ({controls} control characters), not text: give news texts, HTML or JSON lines"
        )
    if MOJIBAKE.search(text[:SAMPLE]):
        note = f"{note}; " if note else ""
        note += "looks doubly encoded (such as â€™ for ’): the text is kept as it is"
    return Decoded(text=without_surrogates(text), encoding=encoding, note=note)
