"""Shows a customer: contact data, credit, flags, history, money, contacts, what comes next."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from activities.ports.stores.cases import CaseRow
from activities.ports.stores.customers import CreditPage, Mark
from activities.services.customers.customers import CASES, CustomerSheet
from domain.charges.statement import Statement
from domain.money import Money, sums_together
from domain.parties.people import Debtor
from domain.policy.classes import History


def customer_sheet(shown: CustomerSheet) -> dict[str, Any]:
    """Show everything about a customer, in the order in which a collector asks."""
    found = shown.sums
    return {
        **contact_of(shown.debtor),
        "contradictions": list(shown.contradictions),
        "owner": shown.owner,
        "do_not_contact": found.row.do_not_contact,
        "vulnerable": found.row.vulnerable,
        "erased_at": found.row.erased_at,
        "flags": [_flag(mark) for mark in shown.marks],
        **credit_lines(shown.credit),
        "customer_class": shown.customer_class,
        "class_by": "history" if shown.by_history else "set by hand",
        "history": {field.name: getattr(found.history, field.name) for field in fields(History)},
        **_owed(shown),
        "surplus": words_of(found.row.surplus),
        "unallocated": words_of(found.unallocated),
        "credit_notes": words_of(found.credit_notes),
        "in_favour": words_of(found.in_favour),
        "running": found.row.running,
        "cases": [_line(row, shown.stated.get(row.case_id)) for row in shown.cases],
        "contacts": [
            {"at": one.at, "what": one.what, "channel": one.channel, "cases": one.cases}
            for one in found.contacts
        ],
    }


def _flag(mark: Mark) -> dict[str, Any]:
    """A flag that somebody set or took away."""
    return {"at": mark.at, "flag": mark.flag, "on": mark.is_on, "why": mark.why, "by": mark.by}


def credit_lines(page: CreditPage) -> dict[str, Any]:
    """Show how the credit stands, and each change of it, newest first."""
    return {
        "credit": page.credit.value,
        "credit_changes": [
            {"at": one.at, "after": one.after.value, "why": one.why, "by": one.by}
            for one in page.changes
        ],
    }


def contact_of(debtor: Debtor) -> dict[str, Any]:
    """Show how a customer is reached."""
    told = {
        field.name: getattr(debtor, field.name)
        for field in fields(Debtor)
        if field.name not in ("id", "customer_class", "others")
    }
    others = [asdict(point) for point in debtor.others]
    return {"customer": debtor.id, **told, "others": others}


def words_of(sums: tuple[Money, ...]) -> list[str]:
    """Write sums, each currency by itself."""
    return [str(money) for money in sums]


def _owed(shown: CustomerSheet) -> dict[str, Any]:
    return {"open": words_of(shown.sums.row.open), "to_pay": _to_pay(shown)}


def _to_pay(shown: CustomerSheet) -> list[str] | None:
    """What is to be paid now per currency; None with more open invoices than are shown."""
    if len(shown.cases) >= CASES:
        return None
    return words_of(sums_together(stated.total for stated in shown.stated.values()))


def _line(row: CaseRow, stated: Statement | None) -> dict[str, Any]:
    """An open invoice with what is to be paid now, and what comes next."""
    told = {"case": row.case_id, "stage": row.stage, "due": row.due, "open": str(row.open)}
    told["to_pay"] = str(stated.total) if stated else None
    return told | {"next": row.next_step or row.next_do, "next_at": row.next_at}
