"""The bank: money that waits for a person, beside the invoices it may be for; and its undoing."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse

from activities.cases.waking import ToWake
from activities.ports.bank.store import BankEntryRow, EntryState
from activities.ports.stores.cases import CaseRow
from domain.errors import DomainError
from domain.parties.console import COLLECTING
from starter.console.acts.reading import GivenForm, text_of
from starter.console.security.visit import Visit, Visiting

_MOST_SHOWN = 50
_LATELY = 20
_WAIT = (EntryState.OPEN, EntryState.BATCH)
_DECIDED = (EntryState.POSTED, EntryState.DISMISSED)


def bank_pages() -> APIRouter:
    """Make the addresses of what came into the bank."""
    router = APIRouter()
    router.add_api_route("/money/bank", bank_page, methods=["GET"])
    router.add_api_route("/money/bank/assign", assign_by_form, methods=["POST"])
    router.add_api_route("/money/bank/dismiss", dismiss_by_form, methods=["POST"])
    router.add_api_route("/money/bank/undo", undo_entry_by_form, methods=["POST"])
    return router


def bank_page(visit: Visiting) -> HTMLResponse:
    """Show what waits for a person, and what was decided lately."""
    entries = visit.application.bank.entries
    rows = entries.entries(visit.creditor, _WAIT, _MOST_SHOWN + 1)
    decided = entries.entries(visit.creditor, _DECIDED, _LATELY)
    return visit.page(
        "banking/entries.html",
        title=visit.gettext("Money in the bank"),
        here="money",
        rows=rows[:_MOST_SHOWN],
        is_cut=len(rows) > _MOST_SHOWN,
        invoices=_invoices(visit, rows),
        decided=decided,
        names=_names(visit, decided),
    )


def assign_by_form(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Post an entry for the invoices that a person ticked or named."""
    visit.needs(COLLECTING)
    ticked = [one for one in form.getlist("number") if isinstance(one, str) and one]
    named = [one.strip() for one in text_of(form, "numbers").replace(";", ",").split(",")]
    numbers = [*ticked, *filter(None, named)]
    if not numbers:
        raise DomainError("choose at least one invoice", field="number")
    entries = visit.application.bank.entries
    row, woken = entries.assign(visit.creditor, text_of(form, "entry"), numbers, visit.person.name)
    return _decided(visit, row, woken)


def dismiss_by_form(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Say that an entry is no customer's money."""
    visit.needs(COLLECTING)
    row, woken = visit.application.bank.entries.dismiss(
        visit.creditor, text_of(form, "entry"), visit.person.name, text_of(form, "note")
    )
    return _decided(visit, row, woken)


def undo_entry_by_form(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Take an entry back into question: what it paid is owed again."""
    visit.needs(COLLECTING)
    entry, person = text_of(form, "entry"), visit.person.name
    before = visit.application.bank.entries.show(visit.creditor, entry)
    row, woken = visit.application.bank.entries.undo(visit.creditor, entry, person)
    return _decided(visit, row, woken, before.outcome.customer)


def _decided(
    visit: Visit, row: BankEntryRow, woken: Sequence[ToWake], customer: str = ""
) -> RedirectResponse:
    for one in woken:
        visit.wake(one)
    for whose in {customer, row.outcome.customer} - {""}:
        visit.services.worklist.refresh_customer(visit.creditor, whose)
    return visit.back_to("/money/bank")


def _names(visit: Visit, rows: Sequence[BankEntryRow]) -> dict[str, str]:
    """The names of the customers whose money it was, by id."""
    whose = {row.outcome.customer for row in rows} - {""}
    known = visit.application.customers.debtors(visit.creditor, sorted(whose))
    return {customer: debtor.name for customer, debtor in known.items()}


def _invoices(visit: Visit, rows: Sequence[BankEntryRow]) -> dict[str, CaseRow]:
    """The invoices of all proposals, by the case's id."""
    named = {case for row in rows for one in row.proposals for case in one.cases}
    return {row.case_id: row for row in visit.application.cases.rows(sorted(named))}
