"""Addresses of the web: fetched with care, then read like a file.

1. http and https only; where the host leads is looked up first, and no connection is made to private,
   loopback, link-local, multicast or reserved addresses (unless ``allow_local``); the very address that was
   looked up is used
2. robots.txt (RFC 9309) is asked, as ``Dateline``
3. each redirect goes through 1 and 2 again, MAX_REDIRECTS at most
4. no more than ``max_fetch_bytes`` after unpacking, nor than ``fetch_seconds`` in all, from a server that
   trickles too
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import SplitResult, urljoin, urlsplit

import msgspec

from dateline.errors import TooLarge, Unreadable
from dateline.sources.inputs import HEAD, Input, printable
from dateline.sources.limits import Limits, over

MAX_REDIRECTS = 5
MAX_ROBOTS_BYTES = 500_000
AGENT = "Dateline"

_CHUNK = 65_536
_REDIRECTS = (301, 302, 303, 307, 308)


class _Answer(msgspec.Struct, frozen=True):
    """What a server answered: status, headers in small letters, body."""

    status: int
    reason: str
    headers: dict[str, str]
    body: bytes


class _Run(msgspec.Struct):
    """One fetch: its limits, when it has to end, and what robots.txt said by origin."""

    limits: Limits
    ends: float
    rules: dict[str, str] = {}

    @property
    def left(self) -> float:
        """Seconds left; Unreadable when none are."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise self.too_slow()
        return left

    def too_slow(self) -> Unreadable:
        seconds = self.limits.fetch_seconds
        return Unreadable(f"the server took over {seconds} seconds: try later, or raise --fetch-seconds")


def fetch(url: str, limits: Limits) -> Input:
    """What lies at ``url``, as an input. Raises Unreadable (refused, not there, too slow) and TooLarge."""
    run = _Run(limits, time.monotonic() + limits.fetch_seconds, {})
    at = url
    for _ in range(MAX_REDIRECTS + 1):
        parts = _checked(at)
        address = _address(parts, run)
        if not _may(parts, address, run):
            raise Unreadable("the site's robots.txt asks programs to leave this page alone: save it by hand")
        answer = _get(parts, address, run, limits.max_fetch_bytes)
        if answer.status in _REDIRECTS and answer.headers.get("location"):
            at = urljoin(at, answer.headers["location"])
            continue
        if answer.status != 200:
            said = f"{answer.status} {printable(answer.reason)}".strip()
            raise Unreadable(f"the server answered {said}: check the address")
        kind, _, rest = answer.headers.get("content-type", "").partition(";")
        charset = rest.partition("charset=")[2].strip(" \"';") or None
        return Input(
            path=printable(url),
            stream=io.BytesIO(answer.body),
            head=answer.body[:HEAD],
            size=len(answer.body),
            url=printable(at),
            media_type=kind.strip().casefold() or None,
            charset=charset,
        )
    raise Unreadable(f"more than {MAX_REDIRECTS} redirects: check the address")


def _checked(url: str) -> SplitResult:
    """The parts of an address that may be fetched."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Unreadable(f"no address ({error}): check it") from error
    if parts.scheme not in ("http", "https"):
        raise Unreadable(f"a {printable(parts.scheme) or 'bare'} address: only http and https are fetched")
    if not parts.hostname or port == 0:
        raise Unreadable("an address without a host: check it")
    return parts


def _address(parts: SplitResult, run: _Run) -> tuple[str, int]:
    """Where the host leads. Raises Unreadable where any of its addresses is one that is not fetched."""
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreadable(f"no such host ({printable(host)}): check the address and the network") from error
    addresses = [str(one[4][0]).partition("%")[0] for one in found]
    for address in addresses:
        if not run.limits.allow_local and not _is_public(address):
            raise Unreadable(
                f"the address leads to {address}, in one's own network: not fetched without --allow-local"
            )
    return addresses[0], port


def _is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, whatever it is wrapped in."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return _is_public(str(inner))
        if ip in ipaddress.ip_network("64:ff9b::/96"):  # NAT64 (RFC 6052)
            return _is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _may(parts: SplitResult, address: tuple[str, int], run: _Run) -> bool:
    """Whether the site's robots.txt lets us. Without one we may; where the server fails we may not."""
    from protego import Protego

    origin = f"{parts.scheme}://{parts.netloc}"
    if origin not in run.rules:
        robots = urlsplit(f"{origin}/robots.txt")
        answer = _get(robots, address, run, MAX_ROBOTS_BYTES)
        if answer.status >= 500:
            run.rules[origin] = "User-agent: *\nDisallow: /"
        else:
            run.rules[origin] = answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
    return bool(Protego.parse(run.rules[origin]).can_fetch(parts.geturl(), AGENT))


def _get(parts: SplitResult, address: tuple[str, int], run: _Run, most: int) -> _Answer:
    """One answer of the server at ``address``, its body unpacked and no longer than ``most``."""
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {
        "User-Agent": f"{AGENT} (reads news reports)",
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    connection = _Pinned(parts, address, run.left)
    try:
        with _ended_by(connection, run):
            connection.request("GET", target.encode("ascii", "ignore").decode() or "/", headers=headers)
            answer = connection.getresponse()
            said = {name.casefold(): value for name, value in answer.getheaders()}
            body = b"" if answer.status in _REDIRECTS else _body(answer, said, most)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if time.monotonic() >= run.ends:
            raise run.too_slow() from error
        why = error or type(error).__name__
        raise Unreadable(f"the server does not answer ({why}): try later") from error
    finally:
        connection.close()
    if time.monotonic() >= run.ends:  # the connection was cut at the end of the time: the body may be too
        raise run.too_slow()
    return _Answer(answer.status, answer.reason or "", said, body)


def _body(answer: http.client.HTTPResponse, said: dict[str, str], most: int) -> bytes:
    """The body, unpacked; TooLarge as soon as it is over ``most``, whatever its length claims to be."""
    packed = said.get("content-encoding", "identity").strip().casefold()
    if packed not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise Unreadable(f"the server packed the page as {printable(packed)}: save it by hand")
    unpacker = zlib.decompressobj(47) if packed not in ("identity", "") else None
    body = bytearray()
    while chunk := answer.read1(_CHUNK):
        if unpacker is None:
            body += chunk
        else:
            try:
                body += unpacker.decompress(chunk, most + 1 - len(body))
            except zlib.error as error:
                raise Unreadable("the page is packed wrongly by its server: save it by hand") from error
        if len(body) > most:
            raise TooLarge(over("the page has", f"over {most} bytes", f"{most} bytes", "max_fetch_bytes"))
    return bytes(body)


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, whatever the host's name leads to by now."""

    def __init__(self, parts: SplitResult, address: tuple[str, int], seconds: float) -> None:
        super().__init__(parts.hostname or "", address[1], timeout=seconds)
        self._address = address
        self._secure = parts.scheme == "https"
        self.wire: socket.socket | None = None
        self.default_port = 443 if self._secure else 80

    def connect(self) -> None:
        self.sock = socket.create_connection(self._address, self.timeout)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
        self.wire = self.sock  # ``sock`` is let go of once the answer's head is read


@contextmanager
def _ended_by(connection: _Pinned, run: _Run) -> Iterator[None]:
    """Cut the connection at the end of the time: a limit for each read would let a trickle go on for ever."""

    def cut() -> None:
        if connection.wire is not None:
            with suppress(OSError):
                connection.wire.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(run.left, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
