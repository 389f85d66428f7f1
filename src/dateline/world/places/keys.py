"""The keys under which place names are filed and looked up: folded, article-free, sounded.

Three steps, each looser than the one before, all pure functions of one name:

1. :func:`fold`: letter case, accents, apostrophes and hyphens no longer count
   ("Dayr az-Zawr" and "dayr az zawr");
2. :func:`bare`: articles no longer count ("ar-Raqqah" and "Raqqah", "the Hague" and "Hague");
3. :func:`sound`: the letters that newsrooms write differently for one Arabic, Persian, Kurdish or
   Cyrillic name fall together ("Deir Ezzor", "Deir al-Zour", "Dayr az-Zawr"). Names in other
   scripts than Latin keep their bare form.

The build script files every name of the gazetteer under its sound; the other two keys tell how
close a match is. The module imports only the standard library, so that the build can load it
before Dateline is installed. Letter classes were chosen by reading the spellings of Syrian and Iraqi
towns in the training reports.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from zlib import crc32

ARTICLES = frozenset("al el ar er as es ash esh ad ed adh edh an en at et az ez ul il the".split())
"""Words that news puts before a name or leaves out: the Arabic article in all its assimilated
forms, and the English one."""

_FIRST, _MOST = 1 << 17, 1 << 7
"""The lowest id of :func:`ids`, above those of divisions, and how many own names may have one sound (97 sound
like al-Ula). With numbers of 28 bits the ids take five bytes in the file."""

_LETTERS = str.maketrans(
    {
        "ı": "i", "ə": "a", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss",
        "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "ɣ": "gh", "ŋ": "ng", "ɛ": "e", "ɔ": "o",
        "&": " and ",
    }
)  # fmt: skip
_APOSTROPHES = re.compile("['‘’‛`´ʻʼʽʾʿˈʹʺ′″ꞌ]")
_NO_WORD = re.compile(r"[\W_]+")
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي", "ـ": ""})

_ARABIC_ARTICLE = re.compile(r"\b(?:ال)+(?=\w{3})")
_SUN_ARTICLE = re.compile(r"^[ae](?:([dnrstz])\1|sh(?=sh)|dh(?=dh))(?=[a-z]{2})")
_DIGRAPHS = [
    (re.compile(pattern), to)
    for pattern, to in (
        (r"t?sch|tch", "ß"),
        (r"sh|ch", "ß"),
        (r"kh", "x"),
        (r"gh", "g"),
        (r"dh", "z"),
        (r"zh", "z"),
        (r"th", "t"),
        (r"dj", "j"),
        (r"ph", "f"),
        (r"ck|q|c", "k"),
    )
]
_BACK = re.compile(r"[aeiy]*[ouw][aeiouwy]*")
_FRONT = re.compile(r"[aeiy]+")
_DOUBLED = re.compile(r"(.)\1+")
_END = re.compile(r"h?$")
_LATIN = re.compile(r"[a-z0-9 ]+")


def fold(name: str) -> str:
    """Return ``name`` in lower case, without accents, apostrophes, punctuation or doubled blanks."""
    if name.isascii():
        text = name.lower()
        if text.isalpha():
            return text
    else:
        text = unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS)
        text = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in text if not unicodedata.combining(c)).translate(_ARABIC)
    return _NO_WORD.sub(" ", _APOSTROPHES.sub("", text)).strip()


def bare(folded: str) -> str:
    """Return a folded name without its articles; unchanged when nothing else would be left."""
    if "ال" in folded:
        folded = _ARABIC_ARTICLE.sub("", folded)
    if " " not in folded:
        return folded
    left = [w for w in folded.split(" ") if w not in ARTICLES]
    return " ".join(left) if left else folded


def sound(folded: str) -> str:
    """Return the sound of a folded name: one run of letters without blanks.

    The empty string for an empty name. Latin consonants fall into classes, each run of vowels into one
    of two letters (``o`` when it holds o, u or w, else ``a``), and a word's closing -a, -e, -ah, -eh
    is dropped.
    """
    words = bare(folded)
    if not _LATIN.fullmatch(words):
        return words.replace(" ", "")
    return "".join(_word_sound(w, first=not at) for at, w in enumerate(words.split(" ")))


def number(key: str) -> int:
    """Return a sound as the number (28 bits) under which the gazetteer files it; two may share one."""
    return crc32(key.encode()) >> 4


def ids(number: int) -> range:
    """Ids that the gazetteer gives, in turn, to the places whose own name has the sound of this number."""
    return range(_FIRST + number * _MOST, _FIRST + (number + 1) * _MOST)


@lru_cache(maxsize=65536)
def _word_sound(word: str, *, first: bool) -> str:
    if word.isdigit():
        return word
    if not first:
        word = _SUN_ARTICLE.sub(lambda m: m.group(1) or "", word)
    for pattern, to in _DIGRAPHS:
        word = pattern.sub(to, word)
    word = _DOUBLED.sub(r"\1", word)
    stem = _END.sub("", word) or word
    stem = _FRONT.sub("a", _BACK.sub("o", stem))
    stem = _DOUBLED.sub(r"\1", stem)
    if stem.endswith("a") and len(stem) >= 3:
        stem = stem[:-1]
    return stem
