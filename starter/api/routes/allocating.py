"""The routes that place money on an account: allocate it to invoices, or give it back."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi.responses import JSONResponse
from pydantic import ConfigDict, Field

from activities.payments.allocating import Moved
from activities.ports.money_types import Placing
from domain.ids import CaseId, PaymentName
from domain.money import parse_money
from starter.api.dependencies import Ask, Asked, shown_json
from starter.api.errors import HttpProblem
from starter.api.fields import Amount, Name, Short, Strict, Text

_ALLOCATION: dict[str, Any] = {"id": "A-1", "payment": "bank/B-4711", "invoices": ["2026-0008"]}
_REFUND: dict[str, Any] = {"id": "F-1", "payment": "bank/B-4711", "amount": "30.00"}

_OwnId = Annotated[Name | None, Field(description="Its id; the idempotency key else.")]
_Payment = Annotated[
    Short, Field(description="The payment or credit note in which it lies, as SOURCE/ID.")
]
_HowMuch = Annotated[Amount | None, Field(description="How much of it; all that there is else.")]


class NewAllocation(Strict):
    """Which invoices shall have what lies on an account, or on an invoice as a surplus."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ALLOCATION]})

    id: _OwnId = None
    payment: _Payment = ""
    surplus_of: Annotated[
        Short, Field(description="The invoice whose surplus it is, where no payment is named.")
    ] = ""
    invoices: Annotated[
        list[Name],
        Field(min_length=1, max_length=100, description="Numbers, settled in this order."),
    ]
    amount: _HowMuch = None
    note: Text = ""


class NewRefund(Strict):
    """What of the money on an account was given back."""

    model_config = ConfigDict(json_schema_extra={"examples": [_REFUND]})

    id: _OwnId = None
    payment: Annotated[_Payment, Field(min_length=1)]
    amount: _HowMuch = None
    note: Text = ""


def allocate_money(new: NewAllocation, ask: Asked) -> JSONResponse:
    """Let invoices have a payment's rest, a credit note or a surplus; the same id twice is once."""
    if bool(new.payment) == bool(new.surplus_of):
        told = "payment: name the payment or credit note in which it lies, or surplus_of"
        raise HttpProblem("invalid", told, field="payment")
    whose = _lying_on(ask, new.payment) if new.payment else _surplus_on(ask, new.surplus_of)
    return _place(ask, new, whose, tuple(new.invoices))


def refund_money(new: NewRefund, ask: Asked) -> JSONResponse:
    """Record that money on an account was given back; the same id twice is once."""
    return _place(ask, new, _lying_on(ask, new.payment), ())


def _lying_on(ask: Ask, payment: str) -> dict[str, str]:
    name = PaymentName.parse(payment)
    row = ask.application.payments.show(ask.creditor, name.source, name.id)
    return {
        "customer": row.payment.customer,
        "source": name.source,
        "payment": name.id,
        "currency": row.payment.amount.currency,
    }


def _surplus_on(ask: Ask, number: str) -> dict[str, str]:
    invoice = ask.file(CaseId.named(number, ask.creditor).number).invoice
    return {
        "customer": invoice.customer,
        "case": invoice.case_id,
        "currency": invoice.amount.currency,
    }


def _place(
    ask: Ask,
    new: NewAllocation | NewRefund,
    whose: dict[str, str],
    invoices: tuple[str, ...],
) -> JSONResponse:
    own = ask.own_id(new.id, "an order")
    currency = whose.pop("currency")
    amount = parse_money(new.amount, currency) if new.amount else None
    if amount is not None and amount.minor <= 0:
        raise HttpProblem("invalid", f"amount: {amount} must be more than zero", field="amount")
    order = Placing(
        creditor=ask.creditor,
        id=own,
        invoices=invoices,
        amount=amount,
        note=new.note,
        by=ask.somebody,
        **whose,
    )
    moved, woken = ask.application.desk.place(order)
    ask.wake(*woken)
    return shown_json({"id": own, **_moved(moved)})


def _moved(moved: Moved) -> dict[str, Any]:
    back = moved.given_back
    return {
        "new": moved.new,
        "parts": {part.case: part.amount.plain for part in moved.parts},
        "given_back": back.plain if back else None,
        "left": moved.left.plain,
        "currency": moved.left.currency,
        "code": moved.code,
    }
