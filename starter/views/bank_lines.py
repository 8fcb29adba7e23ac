"""Shows bank entries and what became of a file's money, alike in commands and gateway."""

from __future__ import annotations

from typing import Any

from activities.ports.bank.store import BankAccountRow, BankEntryRow
from activities.services.bank.posting import BANK
from activities.services.bank.statements import TakenIn
from domain.ids import PaymentName


def taken_line(taken: TakenIn) -> dict[str, Any]:
    """Show what became of a file's money."""
    return {
        "statements": taken.statements,
        "entries": taken.entries,
        "known": taken.known,
        "posted": dict(taken.posted),
        "reversed": taken.reversed,
        "asked": taken.asked,
        "gaps": [
            {"account": gap.account, "from": gap.before.day, "to": gap.after.day}
            | {"amount": gap.money.plain, "currency": gap.money.currency}
            for gap in taken.gaps
        ],
        "left_out": taken.left_out,
    }


def account_line(row: BankAccountRow) -> dict[str, Any]:
    """Show a bank account, and up to which day it is known, as a line of a list."""
    closing = row.closing.money if row.closing else None
    return {
        "account": row.account,
        "known_until": row.known_until,
        "closing": closing.plain if closing else None,
        "currency": closing.currency if closing else None,
        "waits": row.is_active,
        "imported_at": row.imported_at,
    }


def entry_line(row: BankEntryRow) -> dict[str, Any]:
    """Show an entry as a line of a list; money that went out is negative."""
    entry, outcome = row.entry, row.outcome
    why = outcome.why or "; ".join(f"{one.customer}? {one.why}" for one in row.proposals)
    return {
        "entry": row.id,
        "booked": entry.booked,
        "amount": entry.amount.plain if entry.is_credit else f"-{entry.amount.plain}",
        "currency": entry.amount.currency,
        "state": outcome.state,
        "customer": outcome.customer,
        "reason": outcome.reason,
        "why": why,
    }


def entry_sheet(row: BankEntryRow) -> dict[str, Any]:
    """Show an entry with what the payer wrote, and what it may be meant for."""
    entry, outcome = row.entry, row.outcome
    return entry_line(row) | {
        "account": entry.account,
        "valued": entry.valued,
        "payer": entry.payer_name,
        "payer_account": entry.payer_account,
        "text": list(entry.lines),
        "references": list(entry.references),
        "end_to_end": entry.end_to_end,
        "payment": str(PaymentName(BANK, outcome.payment)) if outcome.payment else None,
        "by": outcome.by or None,
        "takes_back": outcome.takes_back or None,
        "proposals": [
            {"customer": one.customer, "invoices": list(one.numbers)}
            | {"reason": one.reason, "why": one.why}
            for one in row.proposals
        ],
    }
