"""What the redactor takes out of sentences of our own, and what it leaves."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dateline.cli.known import redactor


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Call +963 944 123 456 now.", "phone", "+963 944 123 456"),
        ("Call 0944-123456 at night.", "phone", "0944-123456"),
        ("Ring (0944) 12 34 56.", "phone", "(0944) 12 34 56"),
        ("Write to oldra.venn@example.org.", "email", "oldra.venn@example.org"),
        ("See https://example.org/people/oldra-venn.", "address", "https://example.org/people/oldra-venn"),
        ("Posted on t.me/oldravenn today", "address", "t.me/oldravenn"),
        ("Filmed by @oldra_venn in Homs.", "handle", "@oldra_venn"),
        ("The house stands at 35.93412, 36.63312.", "coordinates", "35.93412, 36.63312"),
        ("The house stands at 35° 56' 3\" N, 36° 38' 1\" E.", "coordinates", "35° 56' 3\" N, 36° 38' 1\" E"),
        ("His car, plate 447-KD-22, burned.", "number", "447-KD-22"),
        ("Passport N00412345 was found.", "number", "N00412345"),
        ("Oldra Venn, 34, was killed.", "name", "Oldra Venn"),
        ("The baker Oldra Venn was killed.", "name", "Oldra Venn"),
        ("According to Umm Venn they fled.", "name", "Umm Venn"),
        ("The victim, أحمد الخالد, was buried.", "name", "أحمد الخالد"),
        ("It hit the car of Oldra al-Venn.", "name", "Oldra al-Venn"),
        ("Oldra said they fled to Homs.", "name", "Oldra"),
        ("A nurse, Hassan Yousef, was hurt.", "name", "Hassan Yousef"),
        ("Shells hit the Dar Venn shelter in Homs.", "shelter", "Dar Venn"),
        ("They hid in a cellar known as Beit Venn.", "shelter", "Beit Venn"),
        ("“We hid under the stairs all night,” he said.", "quote", "“We hid under the stairs all night,”"),
        ('"My son never came home," she said.', "quote", '"My son never came home,"'),
    ],
)
def test_it_takes_out(text: str, kind: str, words: str) -> None:
    assert any(one.kind == kind and words in one.text for one in redactor().find(text))
    assert words not in redactor().redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "Russian warplanes bombed Aleppo and Khan Sheikhoun on Monday, Reuters said.",
        "The Syrian Observatory for Human Rights counted 12,000 people on 2017-06-14.",
        "President Bashar al-Assad visited Homs. Staffan de Mistura condemned the attack.",
        "The U.S. denied it; the US-led coalition struck Deir ez-Zor in the war of 2011-2017.",
        "Witnesses in Raqqa told the White Helmets that 1,250,000 people had fled.",
        "Syria's army and Turkey’s air force struck Aleppo on May 12 2016; 300000 fled, state TV said.",
        "At least 17 civilians were killed by mortar fire at 3 p.m., 40 km north of Mosul.",
    ],
)
def test_it_leaves_what_is_public(text: str) -> None:
    assert redactor().find(text) == []


def test_what_it_finds_stands_in_the_text_and_does_not_overlap() -> None:
    text = "“Call Oldra Venn at +963 944 123 456,” said Umm Venn (@venn_1), 41, of the Dar Venn shelter."
    found = redactor().find(text)
    assert all(text[one.start : one.end] == one.text and one.why for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert "Venn" not in redactor().redact(text) and "944" not in redactor().redact(text)


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "@", "A", "“”", "Ａ １２３", "\u202e+963 944 123 456", "x" * 5_000]
)
def test_odd_texts_break_nothing(text: str) -> None:
    assert isinstance(redactor().redact(text), str)
