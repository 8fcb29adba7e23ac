"""Importing invoices for a person who watches: a warning before live messages, then the work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.runtime.machine import machine_clock
from domain.decision.state import CaseState
from domain.message_types import MESSAGES_TO_DEBTOR
from domain.policy.model import Policy
from domain.policy.policy_file import standard_policy
from domain.simulation.ahead import deeds_ahead
from domain.simulation.case import SimulatedCase
from domain.simulation.world import Household
from starter.application import Application
from starter.cli.errors import UsageError
from starter.cli.output import Format, say, show_rows
from starter.cli.progress import bar
from starter.importing.files.invoices import InvoiceRow
from starter.importing.intake import deciding
from starter.importing.intake import invoices as intake
from starter.importing.intake.starting import Starts

_MOST_TODAY = 20
"""Deeds of one new case that are looked at: more than fit into a day."""

TODAY_COLUMNS = ("number", "customer", "at", "step", "channel", "open", "currency")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrder:
    """What is to be imported, and whether live messages were agreed to.

    Attributes:
        policy: what was asked for; None leaves it to what was chosen for creditor and customers.
    """

    creditor: str
    rows: Sequence[InvoiceRow]
    policy: Policy | None
    yes: bool = False


def invoices(application: Application, order: ImportOrder) -> dict[str, Any]:
    """Import; answers how many were opened, known, settled and started.

    Raises:
        UsageError: on a live installation without --yes, after showing what would be sent today.
    """
    now = machine_clock()
    batch = _batch(application, order, now)
    _tell_of_the_erased(application, batch)
    if application.settings.live and not order.yes:
        _show_today(batch)
    runs = application.runs  # asked before anything is written: nothing goes on without Temporal
    settled = intake.refuse_invoice_conflicts(application, batch)
    with bar() as report:
        report("opening cases", 0, 0)
        opened = intake.open_batch(application, batch)
        alive = application.runner.run(runs.running(order.creditor))
        todo = intake.Todo(
            settle=frozenset(row.number for row in order.rows if row.settled) - settled,
            decide=intake.unattended(application, batch, alive),
        )
        starts = Starts(runs, alive, now, report, total=len(todo.settle) + len(todo.decide))
        started = application.runner.run(starts.all(deciding.decide(application, batch, todo)))
    return {
        "creditor": order.creditor,
        "read": len(order.rows),
        "opened": len(opened.new),
        "known": len(opened.known),
        "settled": len(todo.settle),
        "started": started,
    }


def _batch(application: Application, order: ImportOrder, now: datetime) -> intake.Batch:
    """The file with the policy of each row: what was asked for, else what was chosen before."""
    chosen = {} if order.policy else application.policies.choices(order.creditor)
    policy = order.policy or chosen.get("") or standard_policy()
    return intake.Batch(
        creditor=order.creditor, rows=order.rows, policy=policy, now=now, chosen=chosen
    )


def _tell_of_the_erased(application: Application, batch: intake.Batch) -> None:
    """Who was erased is chased by people alone, and no file brings the person back."""
    gone = application.erasure.erased(batch.creditor, {row.debtor.id for row in batch.rows})
    if gone:
        say(f"Erased on request, so nothing is taken in about them: {', '.join(gone)}.")


def _show_today(batch: intake.Batch) -> None:
    sent = [line for row in batch.rows if not row.settled for line in _today(batch, row)]
    show_rows(sent, Format.TABLE, TODAY_COLUMNS)
    say("Messages really leave this installation (AMICABLE_LIVE).")
    raise UsageError(
        f"{len(sent)} messages would be sent today, as shown; repeat with --yes to let them go"
    )


def _today(batch: intake.Batch, row: InvoiceRow) -> list[dict[str, Any]]:
    """The messages that a new case would send before its day is over."""
    debtor, policy, now = row.debtor, batch.policy_of(row), batch.now
    state = CaseState(invoice=batch.invoice(row), policy=policy, debtor=debtor, now=now)
    ends = state.calendar.end_of(state.calendar.local_date(now))
    case = SimulatedCase(state, ends)
    return [
        {
            "number": row.number,
            "customer": debtor.id,
            "at": deed.at,
            "step": deed.step,
            "channel": deed.channel,
            "open": row.amount,
            "currency": row.amount.currency,
        }
        for deed in deeds_ahead(case, [case], Household(debtor=debtor), now, _MOST_TODAY)
        if deed.do in MESSAGES_TO_DEBTOR and deed.channel
    ]
