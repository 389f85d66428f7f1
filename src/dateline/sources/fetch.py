"""URLs to bytes: what a user names by its address, fetched with care.

    1. the address   http or https, a host, no name or password
    2. the host      resolved; each of its addresses public (``addresses``)
    3. robots.txt    allows it to "Dateline" (RFC 9309, by protego)
    4. the request   over a connection to the judged address, in time, up to a size (``wire``)
    5. a redirect    back to 1, five times at most

Nothing is fetched unless the user gives a URL, or ``--fetch`` with a feed.
"""

from __future__ import annotations

import io
import re
import time
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

import msgspec

import dateline
from dateline.errors import Unreadable
from dateline.sources.addresses import Refusal, addresses_of, refusal
from dateline.sources.inputs import HEAD, Input, StatedDate, printable
from dateline.sources.limits import Limits
from dateline.sources.wire import Answer, Deadline, ask

if TYPE_CHECKING:
    from protego import Protego

#: Redirects followed for one URL.
MAX_REDIRECTS = 5

#: Bytes of a robots.txt that are read (RFC 9309 asks for 500 KiB at least).
ROBOTS_BYTES = 512_000

#: The longest time between two requests that a site's robots.txt can ask for, in seconds.
MAX_CRAWL_DELAY = 60.0

#: The name that robots.txt files know us by.
AGENT = "Dateline"

_ACCEPTED = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml;q=0.9,*/*;q=0.5"
_SAFE = "%/:@!$&'()*+,;=~-._?[]|"


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What stands at an address: the address it was found at in the end, its media type, its bytes."""

    url: str
    media_type: str | None
    body: bytes


class _Place(msgspec.Struct, frozen=True, kw_only=True):
    """A URL in its parts, the host as the network names it."""

    url: str
    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> tuple[str, str, int]:
        """What a robots.txt holds for."""
        return self.scheme, self.host, self.port


class Fetcher:
    """Fetches within ``limits``; remembers each site's robots.txt, and waits between requests to a site.

    ``refused`` judges addresses; by default those that are not public are refused, see ``addresses``.
    """

    def __init__(self, limits: Limits, refused: Refusal | None = None) -> None:
        self._limits = limits
        self._refused = refused or (lambda address: refusal(address, limits.allow_local))
        self._robots: dict[tuple[str, str, int], Protego | None] = {}
        self._last: dict[str, float] = {}

    def fetch(self, url: str) -> Fetched:
        """What stands at ``url``. Raises Unreadable or TooLarge, saying why and what to do."""
        place = _place(url)
        self._wait(place)
        deadline = Deadline(self._limits.fetch_seconds)
        for _ in range(MAX_REDIRECTS + 1):
            if not self._allowed(place, deadline):
                raise Unreadable(
                    f"robots.txt of {place.host} does not allow it: ask the publisher for the text"
                )
            answer = self._ask(place, deadline, self._limits.max_fetch_bytes)
            following = _redirect(place, answer)
            if following is None:
                return _fetched(place, answer)
            place = following
        raise Unreadable(f"more than {MAX_REDIRECTS} redirects: check the address")

    def open(
        self,
        url: str,
        *,
        depth: int = 0,
        outlet: str | None = None,
        title: str | None = None,
        dates: tuple[StatedDate, ...] = (),
    ) -> Input:
        """What stands at ``url`` as an input, with what is said of it elsewhere. Raises as ``fetch`` does."""
        found = self.fetch(url)
        return Input(
            path=printable(url),
            stream=io.BytesIO(found.body),
            head=found.body[:HEAD],
            size=len(found.body),
            depth=depth,
            url=found.url,
            media_type=found.media_type,
            outlet=outlet,
            title=title,
            dates=dates,
        )

    def _ask(self, place: _Place, deadline: Deadline, max_bytes: int, truncate: bool = False) -> Answer:
        """One request, to an address that was judged for it."""
        addresses = addresses_of(place.host, place.port, deadline.left(), self._refused)
        headers = {
            "User-Agent": f"{AGENT}/{dateline.__version__}",
            "Accept": _ACCEPTED,
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        return ask(
            place.host,
            place.port,
            addresses,
            place.target,
            headers,
            secure=place.scheme == "https",
            max_bytes=max_bytes,
            deadline=deadline,
            truncate=truncate,
        )

    def _allowed(self, place: _Place, deadline: Deadline) -> bool:
        """Whether the site's robots.txt lets us fetch ``place``. Raises Unreadable when it cannot be had."""
        if place.origin not in self._robots:
            self._robots[place.origin] = self._robots_of(place, deadline)
        robots = self._robots[place.origin]
        return robots is None or robots.can_fetch(place.url, AGENT)

    def _robots_of(self, place: _Place, deadline: Deadline) -> Protego | None:
        """A site's robots.txt; None when it has none (RFC 9309 2.3.1.3: any status from 400 to 499)."""
        from protego import Protego

        asked = msgspec.structs.replace(place, target="/robots.txt", url=urljoin(place.url, "/robots.txt"))
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._ask(asked, deadline, ROBOTS_BYTES, truncate=True)
            following = _redirect(asked, answer)
            if following is None:
                break
            asked = following
        if answer.status >= 500:
            raise Unreadable(
                f"robots.txt of {place.host} cannot be had ({answer.status} {answer.reason}), so nothing is "
                "fetched: try again later"
            )
        return Protego.parse(answer.body.decode("utf-8", "replace")) if answer.status == 200 else None

    def _wait(self, place: _Place) -> None:
        """Wait until the site may be asked again."""
        robots = self._robots.get(place.origin)
        asked = (robots.crawl_delay(AGENT) if robots else None) or 0.0
        delay = max(self._limits.fetch_delay, min(asked, MAX_CRAWL_DELAY))
        now = time.monotonic()
        begin = max(now, self._last.get(place.host, now - delay) + delay)
        time.sleep(begin - now)
        self._last[place.host] = begin


def _place(url: str) -> _Place:
    """A URL in its parts. Raises Unreadable for what is no address to fetch from."""
    if len(url) > 4000 or re.search(r"[\x00-\x20\x7f\\]", url):
        raise Unreadable("no address of a page (blanks or control characters in it, or too long): check it")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Unreadable(f"no address of a page ({error}): check it") from error
    scheme = parts.scheme.casefold()
    if scheme not in ("http", "https"):
        raise Unreadable(f"an address of kind {printable(scheme)!r}: only http and https are fetched")
    if parts.username is not None or parts.password is not None:
        raise Unreadable("an address with a user's name or password in it: give it without")
    try:
        host = (
            (parts.hostname or "")
            .encode("ascii" if (parts.hostname or "").isascii() else "idna")
            .decode("ascii")
        )
    except UnicodeError as error:
        raise Unreadable("an address whose host has no valid name: check it") from error
    if not host or "%" in host:
        raise Unreadable("an address without a host: write it as https://outlet.example/page")
    target = quote(parts.path or "/", safe=_SAFE) + (
        f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    )
    netloc = f"[{host}]" if ":" in host else host
    usual = 443 if scheme == "https" else 80
    shown = netloc if port in (None, usual) else f"{netloc}:{port}"
    return _Place(
        url=f"{scheme}://{shown}{target}", scheme=scheme, host=host, port=port or usual, target=target
    )


def _redirect(place: _Place, answer: Answer) -> _Place | None:
    """Where an answer sends us; None when it sends us nowhere. Raises Unreadable for what is not fetched."""
    if answer.status not in (301, 302, 303, 307, 308) or not answer.headers.get("location"):
        return None
    location = answer.headers["location"].strip().encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return _place(urljoin(place.url, location.replace(" ", "%20")))
    except (Unreadable, ValueError) as error:
        raise Unreadable(f"the server sends us elsewhere, to {printable(location[:80])}: {error}") from error


def _fetched(place: _Place, answer: Answer) -> Fetched:
    """The page of an answer. Raises Unreadable when it is none."""
    if answer.status != 200:
        raise Unreadable(f"the server answers {answer.status} {printable(answer.reason)}: check the address")
    return Fetched(url=place.url, media_type=answer.headers.get("content-type"), body=answer.body)
