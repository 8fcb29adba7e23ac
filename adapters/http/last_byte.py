"""Keeps the last byte of a request back until the look that it rests on was checked.

A server acts on a request once it is whole, and a request is whole with its last byte. Between the
look and that byte lie a connection, a handshake and megabytes, and in each of them a process may
have stood still.
"""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPSConnection
from typing import Any
from urllib.request import HTTPHandler, HTTPSHandler

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection as PooledConnection
from urllib3.connection import HTTPSConnection as PooledTlsConnection

from activities.ports.clock import LastLook


def last_byte_kept(body: bytes, look: LastLook | None) -> Iterator[bytes]:
    """Cut a body before its last byte, which leaves only if the look still holds.

    Raises:
        StaleLookError: in place of the last byte.
    """
    yield body[:-1]
    if look:
        look.must_hold()
    yield body[-1:]


class _Kept(HTTPConnection):
    """A connection that checks the look before the last byte of whatever it writes."""

    look: LastLook | None = None

    def send(self, data: Any) -> None:
        """Write, and keep the last byte back until the look was checked."""
        if self.sock is None and self.auto_open:
            self.connect()  # it takes time; the look is checked after it
        if not isinstance(data, bytes):
            self._check()
            super().send(data)
            return
        if data[:-1]:
            super().send(data[:-1])
        self._check()
        super().send(data[-1:])

    def _check(self) -> None:
        if self.look:
            self.look.must_hold()


def _keeping(base: type, look: LastLook | None) -> Any:
    """Make a kind of connection that keeps its last byte back until this look was checked."""
    return type(f"_Kept{base.__name__}", (_Kept, base), {"look": look})


class KeptHandler(HTTPHandler, HTTPSHandler):
    """Opens HTTPS, and plain HTTP to this very machine, with the last byte kept back."""

    def __init__(self, look: LastLook | None) -> None:
        super().__init__()
        self._look = look

    def http_open(self, request: Any) -> Any:
        """Open a request without TLS."""
        return self.do_open(_keeping(HTTPConnection, self._look), request)

    def https_open(self, request: Any) -> Any:
        """Open a request over TLS."""
        return self.do_open(_keeping(HTTPSConnection, self._look), request)


class KeptAdapter(HTTPAdapter):
    """Sends requests' requests with the last byte kept back, through a proxy as well."""

    def __init__(self, look: LastLook | None) -> None:
        self._look = look
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Make the pools of connections."""
        super().init_poolmanager(*args, **options)
        self._keep(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **options: Any) -> Any:
        """Make the pools of connections through a proxy."""
        return self._keep(super().proxy_manager_for(*args, **options))

    def _keep(self, manager: Any) -> Any:
        plain = _keeping(PooledConnection, self._look)
        tls = _keeping(PooledTlsConnection, self._look)
        manager.pool_classes_by_scheme = {
            "http": type("_PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("_TlsPool", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
        }
        return manager
