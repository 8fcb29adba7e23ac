"""Writes the case's whole file for the agency as plain JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from activities.ports.types import Dossier
from domain.agreements.plans import plan_state
from domain.agreements.settlements import offer_state
from domain.agreements.text import instalments, what_follows
from domain.case.agreement_types import Plan, Settlement
from domain.case.model import Case, Deed, Dispute, Promise
from domain.evidence.model import Evidence
from domain.history.reports import words_of_fate
from domain.message_types import AgencyNews, MessageType
from domain.money import Money
from domain.parties.people import Creditor, Debtor

VERSION = 1
"""Raised only when a field changes its meaning; new fields may come at any time."""


def dossier_json(dossier: Dossier) -> dict[str, Any]:
    """Write the file as `docs/agency.md` describes it: decimal strings, instants in UTC."""
    case = dossier.case
    return {
        "type": dossier.kind,
        "id": dossier.id,
        "timestamp": _day(dossier.at),
        "version": VERSION,
        "data": {
            "case": case.invoice.case_id,
            "why": dossier.why,
            "invoice": _invoice(case),
            "amounts": _amounts(dossier),
            "costs": _costs(dossier),
            "creditor": _creditor(dossier.creditor),
            "debtor": _debtor(dossier.debtor),
            "money": [{"at": _day(at), "amount": _plain(case, sum_)} for at, sum_ in case.moves],
            **_agreed(case, dossier.at),
            "disputes": [_dispute(case, dispute) for dispute in case.disputes],
            "settled_disputes": [_settled(case, dispute) for dispute in case.settled_disputes],
            "evidence": [_evidence(file) for file in dossier.evidence],
            "pause": _pause(case),
            **_said_and_done(dossier),
        },
    }


def _plain(case: Case, minor: int) -> str:
    return Money(minor, case.invoice.amount.currency).plain


def _day(value: date | datetime | None) -> str | None:
    return value.isoformat().replace("+00:00", "Z") if value else None


def _invoice(case: Case) -> dict[str, Any]:
    invoice = case.invoice
    return {
        "number": invoice.number,
        "issued": _day(invoice.issued),
        "due": _day(case.printed_due),
        "terms": [
            {"due": _day(part.day), "amount": _plain(case, part.minor)} for part in invoice.terms
        ],
        "opened_at": _day(invoice.opened_at),
    }


def _amounts(dossier: Dossier) -> dict[str, str]:
    """The sums of the invoice, and what is to be paid on the day of the file, costs included."""
    case, stated = dossier.case, dossier.statement
    names = ("paid", "credited", "written_off", "open", "disputed", "undisputed")
    sums = {name: _plain(case, getattr(case, name)) for name in names}
    amount = case.invoice.amount
    to_pay = stated.total.plain if stated else sums["undisputed"]
    return {"currency": amount.currency, "invoice": amount.plain, **sums, "to_pay": to_pay}


def _costs(dossier: Dossier) -> dict[str, Any]:
    """What is owed beside the principal on the day of the file: each cost with its ground."""
    case, stated = dossier.case, dossier.statement
    return {
        "lines": [
            {
                "name": line.name,
                "amount": line.amount.plain,
                "ground": line.ground,
                "provisional": line.provisional,
            }
            for line in (stated.lines if stated else ())
        ],
        "interest_left_out": [
            {"from": gap.start.isoformat(), "to": gap.end.isoformat(), "half_year": gap.half_year}
            for gap in (stated.left_out if stated else ())
        ],
        "paid": stated.costs_paid.plain if stated else _plain(case, 0),
        "let_go": stated.waived.plain if stated else _plain(case, 0),
        "to_pay": stated.costs.plain if stated else _plain(case, 0),
        "deferred": bool(stated and stated.deferred),
    }


def _creditor(creditor: Creditor) -> dict[str, str]:
    names = ("id", "name", "address", "email", "phone", "contact", "iban", "bic", "terms")
    return {name: getattr(creditor, name) for name in names}


def _debtor(debtor: Debtor) -> dict[str, Any]:
    names = ("id", "name", "email", "phone", "country", "zone", "language", "sales_rep")
    unusable = {"opted_out": list(debtor.opted_out), "not_working": list(debtor.bad_points)}
    return {name: getattr(debtor, name) for name in names} | unusable


def _agreed(case: Case, now: datetime) -> dict[str, Any]:
    return {
        "promises": [_promise(case, promise, now) for promise in case.promises],
        "plans": [_plan(case, plan, now) for plan in case.plans],
        "offers": [_offer(case, offer, now) for offer in case.settlements],
    }


def _promise(case: Case, promise: Promise, now: datetime) -> dict[str, Any]:
    state = words_of_fate(case, promise, now)
    return {
        "made_at": _day(promise.made_at),
        "pay_by": _day(promise.day),
        "amount": None if promise.amount is None else _plain(case, promise.amount),
        "checked_at": _day(promise.plan_b.check_at),
        "plan_b": what_follows(case, promise),
        "state": state,
        "kept": None if state in ("running", "replaced") else state == "kept",
    }


def _plan(case: Case, plan: Plan, now: datetime) -> dict[str, Any]:
    return {
        "made_at": _day(plan.made_at),
        "accepted_at": _day(plan.accepted_at),
        "instalments": [
            {"pay_by": day, "amount": amount, "state": state.value.replace(" ", "_")}
            for day, amount, state in instalments(case, plan, now)
        ],
        "plan_b": what_follows(case, plan),
        "state": plan_state(case, plan, now).value,
    }


def _offer(case: Case, offer: Settlement, now: datetime) -> dict[str, Any]:
    """An offer to settle; without an amount it waives costs and interest alone."""
    return {
        "made_at": _day(offer.made_at),
        "pay_by": _day(offer.day),
        "amount": None if offer.amount is None else _plain(case, offer.amount),
        "state": offer_state(case, offer, now).value,
    }


def _dispute(case: Case, dispute: Dispute) -> dict[str, Any]:
    return {
        "opened_at": _day(dispute.opened_at),
        "amount": None if dispute.amount is None else _plain(case, dispute.amount),
        "reason": dispute.reason,
        "id": dispute.key,
        "kind": "minor" if dispute.is_minor else "major",
        "deadline": _day(dispute.deadline),
    }


def _settled(case: Case, dispute: Dispute) -> dict[str, Any]:
    return _dispute(case, dispute) | {
        "settled_at": _day(dispute.settled_at),
        "settled_for": dispute.ended or None,
        "conceded": _plain(case, dispute.conceded),
    }


def _evidence(file: Evidence) -> dict[str, Any]:
    """A file's reference: what it is and how to tell it; the file itself is sent when asked."""
    return {
        "file": f"evidence/{file.sha256[:16]}/{file.name}",
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
        "dispute": file.ref or None,
        "note": file.note,
        "recorded_at": _day(file.at),
    }


def _pause(case: Case) -> dict[str, Any] | None:
    if not case.paused:
        return None
    return {"since": _day(case.paused_at), "until": _day(case.paused_until)}


def _deed(case: Case, deed: Deed) -> dict[str, Any]:
    return {
        "at": _day(deed.at),
        "do": deed.do.value,
        "step": deed.step,
        "episode": deed.episode,
        "channel": deed.channel,
        "result": deed.result.value,
        "reached_debtor": deed.reached_debtor,
        "deadline": _day(deed.deadline),
        "open": _plain(case, deed.open),
        "why": deed.why,
    }


def _said_and_done(dossier: Dossier) -> dict[str, Any]:
    case, history = dossier.case, dossier.history
    words = [entry for entry in history if entry.get("what") == MessageType.AGENCY_NEWS]
    return {
        "messages": [_said(entry) for entry in words],
        "deeds": [_deed(case, deed) for deed in case.deeds],
        "history": [_entry(entry) for entry in history],
    }


def _said(entry: Mapping[str, str]) -> dict[str, str | None]:
    """A word between the agency and the creditor: where the case stands, and what was written."""
    ours = entry["reason"] == AgencyNews.TOLD
    return {
        "at": entry["at"].replace("+00:00", "Z"),
        "from": "creditor" if ours else "agency",
        "state": entry["reason"],
        "text": entry["note"] or None,
    }


def _entry(entry: Mapping[str, str]) -> dict[str, str]:
    return {str(key): str(value) for key, value in entry.items()}
