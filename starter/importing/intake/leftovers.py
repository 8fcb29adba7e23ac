"""What of a file is not opened, and what of it contradicts the ledger: named line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from domain.errors import RefusedError
from domain.ids import CaseId
from domain.intake.known_words import refuse_unknown_step
from domain.money import Money
from domain.policy.model import Policy
from starter.application import Application
from starter.importing.exports.export import CreditRow, Export, LeftOut
from starter.importing.files.invoices import InvoiceRow
from starter.importing.intake.batch import Batch


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDifference:
    """An invoice that was opened before and of which the file says something else is open."""

    number: str
    file: str
    ledger: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNotes:
    """The credit notes of a file by what can be done with them.

    Attributes:
        new: by number of an invoice of the file, to be heard when it is opened.
        later: those of invoices that were opened before.
        left_out: the others, and why.
    """

    new: Mapping[str, tuple[tuple[str, Money], ...]]
    later: tuple[CreditRow, ...]
    left_out: tuple[LeftOut, ...]


def sort_credit_notes(
    application: Application, creditor: str, export: Export, *, wanted: bool
) -> CreditNotes:
    """Find for each credit note the invoice that it names."""
    mine = {row.number for row in export.rows}
    cases = [str(CaseId(creditor, one.invoice)) for one in export.credits if one.invoice]
    known = {row.number for row in application.cases.rows(cases)} if cases else set()
    new: dict[str, tuple[tuple[str, Money], ...]] = {}
    later, left_out = list[CreditRow](), list[LeftOut]()
    for one in export.credits:
        if wanted and one.invoice in known:
            later.append(one)
        elif wanted and one.invoice in mine:
            new[one.invoice] = (*new.get(one.invoice, ()), (one.number, one.amount))
        else:
            why = _why_left(one, wanted=wanted)
            left_out.append(LeftOut(line=one.line, number=one.number, why=why, place=one.place))
    return CreditNotes(new=new, later=tuple(later), left_out=tuple(left_out))


def _why_left(one: CreditRow, *, wanted: bool) -> str:
    what = f"a credit note of {one.amount}"
    if not one.invoice:
        return f"{what} that names no invoice: record it for the invoice it is for"
    if wanted:
        return f"{what} for {one.invoice}, which is not open here"
    return f"{what} for {one.invoice}, which was not asked for"


def wrong_steps(rows: Iterable[InvoiceRow], batch: Batch) -> Iterator[tuple[InvoiceRow, str]]:
    """The rows whose last reminder is no step of the policy that they will follow."""
    for row in rows:
        try:
            _check_step(row, batch.policy_of(row))
        except RefusedError as reason:
            yield row, f"{row.where}: last_step: {reason}"


def _check_step(row: InvoiceRow, policy: Policy) -> None:
    if row.last_step:
        refuse_unknown_step(row.last_step, policy)


def open_differences(
    application: Application, batch: Batch, export: Export, known: Iterable[str]
) -> list[OpenDifference]:
    """Invoices that were opened before, of which the file says that something else is open."""
    if not export.tells_open:
        return []
    told: dict[str, Money | None] = {row.number: row.open for row in batch.rows}
    told |= {one.number: None for one in export.left_out if one.number}
    ids = {
        *known,
        *(str(CaseId(batch.creditor, one.number)) for one in export.left_out if one.number),
    }
    found = []
    for row in application.cases.rows(sorted(ids)):
        file = told.get(row.number)
        if row.open.minor != (file.minor if file else 0) and not row.outcome:
            said = file.plain if file else "0"
            found.append(OpenDifference(number=row.number, file=said, ledger=row.open))
    return found
