"""Makes one call to an endpoint: to the very address that was checked, within 10 seconds."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse

import httpx

from activities.ports.events import CALL_SECONDS, EndpointReply
from adapters.http.calls import retry_after, within
from adapters.webhooks.ssrf import (
    PORTS,
    ForbiddenError,
    Resolver,
    Target,
    resolve,
    resolved_addresses,
    target,
)

MOST_READ = 64 * 1024
"""Bytes of an answer; nobody here reads them, they only let the other side end in peace."""

Dial = Callable[[tuple[str, int], float], socket.socket]


class Poster:
    """Posts to endpoints: no proxy, no redirect, no second look at the name."""

    def __init__(
        self,
        allow: Iterable[str] = (),
        *,
        resolver: Resolver = resolve,
        dial: Dial = socket.create_connection,
        trust: Callable[[], ssl.SSLContext] | None = None,
        timeout: float = CALL_SECONDS,
    ) -> None:
        self._allow = tuple(allow)
        self._resolver = resolver
        self._dial = dial
        self._trust = trust or _usual_trust
        self._timeout = timeout

    def check(self, url: str) -> None:
        """Refuse an address that no webhook may go to, as far as it can be known now.

        Raises:
            ForbiddenError: with the reason.
        """
        to = target(url, self._allow)
        try:
            resolved_addresses(to, self._resolver)
        except OSError:
            raise ForbiddenError(f"{to.host} is not known; is the name right?") from None

    def post(self, url: str, headers: Mapping[str, str], body: str) -> EndpointReply:
        """Post once, within 10 seconds in all; whatever goes wrong stands in the reply."""
        call = _Call(self._dial, self._trust, self._timeout)
        try:
            to = target(url, self._allow)
            return within(self._timeout, lambda: call.post(to, self._resolver, headers, body))
        except ForbiddenError as reason:
            return EndpointReply(detail=f"not called: {reason}")
        except TimeoutError:
            return EndpointReply(detail=f"no answer within {self._timeout:g} s")
        except (OSError, HTTPException) as error:
            return EndpointReply(detail=f"no answer ({type(error).__name__})")
        finally:
            call.end()


class _Call:
    """One connection, which can be ended from outside: a slow drip must not go on for ever."""

    def __init__(self, dial: Dial, trust: Callable[[], ssl.SSLContext], timeout: float) -> None:
        self._dial = dial
        self._trust = trust
        self._timeout = timeout
        self._socket: socket.socket | None = None
        self._over = False

    def post(
        self, to: Target, resolver: Resolver, headers: Mapping[str, str], body: str
    ) -> EndpointReply:
        """Connect to a checked address, say it, and take the first line of the answer."""
        line = HTTPConnection(to.host, to.port, timeout=self._timeout)
        line.auto_open = 0  # it would look the name up once more
        line.default_port = PORTS[to.scheme]
        try:
            line.sock = self._connect(to, resolved_addresses(to, resolver))
            line.request("POST", to.path, body=body.encode(), headers=dict(headers))
            answer = line.getresponse()
            answer.read(MOST_READ)
            return _reply(answer)
        finally:
            line.close()

    def end(self) -> None:
        """Hang up; harmless when it is over."""
        self._over = True
        if self._socket:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()

    def _connect(self, to: Target, found: tuple[str, ...]) -> socket.socket:
        error: OSError = TimeoutError("too late")
        for address in found:
            try:
                return self._open(to, address)
            except OSError as failed:
                error = failed
        raise error

    def _open(self, to: Target, address: str) -> socket.socket:
        """The certificate is the name's, the connection the address's."""
        self._socket = self._dial((address, to.port), self._timeout)
        if to.scheme == "https":
            self._socket = self._trust().wrap_socket(self._socket, server_hostname=to.host)
        if self._over:
            self._socket.close()
            raise TimeoutError("too late")
        return self._socket


def _reply(answer: HTTPResponse) -> EndpointReply:
    status = answer.status
    detail = f"answered {status}"
    if 300 <= status < 400:  # noqa: PLR2004 - HTTP's own range
        detail = f"{detail}: redirects are not followed; give the final URL"
    return EndpointReply(
        status=status, detail=detail, retry_after=retry_after(answer.getheader("retry-after"))
    )


@cache
def _usual_trust() -> ssl.SSLContext:
    return httpx.create_ssl_context()
