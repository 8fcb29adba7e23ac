"""The customer's page: figures, contacts, invoices, the call at hand, and all that happened."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, RedirectResponse

from activities.ports.stores.customers import Mark
from activities.ports.types import CaseFile
from activities.services.customers.checks import CreditCheckService
from activities.services.customers.customers import CustomerSheet
from adapters.runtime.machine import machine_clock
from adapters.wiring.advice.checks import check_service
from domain.case.facts import Action
from domain.credit.model import Credit
from domain.decision.deeds import stage_of
from domain.decision.state import case_state
from domain.errors import DomainError
from domain.message_types import Stage
from domain.money import Money, parse_money
from domain.parties.console import CHIEFS, COLLECTING, NOTING
from starter.console.acts.acting import new_key
from starter.console.acts.case_acts import QUICK_ACTS
from starter.console.acts.reading import GivenForm, text_of
from starter.console.security.visit import Visit, Visiting
from starter.console.shown.addresses import customer_address

MOST_ENTRIES = 40
SHOWN_CONTACTS = ("name", "email", "phone", "country", "zone", "language", "sales_rep")
PERSON_FLAGS = ("do_not_contact", "vulnerable")


def customer_pages() -> APIRouter:
    """Make the addresses of customers, and of what is done to them as one."""
    router = APIRouter()
    router.add_api_route("/customers/{customer:path}", customer_page, methods=["GET"])
    for name, act in _ACTS.items():
        router.add_api_route(f"/customer/{name}", act, methods=["POST"])
    return router


def customer_page(
    customer: str, visit: Visiting, before: Annotated[str, Query(max_length=40)] = ""
) -> HTMLResponse:
    """Show everything about a customer, in the order in which a collector asks."""
    services = visit.application
    shown = services.customers.show(visit.creditor, customer)
    files = services.cases.open_files(visit.creditor, customer)
    found = visit.services.looking.timeline(
        visit.creditor, customer, before=_instant(before), limit=MOST_ENTRIES + 1
    )
    return visit.page(
        "customer.html",
        title=shown.debtor.name or customer,
        here="",
        shown=shown,
        customer=customer,
        entries=found[:MOST_ENTRIES],
        more=found[MOST_ENTRIES - 1].at.isoformat() if len(found) > MOST_ENTRIES else "",
        acts=[act for act in QUICK_ACTS if visit.person.role in act.roles],
        key=new_key(),
        given={},
        to_pay=_to_pay(shown),
        **_invoices(visit, customer, files),
        team=services.team.list(visit.creditor),
        contact_fields=SHOWN_CONTACTS,
        check=_checks(visit).check(visit.creditor, customer),
        **_call(visit, shown, files),
    )


def _invoices(visit: Visit, customer: str, files: tuple[CaseFile, ...]) -> dict[str, Any]:
    """The open invoices: which there are, what of them is contested, where they stand by now."""
    return {
        "numbers": [file.invoice.number for file in files],
        "contested": _contested(files, visit.now),
        "unheard": _unheard(visit, customer, files),
    }


def _call(visit: Visit, shown: CustomerSheet, files: tuple[CaseFile, ...]) -> dict[str, Any]:
    """The call at hand: what to know, what to say, and what time it is there."""
    zone = shown.debtor.zone
    there = visit.now.astimezone(ZoneInfo(zone))
    told, script = visit.application.briefings.prepare(files) if files else (None, None)
    return {"briefing": told, "script": script, "there": there}


def _to_pay(shown: CustomerSheet) -> list[Any]:
    found: dict[str, Any] = {}
    for stated in shown.stated.values():
        known = found.get(stated.total.currency)
        found[stated.total.currency] = known + stated.total if known else stated.total
    return [found[currency] for currency in sorted(found)]


def _contested(files: tuple[CaseFile, ...], now: datetime) -> list[Money]:
    """What is contested of the open invoices, one sum for each currency."""
    found: dict[str, int] = {}
    for file in files:
        currency = file.invoice.amount.currency
        found[currency] = found.get(currency, 0) + case_state(file, now).case.disputed
    return [Money(minor, currency) for currency, minor in sorted(found.items()) if minor]


def _unheard(
    visit: Visit, customer: str, files: tuple[CaseFile, ...]
) -> dict[str, tuple[Stage, Action]]:
    """Where invoices stand, and what comes next, that were told what no worker has heard yet."""
    steps = visit.application.cases.next_steps(visit.creditor, customer)
    states = [
        case_state(file, visit.now)
        for file in files
        if (step := steps.get(file.invoice.case_id)) and step.has_news
    ]
    return {
        one.invoice.case_id: (stage_of(one.case, one.calendar, one.now), one.next_action)
        for one in states
    }


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def write_note(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Keep a note about a customer, or about one invoice."""
    visit.needs(NOTING)
    customer = _customer_of(form, visit)
    number = text_of(form, "number")
    case_id = _case_id(visit, customer, number) if number else ""
    visit.services.looking.add_note(
        visit.creditor, customer, text_of(form, "said"), by=visit.person.name, case_id=case_id
    )
    return visit.back_to(customer_address(customer))


def set_contact(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Put down how a customer is reached; an empty field changes nothing."""
    visit.needs(COLLECTING)
    customer = _customer_of(form, visit)
    told = {name: text_of(form, name) for name in SHOWN_CONTACTS}
    customers = visit.application.customers
    customers.set_contact(visit.creditor, customer, told, by=visit.person.name)
    _wake_all(visit, customers.to_wake(visit.creditor, customer))
    return visit.back_to(customer_address(customer))


def set_credit(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Hold or release a customer's credit by hand."""
    visit.needs(CHIEFS)
    customer, after = _customer_of(form, visit), text_of(form, "after")
    if after not in list(Credit):
        raise DomainError("choose what the credit becomes", field="after")
    why, by = text_of(form, "why"), visit.person.name
    visit.application.credit.move(visit.creditor, customer, Credit(after), why=why, by=by)
    return visit.back_to(customer_address(customer))


def limit_credit(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Set a customer's credit limit in a currency; an empty amount takes it away."""
    visit.needs(CHIEFS)
    customer, amount = _customer_of(form, visit), text_of(form, "amount")
    currency = text_of(form, "currency").upper()
    wanted = parse_money(amount, currency) if amount else currency
    why, by = text_of(form, "why"), visit.person.name
    _checks(visit).set_limit(visit.creditor, customer, wanted, why=why, by=by)
    return visit.back_to(customer_address(customer))


def _checks(visit: Visit) -> CreditCheckService:
    return check_service(visit.application.engine, machine_clock)


def set_flag(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Set what holds for a customer as a person, or take it away."""
    visit.needs(COLLECTING)
    customer, flag = _customer_of(form, visit), text_of(form, "flag")
    if flag not in PERSON_FLAGS:
        raise DomainError("choose what holds for the customer", field="flag")
    is_on = text_of(form, "on") == "yes"
    mark = Mark(flag=flag, is_on=is_on, why=text_of(form, "why"), by=visit.person.name)
    changed = visit.application.flags.set_flag(visit.creditor, customer, mark)
    _wake_all(visit, changed.cases)
    return visit.back_to(customer_address(customer))


def give_to_colleague(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Say who looks after a customer."""
    visit.needs(COLLECTING)
    customer = _customer_of(form, visit)
    visit.application.team.set_owner(visit.creditor, customer, text_of(form, "owner"))
    return visit.back_to(customer_address(customer))


def _customer_of(form: GivenForm, visit: Visit) -> str:
    """The customer of a form, who is there and of the person's own creditor."""
    customer = text_of(form, "customer")
    visit.application.customers.debtor(visit.creditor, customer)
    return customer


def _case_id(visit: Visit, customer: str, number: str) -> str:
    rows = visit.application.cases.open_files(visit.creditor, customer)
    found = [file.invoice.case_id for file in rows if file.invoice.number == number]
    if not found:
        raise DomainError("this customer has no open invoice of that number", field="number")
    return found[0]


def _wake_all(visit: Visit, cases: tuple[str, ...]) -> None:
    for case_id in cases:
        visit.wake(visit.application.desk.look(case_id))


_ACTS = {
    "note": write_note,
    "contact": set_contact,
    "credit": set_credit,
    "limit": limit_credit,
    "flag": set_flag,
    "owner": give_to_colleague,
}
