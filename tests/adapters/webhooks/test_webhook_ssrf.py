"""A webhook goes to the open internet only (SSRF), whatever its address pretends to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.webhooks.ssrf import (
    ForbiddenError,
    reason_against,
    resolve,
    resolved_addresses,
    target,
)

PUBLIC = "93.184.215.14"
NEIGHBOURS = [
    "9.255.255.255",
    "11.0.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "169.253.255.255",
    "169.255.0.0",
    "126.255.255.255",
    "128.0.0.1",
    "223.255.255.255",
    "93.184.215.14",
    "2606:4700::1111",
    "::ffff:93.184.215.14",
    "64:ff9b::5db8:d70e",
]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example/in",
        "//hooks.example/in",
        "http://hooks.example/in",
        "HTTP://hooks.example/in",
        "ftp://hooks.example/in",
        "file:///etc/passwd",
        "gopher://hooks.example:70/_x",
        "javascript:alert(1)",
        "https://",
        "https:///in",
        "https://:443/in",
        "https://hooks.example:0/in",
        "https://hooks.example:99999/in",
        "https://hooks.example:x/in",
        "https://user@hooks.example/in",
        "https://user:pass@hooks.example/in",
        "https://hooks.example@127.0.0.1/in",
        "https://hooks.example\\@127.0.0.1/in",
        "https://hooks.example/in#fragment",
        "https://hooks.example/in\r\nHost: evil.example",
        "https://hooks.example/a b",
        "https://hooks.example/\x00",
        " https://hooks.example/in",
        "https://hooks.example\t/in",
        "https://\uff11\uff12\uff17.0.0.1/in",
        "https://127\u30020\u30020\u30021/in",
        "https://höoks.example/in",
        "https://[fe80::1%25eth0]/in",
        "https://[::1/in",
        "https://hooks.example%2e/in",
        "https://a,b/in",
        "https://hooks.example/" + "a" * 2000,
    ],
)
def test_what_is_no_plain_https_address_is_refused(url: str) -> None:
    with pytest.raises(ForbiddenError):
        target(url)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0x7f.1",
        "0",
        "0.0.0.0",  # noqa: S104 - to be refused
        "10.0.0.8",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "2852039166",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:a9fe:a9fe]",
        "[0:0:0:0:0:ffff:10.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fd00:ec2::254]",
        "[fe80::1]",
    ],
)
def test_every_spelling_of_a_place_of_our_own_is_seen_through(host: str) -> None:
    """The system's own resolver reads decimal, octal and hexadecimal addresses."""
    with pytest.raises(ForbiddenError):
        resolved_addresses(target(f"https://{host}/in"), resolve)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 - to be refused
        "0.1.2.3",
        "10.255.255.255",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.53",
        "168.63.129.16",
        "169.254.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:192.168.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:a00:1::",
        "3fff::1",
        "fc00::1",
        "fd20:ce::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_no_address_outside_the_open_internet_is_called(address: str) -> None:
    assert reason_against(address)


@pytest.mark.parametrize(
    "address",
    NEIGHBOURS,
)
def test_the_neighbours_of_what_is_closed_are_open(address: str) -> None:
    assert reason_against(address) == ""


@given(st.ip_addresses())
def test_nothing_private_ever_passes(address: object) -> None:
    if getattr(address, "is_private", False) or getattr(address, "is_multicast", False):
        assert reason_against(str(address))


def test_one_bad_address_among_good_ones_is_enough() -> None:
    to = target("https://hooks.example/in")
    assert resolved_addresses(to, lambda *_: (PUBLIC,)) == (PUBLIC,)
    with pytest.raises(ForbiddenError, match="own network"):
        resolved_addresses(to, lambda *_: (PUBLIC, "10.0.0.1"))
    with pytest.raises(ForbiddenError, match="no address"):
        resolved_addresses(to, lambda *_: ())


def test_the_operator_may_name_a_place_of_our_own_but_never_a_clouds_keys() -> None:
    allow = ("billing.internal", "127.0.0.1:8080")
    inside = target("https://billing.internal:8443/in", allow)

    assert resolved_addresses(inside, lambda *_: ("10.0.0.8",)) == ("10.0.0.8",)
    for never in ("169.254.169.254", "fd00:ec2::254", "100.100.100.200", "0.0.0.0"):  # noqa: S104 - to be refused
        with pytest.raises(ForbiddenError):
            resolved_addresses(inside, lambda *_, never=never: (never,))
    with pytest.raises(ForbiddenError):
        target("http://127.0.0.1:8081/in", allow)
    with pytest.raises(ForbiddenError, match="http only to this very machine"):
        resolved_addresses(target("http://billing.internal/in", allow), lambda *_: ("10.0.0.8",))
    plain = target("http://127.0.0.1:8080/in", allow)
    assert resolved_addresses(plain, resolve) == ("127.0.0.1",)
