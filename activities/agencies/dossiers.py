"""Puts the whole file of a case together for an agency: all that was said, done and kept (P71)."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import datetime

from activities.agencies.comparing import for_agencies
from activities.ports.types import CaseFile, Dossier
from domain.case.model import Case, Message
from domain.charges.statement import Statement
from domain.decision.state import CaseState
from domain.evidence.model import Evidence
from domain.message_types import MessageStatus
from domain.money import Money


def dossier_of(
    file: CaseFile,
    state: CaseState,
    named: tuple[str, str, str],
    evidence: tuple[Evidence, ...],
    statement: Statement,
) -> Dossier:
    """Put a case's file together; ``named`` are the delivery's id, its type and its reason."""
    delivery, kind, why = named
    return Dossier(
        id=delivery,
        kind=kind,
        at=state.now,
        case=state.case,
        debtor=file.debtor,
        creditor=file.creditor,
        why=why,
        history=tuple(sorted(_history(file, state), key=lambda entry: entry["at"])),
        evidence=for_agencies(evidence),
        statement=statement,
    )


def _history(file: CaseFile, state: CaseState) -> Iterator[Mapping[str, str]]:
    """Everything that was said and done, in plain words."""
    refused = state.folded.refused
    for message in file.messages:
        yield {
            "at": message.at.isoformat(),
            "what": message.kind.value,
            "amount": message.amount.plain if message.amount else "",
            "date": message.day.isoformat() if message.day else "",
            "reason": message.reason,
            "note": message.note,
            "by": message.by,
            "status": _status(message, refused),
        }
    yield from _done(state.case)


def _status(message: Message, refused: Container[str]) -> str:
    return (MessageStatus.REFUSED if message.key in refused else MessageStatus.APPLIED).value


def _done(case: Case) -> Iterator[dict[str, str]]:
    currency = case.invoice.amount.currency
    for deed in case.deeds:
        yield {
            "at": deed.at.isoformat(),
            "what": deed.do.value,
            "step": deed.step,
            "result": deed.result.value,
            "channel": deed.channel,
            "deadline": deed.deadline.isoformat() if deed.deadline else "",
            "open": Money(deed.open, currency).plain,
            "why": deed.why,
        }


def current_dossier(file: CaseFile, state: CaseState, evidence: tuple[Evidence, ...]) -> Dossier:
    """Put the file together as it stands now, for an agency that comes to look at it."""
    named = f"{file.invoice.case_id}/{_stamp(state.now)}", "case.current", "as it stands now"
    return dossier_of(file, state, named, evidence, state.statement)


def _stamp(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
