"""Bodies of those who have not proved yet who they are: few at once, and on disk, not in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from tempfile import SpooledTemporaryFile

from starlette.concurrency import run_in_threadpool

from starter.api.errors import HttpProblem

UNPROVED_AT_ONCE = 128
"""Requests below /hooks/ at once, and half as many from one address."""

MOST_ON_DISK = 512_000_000
"""Bytes of all unproved bodies together."""

_IN_MEMORY = 256 * 1024
"""Bytes of one body until it goes to disk."""

_AGAIN = 30
"""Seconds after which a provider may come again."""


class UnprovedBodies:
    """What is being received without proof of who sends it."""

    def __init__(self, at_once: int = UNPROVED_AT_ONCE, most_on_disk: int = MOST_ON_DISK) -> None:
        self._at_once, self._most = at_once, most_on_disk
        self._from: Counter[str] = Counter()
        self._bytes = 0

    @contextmanager
    def one(self, address: str) -> Iterator[None]:
        """Hold one place for a request from an address.

        Raises:
            HttpProblem: if all are taken, or half of them by this address.
        """
        if self._from.total() >= self._at_once or self._from[address] >= self._at_once // 2:
            raise _full()
        self._from[address] += 1
        try:
            yield
        finally:
            self._from[address] -= 1
            if not self._from[address]:
                del self._from[address]

    @asynccontextmanager
    async def whole(
        self, address: str, pieces: AsyncIterator[bytes], most: int
    ) -> AsyncIterator[bytes]:
        """Receive a body of so many bytes at most as a whole; its place is held to the end.

        Raises:
            HttpProblem: as `one` and `receive` do.
        """
        with self.one(address):
            body = await self.receive(pieces, most, lambda _: None)
            try:
                yield await run_in_threadpool(body.read)
            finally:
                body.close()

    async def receive(
        self, pieces: AsyncIterator[bytes], most: int, seen: Callable[[bytes], None]
    ) -> Body:
        """Receive a body of so many bytes at most; each piece is shown, for its signature.

        Raises:
            HttpProblem: if it is longer, or all together are too much.
        """
        body = Body(self._give_back)
        try:
            async for piece in pieces:
                self._make_room(body.size + len(piece), most, len(piece))
                body.add(piece)
                seen(piece)
        except BaseException:
            body.close()
            raise
        return body

    def _make_room(self, size: int, most: int, more: int) -> None:
        if size > most:
            raise HttpProblem("too-large", f"a body may have {most} bytes here")
        if self._bytes + more > self._most:
            raise _full()
        self._bytes += more

    def _give_back(self, size: int) -> None:
        self._bytes -= size


class Body:
    """A body as it came, in memory while it is short."""

    def __init__(self, closed: Callable[[int], None]) -> None:
        self.size = 0
        self._closed = closed
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by `close`

    def add(self, piece: bytes) -> None:
        """Append a piece."""
        self.size += len(piece)
        self._file.write(piece)

    def read(self) -> bytes:
        """Read all of it, once it is known who sent it."""
        self._file.seek(0)
        return self._file.read()

    def close(self) -> None:
        """Forget it."""
        self._file.close()
        self._closed(self.size)
        self.size = 0


def _full() -> HttpProblem:
    return HttpProblem("busy", f"too much is on its way here; wait {_AGAIN} s", wait=_AGAIN)
