"""Feeds in words of our own: entries with their texts, entries that only link, hostile ones."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from serving import Site, answer, serving

from dateline.records import Outcome, OutcomeKind, Report
from dateline.sources import Limits, read
from dateline.sources.drafts import Draft
from dateline.sources.feed import read_feed
from dateline.sources.inputs import HEAD, Input, StatedDate

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<?xml-stylesheet href="feed.css"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Oreb Post</title><id>tag:oreb.example,2021:</id>
<updated>2021-06-20T08:00:00Z</updated>{}</feed>"""
RSS = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Oreb Post</title>
<link>https://oreb.example/</link><description>News</description>{}</channel></rss>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://oreb.example/"><title>Oreb Post</title></channel>{}</rdf:RDF>"""


def drafts(feed: str | bytes, limits: Limits | None = None) -> list[Draft | Outcome | Input]:
    """What a feed holds."""
    data = feed if isinstance(feed, bytes) else feed.encode()
    source = Input(path="news.xml", stream=io.BytesIO(data), head=data[:HEAD], size=len(data))
    return list(read_feed(source, limits or Limits()))


def item(body: str = "", link: str = "", title: str = "Shells hit grain market", more: str = "") -> str:
    """An entry of an RSS feed; ``body`` is its description."""
    return (
        f"<item><title>{escape(title)}</title>" + (f"<link>{escape(link)}</link>" if link else "")
        + f"<description>{escape(body)}</description>{more}</item>"
    )  # fmt: skip


def test_rss(body: str) -> None:
    full = f"<content:encoded>{escape(f'<p>{body}</p><p>The road is shut.</p>')}</content:encoded>"
    more = full + "<pubDate>Mon, 14 Jun 2021 06:30:00 +0300</pubDate><dc:creator>Nour Adel</dc:creator>"
    (draft,) = drafts(RSS.format(item("Four traders died.", "https://oreb.example/7", more=more)))
    assert isinstance(draft, Draft)
    assert draft.text == f"Shells hit grain market\n{body.strip()}\nThe road is shut."
    assert (draft.title, draft.outlet, draft.byline) == ("Shells hit grain market", "Oreb Post", "Nour Adel")
    assert draft.url == "https://oreb.example/7"
    assert draft.dates == (StatedDate(kind="feed", words="Mon, 14 Jun 2021 06:30:00 +0300"),)
    assert draft.published == "Mon, 14 Jun 2021 06:30:00 +0300"
    assert not draft.note


def test_atom(body: str) -> None:
    entry = (
        "<entry><title type='html'>Shells &amp;amp; fire</title><id>a</id>"
        "<link href='https://oreb.example/7'/><author><name>Nour Adel</name></author>"
        "<author><name>Sami Haddad</name></author><published>2021-06-14T06:30:00+03:00</published>"
        "<updated>2021-06-20T06:30:00+03:00</updated><content type='xhtml'>"
        f"<div xmlns='http://www.w3.org/1999/xhtml'><p>{body}</p><p>The road is shut.</p></div></content>"
        "<source><title>Salwa Wire</title></source></entry>"
    )
    (draft,) = drafts(ATOM.format(entry))
    assert isinstance(draft, Draft)
    assert draft.text == f"Shells & fire\n{body.strip()}\nThe road is shut."
    assert (draft.outlet, draft.byline) == ("Salwa Wire", "Nour Adel, Sami Haddad")
    assert draft.dates == (StatedDate(kind="feed", words="2021-06-14T06:30:00+03:00"),)


def test_rdf(body: str, other: str) -> None:
    entry = (
        '<item rdf:about="https://oreb.example/7"><title>Shells</title><link>https://oreb.example/7</link>'
        f"<description>{body} {other}</description><dc:date>2021-06-14</dc:date></item>"
    )
    (draft,) = drafts(RDF.format(entry))
    assert isinstance(draft, Draft)
    assert draft.dates == (StatedDate(kind="feed", words="2021-06-14"),)
    assert (draft.outlet, draft.url) == ("Oreb Post", "https://oreb.example/7")


def test_a_date_that_only_feedparser_reads(body: str) -> None:
    (draft,) = drafts(RSS.format(item(body * 2, more="<pubDate>Mon, 14 Jun 21 06:30:00 GMT</pubDate>")))
    assert isinstance(draft, Draft)
    assert draft.published == "2021-06-14"
    assert draft.dates[0].words == "2021-06-14"


def test_read_by_its_first_bytes(tmp_path: Path, body: str) -> None:
    for name in ("feed", "feed.xml", "feed.rss", "feed.html", "feed.txt"):
        (tmp_path / name).write_text(
            ATOM.format(f"<entry><title>Dawn</title><content>{body}</content></entry>")
        )
        (report,) = read(tmp_path / name)
        assert isinstance(report, Report), name
        assert report.text == f"Dawn\n{body.strip()}"


@pytest.mark.parametrize(
    "body",
    ["Four traders died.", "", "x " * 300 + "…", "x " * 300 + "[...]", "x " * 300 + "Read more »", "<p></p>"],
)
def test_a_teaser_is_no_report(tmp_path: Path, body: str) -> None:
    path = tmp_path / "feed.rss"
    path.write_text(RSS.format(item(body, "https://oreb.example/7")))
    (result,) = read(path)
    assert isinstance(result, Outcome)
    assert result.outcome is OutcomeKind.EMPTY
    assert "--fetch" in result.reason
    assert result.path == f"{path}!https://oreb.example/7"


def test_what_is_whole_though_short() -> None:
    alone = item("Four traders died.")  # with no page to go to
    content = "<content:encoded>Five traders died at the market.</content:encoded>"
    whole = item("Four died.", "https://oreb.example/7", more=content)
    first, second = drafts(RSS.format(alone + whole))
    assert isinstance(first, Draft)
    assert first.text.endswith("\nFour traders died.")
    assert isinstance(second, Draft)
    assert second.text.endswith("\nFive traders died at the market.")


def test_an_entry_of_nothing(tmp_path: Path) -> None:
    (result,) = drafts(RSS.format(item(link="mailto:desk@oreb.example")))
    assert isinstance(result, Outcome)
    assert (result.outcome, result.path) == (OutcomeKind.EMPTY, "news.xml!entry 1")
    path = tmp_path / "feed.rss"
    path.write_text(RSS.format(""))
    (result,) = read(path)
    assert isinstance(result, Outcome)
    assert result.outcome is OutcomeKind.EMPTY


@pytest.fixture
def site() -> Iterator[Site]:
    """A server."""
    with serving() as site:
        yield site


LIMITS = Limits(allow_local=True, fetch_links=True, fetch_delay=0, fetch_seconds=5)


def page(body: str) -> bytes:
    """An article with neither outlet nor date."""
    return f"<html><body><article><p>{body}</p></article></body></html>".encode()


def test_pages_that_a_feed_links_to(site: Site, body: str, other: str) -> None:
    when = "<pubDate>Mon, 14 Jun 2021 06:30:00 +0300</pubDate>"
    site.paths["/1"], site.paths["/2"] = answer(page(body)), answer(page(other))
    items = [
        item("Four traders died.", site.url("/1"), more=when),
        item(f"{body} {other}", site.url("/whole")),
        item("A bus struck a mine.", site.url("/2"), title="Mine"),
        item("Gone.", site.url("/gone")),
        item("Four traders died.", site.url("/1")),
        item("Elsewhere.", "http://169.254.169.254/"),
    ]
    kind = "application/rss+xml; charset=utf-8"
    site.paths["/feed"] = answer(RSS.format("".join(items)).encode(), kind=kind)
    first, whole, second, gone, again, elsewhere = read(site.url("/feed"), limits=LIMITS)
    assert isinstance(first, Report)
    assert (first.title, first.outlet) == ("Shells hit grain market", "Oreb Post")
    assert (first.path, first.url) == (site.url("/1"), site.url("/1"))
    assert body.strip() in first.text
    assert isinstance(whole, Report)
    assert (whole.path, whole.url) == (site.url("/feed"), site.url("/whole"))
    assert isinstance(second, Report)
    assert second.title == "Mine"
    outcomes = [result for result in (gone, again, elsewhere) if isinstance(result, Outcome)]
    assert [one.outcome.value for one in outcomes] == ["unreadable", "duplicate", "unreadable"]
    assert "404" in outcomes[0].reason
    assert "link-local" in outcomes[2].reason
    assert site.asked.count("/robots.txt") == 2  # once by address, once for the feed's links
    assert site.asked.count("/1") == 1
    assert "/whole" not in site.asked


def test_links_are_not_followed_unless_asked(site: Site) -> None:
    site.paths["/feed"] = answer(RSS.format(item("Four died.", site.url("/1"))).encode(), kind="text/xml")
    (result,) = read(site.url("/feed"), limits=Limits(allow_local=True))
    assert isinstance(result, Outcome)
    assert "--fetch" in result.reason
    assert "/1" not in site.asked


def test_feeds_that_link_to_feeds_end(site: Site) -> None:
    links = "".join(item("x", site.url(f"/{n}")) for n in range(3))
    for path in ("/feed", "/0", "/1", "/2"):
        site.paths[path] = answer(RSS.format(links).encode(), kind="application/rss+xml")
    results = list(read(site.url("/feed"), limits=LIMITS))
    assert {r.outcome for r in results if isinstance(r, Outcome)} == {OutcomeKind.EMPTY}
    assert len(results) == 9
    assert len(site.asked) == 6


def test_relative_links_lead_from_where_the_feed_was_found(site: Site, body: str) -> None:
    entry = "<entry><title>Shells</title><link href='../story/1'/><summary>Four died.</summary></entry>"
    site.paths["/feed"] = answer(status=302, Location="/news/atom")
    site.paths["/news/atom"] = answer(ATOM.format(entry).encode(), kind="application/atom+xml")
    site.paths["/story/1"] = answer(page(body))
    (report,) = read(site.url("/feed"), limits=LIMITS)
    assert isinstance(report, Report)
    assert report.url == site.url("/story/1")


def test_more_entries_than_are_read(body: str) -> None:
    *read_ones, last = drafts(RSS.format(item(body) * 5), limits=Limits(max_members=3))
    assert len(read_ones) == 3
    assert isinstance(last, Outcome)
    assert last.outcome is OutcomeKind.TOO_LARGE
    assert "--max-members" in last.reason


def test_a_feed_cut_off_is_read_as_far_as_it_goes(body: str) -> None:
    whole = RSS.format(item(body) + item(body, title="Mine"))
    found = drafts(whole[: whole.index("Mine") - 20])
    assert isinstance(found[0], Draft)
    assert "not well formed" in found[0].note


def test_the_name_of_a_file_is_no_feed(tmp_path: Path, body: str) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text(RSS.format(item(body)))
    for name in (str(secret), "/dev/zero", secret.as_uri(), "https://oreb.example/feed"):
        path = tmp_path / "feed.rss"
        path.write_text(name)
        (result,) = read(path)
        assert isinstance(result, Outcome), name
        assert result.outcome is OutcomeKind.UNREADABLE


LAUGHS = '<!DOCTYPE rss [<!ENTITY a "ha ha ha ha ha ha ha ha ha ha ha ha">' + "".join(
    f'<!ENTITY {to} "{f"&{of};" * 10}">' for of, to in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    "feed",
    [
        LAUGHS + RSS.format(item(title="TITLE")).replace("TITLE", "&i;"),
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "SECRET">]>'
        + RSS.format(item(title="TITLE")).replace("TITLE", "&x;"),
        '<!DOCTYPE rss SYSTEM "SECRET">' + RSS.format(item("Four died.")),
        "<rss>" + "<channel>" * 100_000,
        RSS.format("<item>" + "<b>" * 100_000),
        RSS.format(item("<div>" * 100_000 + "x")),
        RSS.format(item("<![CDATA[" * 10_000)),
        RSS.format("<item><title>" + "&" * 100_000),
        RSS.format("<item><pubDate>" + "1" * 100_000 + "</pubDate></item>"),
        RSS.format(item("x", "https://oreb.example/" + "a" * 100_000)),
        RSS.format("<item><title>\u202e\x00\x07</title></item>"),
        "<rss",
        "<feed>\xff\xfe",
    ],
)
def test_hostile_feeds_end_in_results(tmp_path: Path, feed: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the password is oreb")
    path = tmp_path / "feed.xml"
    path.write_text(feed.replace("SECRET", secret.as_uri()), encoding="utf-8")
    begin = time.monotonic()
    results = list(read(path))
    assert results
    assert time.monotonic() - begin < 10
    for result in results:
        assert "password" not in str(result)
        assert not isinstance(result, Report) or len(result.text) < 200_000
