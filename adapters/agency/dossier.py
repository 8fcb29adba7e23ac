"""Writes the case's whole file for the agency as plain JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from activities.ports.letters.sent import SentLetter
from activities.ports.stores.replies import AnswerRow
from activities.ports.types import Dossier
from adapters.agency.agreed import agreed_json, dispute_json, iso_day, plain_of, settled_json
from domain.case.model import Case, Deed
from domain.evidence.model import Evidence
from domain.message_types import AgencyNews, MessageType
from domain.parties.people import Creditor, Debtor

_LONGEST = 200
VERSION = 1
"""Raised only when a field changes its meaning; new fields may come at any time."""


Link = Callable[[str, str, datetime], str]
"""Makes the link of a file from the case, the file's hash and the instant."""


def dossier_json(dossier: Dossier, link: Link | None = None) -> dict[str, Any]:
    """Write the file as `docs/agency.md` describes it: decimal strings, instants in UTC."""
    case = dossier.case
    return {
        "type": dossier.kind,
        "id": dossier.id,
        "timestamp": iso_day(dossier.at),
        "version": VERSION,
        "data": {
            "case": case.invoice.case_id,
            "why": dossier.why,
            "invoice": _invoice(case),
            "amounts": _amounts(dossier),
            "costs": _costs(dossier),
            "creditor": _creditor(dossier.creditor),
            "debtor": _debtor(dossier.debtor),
            "money": [
                {"at": iso_day(at), "amount": plain_of(case, sum_)} for at, sum_ in case.moves
            ],
            **agreed_json(case, dossier.at),
            "disputes": [dispute_json(case, dispute) for dispute in case.disputes],
            "settled_disputes": [settled_json(case, dispute) for dispute in case.settled_disputes],
            "evidence": [_evidence(dossier, file, link) for file in dossier.evidence],
            "pause": _pause(case),
            **_said_and_done(dossier),
        },
    }


def _invoice(case: Case) -> dict[str, Any]:
    invoice = case.invoice
    return {
        "number": invoice.number,
        "issued": iso_day(invoice.issued),
        "due": iso_day(case.printed_due),
        "terms": [
            {"due": iso_day(part.day), "amount": plain_of(case, part.minor)}
            for part in invoice.terms
        ],
        "opened_at": iso_day(invoice.opened_at),
    }


def _amounts(dossier: Dossier) -> dict[str, str]:
    """The sums of the invoice, and what is to be paid on the day of the file, costs included."""
    case, stated = dossier.case, dossier.statement
    names = ("paid", "credited", "written_off", "open", "disputed", "undisputed")
    sums = {name: plain_of(case, getattr(case, name)) for name in names}
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
        "paid": stated.costs_paid.plain if stated else plain_of(case, 0),
        "let_go": stated.waived.plain if stated else plain_of(case, 0),
        "to_pay": stated.costs.plain if stated else plain_of(case, 0),
        "deferred": bool(stated and stated.deferred),
    }


def _creditor(creditor: Creditor) -> dict[str, str]:
    names = ("id", "name", "address", "email", "phone", "contact", "iban", "bic", "terms")
    return {name: getattr(creditor, name) for name in names}


def _debtor(debtor: Debtor) -> dict[str, Any]:
    names = (
        *("id", "name", "email", "phone", "country", "zone", "language", "sales_rep", "kind"),
        *("attention", "street", "postcode", "town", "vat_id"),
    )
    unusable = {"opted_out": list(debtor.opted_out), "not_working": list(debtor.bad_points)}
    contacts = [
        {"kind": one.kind, "point": one.point, "person": one.person, "role": one.role}
        for one in debtor.others
    ]
    return {name: getattr(debtor, name) for name in names} | unusable | {"contacts": contacts}


def _evidence(dossier: Dossier, file: Evidence, link: Link | None) -> dict[str, Any]:
    """A file's reference: what it is, how to tell it, and where it is fetched."""
    url = link(dossier.case.invoice.case_id, file.sha256, dossier.at) if link else None
    return {
        "file": f"evidence/{file.sha256[:16]}/{_short(file.name)}",
        "url": url,
        "role": file.role or None,
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
        "dispute": file.ref or None,
        "note": file.note,
        "recorded_at": iso_day(file.at),
    }


def _short(name: str) -> str:
    """A name that a disk takes: in some scripts a letter is four bytes long."""
    while len(name.encode()) > _LONGEST:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[:-1]}{dot}{ending}" if len(stem) > 1 else name[:-1]
    return name


def _pause(case: Case) -> dict[str, Any] | None:
    if not case.paused:
        return None
    return {"since": iso_day(case.paused_at), "until": iso_day(case.paused_until)}


def _deed(case: Case, deed: Deed) -> dict[str, Any]:
    return {
        "at": iso_day(deed.at),
        "do": deed.do.value,
        "step": deed.step,
        "episode": deed.episode,
        "channel": deed.channel,
        "result": deed.result.value,
        "reached_debtor": deed.reached_debtor,
        "deadline": iso_day(deed.deadline),
        "open": plain_of(case, deed.open),
        "why": deed.why,
    }


def _said_and_done(dossier: Dossier) -> dict[str, Any]:
    case, history = dossier.case, dossier.history
    words = [entry for entry in history if entry.get("what") == MessageType.AGENCY_NEWS]
    return {
        "messages": [_said(entry) for entry in words],
        "letters": [_letter(one) for one in dossier.letters],
        "replies": [_reply(one) for one in dossier.replies if one.said or one.subject],
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


def _letter(one: SentLetter) -> dict[str, Any]:
    """What the customer was written, word for word; `null` where its words are not known."""
    return {
        "at": iso_day(one.at),
        "step": one.step,
        "channel": one.channel,
        "to": one.recipient,
        "result": one.result,
        "cases": list(one.cases),
        "subject": one.subject or None,
        "text": one.text or None,
        "files": list(one.files),
    }


def _reply(one: AnswerRow) -> dict[str, Any]:
    """What the customer wrote; what came with it is among the evidence, where it was kept."""
    return {
        "at": iso_day(one.at),
        "channel": one.channel,
        "from": one.sender,
        "subject": one.subject or None,
        "text": one.said,
        "files": [file.name for file in one.files],
    }


def _entry(entry: Mapping[str, str]) -> dict[str, str]:
    return {str(key): str(value) for key, value in entry.items()}
