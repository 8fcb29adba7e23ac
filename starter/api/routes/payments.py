"""The route that posts money: for one invoice, for many, or as the policy orders them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi.responses import JSONResponse
from pydantic import ConfigDict, Field

from activities.payments.payment_activities import read_payment
from domain.ids import CaseId, PaymentId
from starter.api.dependencies import Ask, Asked, shown_json
from starter.api.errors import HttpProblem
from starter.api.fields import Amount, Currency, Day, Name, Source, Strict, Text

_EXAMPLE: dict[str, Any] = {
    "id": "B-4711",
    "customer": "C-7",
    "amount": "119.00",
    "currency": "EUR",
    "date": "2026-11-20",
    "source": "bank",
    "invoices": ["2026-0007"],
}


class NewPayment(Strict):
    """Money that came in."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    id: Annotated[Name | None, Field(description="Its id; the idempotency key else.")] = None
    customer: Annotated[
        Name | None, Field(description="Who paid; known if an open invoice is named.")
    ] = None
    amount: Amount
    currency: Currency
    date: Annotated[Day | None, Field(description="The value date; now unless given.")] = None
    source: Annotated[Source, Field(description="Who reports it.")] = "billing"
    invoices: Annotated[
        list[Name],
        Field(
            default_factory=list,
            max_length=100,
            description="Numbers it is meant for; else as the policy orders.",
        ),
    ]
    note: Text = ""
    kind: Annotated[
        Literal["payment", "credit_note"],
        Field(
            description="Money, or a credit note for no invoice; one for an invoice is said to it."
        ),
    ] = "payment"


def post_payment(new: NewPayment, ask: Asked) -> JSONResponse:
    """Post money that came in, or a credit note for no invoice; the same id twice is one."""
    own = ask.own_id(new.id, "money")
    customer = _customer(ask, new)
    given = new.model_dump(exclude={"id", "source"}, exclude_none=True) | {"customer": customer}
    named = str(PaymentId(ask.creditor, new.source, own))
    payment = read_payment(named, given, ask.now)
    posted, woken = ask.application.desk.post(payment)
    ask.wake(*woken)
    return shown_json({"payment": named, **vars(posted)})


def _customer(ask: Ask, new: NewPayment) -> str:
    """Who paid, told or known by the invoices; nobody's money settles another's invoice."""
    named = [str(CaseId(ask.creditor, number)) for number in new.invoices]
    rows = ask.application.cases.rows(named)
    known = {row.customer for row in rows}
    wanted = new.customer or (min(known) if len(known) == 1 else "")
    if not wanted:
        raise HttpProblem("invalid", "customer: name who paid", field="customer")
    if known - {wanted}:
        other = next(row for row in rows if row.customer != wanted)
        detail = f"invoices: {other.number} is {other.customer}'s, not {wanted}'s"
        raise HttpProblem(
            "refused", f"{detail}; post one payment for each customer", field="invoices"
        )
    return wanted
