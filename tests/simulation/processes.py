"""Processes that may die at every step: their threads run one at a time, when the stage says so."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import Context
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar, TypeVarTuple, Unpack

from tests.simulation.stage import Stage

_Result = TypeVar("_Result")
_Given = TypeVarTuple("_Given")
_SHOWN = 120
"""Letters of a statement that tell it from others."""


class DiedError(BaseException):
    """The process is dead: nothing of it runs any more."""


class Fault(StrEnum):
    """What may befall a piece of work at one of its steps."""

    DIE = "dies"
    FREEZE = "stands still"
    CUT = "loses its connection"


class Process:
    """A process that holds its work in memory, and loses it all at once.

    Attributes:
        dead: whether it was killed.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.dead = False


class Work:
    """One piece of work in one process: it runs until it pauses, ends or dies.

    Attributes:
        passed: how many steps it has passed.
        fault: what befalls it at which step; None if nothing does.
        links: its open transactions.
        began: when it began (UTC).
        gap: called where it pauses with nothing locked, so that others may come in between.
        marked: called where it has said what it is about to do, and has not looked last.
    """

    def __init__(
        self, stage: Stage, process: Process, name: str, what: Callable[[], object]
    ) -> None:
        self.stage, self.process, self.name = stage, process, name
        self.passed = 0
        self.fault: tuple[int, Fault] | None = None
        self.links: list[Any] = []
        self.gap: Callable[[], None] = lambda: None
        self.marked: Callable[[], None] = lambda: None
        self.ended: Callable[[Work], None] = lambda _: None
        self.result: object = None
        self.error: BaseException | None = None
        self.died = False
        self.began = stage.now
        self._what = what
        self._wait: timedelta | None = None
        self._over, self._rests = False, 0
        self._mine, self._theirs = threading.Semaphore(0), threading.Semaphore(0)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def begin(self) -> None:
        """Start, and run to the first pause."""
        self.began = self.stage.now
        self._thread.start()
        self._go_on()

    def pass_one(self, what: str) -> None:
        """Pass one more step."""
        self.passed += 1
        if self.stage.every_step:
            self.stage.note(self.name, self.passed, " ".join(what.split())[:_SHOWN])

    def pause(self, wait: timedelta) -> None:
        """Let others go on for a while."""
        self._wait = wait
        self._theirs.release()
        self._mine.acquire()
        if self.process.dead:
            raise DiedError

    def wake_up(self) -> None:
        """Let it go on at once, where it paused for longer."""
        if self._wait is not None:
            self._rest(timedelta())

    def _rest(self, wait: timedelta) -> None:
        self._rests += 1
        number = self._rests

        def over() -> None:
            if number == self._rests:
                self._go_on()

        self.stage.after(wait, over)

    def _go_on(self) -> None:
        self._rests += 1
        self._wait = None
        self._mine.release()
        self._theirs.acquire()
        if self._over:
            self._thread.join()
            self.ended(self)
        elif self._wait is not None:
            self._rest(self._wait)

    def _run(self) -> None:
        self._mine.acquire()
        _HERE.work = self
        try:
            self.result = self._what()
        except DiedError:
            self.died = True
        except BaseException as error:  # noqa: BLE001 - whoever waits for it is told
            self.error = error
        finally:
            self._over = True
            self._theirs.release()


class _Here(threading.local):
    work: Work | None = None


_HERE = _Here()


def here() -> Work | None:
    """Find the piece of work that runs in this thread."""
    return _HERE.work


class _AtOnce(ThreadPoolExecutor):
    """Runs what is sent to a thread in the thread that sends it: nothing overtakes anything."""

    def submit(self, fn: Callable[..., _Result], /, *args: Any, **kwargs: Any) -> Future[_Result]:
        """Run it here and now."""
        done: Future[_Result] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - whoever awaits it is told
            done.set_exception(error)
        return done


_AT_ONCE = _AtOnce(max_workers=1)


class _Loop(asyncio.SelectorEventLoop):
    """A loop in which nobody waits: real time is none of a simulation's."""

    def call_later(
        self,
        delay: float,
        callback: Callable[[Unpack[_Given]], object],
        *args: *_Given,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """Call it as soon as others have had their turn."""
        return super().call_later(0, callback, *args, context=context)


def run(call: Coroutine[Any, Any, _Result]) -> _Result:
    """Run a coroutine to its end in this thread."""
    loop = _Loop()
    loop.set_default_executor(_AT_ONCE)
    try:
        return loop.run_until_complete(call)
    finally:
        loop.close()
