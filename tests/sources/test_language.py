"""English is told from the rest; short texts too."""

from __future__ import annotations

import pytest

from dateline.sources.language import detect

TEXTS = {
    "Shells fell on the market of the town at dawn and four traders were killed.": "en",
    "Suicide bomber kills 23 in Oreb": "en",
    "4 killed, 9 wounded": "en",
    "Des obus sont tombés sur le marché de la ville et quatre marchands ont été tués.": "fr",
    "Los proyectiles cayeron sobre el mercado de la ciudad y murieron cuatro comerciantes.": "es",
    "Granaten fielen auf den Markt der Stadt und vier Händler wurden dabei getötet.": "de",
    "Kasabanın pazarına düşen top mermileri sonucu dört esnaf öldü ve bir kişi de yaralandı.": "tr",
    "На рынок города упали снаряды, и погибли четыре торговца.": "ru",
    "سقطت قذائف على سوق المدينة عند الفجر وقتل أربعة تجار": "ar",
    "گلوله‌ها به بازار شهر خورد و چهار تاجر کشته شدند که از آن شهر بودند": "fa",
    "四名商人在市场遭炮击身亡": "zh",
    "פגזים נפלו על השוק": "he",
    "Peluru jatuh di pasar kota itu dan empat pedagang tewas dalam serangan tersebut.": "id",
    "Zxcv qwer asdf": "und",
    "12345 --- 67": "und",
    "": "und",
}


@pytest.mark.parametrize("text", TEXTS)
def test_language(text: str) -> None:
    assert detect(text) == TEXTS[text]


def test_arabic_quote_leaves_english_english(body: str) -> None:
    assert detect("«سقطت قذائف على سوق المدينة» " + body) == "en"


def test_menus_above_an_article_leave_it_english(body: str) -> None:
    assert detect("Zxcv Qwer Asdf " * 200 + body * 12) == "en"
    assert detect("Zxcv Qwer Asdf " * 400) == "und"
