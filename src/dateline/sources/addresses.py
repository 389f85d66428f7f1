"""Which network addresses may be fetched from: a host is resolved first, and each of its addresses judged.

Only public addresses may be reached. With ``--allow-local`` those of this machine and of private networks
may too; link-local ones (where clouds keep their credentials), multicast and reserved ones never.
Ranges: RFC 6890 and the IANA special-purpose registries, as Python's ``ipaddress`` has them.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable

import msgspec

from dateline.errors import Unreadable

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

#: Why an address may not be reached, or None when it may.
Refusal = Callable[[IPAddress], str | None]

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_SIX_TO_FOUR = ipaddress.IPv6Network("2002::/16")  # RFC 3056: bits 16 to 48 are one
_SHARED = ipaddress.IPv4Network("100.64.0.0/10")  # RFC 6598: behind a provider's address translation


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """One address of a host, judged and fit to connect to."""

    family: int
    socket: tuple[str | int | bytes, ...]


def refusal(address: IPAddress, allow_local: bool = False) -> str | None:
    """Why ``address`` may not be reached; None when it may."""
    address = _inner(address)
    if address.is_multicast:
        return "a multicast address"
    if address.is_unspecified:
        return "no address of a host"
    if address.is_link_local:
        return "a link-local address"
    if address.is_loopback:
        return None if allow_local else "an address of this machine"
    if (address.version == 4 and address in _SHARED) or getattr(address, "is_site_local", False):
        return None if allow_local else "an address of a private network"
    if address.is_reserved:
        return "a reserved address"
    if not address.is_global:
        return None if allow_local else "an address of a private network"
    return None


def addresses_of(host: str, port: int, seconds: float, refused: Refusal) -> list[Address]:
    """The addresses of ``host``, all of them allowed.

    Every form of a host that the system takes (``2130706433``, ``0x7f.1``, ``[::ffff:127.0.0.1]``) is an
    address by then. Raises Unreadable when one is refused, the host is unknown, or ``seconds`` run out.
    """
    addresses = []
    for family, _, _, _, where in _resolved(host, port, seconds):
        try:
            address = ipaddress.ip_address(str(where[0]).partition("%")[0])
        except ValueError as error:
            raise Unreadable(f"{host} has an address of no known form: check the address") from error
        why = refused(address)
        if why is not None:
            raise Unreadable(
                f"{host} is {address}, {why}: not fetched; --allow-local lets addresses of this machine and "
                "of private networks through"
            )
        addresses.append(Address(family=family, socket=where))
    return addresses


def _inner(address: IPAddress) -> IPAddress:
    """The IPv4 address that an IPv6 one stands for, else the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _SIX_TO_FOUR:
        return ipaddress.IPv4Address(int(address) >> 80 & 0xFFFFFFFF)
    if 1 < int(address) < 1 << 32:  # ::a.b.c.d, long out of use
        return ipaddress.IPv4Address(int(address))
    return address


_Resolved = list[tuple[int, int, int, str, tuple[str | int | bytes, ...]]]


def _resolved(host: str, port: int, seconds: float) -> _Resolved:
    """What the system says of a host. In a thread: the system's look-up has no time limit of its own."""
    found: _Resolved = []
    failed: list[Exception] = []

    def look_up() -> None:
        try:
            for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                found.append((one[0], one[1], one[2], one[3], tuple(one[4])))
        except (OSError, UnicodeError) as error:
            failed.append(error)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(max(0.0, seconds))
    if thread.is_alive():
        raise Unreadable(f"no answer in time on where {host} is: try again, or raise --fetch-seconds")
    if failed or not found:
        why = getattr(failed[0], "strerror", None) or failed[0] if failed else "no address"
        raise Unreadable(f"the host {host} is not known ({why}): check the address")
    return found
