"""Keeps what came back as rows, at once, until the processor settles it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import Connection, Engine, func, update
from sqlalchemy.exc import SQLAlchemyError

from activities.ports.incoming import LedgerDownError, Reply, ReplyKind
from activities.ports.incoming_ports import AccountId
from adapters.ledger.core.sql import added, out_of_reach
from adapters.ledger.inbound.events import ProviderEvent, add_events
from adapters.ledger.inbound.files import add_files
from adapters.ledger.tables.channels import reply, reply_file
from domain.evidence.received import ReceivedFile

KEPT_FOR = timedelta(days=90)
"""How long an answer of nobody's is kept with its words: time enough to find out whose it is."""

_FIELDS = tuple(Reply.__dataclass_fields__)


def note_reply(
    engine: Engine,
    came: Reply,
    whose: AccountId | None = None,
    events: Sequence[ProviderEvent] = (),
    files: Sequence[ReceivedFile] = (),
) -> bool:
    """Keep an answer, with what a bounce tells and what was attached; False if it was here before.

    Without an account the processor looks whose it is, and where it cannot tell, a person does.

    Raises:
        LedgerDownError: if it could not be kept.
    """
    creditor, customer = whose or ("", "")
    values = {name: getattr(came, name) for name in _FIELDS}
    values |= {"creditor": creditor, "customer": customer, "sort": came.sort.value}
    with keeping(engine) as connection:
        add_events(connection, events)
        if not added(connection, reply, **values):
            return False
        add_files(connection, came.key, files)
        return True


def keep_events(engine: Engine, events: Sequence[ProviderEvent]) -> int:
    """Keep a provider's whole batch in one statement; answers how many were new.

    Raises:
        LedgerDownError: if they could not be kept.
    """
    with keeping(engine) as connection:
        return add_events(connection, events)


def forget_strangers(engine: Engine) -> int:
    """Empty old answers that belong to no customer: no erasure would ever find them.

    A wish to be left alone keeps its number, or it could not be heeded any more.
    """
    r = reply.c
    old = r.recorded_at < func.clock_timestamp() - KEPT_FOR
    nobodys = (r.creditor == "") & r.sort.not_in([ReplyKind.STOP.value, ReplyKind.START.value])
    empty = {"sender": "", "subject": "", "said": "", "raw": b""}
    gone = update(reply).where(old, nobodys, r.state != "new", r.sender != "").values(**empty)
    with engine.begin() as connection:
        forgotten = connection.execute(gone.returning(r.key)).scalars().all()
        theirs = reply_file.c.reply.in_(forgotten)
        connection.execute(update(reply_file).where(theirs).values(name="", body=b""))
        return len(forgotten)


@contextmanager
def keeping(engine: Engine) -> Iterator[Connection]:
    """Open a transaction, and say in words if there is no ledger now."""
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        if not out_of_reach(error):
            raise
        raise LedgerDownError("the ledger cannot keep anything now; come again") from None
