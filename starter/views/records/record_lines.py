"""Shows what is kept: files, payments, answers with what they list, the company that is owed."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from activities.ports.stores.payments import PaymentRow
from activities.ports.stores.replies import AnswerRow
from activities.services.evidence import SHORT
from domain.bank.remittance import ReadAdvice
from domain.evidence.model import Evidence
from domain.ids import CaseId, PaymentName
from domain.parties.people import Creditor
from starter.views.lines import received_file


def evidence_line(kept: Evidence) -> dict[str, Any]:
    """Show a kept file as a line of a list."""
    return {
        "file": kept.sha256[:SHORT],
        "name": kept.name,
        "media_type": kept.media_type,
        "size": kept.size,
        "role": kept.role or None,
        "dispute": kept.ref or None,
        "note": kept.note,
        "by": kept.by,
        "sha256": kept.sha256,
        "recorded_at": kept.at,
    }


def payment_line(row: PaymentRow) -> dict[str, Any]:
    """Show a payment with what is left of it as a line of a list."""
    came = row.payment
    return {
        "payment": str(PaymentName(came.source, came.id)),
        "kind": came.kind,
        "customer": came.customer,
        "amount": came.amount,
        "left": row.unallocated,
        "refunded": row.refunded,
        "currency": came.amount.currency,
        "at": came.at,
        "invoices": " ".join(CaseId.parse(part.case).number for part in row.parts),
        "note": came.note,
    }


def answer_sheet(row: AnswerRow) -> dict[str, Any]:
    """Show an answer with who seems to have written it, what was said, and its files."""
    words = {"sender": row.sender, "subject": row.subject, "said": row.said}
    return {**answer_line(row), **words, "files": [received_file(one) for one in row.files]}


def answer_line(row: AnswerRow) -> dict[str, Any]:
    """Show an answer as a line of a list, without its words."""
    return {
        "key": row.key,
        "at": row.at,
        "channel": row.channel,
        "sort": row.sort,
        "state": row.state,
        "creditor": row.creditor or None,
        "customer": row.customer or None,
        "case": row.case_id or None,
        "attached": len(row.files),
    }


def advice_lines(advice: ReadAdvice | None) -> list[dict[str, Any]]:
    """Show the open invoices that a remittance advice lists, with what it says was paid of each."""
    return [
        {"number": one.number, "paid": one.paid, "open": one.open, "fit": one.fit.value}
        for one in (advice.lines if advice else ())
    ]


def creditor_sheet(company: Creditor) -> dict[str, Any]:
    """Show what is known about the company that is owed."""
    return {field.name: getattr(company, field.name) for field in fields(Creditor)}
