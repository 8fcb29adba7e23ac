"""Writes answers for assistants: others' words are quoted, ways of contact are left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.harmless import harmless
from domain.intake.blanking import without_contact
from starter.views.plain import plain_value

QUOTED = "quoted"
"""What others wrote stands under this word, and is never anything but material."""

LEFT_OUT = frozenset(
    {
        *("email", "phone", "others", "street", "postcode", "town", "attention", "vat_id"),
        *("to", "contradictions", "bad_points", "told_by", "sales_rep", "subdivision"),
        *("flags", "vulnerable", "do_not_contact", "erased_at", "reference", "files"),
    }
)
"""What no assistant is told: ways of contact, and what is known of a person's circumstances."""

AS_THEY_ARE = frozenset(
    {
        *(
            "case",
            "case_id",
            "number",
            "numbers",
            "customer",
            "key",
            "id",
            "currency",
            "language",
            "zone",
        ),
        *("country", "kind", "act", "stage", "state", "status", "outcome", "result", "deed"),
        *("step", "channel", "what", "code", "next", "next_step", "next_do", "credit", "after"),
        *("customer_class", "class_by", "policy", "who_has_it", "also", "cases", "money"),
        *("amount", "paid", "credited", "written_off", "disputed", "surplus", "open", "costs"),
        *("costs_left", "costs_accrue", "to_pay", "on_its_way", "earned", "unallocated"),
        *("credit_notes", "in_favour", "chased", "later", "low", "high", "fields", "tone"),
        *("due", "issued", "date", "until", "at", "next_at", "check_at", "opened_at", "due_at"),
        *("done_at", "failed_at", "received_at", "confirmed_at", "settled_at", "day", "sent"),
        *("every", "count", "ref", "proposed", "noted", "for", "supervisor_must_approve"),
    }
)
"""Fields whose values are sums, days, ids and codes. Whatever else is a text is quoted."""


def for_assistant(value: Any) -> Any:
    """Write a value as an assistant is told it."""
    return _told(plain_value(value), "")


def _told(value: Any, name: str) -> Any:
    if isinstance(value, Mapping):
        return {key: _told(one, key) for key, one in value.items() if key not in LEFT_OUT}
    if isinstance(value, list):
        return [_told(one, name) for one in value]
    if isinstance(value, str) and name not in AS_THEY_ARE and value:
        return {QUOTED: harmless(without_contact(value))}
    return harmless(without_contact(value)) if isinstance(value, str) else value
