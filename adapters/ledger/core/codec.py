"""Encodes policies, decisions and contents: the same thing always gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from domain.agreements.plans import stated_parts
from domain.case.model import Invoice, Message
from domain.decision.rules_thanks import NEVER
from domain.message_types import MessageType
from domain.payments.allocation import PaymentIn
from domain.policy.account_statements import NO_STATEMENTS
from domain.policy.model import MoneyRules, Policy
from domain.policy.work_order import WORK_ORDER
from domain.wire import Decision

_POLICY: TypeAdapter[Policy] = TypeAdapter(Policy)
_UNSAID: dict[str, dict[str, object]] = {
    "": {
        "thank_you": NEVER,
        "answers": [],
        "account_statements": asdict(NO_STATEMENTS),
        "work_order": asdict(WORK_ORDER),
        "agency_silence_days": 0,
    },
    "agreements": {"hardship_instalments": 0},
    "contact": {"silence_days": 0, "reply_days": 2, "settle_minutes": 0, "spread_minutes": 0},
    "disputes": {"acknowledge": False},
    "money": {"statement_days": MoneyRules().statement_days},
    "plan_b": {"agency": ""},
}
"""What newer tables and keys say where a policy says nothing: it keeps the sum that it had."""

_DECISION: TypeAdapter[Decision] = TypeAdapter(Decision)


@lru_cache(maxsize=256)
def write_policy(policy: Policy) -> tuple[str, str]:
    """Encode a policy as its SHA-256 and its JSON text."""
    told = _POLICY.dump_python(policy, mode="json")
    for table, unsaid in _UNSAID.items():
        entry = told[table] if table else told
        for name, value in unsaid.items():
            if entry[name] == value:
                del entry[name]
    body = _text(told)
    return _sha(body), body


@lru_cache(maxsize=256)
def read_policy(body: str) -> Policy:
    """Decode a policy from its JSON text.

    Raises:
        pydantic.ValidationError: if the text is no policy of this version.
    """
    return _POLICY.validate_json(body)


def write_decision(decision: Decision) -> dict[str, Any]:
    """Encode a decision as JSON."""
    written: dict[str, Any] = _DECISION.dump_python(decision, mode="json")
    return written


def read_decision(body: dict[str, Any] | None) -> Decision | None:
    """Decode a decision from a JSON value; None if none was made."""
    return None if body is None else _DECISION.validate_python(body)


def invoice_content(invoice: Invoice) -> str:
    """Encode what makes two invoices of one number the same; not when it was opened here."""
    money, dates = invoice.amount, [invoice.issued.isoformat(), invoice.due.isoformat()]
    content: list[Any] = [invoice.customer, dates, money.minor, money.currency]
    if invoice.discount:  # a case without one keeps the sum it had before there were discounts
        content.append([invoice.discount.minor, invoice.discount.until.isoformat()])
    if invoice.reference:  # likewise
        content.append(invoice.reference)
    if invoice.terms:  # likewise
        content.append([[part.day.isoformat(), part.minor] for part in invoice.terms])
    return _sha(_text(content))


def message_content(message: Message) -> str:
    """Encode what makes two messages of one key the same; not when or by whom repeated.

    A payment is the same by its money alone: it may be posted and signalled, with and without its
    date and note.
    """
    money = message.amount
    amount = [money.minor, money.currency] if money else None
    day = message.day.isoformat() if message.day else None
    if message.kind is MessageType.PAYMENT:
        return _sha(_text([message.kind, amount]))
    content: list[Any] = [message.kind, amount, day, message.reason, message.note, message.ref]
    parts = stated_parts(message)
    if parts:
        content.append([[part.day.isoformat(), part.minor] for part in parts])
    if message.plan_b:  # one without keeps the sum it had before agreements named theirs
        content.append({"plan_b": message.plan_b})
    return _sha(_text(content))


def payment_content(payment: PaymentIn) -> str:
    """Compute the SHA-256 of what makes two payments of one id the same."""
    return _sha(_text(payment.content))


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
