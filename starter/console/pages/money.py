"""Money: payments with what took them, and what lies on accounts, to be allocated by hand."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, RedirectResponse

from activities.ports.money_types import Placing
from activities.ports.stores.payments import PaymentRow
from domain.errors import DomainError
from domain.money import parse_money
from domain.parties.console import CHIEFS, COLLECTING
from starter.console.acts.acting import new_key
from starter.console.acts.reading import GivenForm, plain_amount, text_of
from starter.console.security.visit import Visit, Visiting

_MOST_PAYMENTS = _MOST_INVOICES = 50


def money_pages() -> APIRouter:
    """Make the addresses of money."""
    router = APIRouter()
    router.add_api_route("/money", money_page, methods=["GET"])
    router.add_api_route("/money/allocate", allocate_by_form, methods=["POST"])
    router.add_api_route("/money/refund", refund_by_form, methods=["POST"])
    return router


def money_page(visit: Visiting, of: Annotated[str, Query(max_length=10)] = "left") -> HTMLResponse:
    """Show what lies on accounts, beside the invoices that it may be for; or all payments."""
    left = of != "all"
    rows = visit.application.payments.list(visit.creditor, unallocated=left, limit=_MOST_PAYMENTS)
    customers = sorted({row.payment.customer for row in rows})
    owing = visit.application.cases.owing(visit.creditor, customers, _MOST_INVOICES) if left else {}
    return visit.page(
        "money.html",
        title=visit.gettext("Money"),
        here="money",
        rows=rows,
        left=left,
        most=_MOST_PAYMENTS,
        key=new_key(),
        open=owing,
    )


def allocate_by_form(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Let invoices have what is left of a payment; pressed twice it counts once."""
    visit.needs(COLLECTING)
    numbers = tuple(one for one in form.getlist("number") if isinstance(one, str) and one)
    if not numbers:
        raise DomainError("choose at least one invoice", field="number")
    return _place(form, visit, numbers)


def refund_by_form(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Record that money on an account was given back."""
    visit.needs(CHIEFS)
    return _place(form, visit, ())


def _place(form: GivenForm, visit: Visit, numbers: tuple[str, ...]) -> RedirectResponse:
    row = _payment(form, visit)
    told = plain_amount(text_of(form, "amount"))
    amount = parse_money(told, row.payment.amount.currency) if told else None
    if amount is not None and amount.minor <= 0:
        raise DomainError("write an amount of more than zero", field="amount")
    order = Placing(
        creditor=visit.creditor,
        customer=row.payment.customer,
        id=text_of(form, "id")[:100] or new_key(),
        source=row.payment.source,
        payment=row.payment.id,
        invoices=numbers,
        amount=amount,
        note=text_of(form, "note"),
        by=visit.person.name,
    )
    _, woken = visit.application.desk.place(order)
    for one in woken:
        visit.wake(one)
    visit.services.worklist.refresh_customer(visit.creditor, row.payment.customer)
    return visit.back_to("/money")


def _payment(form: GivenForm, visit: Visit) -> PaymentRow:
    source, payment = text_of(form, "source"), text_of(form, "payment")
    return visit.application.payments.show(visit.creditor, source, payment)
