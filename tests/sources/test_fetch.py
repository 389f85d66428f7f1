"""Addresses of the web, fetched from a real server on this machine."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sources import document_making as making

from dateline.records import Outcome, Report
from dateline.sources import Limits, read
from dateline.sources.fetch import _is_public

PAGE = (
    f"<html><head><title>{making.TITLE}</title></head><body><article>"
    + "".join(f"<p>{p}</p>" for p in making.BODY.splitlines())
    + "</article></body></html>"
)
LOCAL = Limits(allow_local=True, fetch_seconds=3, max_fetch_bytes=200_000)


class _Site(BaseHTTPRequestHandler):
    """Pages that behave and pages that do not."""

    asked: list[str]

    def log_message(self, *args: object) -> None:
        """Keep the tests' output clean."""

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        with suppress(OSError):  # a client that has had enough
            getattr(self, "_" + self.path.strip("/").partition("?")[0].replace(".", "_"), self._missing)()

    def _send(self, body: bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        self.send_response(200)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _to(self, where: str) -> None:
        self.send_response(302)
        self.send_header("Location", where)
        self.end_headers()

    def _missing(self) -> None:
        self.send_error(404)

    def _robots_txt(self) -> None:
        self._send(b"User-agent: *\nDisallow: /private\n", "text/plain")

    def _page(self) -> None:
        self._send(PAGE.encode())

    def _private(self) -> None:
        self._send(PAGE.encode())

    def _packed(self) -> None:
        self._send(gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    def _bomb(self) -> None:
        self._send(gzip.compress(b" " * 50_000_000), Content_Encoding="gzip")

    def _endless(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        while True:
            self.wfile.write(b"a" * 65_536)

    def _trickle(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"a")
            time.sleep(0.1)

    def _headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(100):
            self.wfile.write(b"X: y\r\n")
            time.sleep(0.1)

    def _charset(self) -> None:
        self._send(PAGE.encode(), "text/html; charset=utf-16")

    def _cyrillic(self) -> None:
        page = PAGE.replace("a nurse", "Ольга Петренко, медсестра из местной больницы,")
        self._send(page.encode("cp1251"), "text/html; charset=windows-1251")

    def _moved(self) -> None:
        self._to("/page")

    def _loop(self) -> None:
        self._to("/loop")

    def _file(self) -> None:
        self._to("file:///etc/passwd")

    def _metadata(self) -> None:
        self._to("http://169.254.169.254/latest/")

    def _feed(self) -> None:
        self._send(making.feed(), "application/rss+xml")

    def _report_txt(self) -> None:
        self._send(making.BODY.encode(), "text/plain")


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The root of the server's addresses."""
    _Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("page", ["page", "packed", "moved", "charset", "report.txt", "feed"])
def test_a_page_is_read_like_a_file(site: str, page: str) -> None:
    report = next(iter(read(f"{site}/{page}", limits=LOCAL)))
    assert isinstance(report, Report), report
    assert "killed at least four traders" in report.text
    assert report.path == f"{site}/{page}"


def test_the_address_it_came_from_in_the_end_is_kept(site: str) -> None:
    (report,) = read(f"{site}/moved", limits=LOCAL)
    assert isinstance(report, Report)
    assert report.url == f"{site}/page"


def test_the_servers_charset_counts_where_the_page_has_none(site: str) -> None:
    (report,) = read(f"{site}/cyrillic", limits=LOCAL)
    assert isinstance(report, Report)
    assert "Ольга Петренко" in report.text


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("gone", "404"),
        ("loop", "redirects"),
        ("file", "only http and https"),
        ("private", "robots.txt"),
        ("bomb", "max-fetch-bytes"),
        ("endless", "max-fetch-bytes"),
        ("trickle", "3 seconds"),
        ("headers", "3 seconds"),
    ],
)
def test_what_cannot_be_fetched_says_why_in_time(site: str, page: str, words: str) -> None:
    began = time.monotonic()
    (outcome,) = read(f"{site}/{page}", limits=LOCAL)
    assert isinstance(outcome, Outcome)
    assert words in outcome.reason
    assert time.monotonic() - began < 6


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1", "[::1]", "0.0.0.0"]
)
def test_no_connection_is_made_into_ones_own_network(site: str, host: str) -> None:
    before = len(_Site.asked)
    address = site.replace("127.0.0.1", host)
    (outcome,) = read(f"{address}/page")
    assert isinstance(outcome, Outcome)
    assert "--allow-local" in outcome.reason or "no such host" in outcome.reason
    assert len(_Site.asked) == before


def test_a_redirect_is_held_to_the_same_rules(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this machine were public: its page is fetched, the link-local address it leads to is not."""
    monkeypatch.setattr("dateline.sources.fetch._is_public", lambda a: a == "127.0.0.1" or _is_public(a))
    (outcome,) = read(f"{site}/metadata")
    assert isinstance(outcome, Outcome)
    assert "169.254.169.254" in outcome.reason


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert _is_public(address) is public


def test_a_server_that_is_not_there_says_so() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        (outcome,) = read(f"http://127.0.0.1:{held.getsockname()[1]}/", limits=LOCAL)
    assert isinstance(outcome, Outcome)
    assert "does not answer" in outcome.reason
