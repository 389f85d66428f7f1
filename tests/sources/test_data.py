"""The word lists: they load, and hold what their readers expect."""

from __future__ import annotations

import re

import pytest

from dateline.errors import InstallationError
from dateline.sources.wordlists import alternatives, load


def test_calendar() -> None:
    months = load("calendar")["months"]
    assert set(months.values()) == set(range(1, 13))


def test_agencies_have_each_form_once() -> None:
    forms = [form for group in load("agencies")["agencies"].values() for form in group]
    assert len(forms) == len(set(forms))


def test_signatures_are_hexadecimal_and_say_what_to_do() -> None:
    for signature in load("signatures")["signature"]:
        assert bytes.fromhex(signature["start"])
        assert signature["what"]
        assert signature["do"]


def test_language_lists() -> None:
    data = load("languages")
    assert "en" in data["stopwords"]
    assert set(data["scripts"]) | {"LATIN"} == set(data["ranges"])


def test_web_archive_types_are_small_letters_without_parameters() -> None:
    data = load("web_archive")
    assert set(data) == {"types", "xml", "feeds", "paths"}
    assert all(kind == kind.casefold().split(";")[0].strip() for kind in data["types"] + data["xml"])
    assert all(path.startswith("/") for path in data["paths"])


def test_words_of_lists_are_small_letters() -> None:
    data = load("separators")
    for name in ("ends", "credits", "copyright", "feet", "pictures"):
        assert all(word == word.casefold() for word in data[name])


def test_alternatives_prefer_the_longest() -> None:
    found = re.match(alternatives(["on", "on the"]), "on  the hill")
    assert found is not None
    assert found[0] == "on  the"


def test_missing_list_says_what_to_do() -> None:
    with pytest.raises(InstallationError, match="install Dateline again"):
        load("no-such-list")
