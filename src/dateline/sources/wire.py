"""One HTTP request over a connection to an address judged before, within a deadline that nothing extends.

``http.client`` speaks the protocol. Here it gets a socket of ours, connected to the very address that was
judged (a second look-up could give another), with the host's own name in its Host header and TLS handshake.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
import zlib
from collections.abc import Iterator, Mapping

import msgspec

from dateline.errors import TooLarge, Unreadable
from dateline.sources.addresses import Address
from dateline.sources.limits import over

_CHUNK = 65_536


class Deadline:
    """A moment by which all must be done; ``seconds`` is the limit it was made of."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left. Raises Unreadable when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def passed(self) -> Unreadable:
        """The error for a deadline that has passed."""
        return Unreadable(
            f"the server took longer than {self.seconds:g} seconds: try again, or raise it with "
            "--fetch-seconds (Limits.fetch_seconds)"
        )


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a server answered; ``headers`` by their names in small letters, ``body`` decompressed."""

    status: int
    reason: str
    headers: dict[str, str]
    body: bytes


def ask(
    host: str,
    port: int,
    addresses: list[Address],
    target: str,
    headers: Mapping[str, str],
    *,
    secure: bool,
    max_bytes: int,
    deadline: Deadline,
    truncate: bool = False,
) -> Answer:
    """GET ``target`` from the first of ``addresses`` that answers.

    The body of a redirect or an error is not read. Raises Unreadable, and TooLarge for a body over
    ``max_bytes`` (with ``truncate`` it is cut instead).
    """
    connection = _Connection(host, port, addresses, secure, deadline)
    try:
        connection.request("GET", target, headers=dict(headers))
        response = connection.getresponse()
        reading = 200 <= response.status < 300
        body = _body(response, max_bytes, deadline, truncate) if reading else b""
        return Answer(
            status=response.status,
            reason=" ".join(response.reason.split())[:80],
            headers={name.casefold(): value for name, value in reversed(response.getheaders())},
            body=body,
        )
    except TimeoutError as error:
        raise deadline.passed() from error
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        why = str(error) or type(error).__name__
        raise Unreadable(f"{host} could not be read ({why}): check the address, or try again") from error
    finally:
        connection.hang_up()


def _body(response: http.client.HTTPResponse, limit: int, deadline: Deadline, truncate: bool) -> bytes:
    """The body, decompressed as it comes. Raises TooLarge as soon as it is over ``limit``."""
    body = bytearray()
    for piece in _decompressed(response, limit, deadline):
        body += piece
        if len(body) > limit:
            if truncate:
                return bytes(body[:limit])
            more = f"more than {limit} bytes"
            raise TooLarge(over("the page has", more, f"{limit} bytes", "max_fetch_bytes"))
    return bytes(body)


def _decompressed(response: http.client.HTTPResponse, limit: int, deadline: Deadline) -> Iterator[bytes]:
    """Pieces of a body, each of a bounded size however small it is when compressed."""
    coding = (response.getheader("Content-Encoding") or "identity").strip().casefold()
    if coding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise Unreadable(
            f"the server compresses as {coding}, which was not asked for: save the page yourself"
        )
    unpacking = None if coding == "identity" else zlib.decompressobj(wbits=47)  # gzip or zlib
    raw = 0
    while chunk := response.read(_CHUNK):
        raw += len(chunk)
        deadline.left()
        if unpacking is None:
            yield chunk
            continue
        if raw > limit + _CHUNK:  # empty blocks without end
            raise TooLarge(
                over("the page has", f"more than {limit} bytes", f"{limit} bytes", "max_fetch_bytes")
            )
        while chunk:
            piece = unpacking.decompress(chunk, _CHUNK)
            if unpacking.eof:  # a gzip file may have several members
                chunk, unpacking = unpacking.unused_data.lstrip(b"\0"), zlib.decompressobj(wbits=47)
            else:
                chunk = unpacking.unconsumed_tail
            yield piece
            deadline.left()
    if unpacking is not None:
        yield unpacking.flush()
    if response.length:
        raise Unreadable("the connection broke off before the end of the page: try again")


def _trust() -> ssl.SSLContext:
    """Certificates as the system trusts them (SSL_CERT_FILE names others)."""
    return ssl.create_default_context()


class _Connection(http.client.HTTPConnection):
    """A connection to judged addresses alone."""

    def __init__(
        self, host: str, port: int, addresses: list[Address], secure: bool, deadline: Deadline
    ) -> None:
        super().__init__(host, port)
        self.default_port = 443 if secure else 80  # else the Host header would name the usual port
        self._addresses, self._secure, self._deadline = addresses, secure, deadline
        self._inner: socket.socket | None = None

    def connect(self) -> None:
        """Connect to the first address that answers."""
        self._inner = self._dial()
        if self._secure:
            self._inner.settimeout(self._deadline.left())
            self._inner = _trust().wrap_socket(self._inner, server_hostname=self.host)
        self.sock = _Wire(self._inner, self._deadline)

    def hang_up(self) -> None:
        """Close the connection and its socket."""
        self.close()
        if self._inner is not None:
            self._inner.close()

    def _dial(self) -> socket.socket:
        failed: OSError | None = None
        for place, address in enumerate(self._addresses):
            dialled = socket.socket(address.family, socket.SOCK_STREAM)
            # what is left is shared among the addresses: the first may be dead
            dialled.settimeout(self._deadline.left() / (len(self._addresses) - place))
            try:
                dialled.connect(address.socket)
            except OSError as error:
                dialled.close()
                failed = error
            else:
                return dialled
        raise failed or OSError("it has no address")


class _Wire:
    """As much of a socket as ``http.client`` uses; every wait ends at the deadline."""

    def __init__(self, inner: socket.socket, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def sendall(self, data: bytes) -> None:
        self._inner.settimeout(self._deadline.left())
        self._inner.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Incoming(self._inner, self._deadline), buffer_size=_CHUNK)

    def close(self) -> None:
        """Nothing: ``http.client`` closes its socket before it has read the body; ``hang_up`` does it."""


class _Incoming(io.RawIOBase):
    """The bytes that come in."""

    def __init__(self, inner: socket.socket, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._inner.settimeout(self._deadline.left())
        return self._inner.recv_into(buffer)
