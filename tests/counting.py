"""Counts work, whatever else the machine does: what a ledger is asked, and what Python calls."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, event


@dataclass
class Asked:
    """What was asked of a ledger meanwhile.

    Attributes:
        texts: the statements as they were sent.
        executed: how often they were carried out: a batch counts as often as it has rows.
    """

    transactions: int = 0
    texts: list[str] = field(default_factory=list)
    executed: int = 0


@contextmanager
def counted(engine: Engine) -> Iterator[Asked]:
    """Count what an engine is asked while this is open."""
    asked = Asked()

    def began(_connection: Connection) -> None:
        asked.transactions += 1

    def sent(
        _c: object, _k: object, text: str, rows: object, _x: object, executemany: bool, /
    ) -> None:
        asked.texts.append(text)
        asked.executed += len(rows) if executemany and isinstance(rows, list) else 1

    event.listen(engine, "begin", began)
    event.listen(engine, "before_cursor_execute", sent)
    try:
        yield asked
    finally:
        event.remove(engine, "begin", began)
        event.remove(engine, "before_cursor_execute", sent)


@contextmanager
def function_calls() -> Iterator[Callable[[], int]]:
    """Count the functions of Python that are called while this is open."""
    count = 0

    def one_more(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(one_more)
    try:
        yield lambda: count
    finally:
        sys.setprofile(before)
