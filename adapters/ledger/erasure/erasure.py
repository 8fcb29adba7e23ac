"""Erases a person (GDPR, Art. 17): what is personal becomes empty; totals and audit stay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, select, text, update

from activities.ports.stores.customers import Erased, Mark
from activities.ports.types import ConflictError
from adapters.ledger.core import codec
from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import locking
from adapters.ledger.customers.flags import note_flag
from adapters.ledger.customers.people import account_row, debtor_of
from adapters.ledger.erasure.archive import bring_back
from adapters.ledger.erasure.erasing import COLLEAGUES, ERASE, OPEN_TASKS, SPEAKERS
from adapters.ledger.tables.cases import case_file, policy
from adapters.ledger.tables.desk import task
from adapters.ledger.tables.outbound import outbound_message
from adapters.ledger.tables.people import account
from domain.calls.results import RESULTS
from domain.disputes.reducer import ENDS
from domain.fold.fold import CONTACT_NEWS
from domain.message_types import AgencyNews
from domain.parties.erased import detail_to_keep, is_their_name, names_of, title_to_keep
from domain.parties.people import Debtor
from domain.policy.model import MAJOR_REASONS, MINOR_REASONS

ERASED = "erased"
"""The flag by which an account says that its person was erased, when, by whom and why."""

_CODES = (*RESULTS, *CONTACT_NEWS, *ENDS, *MINOR_REASONS, *MAJOR_REASONS, *AgencyNews, "invoice")
"""Reasons that the fold reads: codes, not words about anybody."""

_A, _C, _M = account.c, case_file.c, outbound_message.c
_SHOWN = 5


def obstacles(engine: Engine, creditor: str, customer: str) -> tuple[str, ...]:
    """Describe why a customer cannot be erased yet; empty if nothing stands in the way."""
    with reading(engine) as connection:
        return _obstacles(connection, creditor, customer)


def erase_customer(engine: Engine, creditor: str, customer: str, *, by: str, why: str) -> Erased:
    """Empty everything personal about a customer; again, it empties what came in since.

    Raises:
        LookupError: if there is no such customer.
        ConflictError: while there is something to collect or on its way: the data is needed for
            the creditor's claims (Art. 17 (3) (b) and (e)).
        BusyError: if somebody held the account for half a minute.
    """
    who = {"creditor": creditor, "customer": customer}
    with engine.begin() as connection:
        row = _locked(connection, who)
        if found := _obstacles(connection, creditor, customer):
            raise ConflictError("; ".join(found))
        connection.execute(select(func.set_config("amicable.erasing", "yes", True)))  # noqa: FBT003 - PostgreSQL's own argument: for this transaction only
        bring_back(connection, creditor, customer)
        names = names_of(_debtor(connection, who))
        theirs = _their_names(connection, who, names)
        given: dict[str, Any] = who | {"codes": _codes(connection, who), "theirs": theirs}
        rows = {"open task": _shortened(connection, who, names)}
        rows |= {name: _emptied(connection, query, given) for name, query in ERASE.items()}
        if row.erased_at is None:
            note_flag(connection, creditor, customer, Mark(flag=ERASED, is_on=True, why=why, by=by))
        at = connection.execute(
            select(_A.erased_at).where(_A.creditor == creditor, _A.customer == customer)
        ).scalar_one()
        return Erased(at=at, again=row.erased_at is not None, rows=rows)


def erased(engine: Engine, creditor: str, customers: Iterable[str]) -> dict[str, datetime]:
    """List those customers whose person was erased, and since when (UTC)."""
    mine = (_A.creditor == creditor) & _A.customer.in_(list(customers))
    query = select(_A.customer, _A.erased_at).where(mine, _A.erased_at.is_not(None))
    with reading(engine) as connection:
        return {row.customer: row.erased_at for row in connection.execute(query)}


def take_up_again(engine: Engine, creditor: str, customer: str, *, by: str, why: str) -> bool:
    """Let contact data be known again for a customer who was erased; False if none was."""
    mine = (_A.creditor == creditor) & (_A.customer == customer) & _A.erased_at.is_not(None)
    free = update(account).where(mine).values(erased_at=None).returning(_A.customer)
    with engine.begin() as connection:
        if connection.execute(free).first() is None:
            return False
        note_flag(connection, creditor, customer, Mark(flag=ERASED, is_on=False, why=why, by=by))
        return True


def _locked(connection: Connection, who: dict[str, str]) -> Row[Any]:
    mine = (_A.creditor == who["creditor"]) & (_A.customer == who["customer"])
    with locking():
        row = connection.execute(select(account).where(mine).with_for_update()).one_or_none()
    if row is None:
        raise LookupError(f"{who['creditor']} has no customer {who['customer']}")
    return row


def _obstacles(connection: Connection, creditor: str, customer: str) -> tuple[str, ...]:
    mine = (_C.creditor == creditor) & (_C.customer == customer)
    agency = mine & (_C.stage == "with_agency")
    claimed = (_C.outcome == "") & (_C.open + _C.costs_left > 0) & ~_C.withdrawn
    running = mine & claimed & (_C.stage != "with_agency")
    flying = (_M.creditor == creditor) & (_M.customer == customer) & (_M.state == "in_flight")
    found = (
        (select(_C.case_id).where(agency), "with the agency"),
        (select(_C.case_id).where(running), "still open"),
        (select(_M.id).where(flying), "on its way to the customer"),
    )
    told = ((connection.execute(query).scalars().all(), what) for query, what in found)
    return tuple(f"{_some(ids)}: {what}" for ids, what in told if ids)


def _some(ids: Any) -> str:
    more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
    return f"{', '.join(sorted(ids)[:_SHOWN])}{more}"


def _codes(connection: Connection, who: dict[str, str]) -> list[str]:
    """The reasons that count for this customer, those of its own policies included."""
    mine = (_C.creditor == who["creditor"]) & (_C.customer == who["customer"])
    bodies = select(policy.c.body).join(case_file).where(mine).distinct()
    own = (codec.read_policy(body).disputes.minor for body in connection.execute(bodies).scalars())
    return sorted({*_CODES, *(code for codes in own for code in codes)})


def _debtor(connection: Connection, who: dict[str, str]) -> Debtor:
    return debtor_of(
        connection.execute(account_row(who["creditor"], who["customer"])).mappings().one()
    )


def _their_names(connection: Connection, who: dict[str, str], names: Sequence[str]) -> list[str]:
    """The speakers who were the customer; the creditor's own people are not the customer's data."""
    colleagues = connection.execute(text(COLLEAGUES), who).scalars().all()
    said = connection.execute(text(SPEAKERS), who).scalars().all()
    return [by for by in said if by and is_their_name(by, names, colleagues)]


def _shortened(connection: Connection, who: dict[str, str], names: Sequence[str]) -> int:
    """Take the words out of the work that is still to do; answers how many tasks changed."""
    changed = 0
    for row in connection.execute(text(OPEN_TASKS), who).all():
        title = title_to_keep(row.kind, row.title, names, f"{row.case_id or row.key}: {row.kind}")
        kept = {"title": title, "detail": detail_to_keep(row.detail)}
        if kept != {"title": row.title, "detail": row.detail}:
            connection.execute(update(task).where(task.c.key == row.key).values(**kept))
            changed += 1
    return changed


def _emptied(connection: Connection, query: str, given: dict[str, Any]) -> int:
    return connection.execute(text(query), given).rowcount
