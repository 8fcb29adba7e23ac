"""Codes of the ledger as collectors say them."""

from __future__ import annotations

from types import MappingProxyType

_CODES = MappingProxyType(
    {
        "ask_person": "a person decides",
        "before_due": "not yet due",
        "bounced": "came back",
        "call_back": "call back",
        "call_planned": "call planned",
        "call_task": "call",
        "cash_only": "cash only",
        "confirm_receipt": "asks whether it arrived",
        "demand_letter": "demand letter",
        "do_not_call": "does not want calls",
        "fee": "late fee",
        "final": "final letter",
        "fix": "put right",
        "formal": "formal letter",
        "for_customer": "settled for the customer",
        "for_us": "settled for us",
        "gentle": "gentle reminder",
        "hand_off": "to the agency",
        "hold_credit": "hold credit",
        "in_approval": "in their approval",
        "inform_agency": "tell the agency",
        "late_payer": "pays late",
        "no_answer": "no answer",
        "notify_sales": "tell sales",
        "opted_out": "wants no more",
        "paid_claim": "says it is paid",
        "plan_b": "Plan B",
        "polite": "polite reminder",
        "recall": "call back from the agency",
        "release_credit": "release credit",
        "remind": "reminder",
        "sales": "word to sales",
        "second": "second reminder",
        "sms": "text message",
        "unknown_closed": "counted as sent",
        "with_agency": "with the agency",
        "written_off": "written off",
    }
)


def said(code: object) -> str:
    """Write a code as people say it: underscores and dashes are no words."""
    text = str(getattr(code, "value", code) or "")
    return _CODES.get(text.replace("-", "_"), text.replace("_", " ").replace("-", " "))


def first_capital(text: str) -> str:
    """Write the first letter large, and leave the others."""
    return text[:1].upper() + text[1:]
