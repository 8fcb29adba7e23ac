"""Importing invoices for a person who watches: a warning before live messages, then the work."""

from __future__ import annotations

from typing import Any

from adapters.runtime.machine import machine_clock
from domain.decision.state import CaseState
from domain.message_types import MESSAGES_TO_DEBTOR
from domain.simulation.ahead import deeds_ahead
from domain.simulation.case import SimulatedCase
from domain.simulation.world import Household
from starter.application import Application
from starter.cli.errors import UsageError
from starter.cli.output import Format, say, show_rows
from starter.cli.progress import bar
from starter.importing.files.invoices import InvoiceRow
from starter.importing.intake.batch import Batch
from starter.importing.intake.taking_in import (
    ImportDone,
    ImportOrder,
    carry_out_import,
    prepare_import,
    shown_import,
)
from starter.importing.intake.watched import WatchedStarter

_MOST_TODAY = 20
"""Deeds of one new case that are looked at: more than fit into a day."""

TODAY_COLUMNS = ("number", "customer", "at", "step", "channel", "open", "currency")


def invoices(application: Application, order: ImportOrder) -> dict[str, Any]:
    """Import; answers how many were opened, known, settled and started, and what was left.

    Raises:
        UsageError: on a live installation without --yes, after showing what would be sent today.
        FileError: if a line names a step that its policy does not have.
    """
    return shown_import(application, import_watched(application, order))


def import_watched(application: Application, order: ImportOrder) -> ImportDone:
    """Import, with a warning before live messages.

    Raises:
        UsageError: on a live installation without --yes, after showing what would be sent today.
        FileError: if a line names a step that its policy does not have.
    """
    prepared = prepare_import(application, order, machine_clock())
    _tell_of_the_erased(application, prepared.batch)
    if application.settings.live and not order.yes:
        _show_today(prepared.batch)
    application.runs  # noqa: B018 - asked before anything is written: nothing goes on without Temporal
    return carry_out_import(application, prepared, WatchedStarter(application, bar))


def _tell_of_the_erased(application: Application, batch: Batch) -> None:
    """Who was erased is chased by people alone, and no file brings the person back."""
    gone = application.erasure.erased(batch.creditor, {row.debtor.id for row in batch.rows})
    if gone:
        say(f"Erased on request, so nothing is taken in about them: {', '.join(gone)}.")


def _show_today(batch: Batch) -> None:
    sent = [line for row in batch.rows if not row.settled for line in _today(batch, row)]
    show_rows(sent, Format.TABLE, TODAY_COLUMNS)
    say("Messages really leave this installation (AMICABLE_LIVE).")
    raise UsageError(
        f"{len(sent)} messages would be sent today, as shown; repeat with --yes to let them go"
    )


def _today(batch: Batch, row: InvoiceRow) -> list[dict[str, Any]]:
    """The messages that a new case would send before its day is over."""
    debtor, policy, now = row.debtor, batch.policy_of(row), batch.now
    told, invoice = tuple(batch.messages(row)), batch.invoice(row)
    state = CaseState(invoice=invoice, policy=policy, debtor=debtor, now=now, messages=told)
    ends = state.calendar.end_of(state.calendar.local_date(now))
    case = SimulatedCase(state, ends)
    return [
        {
            "number": row.number,
            "customer": debtor.id,
            "at": deed.at,
            "step": deed.step,
            "channel": deed.channel,
            "open": row.open,
            "currency": row.amount.currency,
        }
        for deed in deeds_ahead(case, [case], Household(debtor=debtor), now, _MOST_TODAY)
        if deed.do in MESSAGES_TO_DEBTOR and deed.channel
    ]
