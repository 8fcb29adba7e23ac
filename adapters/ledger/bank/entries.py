"""Entries of bank accounts: recorded once, known again, and what became of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from activities.ports.bank.store import BankEntryRow, EntryOutcome, EntryState
from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import among
from adapters.ledger.tables.bank import bank_entry, bank_proposal
from domain.bank.matching import MatchProposal, MatchReason
from domain.bank.recognising import EntryMarks, KnownEntry, marks_of
from domain.bank.statement import BankEntry, BankRef, StatementKind
from domain.money import Money

_E, _P = bank_entry.c, bank_proposal.c
_ASKED = (EntryState.NEW, EntryState.OPEN)
_TOLD = (
    *("refs", "words_mark", "end_to_end_mark", "payer_mark"),
    *("lines", "structured", "end_to_end", "payer_name", "payer_account"),
)
"""What a later report may tell of an entry that an earlier one was silent about."""


def known_entries(
    engine: Engine, creditor: str, accounts: Collection[str], since: date
) -> list[KnownEntry]:
    """List the entries of accounts that were booked since a day, oldest first."""
    mine = (_E.creditor == creditor) & among(_E.account, list(accounts)) & (_E.booked >= since)
    query = select(bank_entry).where(mine).order_by(_E.booked, _E.recorded_at, _E.id)
    with reading(engine) as connection:
        return [_known(row) for row in connection.execute(query).mappings()]


def posted_entries(engine: Engine, creditor: str, account: str, money: Money) -> list[KnownEntry]:
    """List the posted credits of a sum on an account, oldest first."""
    mine = (_E.creditor == creditor) & (_E.account == account) & _E.is_credit
    same = (_E.amount == money.minor) & (_E.currency == money.currency)
    query = select(bank_entry).where(mine, same, _E.state == EntryState.POSTED)
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(_E.booked, _E.id)).mappings()
        return [_known(row) for row in rows]


def keep_entries(engine: Engine, entries: Sequence[BankEntryRow]) -> None:
    """Record new entries; one that is there and waits gets the words that it lacks, no more."""
    if not entries:
        return
    rows = [_row(one) for one in entries]
    new = insert(bank_entry)
    told = {name: new.excluded[name] for name in _TOLD}
    lacks = (_E.words_mark == "") & among(_E.state, list(_ASKED))
    keep = new.on_conflict_do_update(
        index_elements=["creditor", "id"], set_=told, where=lacks & (new.excluded.words_mark != "")
    )
    with engine.begin() as connection:
        connection.execute(keep, rows)


def find_entry(engine: Engine, creditor: str, entry_id: str) -> BankEntryRow | None:
    """Read an entry with its proposals."""
    query = select(bank_entry).where(_E.creditor == creditor, _E.id == entry_id)
    with reading(engine) as connection:
        row = connection.execute(query).mappings().one_or_none()
        return _rows(connection, creditor, [row])[0] if row else None


def list_entries(
    engine: Engine, creditor: str, states: Collection[EntryState], limit: int
) -> tuple[BankEntryRow, ...]:
    """List entries in some states, the newest first."""
    query = select(bank_entry).where(_E.creditor == creditor)
    if states:
        query = query.where(_E.state.in_(list(states)))
    query = query.order_by(_E.booked.desc(), _E.id).limit(limit)
    with reading(engine) as connection:
        found = connection.execute(query).mappings().all()
        return tuple(_rows(connection, creditor, found))


def settle_entry(engine: Engine, creditor: str, entry_id: str, outcome: EntryOutcome) -> None:
    """Keep what became of an entry; its proposals go once it is no question any more."""
    told = asdict(outcome)
    told["by_whom"] = told.pop("by")
    mine = (_E.creditor == creditor) & (_E.id == entry_id)
    with engine.begin() as connection:
        connection.execute(update(bank_entry).where(mine).values(**told))
        if outcome.state not in _ASKED:
            _drop_proposals(connection, creditor, entry_id)


def propose(
    engine: Engine, creditor: str, entry_id: str, proposals: Sequence[MatchProposal]
) -> None:
    """Keep what a person is asked about an entry, instead of what was asked before."""
    rows = [
        {"creditor": creditor, "entry": entry_id, "place": place}
        | {"customer": one.customer, "cases": list(one.cases)}
        | {"reason": one.reason.value, "why": one.why}
        for place, one in enumerate(proposals)
    ]
    with engine.begin() as connection:
        _drop_proposals(connection, creditor, entry_id)
        if rows:
            connection.execute(insert(bank_proposal), rows)


def _drop_proposals(connection: Connection, creditor: str, entry_id: str) -> None:
    mine = (_P.creditor == creditor) & (_P.entry == entry_id)
    connection.execute(delete(bank_proposal).where(mine))


def _rows(connection: Connection, creditor: str, found: Sequence[RowMapping]) -> list[BankEntryRow]:
    ids = [row["id"] for row in found]
    query = select(bank_proposal).where(_P.creditor == creditor, among(_P.entry, ids))
    proposals: dict[str, list[MatchProposal]] = {}
    for row in connection.execute(query.order_by(_P.entry, _P.place)).mappings():
        proposals.setdefault(row["entry"], []).append(_proposal(row))
    return [
        BankEntryRow(
            creditor=creditor,
            id=row["id"],
            entry=_entry(row),
            outcome=_outcome(row),
            proposals=tuple(proposals.get(row["id"], ())),
        )
        for row in found
    ]


def _proposal(row: RowMapping) -> MatchProposal:
    return MatchProposal(
        customer=row["customer"],
        cases=tuple(row["cases"]),
        reason=MatchReason(row["reason"]),
        why=row["why"],
    )


def _outcome(row: RowMapping) -> EntryOutcome:
    told = ("customer", "reason", "why", "payment", "attempt", "takes_back")
    same = {name: row[name] for name in told}
    return EntryOutcome(state=EntryState(row["state"]), by=row["by_whom"], **same)


def _known(row: RowMapping) -> KnownEntry:
    marks = EntryMarks(
        account=row["account"],
        amount=Money(row["amount"], row["currency"]),
        is_credit=row["is_credit"],
        booked=row["booked"],
        valued=row["valued"],
        kind=StatementKind(row["kind"]),
        refs=tuple(row["refs"]),
        end_to_end=row["end_to_end_mark"],
        words=row["words_mark"],
        payer=row["payer_mark"],
    )
    return KnownEntry(row["id"], marks)


def _entry(row: RowMapping) -> BankEntry:
    return BankEntry(
        account=row["account"],
        amount=Money(row["amount"], row["currency"]),
        is_credit=row["is_credit"],
        booked=row["booked"],
        valued=row["valued"],
        kind=StatementKind(row["kind"]),
        count=row["count"],
        refs=tuple(_ref(told) for told in row["refs"]),
        end_to_end=row["end_to_end"],
        references=tuple(row["structured"]),
        lines=tuple(row["lines"]),
        payer_name=row["payer_name"],
        payer_account=row["payer_account"],
        is_return=row["is_return"],
        return_code=row["return_code"],
        returned=tuple(row["returned"]),
    )


def _ref(told: str) -> BankRef:
    sort, _, value = told.partition(":")
    return BankRef(sort=sort, value=value)


def _row(one: BankEntryRow) -> dict[str, Any]:
    entry, marks = one.entry, marks_of(one.entry)
    outcome = asdict(one.outcome)
    outcome["by_whom"] = outcome.pop("by")
    named = {"creditor": one.creditor, "id": one.id}
    marked = {
        "refs": list(marks.refs),
        "end_to_end_mark": marks.end_to_end,
        "words_mark": marks.words,
        "payer_mark": marks.payer,
    }
    return outcome | named | marked | _told_row(entry)


def _told_row(entry: BankEntry) -> dict[str, Any]:
    return {
        "account": entry.account,
        "kind": entry.kind.value,
        "currency": entry.amount.currency,
        "amount": entry.amount.minor,
        "is_credit": entry.is_credit,
        "booked": entry.booked,
        "valued": entry.valued,
        "end_to_end": entry.end_to_end,
        "structured": list(entry.references),
        "lines": list(entry.lines),
        "payer_name": entry.payer_name,
        "payer_account": entry.payer_account,
        "is_return": entry.is_return,
        "return_code": entry.return_code,
        "returned": list(entry.returned),
        "count": entry.count,
    }
