"""A real ledger on the made-up clock, whose connections and commits may fail at every statement."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, event

from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from infra.servers import postgres
from infra.servers.postgres import PostgresServer
from tests import servers
from tests.simulation.processes import DiedError, Fault, Work, here

_numbers = itertools.count(1)
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_TEMPLATE = "simulated"

# A sequence is read as it stands, also in the middle of a transaction, and costs next to nothing.
_CLOCK = """
CREATE SEQUENCE simulated_clock;
CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS
$$ SELECT timestamptz '2020-01-01 00:00:00Z' + last_value * interval '1 microsecond'
   FROM public.simulated_clock $$;
"""
STILL_SECONDS = (12, 70, 600, 4000)
"""For how long a process stands still: longer than a look holds, than one try, than one deed."""

_AHEAD = "ALTER DATABASE {} SET search_path = public, pg_catalog"
"""Tables and queries alike find our clock before PostgreSQL's own."""


def start_server(folder: Path) -> PostgresServer:
    """Start a server that does nothing by itself: what it tidied up would change orders of rows."""
    quiet = {**servers.QUICK.settings, "autovacuum": "off"}
    place = postgres.PostgresPlace(settings=quiet, synced=False)
    server = postgres.start(folder / "postgres", folder / "postgres.log", place)
    _prepare(server)
    return server


def _prepare(server: PostgresServer) -> None:
    """Make the tables once; every simulated ledger is a copy."""
    with _admin(server) as link:
        link.execute(f"CREATE DATABASE {_TEMPLATE}".encode())
        link.execute(_AHEAD.format(_TEMPLATE).encode())
    with psycopg.connect(server.conninfo(_TEMPLATE), autocommit=True) as link:
        link.execute(_CLOCK)
    migrate.upgrade(server.url(_TEMPLATE))


@contextmanager
def new_ledger(server: PostgresServer) -> Iterator[SimulatedLedger]:
    """Make an empty ledger; it is dropped afterwards."""
    name = f"simulated_{os.getpid()}_{next(_numbers)}"
    with _admin(server) as link:
        link.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}".encode())
        link.execute(_AHEAD.format(name).encode())
    made = SimulatedLedger(server.url(name), server.conninfo(name))
    try:
        yield made
    finally:
        made.close()
        with _admin(server) as link:
            link.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def cut_off(work: Work) -> None:
    """Take a piece of work its transactions, as PostgreSQL does after a minute of silence."""
    links, work.links = work.links, []
    for link in links:
        _end(link)


def _end(link: Any) -> None:
    """Close a connection of which nothing is left at the server when this returns.

    A server that is told good-bye ends the transaction when it comes to it: until then its locks
    are held, and whoever asks next would find them held or free by the machine's load.
    """
    if not link.closed and link.info.transaction_status != TransactionStatus.IDLE:
        link.pgconn.exec_(b"ROLLBACK")
    link.close()


def _admin(server: PostgresServer) -> psycopg.Connection[Any]:
    return psycopg.connect(server.conninfo("postgres"), autocommit=True)


class SimulatedLedger:
    """A database, its clock, and connections through which faults come.

    Attributes:
        engine: what the system under test uses; looking uses another one, without faults.
        commits: how often something was written.
    """

    def __init__(self, url: str, conninfo: str) -> None:
        self.engine = make_engine(url, pool_size=8)
        self.looking = make_engine(url, pool_size=2)
        self.commits = 0
        self._clock = psycopg.connect(conninfo, autocommit=True)
        event.listen(self.engine, "begin", self._begun)
        event.listen(self.engine, "rollback", self._let_go)
        event.listen(self.engine, "before_cursor_execute", self._asked)
        vars(self.engine.dialect)["do_close"] = vars(self.engine.dialect)["do_terminate"] = _end
        # SQLAlchemy tells of a commit before it happens only: what may fail is what comes after.
        self._commit = self.engine.dialect.do_commit
        vars(self.engine.dialect)["do_commit"] = self._committed

    def move(self, to: datetime) -> None:
        """Set the database's clock."""
        micros = (to - _EPOCH) // timedelta(microseconds=1)
        self._clock.execute("SELECT setval('simulated_clock', %s)", [micros])

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()
        self.looking.dispose()
        self._clock.close()

    def _begun(self, connection: Connection) -> None:
        if work := here():
            work.links.append(connection.connection.dbapi_connection)

    def _let_go(self, connection: Connection) -> None:
        work = here()
        if work and not connection.invalidated:
            link = connection.connection.dbapi_connection
            work.links = [one for one in work.links if one is not link]

    def _asked(self, _link: object, _cursor: object, statement: str, *_: object) -> None:
        if work := here():
            step(work, statement)

    def _committed(self, link: Any) -> None:
        work = here()
        if work:
            step(work, "COMMIT")
        self._commit(link)
        self.commits += 1
        if work is None:
            return
        work.links = [
            one for one in work.links if one is not getattr(link, "dbapi_connection", link)
        ]
        if step(work, "committed") is Fault.CUT:
            raise psycopg.OperationalError("the server closed the connection unexpectedly")
        if not work.links:
            work.gap()


def step(work: Work, what: str) -> Fault | None:
    """Pass one step of a piece of work, where something may befall it; answers what did.

    What has lost its connection notices at its next statement.
    """
    if work.process.dead:
        raise DiedError
    work.pass_one(what)
    if work.fault is None or work.passed != work.fault[0]:
        return None
    fault, stage = work.fault[1], work.stage
    stage.note(work.name, fault.value, "at step", work.passed)
    if fault is Fault.DIE:
        work.process.dead = True
        raise DiedError
    cut_off(work)
    if fault is Fault.FREEZE:
        work.pause(timedelta(seconds=stage.dice.choice(STILL_SECONDS)))
    return fault
