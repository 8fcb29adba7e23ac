"""Takes in the invoices that a file tells of: all of them or nothing, and each case is started.

A command and the gateway do the same here; how workflows are started, each says itself.
"""

# One thing: an import from what was read to the answer about it, step by step.

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from activities.cases.waking import ToWake
from activities.ports.stores.batches import OpenedMany
from activities.ports.types import ConflictError
from domain.contact.missing import why_unreachable
from domain.ids import CaseId
from domain.message_types import MessageType
from domain.parties.sources import ContactSource
from domain.policy.model import Policy
from domain.policy.policy_file import standard_policy
from starter.application import Application
from starter.importing.exports.export import CreditRow, Export, LeftOut
from starter.importing.files.problems import FileError
from starter.importing.intake import deciding
from starter.importing.intake import invoices as intake
from starter.importing.intake.batch import IMPORT_SOURCE, Batch
from starter.importing.intake.conflicts import import_conflicts
from starter.importing.intake.deciding import Ready
from starter.importing.intake.far_dates import wrong_due_dates
from starter.importing.intake.leftovers import (
    CreditNotes,
    open_differences,
    sort_credit_notes,
    wrong_steps,
)
from starter.importing.intake.updating import (
    ListUpdate,
    carry_out_update,
    change_lines,
    foreseen_update,
    kept_lines,
)


class CaseStarter(Protocol):
    """Starts and wakes the workflows of cases."""

    def alive(self, creditor: str) -> set[str] | None:
        """Name the cases whose workflows run; None if only new cases are to be started."""
        ...

    def start(self, ready: Iterator[list[Ready]], expected: int) -> int:
        """Start or wake all cases while the next ones are decided; answers how many started."""
        ...

    def wake(self, woken: Iterable[ToWake]) -> None:
        """Wake cases that heard something."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrder:
    """What is to be imported, and what was agreed to.

    Attributes:
        policy: what was asked for; None leaves it to what was chosen for creditor and customers.
        yes: live messages may go out.
        credit_notes: those that name their invoice are recorded.
        partial: what is wrong is left over, and the rest goes in.
        update: what the list says anew about cases that were opened before is taken in.
        source: who tells about the customers: a file, or the billing system itself.
    """

    creditor: str
    export: Export
    policy: Policy | None
    yes: bool = False
    credit_notes: bool = False
    partial: bool = False
    update: bool = False
    source: ContactSource = ContactSource.IMPORT


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedImport:
    """An import that was checked as far as it can be without changing anything.

    Attributes:
        left_over: what was wrong and is not taken in.
        update: what changes about cases that were opened before.
    """

    order: ImportOrder
    batch: Batch
    notes: CreditNotes
    left_over: tuple[str, ...] = ()
    update: ListUpdate = field(default_factory=ListUpdate)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDone:
    """What was done, for the answer."""

    prepared: PreparedImport
    batch: Batch
    opened: OpenedMany
    settled: int
    started: int
    left_over: tuple[str, ...]
    credited: int
    refused_credits: tuple[LeftOut, ...] = field(default=())


def prepare_import(application: Application, order: ImportOrder, now: datetime) -> PreparedImport:
    """Check an import, and find the policy of each invoice.

    Raises:
        FileError: if a line names a step that its policy does not have, or a due date for which
            no holidays are known.
    """
    notes = sort_credit_notes(application, order.creditor, order.export, wanted=order.credit_notes)
    batch, left_over = _without_wrong_rows(
        application, _batch(application, order, notes, now), order
    )
    update = foreseen_update(application, batch, order.export) if order.update else ListUpdate()
    return PreparedImport(order=order, batch=batch, notes=notes, left_over=left_over, update=update)


def carry_out_import(
    application: Application, prepared: PreparedImport, starter: CaseStarter
) -> ImportDone:
    """Open, tell, decide and start all cases of an import.

    Raises:
        ConflictError: if a number was opened before with other content; nothing was opened.
    """
    batch, opened, more = _opened(application, prepared)
    settled, started = _decided(application, batch, opened, starter)
    refused = _credited(application, prepared, starter)
    starter.wake(carry_out_update(application, prepared.update))
    return ImportDone(
        prepared=prepared,
        batch=batch,
        opened=opened,
        settled=settled,
        started=started,
        left_over=(*prepared.order.export.refused, *prepared.left_over, *more),
        credited=_credits(prepared) - len(refused),
        refused_credits=refused,
    )


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
        source=order.source,
    )


def _without_wrong_rows(
    application: Application, batch: Batch, order: ImportOrder
) -> tuple[Batch, tuple[str, ...]]:
    wrong = [*wrong_steps(batch.rows, batch), *wrong_due_dates(application, batch)]
    wrong.sort(key=lambda found: found[0].line)
    if wrong and not order.partial:
        raise FileError([text for _, text in wrong])
    lines = {row.line for row, _ in wrong}
    rows = [row for row in batch.rows if row.line not in lines]
    return replace(batch, rows=rows), tuple(text for _, text in wrong)


def _opened(
    application: Application, prepared: PreparedImport
) -> tuple[Batch, OpenedMany, tuple[str, ...]]:
    """Open all; where it may be a part, without those that were opened with other content."""
    batch = _without_changed(application, prepared)
    try:
        intake.refuse_invoice_conflicts(application, batch)
        return batch, intake.open_batch(application, batch), ()
    except ConflictError as conflict:
        other = {row.line for row in batch.rows if batch.invoice(row).case_id in conflict.ids}
        if not prepared.order.partial or not other:
            raise
    gone = [row for row in batch.rows if row.line in other]
    rest = replace(batch, rows=[row for row in batch.rows if row.line not in other])
    texts = tuple(
        f"{row.where}: number: {row.number} was opened before with other content" for row in gone
    )
    return rest, intake.open_batch(application, rest), texts


def _without_changed(application: Application, prepared: PreparedImport) -> Batch:
    """The batch without cases that are changed by it: they are not opened with other content.

    What it tells about their customers counts all the same.
    """
    if not prepared.order.update:
        return prepared.batch
    found = list(import_conflicts(application, prepared.batch))
    changed = {row.number for row, _ in found}
    rows = [row for row in prepared.batch.rows if row.number not in changed]
    told = [row.debtor for row, differs in found if "customer" not in differs]
    return replace(prepared.batch, rows=rows, besides=told)


def _decided(
    application: Application, batch: Batch, opened: OpenedMany, starter: CaseStarter
) -> tuple[int, int]:
    """Tell the cases what the file says, decide, and start their workflows."""
    settled = intake.refuse_invoice_conflicts(application, batch)
    undecided = application.imports.undecided()
    alive = starter.alive(batch.creditor)
    todo = intake.Todo(
        settle=frozenset(row.number for row in batch.rows if row.settled) - settled,
        tell=frozenset(
            row.number
            for row in batch.rows
            if batch.invoice(row).case_id in undecided and batch.has_more(row)
        ),
        decide=_to_decide(application, batch, opened, alive, undecided),
    )
    total = len(todo.settle | todo.tell) + len(todo.decide)
    started = starter.start(deciding.decide(application, batch, todo), total)
    return len(todo.settle), started


def _to_decide(
    application: Application,
    batch: Batch,
    opened: OpenedMany,
    alive: set[str] | None,
    undecided: set[str],
) -> set[str]:
    """The cases whose workflows are to be started."""
    if alive is not None:
        return intake.unattended(application, batch, alive)
    return {*opened.new, *(undecided & {batch.invoice(row).case_id for row in batch.rows})}


def _credited(
    application: Application, prepared: PreparedImport, starter: CaseStarter
) -> tuple[LeftOut, ...]:
    """Record credit notes on invoices that were opened before; answers those that were refused."""
    refused, woken = list[LeftOut](), list[ToWake]()
    for one in prepared.notes.later:
        case = str(CaseId(prepared.order.creditor, one.invoice))
        body = {
            "id": f"{IMPORT_SOURCE}/{one.number}",
            "amount": one.amount.plain,
            "currency": one.amount.currency,
        }
        answer, news = application.desk.say(case, MessageType.CREDIT_NOTE, body)
        woken.append(news)
        if not answer.accepted:
            refused.append(_refused(one, answer.text))
    starter.wake(woken)
    return tuple(refused)


def _refused(one: CreditRow, why: str) -> LeftOut:
    told = f"a credit note of {one.amount} for {one.invoice}: {why}"
    return LeftOut(line=one.line, number=one.number, why=told, place=one.place)


def _credits(prepared: PreparedImport) -> int:
    notes = prepared.notes
    return len(notes.later) + sum(map(len, notes.new.values()))


def shown_import(application: Application, done: ImportDone) -> dict[str, Any]:
    """Show what an import did, and what else there is to say, where there is anything to say."""
    order, batch = done.prepared.order, done.batch
    more = len(done.left_over) - len(order.export.refused)
    base = {
        "creditor": order.creditor,
        "read": len(batch.rows) + more,
        "opened": len(done.opened.new),
        "known": len(done.opened.known),
        "settled": done.settled,
        "started": done.started,
    }
    return base | {name: value for name, value in _besides(application, done).items() if value}


def _besides(application: Application, done: ImportDone) -> dict[str, Any]:
    export = done.prepared.order.export
    left_out = (*export.left_out, *done.prepared.notes.left_out, *done.refused_credits)
    changed = {one.case.number for one in done.prepared.update.changes}
    differ = open_differences(application, done.batch, export, done.opened.known)
    return {
        "left_out": [left_out_line(one) for one in sorted(left_out, key=lambda one: one.line)],
        "left_over": list(done.left_over),
        "ignored": list(export.ignored),
        "credit_notes": done.credited,
        "changed": change_lines(done.prepared.update.changes),
        "kept": kept_lines(done.prepared.update.kept),
        "unreachable": _unreachable(done),
        "contradictions": [
            {"customer": customer, "field": one.field, "kept": one.kept, "given": one.given}
            for customer, known in done.opened.believed.items()
            for one in known.contradictions
        ],
        "differs": [
            {"number": one.number, "file": one.file, "ledger": one.ledger}
            for one in differ
            if one.number not in changed
        ],
    }


def _unreachable(done: ImportDone) -> list[str]:
    """Why nobody can write to customers of new cases."""
    batch, new = done.batch, {*done.opened.new}
    rows = {row.debtor.id: row for row in batch.rows if batch.invoice(row).case_id in new}
    found = (
        why_unreachable(done.opened.believed[customer].debtor, batch.policy_of(row))
        for customer, row in rows.items()
    )
    return [why for why in found if why]


def left_out_line(one: LeftOut) -> dict[str, Any]:
    """Show a document that is not opened: where it stands, and why."""
    where = {"file": one.place} if one.place else {"line": one.line}
    return {**where, "number": one.number or None, "why": one.why}
