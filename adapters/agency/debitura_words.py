"""Writes what Debitura is told, and reads what it tells, in our words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from activities.ports.agencies.book import PolledPayment, PolledWord
from activities.ports.types import Dossier
from domain.message_types import AgencyNews
from domain.money import Money, round_half_up, zero

STATES: Mapping[str, AgencyNews] = {
    "PendingContractSigning": AgencyNews.NEEDS_INFO,
    "PendingVerification": AgencyNews.RECEIVED,
    "PendingVerificationInternal": AgencyNews.RECEIVED,
    "NeedsAdditionalDetails": AgencyNews.NEEDS_INFO,
    "Leads": AgencyNews.RECEIVED,
    "LeadsQuoteGiven": AgencyNews.NEEDS_INFO,
    "Active": AgencyNews.WORKING,
    "Paused": AgencyNews.PAUSED,
    "Closed": AgencyNews.CLOSED,
    "Merged": AgencyNews.CLOSED,
}
"""Its lifecycle in our words; what it adds later counts as news for people."""

_LEGAL = ("Legal", "Enforcement")
"""Phases beyond reminding: a person of ours decides about them."""

_LONGEST_REFERENCE, _COMMENTS = 50, 4000
"""The longest reference and comment that it takes."""

SUM = "@sum"
"""Stands for an amount until it is written as an exact number."""


def state_of_case(case: Mapping[str, Any]) -> AgencyNews | None:
    """Read where a case stands; what it calls by a word of its own is a message for people."""
    lifecycle = str(case.get("lifecycle") or "")
    state = STATES.get(lifecycle, AgencyNews.MESSAGE)
    goes_on = state in (AgencyNews.WORKING, AgencyNews.PAUSED)
    legal = str(case.get("currentEngagementPhase") or "") in _LEGAL
    return AgencyNews.LEGAL if goes_on and legal else state


def news_id(case: Mapping[str, Any]) -> str:
    """Make the id of what a case is, which changes with it."""
    names = ("lifecycle", "currentEngagementPhase", "dateUpdated")
    told = (str(case.get(name) or "") for name in names)
    return "-".join(filter(None, told)) or str(case.get("dateCreated") or "")


def words_of_partner(chats: Any) -> tuple[PolledWord, ...]:
    """Read what the partner wrote; what our own team wrote there is no news."""
    rows = chats if isinstance(chats, list) else []
    return tuple(
        PolledWord(
            id=f"chat-{row.get('id')}",
            at=_instant(row.get("dateCreated")),
            text=str(row.get("message") or ""),
        )
        for row in rows
        if "partner" in str(row.get("roleLabel") or "").casefold() and row.get("message")
    )


def document_type(role: str) -> str:
    """Name the kind of a file as it does."""
    known = {"invoice": "OriginalInvoice", "reply": "DebtorDocuments", "letter": "DemandLetter"}
    return known.get(role, "CreditorDocuments")


def refusal_of(told: Any) -> str:
    """Read why its business refuses something."""
    errors = told.get("businessErrors") if isinstance(told, dict) else None
    listed = [str(one.get("message") or one.get("type") or "") for one in errors or ()]
    plain = told.get("message") or told.get("detail") if isinstance(told, dict) else ""
    return "; ".join(filter(None, listed)) or str(plain or "")


def debtor_type(*, consumer: bool) -> str:
    """Name the kind of a debtor as it does."""
    return "Private" if consumer else "Company"


def exact(body: Mapping[str, Any], amount: Money) -> str:
    """JSON with the amount as an exact number, however many decimals it has."""
    return json.dumps(body, ensure_ascii=False).replace(f'"{SUM}"', amount.plain)


def case_reference(case_id: str) -> str:
    """Our id of the case, as short as it takes one."""
    if len(case_id) <= _LONGEST_REFERENCE and case_id.isascii():
        return case_id
    return f"amicable-{hashlib.sha256(case_id.encode()).hexdigest()[:40]}"


def claim_of_dossier(dossier: Dossier) -> Money:
    """Find the sum that is to be collected."""
    if dossier.statement:
        return dossier.statement.total
    return Money(dossier.case.undisputed, dossier.case.invoice.amount.currency)


def case_body(dossier: Dossier) -> dict[str, Any]:
    """Write a case as it is created there."""
    case, debtor = dossier.case, dossier.debtor
    told = {
        "type": debtor_type(consumer=debtor.kind == "consumer"),
        "name": debtor.name or debtor.id,
        "contactPerson": debtor.attention or None,
        "companyRegistrationNumber": debtor.vat_id or None,
        "address": debtor.street or None,
        "zipCode": debtor.postcode or None,
        "city": debtor.town or None,
        "countryAlpha2": debtor.country or None,
        "email": debtor.email or None,
        "phone": debtor.phone or None,
    }
    return {
        "amountToRecover": SUM,
        "currencyCode": case.invoice.amount.currency,
        "date": f"{case.invoice.issued}T00:00:00Z",
        "dueDate": f"{case.printed_due}T00:00:00Z",
        "creditorReference": case_reference(case.invoice.case_id),
        "claimDescription": f"Invoice {case.invoice.number}"[:_COMMENTS],
        "comments": news_text(dossier)[:_COMMENTS],
        "debtor": {name: value for name, value in told.items() if value},
    }


def news_text(dossier: Dossier) -> str:
    """What it must know now, in a few lines."""
    case, claim = dossier.case, claim_of_dossier(dossier)
    words = [entry["note"] for entry in dossier.history if entry.get("reason") == AgencyNews.TOLD]
    lines = [
        f"{dossier.why}.",
        f"Invoice {case.invoice.number}: {claim} to be paid now, {case.open_money} open.",
        *words[-1:],
    ]
    return "\n".join(lines)


def needs_of(result: Mapping[str, Any]) -> Iterator[str]:
    """List what it wants first, in our words."""
    for action in result.get("requiredActions") or ():
        name = str(action.get("type") or action.get("code") or "").casefold()
        yield "kyc" if "kyc" in name else "contract"
    if result.get("requiresKycVerification") and not result.get("hasKycOnFile"):
        yield "kyc"


def decimal_of(value: Any) -> Decimal:
    """Read an exact number; nothing is zero."""
    return Decimal(str(value or 0))


def polled_payment(row: Mapping[str, Any], case: Mapping[str, Any]) -> PolledPayment:
    """A payment with its fee; what went to the creditor itself was not collected there."""
    currency = str(row.get("currency") or case.get("currency") or "EUR")
    paid = round_half_up(decimal_of(row.get("grossAmount")), currency)
    fee = round_half_up(paid.decimal * decimal_of(case.get("preLegalSuccessFee")) / 100, currency)
    direct = str(row.get("recipient") or "").casefold() == "creditor"
    return PolledPayment(
        id=str(row.get("id") or ""),
        at=_instant(row.get("date") or row.get("dateCreated")),
        collected=zero(currency) if direct else paid,
        fee=fee,
    )


def _instant(told: Any) -> datetime | None:
    """An instant; one that names no zone is taken for UTC."""
    try:
        at = datetime.fromisoformat(str(told)) if told else None
    except ValueError:
        return None
    return at.replace(tzinfo=at.tzinfo or UTC) if at else None
