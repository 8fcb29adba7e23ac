"""Reads many cases of one account at once, in a handful of queries."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, bindparam, select

from activities.ports.types import CaseFile
from adapters.ledger.cases import cases, histories, messages
from adapters.ledger.cases.holds import held
from adapters.ledger.core import codec
from adapters.ledger.core.sql import among_given
from adapters.ledger.customers.people import find_creditor
from adapters.ledger.interest.rates import rates_for
from adapters.ledger.tables.cases import case_file, policy
from domain.parties.customer import Customer
from domain.parties.people import Creditor, Debtor

_C = case_file.c
_OF_ACCOUNT = (_C.creditor == bindparam("creditor")) & (_C.customer == bindparam("customer"))
# Built once: putting a query together costs more than asking it.
_FILES = (
    select(case_file, policy.c.body, held(bindparam("creditor")).label("on_hold"))
    .join(policy)
    .where(_OF_ACCOUNT, among_given(_C.case_id, "cases"))
)


def read_cases(
    connection: Connection,
    creditor: str,
    debtor: Debtor,
    customer: Customer,
    case_ids: Sequence[str],
) -> dict[str, CaseFile]:
    """Read everything about these cases of one account, by id, in the order asked for."""
    rows = _rows(connection, creditor, debtor.id, case_ids)
    recorded = messages.recorded_by_case(connection, case_ids)
    deeds = messages.deeds_by_case(connection, case_ids)
    history = histories.by_instant(connection, creditor, debtor.id)
    company = find_creditor(connection, creditor) or Creditor(id=creditor)
    policies = {one: codec.read_policy(row["body"]) for one, row in rows.items()}
    rates = rates_for(connection, policies.values())
    return {
        case_id: CaseFile(
            invoice=cases.invoice_of(rows[case_id]),
            debtor=debtor,
            creditor=company,
            policy=policies[case_id],
            rates=rates,
            recorded=recorded.get(case_id, ()),
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


def _rows(
    connection: Connection, creditor: str, customer: str, case_ids: Sequence[str]
) -> dict[str, RowMapping]:
    given = {"creditor": creditor, "customer": customer, "cases": list(case_ids)}
    return {row["case_id"]: row for row in connection.execute(_FILES, given).mappings()}
