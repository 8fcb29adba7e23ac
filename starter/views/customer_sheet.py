"""A customer as one: contact data, credit, flags, history, money, contacts, and what comes next."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import timedelta
from typing import Any

from adapters.ledger.core.views import CaseFilter
from adapters.ledger.customers import credit, flags
from adapters.ledger.customers.people import get_debtor
from adapters.ledger.customers.sources import contradictions_of
from adapters.ledger.policies import policies
from adapters.ledger.queries import customers, reads
from adapters.ledger.tasks import team
from adapters.runtime.machine import machine_clock
from domain.money import Money
from domain.parties.people import Debtor
from domain.policy.classes import History, class_of
from domain.policy.policy_file import standard_policy
from starter.application import Application

WEEKS = timedelta(weeks=8)
"""How far back the contact book is shown."""

CASES = 50
"""So many invoices are shown one by one; the sums are over all."""


def customer_sheet(application: Application, creditor: str, customer: str) -> dict[str, Any] | None:
    """Everything about a customer, in the order in which a collector asks; None if unknown."""
    now = machine_clock()
    debtor = get_debtor(application.engine, creditor, customer)
    found = customers.customer_sums(application.engine, creditor, customer, now - WEEKS, now)
    if debtor is None or found is None:
        return None
    return {
        **contact_of(debtor),
        "contradictions": contradictions_of(application.engine, creditor, customer),
        "owner": team.owner_of(application.engine, creditor, customer),
        "do_not_contact": found.row.do_not_contact,
        "vulnerable": found.row.vulnerable,
        "erased_at": found.row.erased_at,
        "flags": _flags(application, creditor, customer),
        **credit_lines(application, creditor, customer),
        **_classed(application, creditor, debtor, found.history),
        "open": words_of(found.row.open),
        "surplus": words_of(found.row.surplus),
        "unallocated": words_of(found.unallocated),
        "running": found.row.running,
        "cases": _cases(application, creditor, customer),
        "contacts": [
            {name: entry[name] for name in ("at", "what", "channel", "cases")}
            for entry in found.contacts
        ],
    }


def credit_lines(application: Application, creditor: str, customer: str) -> dict[str, Any]:
    """How the credit stands, and each change of it, newest first."""
    page = credit.credit_page(application.engine, creditor, customer)
    return {
        "credit": page.credit.value,
        "credit_changes": [
            {"at": one.at, "after": one.after.value, "why": one.why, "by": one.by}
            for one in page.changes
        ],
    }


def contact_of(debtor: Debtor) -> dict[str, Any]:
    """How a customer is reached."""
    told = {
        field.name: getattr(debtor, field.name)
        for field in fields(Debtor)
        if field.name not in ("id", "customer_class", "others")
    }
    others = [asdict(point) for point in debtor.others]
    return {"customer": debtor.id, **told, "others": others}


def words_of(sums: tuple[Money, ...]) -> list[str]:
    """Sums, each currency by itself."""
    return [str(money) for money in sums]


def _flags(application: Application, creditor: str, customer: str) -> list[dict[str, Any]]:
    return [
        {"at": mark.at, "flag": mark.flag, "on": mark.is_on, "why": mark.why, "by": mark.by}
        for mark in flags.marks(application.engine, creditor, customer)
    ]


def _cases(application: Application, creditor: str, customer: str) -> list[dict[str, Any]]:
    """The open invoices that are due first, with what comes next."""
    wanted = CaseFilter(creditor=creditor, customer=customer, open_only=True, limit=CASES)
    return [
        {"case": row.case_id, "stage": row.stage, "due": row.due, "open": str(row.open)}
        | {"next": row.next_step or row.next_do, "next_at": row.next_at}
        for row in reads.find_cases(application.engine, wanted)
    ]


def _classed(
    application: Application, creditor: str, debtor: Debtor, history: History
) -> dict[str, Any]:
    """The class of the next new invoice, and the figures it follows from (P31)."""
    policy = policies.policy_for(application.engine, creditor, debtor.id) or standard_policy()
    by_history = class_of(history, policy.classes)
    told = {field.name: getattr(history, field.name) for field in fields(History)}
    return {
        "customer_class": debtor.customer_class or by_history,
        "class_by": "set by hand" if debtor.customer_class else "history",
        "history": told,
    }
