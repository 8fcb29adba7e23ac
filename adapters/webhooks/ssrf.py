"""Guards against SSRF: webhooks go to the open internet, or to hosts that were allowed.

Whoever may set an endpoint's address could otherwise make us call what only we can reach: this
machine, our own network, a cloud's metadata (SSRF).
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

_LONGEST = 2000
PORTS = {"https": 443, "http": 80}
Resolver = Callable[[str, int], tuple[str, ...]]
Address = IPv4Address | IPv6Address

_HOST = re.compile(r"[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}")


def _networks(*texts: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(text) for text in texts)


_PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
_OURS = _networks("127.0.0.0/8", "::1/128", *_PRIVATE)
"""This machine and private networks: refused unless the operator names the host."""

_AWS, _AZURE, _GOOGLE = ("169.254.0.0/16", "fd00:ec2::254"), "168.63.129.16", "fd20:ce::254"
_ALIBABA, _ORACLE = "100.100.100.200", "192.0.0.192"
_METADATA = _networks(*_AWS, _AZURE, _GOOGLE, _ALIBABA, _ORACLE)
"""Where clouds tell a machine its keys: never, whoever allows it."""

_SPECIAL = ("0.0.0.0/8", "192.0.0.0/24", "198.18.0.0/15", "::/96", "100::/64", "2001:db8::/32")
_OLD = ("fec0::/10", "3fff::/20", "5f00::/16", "64:ff9b:1::/48")
_TUNNELS = ("192.88.99.0/24", "2002::/16", "2001::/23")
"""6to4, Teredo and the like may end anywhere."""

_NEVER = _networks(*_SPECIAL, *_OLD, *_TUNNELS)
_TRANSLATED = ip_network("64:ff9b::/96")
"""IPv4 as networks with only IPv6 see it (NAT64): judged by the IPv4 address inside."""


class ForbiddenError(ValueError):
    """A webhook may not go there; the text says why."""


@dataclass(frozen=True, slots=True)
class Target:
    """An endpoint's address, taken apart once and used as it is.

    Attributes:
        path: with its query.
        allowed: the operator named this host: private networks and this machine are fine.
    """

    scheme: str
    host: str
    port: int
    path: str
    allowed: bool


def resolve(host: str, port: int) -> tuple[str, ...]:
    """List all addresses of a host, as the system knows them."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:  # a label of the name is empty or too long
        raise OSError(f"{host} is no host name") from None
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def target(url: str, allow: Iterable[str] = ()) -> Target:
    """Take an endpoint's address apart.

    Raises:
        ForbiddenError: if it is no plain https address.
    """
    if len(url) > _LONGEST or not url.isascii() or re.search(r"[\x00-\x20\x7f\\#]", url):
        raise ForbiddenError("write a plain https URL: ASCII, no spaces, no fragment")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ForbiddenError("this is no URL; write https://host/path") from None
    if "@" in parts.netloc:
        raise ForbiddenError("no name or password in the URL: it would stand in logs")
    if not _HOST.fullmatch(host) or port == 0:
        raise ForbiddenError("this is no URL; write https://host/path")
    port = port or PORTS.get(parts.scheme, 0)
    named = {host, f"{host}:{port}"} & {entry.strip().lower() for entry in allow}
    _check_scheme(parts.scheme, allowed=bool(named))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path, bool(named))


def resolved_addresses(to: Target, resolver: Resolver = resolve) -> tuple[str, ...]:
    """Resolve a host, if all of its addresses may be called; use these and no name.

    Raises:
        ForbiddenError: if even one of them may not.
        OSError: if the name is not known.
    """
    found = resolver(to.host, to.port)
    for address in found:
        if reason := reason_against(address, allowed=to.allowed):
            raise ForbiddenError(f"{to.host} is {reason}")
        if to.scheme == "http" and not _plain(address).is_loopback:
            raise ForbiddenError("http only to this very machine; write https://…")
    if not found:
        raise ForbiddenError(f"{to.host} has no address")
    return found


def reason_against(address: str, *, allowed: bool = False) -> str:
    """Describe why an address may not be called; empty if it may."""
    ip = _plain(address)
    if any(ip in network for network in _METADATA):
        return "a cloud's metadata address"
    if any(ip in network for network in _OURS):
        return "" if allowed else "inside our own network; AMICABLE_WEBHOOK__ALLOW could name it"
    closed = ip.is_multicast or ip.is_reserved or ip.is_link_local or ip.is_unspecified
    if closed or not ip.is_global or any(ip in network for network in _NEVER):
        return "no address of the open internet"
    return ""


def _plain(address: str) -> Address:
    """An address, or the IPv4 address that hides in it."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _TRANSLATED:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip


def _check_scheme(scheme: str, *, allowed: bool) -> None:
    if scheme == "https" or (scheme == "http" and allowed):
        return
    raise ForbiddenError(f"{scheme or 'no'} URL refused; write https://…")
