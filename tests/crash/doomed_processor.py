"""A processor that is killed at a named point, in the middle of what it does."""

import os
import signal
import sys
from datetime import datetime

from activities.inbound.processor import InboundProcessor
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core.engine import make_engine
from adapters.ledger.inbound.inbox import SqlInbox


def main(database: str, point: str, now: str, log: str) -> None:
    """One round, to its end or to that point; whoever is woken is written down."""
    engine = make_engine(database, pool_size=5)

    def pull_the_plug(name: str) -> None:
        if name == point:
            os.kill(os.getpid(), signal.SIGKILL)

    def wake(cases: object) -> None:
        with open(log, "a", encoding="utf-8") as told:  # noqa: PTH123 - one line of a test's log
            told.write(f"{cases}\n")

    at = datetime.fromisoformat(now)
    InboundProcessor(SqlLedger(engine), SqlInbox(engine), lambda: at, wake, pull_the_plug).round()
    engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
