"""What whoever calls needs: the briefing and the script, from the ledger as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from activities.ports.types import CaseFile
from adapters.runtime.machine import machine_clock
from domain.briefing.briefing import Briefing, Known, briefing
from domain.briefing.call_script import CallScript, Sides, call_script
from domain.case.invoice import Message
from domain.decision.state import case_state
from domain.message_types import MessageStatus
from domain.parties.people import Debtor
from starter.application import Application


def whom(debtor: Debtor) -> dict[str, str]:
    """Who is to be called."""
    names = ("name", "email", "phone", "zone", "language", "sales_rep")
    return {"customer": debtor.id, **{name: getattr(debtor, name) for name in names}}


def prepared(application: Application, files: Sequence[CaseFile]) -> tuple[Briefing, CallScript]:
    """Briefing and script for a call about these cases of one customer."""
    now, first = machine_clock(), files[0]
    known = [Known(case_state(file, now).facts, _accepted(file)) for file in files]
    history = application.cases.history(first.invoice.creditor, first.debtor.id, now)
    told = briefing(known, history, first.policy.classes, now)
    own = first.debtor.customer_class
    if own:
        told = replace(told, customer_class=own, why_class=f"{own}: set by hand")
    sides = Sides(creditor=first.creditor, debtor=first.debtor, terms=first.policy.agreements)
    return told, call_script(known, told, sides, now)


def _accepted(file: CaseFile) -> tuple[Message, ...]:
    return tuple(noted.message for noted in file.noted if noted.status is not MessageStatus.REFUSED)
