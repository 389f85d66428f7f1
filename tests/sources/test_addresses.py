"""Which addresses are judged public."""

from __future__ import annotations

import ipaddress
import socket

import pytest

from dateline.errors import Unreadable
from dateline.sources.addresses import addresses_of, refusal

PUBLIC = ("93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8", "64:ff9b::808:808")
LOCAL = (
    "127.0.0.1", "127.8.9.10", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
    "0.1.2.3", "192.0.2.1", "198.18.0.1", "::1", "fc00::1", "fd00:ec2::254", "fec0::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:c0a8:101::",
    "::127.0.0.1",
)  # fmt: skip
NEVER = (
    "0.0.0.0", "::", "169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::",
    "fe80::1", "224.0.0.1", "239.255.255.250", "ff02::1", "::ffff:224.0.0.1", "240.0.0.1", "255.255.255.255",
    "4000::1",
)  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert refusal(ipaddress.ip_address(address)) is None


@pytest.mark.parametrize("address", LOCAL)
def test_local_only_where_it_is_allowed(address: str) -> None:
    assert refusal(ipaddress.ip_address(address))
    assert refusal(ipaddress.ip_address(address), allow_local=True) is None


@pytest.mark.parametrize("address", NEVER)
def test_never(address: str) -> None:
    assert refusal(ipaddress.ip_address(address))
    assert refusal(ipaddress.ip_address(address), allow_local=True)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "localhost"]
)
def test_forms_of_this_machine(host: str) -> None:
    with pytest.raises(Unreadable, match=r"127\.0\.0\.1|::1"):
        addresses_of(host, 80, 10, refusal)
    found = addresses_of(host, 80, 10, lambda address: refusal(address, allow_local=True))
    assert {address.socket[0] for address in found} <= {"127.0.0.1", "::1"}
    assert {address.family for address in found} <= {socket.AF_INET, socket.AF_INET6}


def test_a_host_that_is_not_known() -> None:
    with pytest.raises(Unreadable, match="not known"):
        addresses_of("nowhere.invalid", 80, 20, refusal)
