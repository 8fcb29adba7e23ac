"""A customer as one: contact data, credit, flags, history, money, contacts, and what comes next."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import Any

from adapters.ledger import credit, customers, flags, policies, reads
from adapters.ledger.people import get_debtor
from adapters.ledger.views import CaseFilter
from adapters.machine import machine_clock
from domain.classes import History, class_of
from domain.money import Money
from domain.people import Debtor
from domain.policy_file import standard_policy
from starter.house import House

WEEKS = timedelta(weeks=8)
"""How far back the contact book is shown."""

CASES = 50
"""So many invoices are shown one by one; the sums are over all."""


def sheet(house: House, creditor: str, customer: str) -> dict[str, Any] | None:
    """Everything about a customer, in the order in which a collector asks; None if unknown."""
    now = machine_clock()
    debtor = get_debtor(house.engine, creditor, customer)
    found = customers.sheet(house.engine, creditor, customer, now - WEEKS, now)
    if debtor is None or found is None:
        return None
    wanted = CaseFilter(creditor=creditor, customer=customer, open_only=True, limit=CASES)
    rows = reads.list_cases(house.engine, wanted)
    return {
        **contact_of(debtor),
        "do_not_contact": found.row.do_not_contact,
        "vulnerable": found.row.vulnerable,
        "erased_at": found.row.erased_at,
        "flags": [
            {"at": m.at, "flag": m.flag, "on": m.is_on, "why": m.why, "by": m.by}
            for m in flags.marks(house.engine, creditor, customer)
        ],
        **credit_lines(house, creditor, customer),
        **_classed(house, creditor, debtor, found.history),
        "open": words_of(found.row.open),
        "surplus": words_of(found.row.surplus),
        "unallocated": words_of(found.unallocated),
        "running": found.row.running,
        "cases": [
            {"case": r.case_id, "stage": r.stage, "due": r.due, "open": f"{r.open}"}
            | {"next": r.next_step or r.next_do, "next_at": r.next_at}
            for r in rows
        ],
        "contacts": [
            {"at": c["at"], "what": c["what"], "channel": c["channel"], "cases": c["cases"]}
            for c in found.contacts
        ],
    }


def credit_lines(house: House, creditor: str, customer: str) -> dict[str, Any]:
    """How the credit stands, and each change of it, newest first."""
    page = credit.page(house.engine, creditor, customer)
    return {
        "credit": page.credit.value,
        "credit_changes": [
            {"at": one.at, "after": one.after.value, "why": one.why, "by": one.by}
            for one in page.changes
        ],
    }


def contact_of(debtor: Debtor) -> dict[str, Any]:
    """How a customer is reached."""
    return {"customer": debtor.id} | {
        field.name: getattr(debtor, field.name)
        for field in fields(Debtor)
        if field.name not in ("id", "customer_class")
    }


def words_of(sums: tuple[Money, ...]) -> list[str]:
    """Sums, each currency by itself."""
    return [str(money) for money in sums]


def _classed(house: House, creditor: str, debtor: Debtor, history: History) -> dict[str, Any]:
    """The class of the next new invoice, and the figures it follows from (P31)."""
    policy = policies.policy_for(house.engine, creditor, debtor.id) or standard_policy()
    by_history = class_of(history, policy.classes)
    told = {field.name: getattr(history, field.name) for field in fields(History)}
    return {
        "customer_class": debtor.customer_class or by_history,
        "class_by": "set by hand" if debtor.customer_class else "history",
        "history": told,
    }
