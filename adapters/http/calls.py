"""What calls to other servers share: one deadline, and what an error proves."""

from __future__ import annotations

import errno
import logging
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from queue import Empty, SimpleQueue
from typing import TypeVar

from activities.ports.types import Receipt, Sent

_Answer = TypeVar("_Answer")

TIMEOUT = 10.0
"""Seconds for one call in all: whoever waits holds the account's lock."""

_LONGEST_WAIT = timedelta(days=1)

CHATTY = (
    *("python_http_client", "twilio", "twilio.http_client", "urllib3", "httpx", "httpcore"),
    *("uvicorn.access", "uvicorn.asgi", "python_multipart"),
)
"""Loggers that print addresses, bodies or even keys at DEBUG."""

_UNREACHABLE = {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EADDRNOTAVAIL}
_BROKEN_OFF = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)


def silence_vendor_logs() -> None:
    """Keep the vendors' own loggers from writing down keys and letters, at any level of ours."""
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def within(seconds: float, call: Callable[[], _Answer]) -> _Answer:
    """Wait for a call so long and no longer: a socket's time-out starts anew with every byte.

    Raises:
        TimeoutError: if there is no answer in time; the call may still have arrived.
    """
    box: SimpleQueue[tuple[_Answer | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            box.put((call(), None))
        except BaseException as error:  # noqa: BLE001 - it is raised again where we wait
            box.put((None, error))

    threading.Thread(target=run, name="call", daemon=True).start()
    try:
        answer, error = box.get(timeout=seconds)
    except Empty:
        raise TimeoutError(f"no answer within {seconds:g} s") from None
    if error:
        raise error
    return answer  # type: ignore[return-value]  # without an error there is an answer


def never_left(error: BaseException) -> bool:
    """Tell whether an error proves that the provider got nothing."""
    return any(_before_the_first_byte(link) for link in _chain(error))


def lost(error: BaseException) -> Receipt:
    """Make the receipt of a call that ended without an answer."""
    name = type(error).__name__
    if never_left(error):
        return Receipt(sent=Sent.NOT_SENT, detail=f"the provider cannot be reached ({name})")
    return Receipt(sent=Sent.UNKNOWN, detail=f"the answer was lost ({name})")


STALE = Receipt(sent=Sent.STALE, detail="held back: the last look was too long ago")


def retry_after(value: str | None) -> timedelta | None:
    """Read how long a Retry-After header asks us to wait; None if it says nothing usable."""
    if not value:
        return None
    try:
        wait = timedelta(seconds=int(value))
    except (ValueError, OverflowError):
        wait = _until(value)
    return max(timedelta(seconds=1), min(wait, _LONGEST_WAIT)) if wait else None


def plain_words(text: str, *private: str) -> str:
    """Shorten a provider's reason to one line, without the recipient's address."""
    for secret in filter(None, private):
        text = text.replace(secret, "[recipient]")
    # A NUL would be refused by the ledger, and the answer with it.
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]


def _until(value: str) -> timedelta:
    try:
        return parsedate_to_datetime(value) - datetime.now(UTC)
    except (ValueError, TypeError):
        return timedelta(0)


def _before_the_first_byte(error: BaseException) -> bool:
    if isinstance(error, ssl.SSLError):
        return not isinstance(error, _BROKEN_OFF)
    if isinstance(error, ConnectionRefusedError | socket.gaierror):
        return True
    return isinstance(error, OSError) and error.errno in _UNREACHABLE


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and all that led to it; libraries keep the cause in `reason` or in the arguments."""
    waiting, seen = [error], set[int]()
    while waiting:
        link = waiting.pop()
        if id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        nearby = (link.__cause__, link.__context__, getattr(link, "reason", None), *link.args)
        waiting.extend(item for item in nearby if isinstance(item, BaseException))
