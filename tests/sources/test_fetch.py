"""Pages by their addresses, from a real server on this machine."""

from __future__ import annotations

import gzip
import http.server
import socket
import ssl
import subprocess
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import Answering, Site, answer, serving

import dateline
from dateline.errors import TooLarge, Unreadable
from dateline.records import Outcome, OutcomeKind, Report
from dateline.sources import Limits, read
from dateline.sources.addresses import IPAddress, refusal
from dateline.sources.fetch import Fetcher

LIMITS = Limits(allow_local=True, fetch_delay=0, fetch_seconds=10)


@pytest.fixture
def site() -> Iterator[Site]:
    """A server."""
    with serving() as site:
        yield site


def article(body: str, head: str = "") -> bytes:
    """A page of one article."""
    words = f"<article><h1>Shells</h1><p>{body}</p></article>"
    return f"<html><head>{head}</head><body>{words}</body></html>".encode()


def one(url: str, limits: Limits = LIMITS) -> Report | Outcome:
    """What an address ends as."""
    (result,) = read(url, limits=limits)
    return result


def failure(url: str, limits: Limits = LIMITS) -> str:
    """Why an address could not be read."""
    result = one(url, limits)
    assert isinstance(result, Outcome)
    assert result.outcome in (OutcomeKind.UNREADABLE, OutcomeKind.TOO_LARGE)
    assert result.path == url
    return result.reason


def test_a_page_becomes_a_report(site: Site, body: str) -> None:
    site.paths["/7?a=b&c=%20d"] = answer(article(body))
    report = one(site.url("/7?a=b&c=%20d#part"))
    assert isinstance(report, Report)
    assert body.strip() in report.text
    assert report.path == site.url("/7?a=b&c=%20d#part")
    assert report.url == site.url("/7?a=b&c=%20d")
    assert site.asked == ["/robots.txt", "/7?a=b&c=%20d"]
    assert {head["User-Agent"] for head in site.heads} == {f"Dateline/{dateline.__version__}"}
    assert {head["Host"] for head in site.heads} == {f"127.0.0.1:{site.port}"}


def test_other_formats_by_their_media_type(site: Site) -> None:
    site.paths["/a"] = answer(b"Shells fell on Tel Oreb.\n", kind="text/plain; charset=utf-8")
    site.paths["/b.php"] = answer(b'{"id": "b7", "text": "Shells fell."}\n', kind="application/x-ndjson")
    site.paths["/c"] = answer(b"\x89PNG\r\n\x1a\n", kind="image/png")
    text, line = one(site.url("/a")), one(site.url("/b.php"))
    assert isinstance(text, Report)
    assert text.text == "Shells fell on Tel Oreb."
    assert text.url == site.url("/a")
    assert isinstance(line, Report)
    assert line.id == "b7"
    assert "PNG" in failure(site.url("/c"))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 500, 503, 204, 304])
def test_statuses_that_are_no_page(site: Site, status: int) -> None:
    site.paths["/x"] = answer(b"" if status in (204, 304) else b"<p>No such page.</p>", status=status)
    assert f"the server answers {status}" in failure(site.url("/x"))


def test_redirects_are_followed(site: Site, body: str) -> None:
    for number in range(5):
        site.paths[f"/{number}"] = answer(status=301 + number % 3, Location=f"{number + 1}")
    site.paths["/5"] = answer(article(body))
    report = one(site.url("/0"))
    assert isinstance(report, Report)
    assert (report.path, report.url) == (site.url("/0"), site.url("/5"))
    site.paths["/5"] = answer(status=308, Location="/6")
    site.paths["/6"] = answer(article(body))
    assert "more than 5 redirects" in failure(site.url("/0"))


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("/loop", "more than 5 redirects"),
        ("file:///etc/passwd", "only http and https"),
        ("ftp://oreb.example/a", "only http and https"),
        ("http://169.254.169.254/latest/meta-data", "link-local"),
        ("http://[::ffff:a9fe:a9fe]/", "link-local"),
        ("http://2852039166/", "link-local"),
        ("http://0.0.0.0/", "no address of a host"),
        ("http://224.0.0.1/", "multicast"),
        ("http://user:word@oreb.example/", "password"),
        ("http://oreb.example:99999/", "no address of a page"),
        ("http://[::1", "elsewhere"),
        ("http://nowhere.invalid/", "not known"),
    ],
)
def test_redirects_that_are_not_followed(site: Site, to: str, why: str) -> None:
    site.paths["/loop"] = answer(status=302, Location=to)
    begin = time.monotonic()
    assert why in failure(site.url("/loop"))
    assert time.monotonic() - begin < 9


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.0.0.1", "[::ffff:127.0.0.1]"])
def test_this_machine_is_not_asked_unless_it_is_allowed(site: Site, host: str) -> None:
    assert "--allow-local" in failure(site.url("/", host), Limits())
    assert site.asked == []


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "localhost"])
def test_this_machine_by_another_name(site: Site, host: str, body: str) -> None:
    site.paths["/"] = answer(article(body))
    assert isinstance(one(site.url("/", host)), Report)
    assert site.heads[-1]["Host"] == f"{host}:{site.port}"


def test_each_redirect_is_judged_again() -> None:
    def refused(address: IPAddress) -> str | None:
        return None if str(address) == "127.0.0.1" else refusal(address)  # as if it were public

    with serving("0.0.0.0") as site:
        for path, host in (("/a", "127.0.0.2"), ("/b", "[::1]"), ("/c", "10.0.0.1")):
            site.paths[path] = answer(status=302, Location=site.url("/secret", host))
            with pytest.raises(Unreadable, match=r"this machine|private network"):
                Fetcher(LIMITS, refused).fetch(site.url(path))
        assert "/secret" not in site.asked
        site.paths["/robots.txt"] = answer(status=302, Location=site.url("/secret", "127.0.0.2"))
        with pytest.raises(Unreadable, match="this machine"):
            Fetcher(LIMITS, refused).fetch(site.url("/a"))
        assert "/secret" not in site.asked


def test_ipv6(body: str) -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("skipped: no IPv6")
    with serving("::1") as site:
        site.paths["/"] = answer(article(body))
        assert "an address of this machine" in failure(site.url("/", "[::1]"), Limits())
        assert site.asked == []
        assert isinstance(one(site.url("/", "[::1]")), Report)
        assert site.heads[-1]["Host"] == f"[::1]:{site.port}"


def trickle(head: bytes, piece: bytes) -> Answering:
    """A server that goes on sending ``piece`` for ever, each well within any time limit for one read."""

    def send(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        while True:
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(0.05)

    return send


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"y"),
        (b"HTTP/1.1 ", b"2"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 302 Found\r\nLocation: /\r\nX: ", b"y"),
    ],
)
@pytest.mark.parametrize("path", ["/robots.txt", "/"])
def test_a_server_that_trickles_is_left(site: Site, head: bytes, piece: bytes, path: str) -> None:
    site.paths[path] = trickle(head, piece)
    begin = time.monotonic()
    assert "longer than 0.5 seconds" in failure(site.url("/"), Limits(allow_local=True, fetch_seconds=0.5))
    assert time.monotonic() - begin < 3


def test_a_server_that_says_nothing_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert "longer than 0.5 seconds" in failure(url, Limits(allow_local=True, fetch_seconds=0.5))
        secure = url.replace("http:", "https:")
        assert "longer than 0.5 seconds" in failure(secure, Limits(allow_local=True, fetch_seconds=0.5))
    assert "could not be read" in failure(url)  # nobody listens any more


SMALL = Limits(allow_local=True, fetch_delay=0, max_fetch_bytes=100_000)


def test_bodies_over_the_limit(site: Site) -> None:
    site.paths["/plain"] = answer(b"x" * 100_001)
    site.paths["/bomb"] = answer(gzip.compress(b"\0" * 300_000_000, 1), Content_Encoding="gzip")
    members = gzip.compress(b"x" * 1000) * 2000
    site.paths["/members"] = answer(members, Content_Encoding="gzip")
    site.paths["/endless"] = trickle(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 50_000)
    nothing = b"\0\0\0\xff\xff" * 200_000  # stored blocks of no bytes
    site.paths["/nothing"] = answer(b"\x1f\x8b\x08\0\0\0\0\0\0\3" + nothing, Content_Encoding="gzip")
    for path in ("/plain", "/bomb", "/members", "/endless", "/nothing"):
        assert "--max-fetch-bytes" in failure(site.url(path), SMALL)
    with pytest.raises(TooLarge):
        Fetcher(SMALL).fetch(site.url("/bomb"))


@pytest.mark.parametrize("level", [0, 1, 9])
def test_compressed_pages(site: Site, body: str, level: int) -> None:
    page = article(body + "<p>" + "The road is shut. " * 20_000 + "</p>")
    packed = gzip.compress(page, level)
    site.paths["/gzip"] = answer(packed, Content_Encoding="gzip")
    site.paths["/padded"] = answer(packed + b"\0" * 100, Content_Encoding="GZIP")
    site.paths["/two"] = answer(
        gzip.compress(page[:99]) + gzip.compress(page[99:]), Content_Encoding="x-gzip"
    )
    site.paths["/zlib"] = answer(zlib.compress(page, level), Content_Encoding="deflate")
    fetcher = Fetcher(LIMITS)
    for path in site.paths:
        if path != "/robots.txt":
            assert fetcher.fetch(site.url(path)).body == page, path


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nno gzip at all", "could not be read"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nxx", "compresses as br"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<p>half", "broke off"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", "could not be read"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab", "could not be read"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500 + b"\r\n", "could not be read"),
        (b"HTTP/1.1 200 OK\r\nA: " + b"b" * 100_000 + b"\r\n\r\n", "could not be read"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "could not be read"),
        (b"HTTP/1.1 302 Found\r\n\r\n", "the server answers 302"),
        (b"", "could not be read"),
    ],
)
def test_answers_that_are_no_http(site: Site, sent: bytes, why: str) -> None:
    site.paths["/"] = lambda handler: handler.wfile.write(sent)
    assert why in failure(site.url("/"))


def test_a_wrong_charset_header(site: Site, body: str) -> None:
    quoted = "The caf\u00e9 \u201cBlue\u201d on the quay burned to the ground, its owner said."
    own = article(f"{body}</p><p>{quoted}", '<meta charset="windows-1252">').decode().encode("cp1252")
    for header in ("utf-8", "us-ascii", "utf-16", "klingon", '"; x="'):
        site.paths["/"] = answer(own, kind=f"text/html; charset={header}")
        report = one(site.url("/"))
        assert isinstance(report, Report)
        assert quoted in report.text
    site.paths["/"] = answer(article(f"{body}</p><p>{quoted}"), kind="text/html; charset=windows-1251")
    report = one(site.url("/"))
    assert isinstance(report, Report)
    assert quoted in report.text


def test_robots_txt(site: Site, body: str) -> None:
    site.paths["/open/1"] = site.paths["/shut/1"] = site.paths["/shut/2"] = answer(article(body))
    site.paths["/hop"] = answer(status=302, Location="/shut/1")
    rules = b"User-agent: *\nDisallow: /\n\nUser-agent: dateline\nDisallow: /shut\nAllow: /shut/2\n"
    site.paths["/robots.txt"] = answer(rules, kind="text/plain")
    assert "robots.txt" in failure(site.url("/shut/1"))
    assert site.asked == ["/robots.txt"]
    assert "robots.txt" in failure(site.url("/hop"))
    assert "/shut/1" not in site.asked
    assert isinstance(one(site.url("/open/1")), Report)
    assert isinstance(one(site.url("/shut/2")), Report)
    site.asked.clear()
    list(read([site.url("/open/1"), site.url("/shut/1"), site.url("/shut/2")], limits=LIMITS))
    assert site.asked == ["/robots.txt", "/open/1", "/shut/2"]  # asked for once


def test_robots_txt_that_cannot_be_had(site: Site, body: str) -> None:
    site.paths["/"] = answer(article(body))
    for status in (401, 403, 404, 410):
        site.paths["/robots.txt"] = answer(status=status)
        assert isinstance(one(site.url("/")), Report)
    site.paths["/robots.txt"] = answer(status=503)
    assert "robots.txt" in failure(site.url("/"))
    site.paths["/robots.txt"] = answer(b"User-agent: *\nDisallow: /\n" + b"#" * 3_000_000, kind="text/plain")
    assert "robots.txt" in failure(site.url("/"))
    site.paths["/robots.txt"] = answer(b"\xff\xfe\0<html>\n" * 10_000)
    assert isinstance(one(site.url("/")), Report)


def test_a_site_is_not_asked_too_often(site: Site, body: str) -> None:
    site.paths["/"] = answer(article(body))
    fetcher = Fetcher(Limits(allow_local=True, fetch_delay=0.3))
    begin = time.monotonic()
    for _ in range(3):
        fetcher.fetch(site.url("/"))
    assert 0.6 <= time.monotonic() - begin < 3


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "https://",
        "http:///a",
        "http://user@127.0.0.1/",
        "http://127.0.0.1:0x50/",
        "http://127.0.0.1:70000/",
        "http://127.0.0.1/a b",
        "http://127.0.0.1/a\r\nHost: oreb.example",
        "http://127.0.0.1\\@oreb.example/",
        "http://[::1",
        "http://[fe80::1%25eth0]/",
        "http://" + "a" * 300 + ".example/",
        "http://" + "\u0430." * 400,
        "http://127.0.0.1/" + "a" * 5000,
    ],
)
def test_what_is_no_address(url: str) -> None:
    (result,) = read(url, limits=LIMITS)
    assert isinstance(result, Outcome)
    assert result.outcome is OutcomeKind.UNREADABLE
    assert result.path.isprintable()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for ``localhost`` alone, with its key, in one file."""
    path = tmp_path / "localhost.pem"
    words = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost "
        f"-addext subjectAltName=DNS:localhost -keyout {path} -out {tmp_path}/cert.pem"
    )
    try:
        subprocess.run(words.split(), check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("skipped: no openssl")
    with path.open("a") as file:
        file.write((tmp_path / "cert.pem").read_text())
    return path


def test_certificates_are_checked_against_the_hosts_name(
    certificate: Path, body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    named: list[str] = []
    context.sni_callback = lambda _socket, name, _context: named.append(name)
    with serving(wrap=lambda plain: context.wrap_socket(plain, server_side=True)) as site:  # type: ignore[arg-type]
        site.paths["/"] = answer(article(body))
        url = site.url("/", "localhost").replace("http:", "https:")
        assert "CERTIFICATE_VERIFY_FAILED" in failure(url)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert isinstance(one(url), Report)
        assert set(named) == {"localhost"}
        assert "CERTIFICATE_VERIFY_FAILED" in failure(url.replace("localhost", "127.0.0.1"))
