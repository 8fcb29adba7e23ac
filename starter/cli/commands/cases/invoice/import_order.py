"""Importing invoices for a person who watches: a warning before live messages, then the work."""

# One thing: an import from the file that was read to the answer about it, step by step.

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from activities.ports.stores.batches import OpenedMany
from activities.ports.types import ConflictError
from adapters.runtime.machine import machine_clock
from domain.contact.missing import why_unreachable
from domain.decision.state import CaseState
from domain.ids import CaseId
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
from starter.importing.exports.export import Export, LeftOut
from starter.importing.files.invoices import InvoiceRow
from starter.importing.files.problems import FileError
from starter.importing.intake import deciding
from starter.importing.intake import invoices as intake
from starter.importing.intake.batch import Batch
from starter.importing.intake.leftovers import (
    CreditNotes,
    open_differences,
    sort_credit_notes,
    wrong_steps,
)
from starter.importing.intake.starting import Starts

_MOST_TODAY = 20
"""Deeds of one new case that are looked at: more than fit into a day."""

TODAY_COLUMNS = ("number", "customer", "at", "step", "channel", "open", "currency")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrder:
    """What is to be imported, and what was agreed to.

    Attributes:
        policy: what was asked for; None leaves it to what was chosen for creditor and customers.
        yes: live messages may go out.
        credit_notes: those that name their invoice are recorded.
        partial: what is wrong is left over, and the rest goes in.
    """

    creditor: str
    export: Export
    policy: Policy | None
    yes: bool = False
    credit_notes: bool = False
    partial: bool = False


def invoices(application: Application, order: ImportOrder) -> dict[str, Any]:
    """Import; answers how many were opened, known, settled and started, and what was left.

    Raises:
        UsageError: on a live installation without --yes, after showing what would be sent today.
        FileError: if a line names a step that its policy does not have.
    """
    now = machine_clock()
    notes = sort_credit_notes(application, order.creditor, order.export, wanted=order.credit_notes)
    batch, left_over = _without_wrong_steps(_batch(application, order, notes, now), order)
    _tell_of_the_erased(application, batch)
    if application.settings.live and not order.yes:
        _show_today(batch)
    application.runs  # noqa: B018 - asked before anything is written: nothing goes on without Temporal
    batch, opened, more = _opened(application, batch, order)
    told = _decided(application, batch)
    for one in notes.later:
        case = str(CaseId(order.creditor, one.invoice))
        application.client.credit(case, one.amount, message_id=f"import/{one.number}")
    base = {
        "creditor": order.creditor,
        "read": len(batch.rows) + len(left_over) + len(more),
        "opened": len(opened.new),
        "known": len(opened.known),
        **told,
    }
    left = (*order.export.refused, *left_over, *more)
    done = _Done(batch=batch, opened=opened, notes=notes, left_over=left)
    return base | _besides(application, order, done)


def _batch(
    application: Application, order: ImportOrder, notes: CreditNotes, now: datetime
) -> Batch:
    """The file with the policy of each row: what was asked for, else what was chosen before."""
    chosen = {} if order.policy else application.policies.choices(order.creditor)
    policy = order.policy or chosen.get("") or standard_policy()
    return Batch(
        creditor=order.creditor,
        rows=order.export.rows,
        policy=policy,
        now=now,
        chosen=chosen,
        credits=notes.new,
    )


def _without_wrong_steps(batch: Batch, order: ImportOrder) -> tuple[Batch, tuple[str, ...]]:
    wrong = list(wrong_steps(batch.rows, batch))
    if wrong and not order.partial:
        raise FileError([text for _, text in wrong])
    lines = {row.line for row, _ in wrong}
    rows = [row for row in batch.rows if row.line not in lines]
    return replace(batch, rows=rows), tuple(text for _, text in wrong)


def _opened(
    application: Application, batch: Batch, order: ImportOrder
) -> tuple[Batch, OpenedMany, tuple[str, ...]]:
    """Open all; with --partial without those that were opened before with other content."""
    try:
        intake.refuse_invoice_conflicts(application, batch)
        return batch, intake.open_batch(application, batch), ()
    except ConflictError as conflict:
        other = {row.line for row in batch.rows if batch.invoice(row).case_id in conflict.ids}
        if not order.partial or not other:
            raise
    gone = [row for row in batch.rows if row.line in other]
    rest = replace(batch, rows=[row for row in batch.rows if row.line not in other])
    texts = tuple(
        f"line {row.line}: number: {row.number} was opened before with other content"
        for row in gone
    )
    return rest, intake.open_batch(application, rest), texts


def _decided(application: Application, batch: Batch) -> dict[str, int]:
    """Tell the cases what the file says, decide, and start their workflows."""
    settled = intake.refuse_invoice_conflicts(application, batch)
    undecided = application.imports.undecided()
    runs = application.runs
    with bar() as report:
        alive = application.runner.run(runs.running(batch.creditor))
        todo = intake.Todo(
            settle=frozenset(row.number for row in batch.rows if row.settled) - settled,
            tell=frozenset(
                row.number
                for row in batch.rows
                if batch.invoice(row).case_id in undecided and batch.has_more(row)
            ),
            decide=intake.unattended(application, batch, alive),
        )
        total = len(todo.settle | todo.tell) + len(todo.decide)
        starts = Starts(runs, alive, batch.now, report, total=total)
        started = application.runner.run(starts.all(deciding.decide(application, batch, todo)))
    return {"settled": len(todo.settle), "started": started}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """What was done, for the answer.

    Attributes:
        left_over: what was wrong and is not taken in.
    """

    batch: Batch
    opened: OpenedMany
    notes: CreditNotes
    left_over: tuple[str, ...]


def _besides(application: Application, order: ImportOrder, done: _Done) -> dict[str, Any]:
    """What else there is to say, where there is anything to say."""
    left_out = (*order.export.left_out, *done.notes.left_out)
    differ = open_differences(application, done.batch, order.export, done.opened.known)
    told = {
        "left_out": [_line(one) for one in sorted(left_out, key=lambda one: one.line)],
        "left_over": list(done.left_over),
        "ignored": list(order.export.ignored),
        "credit_notes": len(done.notes.later) + sum(map(len, done.notes.new.values())),
        "unreachable": _unreachable(done),
        "contradictions": [
            {"customer": customer, "field": one.field, "kept": one.kept, "given": one.given}
            for customer, known in done.opened.believed.items()
            for one in known.contradictions
        ],
        "differs": [
            {"number": one.number, "file": one.file, "ledger": one.ledger} for one in differ
        ],
    }
    return {name: value for name, value in told.items() if value}


def _unreachable(done: _Done) -> list[str]:
    """Why nobody can write to customers of new cases."""
    batch, new = done.batch, {*done.opened.new}
    rows = {row.debtor.id: row for row in batch.rows if batch.invoice(row).case_id in new}
    found = (
        why_unreachable(done.opened.believed[customer].debtor, batch.policy_of(row))
        for customer, row in rows.items()
    )
    return [why for why in found if why]


def _line(one: LeftOut) -> dict[str, Any]:
    return {"line": one.line, "number": one.number or None, "why": one.why}


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
