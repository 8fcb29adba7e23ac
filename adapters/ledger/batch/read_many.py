"""Many cases of one account at once: read in a handful of queries, and written down likewise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from activities.ports.types import CaseFile
from adapters.ledger.cases import cases, histories, messages
from adapters.ledger.cases.holds import held
from adapters.ledger.core import codec
from adapters.ledger.core.sql import among
from adapters.ledger.customers.people import find_creditor
from adapters.ledger.tables.cases import case_file, deed, message, policy
from domain.case.model import Case, Deed
from domain.parties.customer import Customer
from domain.parties.people import Creditor, Debtor
from domain.wire import Decision

_C = case_file.c
_NEWEST = (
    select(func.coalesce(func.max(message.c.seq), 0))
    .where(message.c.case_id == bindparam("which"))
    .scalar_subquery()
)
_MINE = _C.case_id == bindparam("which")
_KEEP = update(case_file).where(_MINE)
_DECIDE = update(case_file).where(_MINE).values(seen_message=_NEWEST)


def read_cases(
    connection: Connection,
    creditor: str,
    debtor: Debtor,
    customer: Customer,
    case_ids: Sequence[str],
) -> dict[str, CaseFile]:
    """Everything about these cases of one account, by id, in the order they were asked for."""
    on_hold = held(creditor).label("on_hold")
    mine = (_C.creditor == creditor) & (_C.customer == debtor.id) & among(_C.case_id, case_ids)
    query = select(case_file, policy.c.body, on_hold).join(policy).where(mine)
    rows = {row["case_id"]: row for row in connection.execute(query).mappings()}
    noted = messages.noted_by_case(connection, case_ids)
    deeds = messages.deeds_by_case(connection, case_ids)
    history = histories.by_instant(connection, creditor, debtor.id)
    company = find_creditor(connection, creditor) or Creditor(id=creditor)
    return {
        case_id: CaseFile(
            invoice=cases.invoice_of(rows[case_id]),
            debtor=debtor,
            creditor=company,
            policy=codec.read_policy(rows[case_id]["body"]),
            noted=noted.get(case_id, ()),
            deeds=deeds.get(case_id, ()),
            decision=codec.read_decision(rows[case_id]["decision"]),
            parked=rows[case_id]["parked"],
            history=history(rows[case_id]["opened_at"]),
            on_hold=rows[case_id]["on_hold"],
            customer=customer,
        )
        for case_id in case_ids
        if case_id in rows
    }


class Later:
    """Deeds and decisions of many cases, kept until all are written down together."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._deeds: list[dict[str, Any]] = []
        self._kept: list[dict[str, Any]] = []
        self._decided: list[dict[str, Any]] = []

    def add_deed(self, case_id: str, done: Deed) -> None:
        """Keep a deed."""
        self._deeds.append(messages.deed_row(case_id, done))

    def save(self, case: Case, decision: Decision | None, *, zone: str, parked: bool) -> None:
        """Keep a case's figures, and its decision if there is one."""
        row = {"which": case.invoice.case_id, "parked": parked} | cases.figures(case, zone)
        if decision is None:
            self._kept.append(row)
        else:
            self._decided.append(row | cases.decided(decision))

    def write(self) -> None:
        """Write everything down, in the order in which it has to be there."""
        if self._deeds:
            self._connection.execute(insert(deed).on_conflict_do_nothing(), self._deeds)
        if self._kept:
            self._connection.execute(_KEEP, self._kept)
        if self._decided:
            self._connection.execute(_DECIDE, self._decided)
        self._deeds, self._kept, self._decided = [], [], []
