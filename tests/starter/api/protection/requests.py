"""Requests as the gateway sees them, without a server."""

from collections.abc import Sequence
from ipaddress import ip_network

from starlette.applications import Starlette
from starlette.requests import Request


def request_from(peer: str, said: Sequence[str], trusted: Sequence[str]) -> Request:
    """A request from an address, with what X-Forwarded-For says, where these are our proxies."""
    app = Starlette()
    app.state.trusted_proxies = tuple(map(ip_network, trusted))
    headers = [(b"x-forwarded-for", one.encode()) for one in said]
    return Request({"type": "http", "client": (peer, 1), "headers": headers, "app": app})
