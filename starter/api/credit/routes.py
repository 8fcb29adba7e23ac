"""What programs ask and say about credit: the same services as commands and console."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from activities.services.customers.checks import CreditCheckService
from adapters.runtime.machine import machine_clock
from adapters.wiring.advice.checks import check_service
from domain.credit.limits import LONGEST_REASON
from domain.credit.model import Credit, DeliveryOrder
from domain.intake.reading import read_day
from domain.money import parse_money
from starter.api.dependencies import Ask, Asked, shown_json
from starter.api.errors import HttpProblem
from starter.api.fields import Amount, Currency, Day, Name, Strict
from starter.api.reading import named_object
from starter.api.schemas import Shown
from starter.views.check_sheet import limit_sheet, report_sheet
from starter.views.customer_sheet import credit_lines

_Customer = Annotated[str, Path(description="Your id of the customer.", min_length=1)]
_Reason = Annotated[str, Field(min_length=1, max_length=LONGEST_REASON, description="Why.")]


class DeliveryAsked(BaseModel):
    """What is to be delivered."""

    model_config = ConfigDict(extra="forbid")

    order: Annotated[
        DeliveryOrder,
        Field(description="How it is paid: later (`normal`), before, or when it is handed over."),
    ] = DeliveryOrder.NORMAL


class CreditChangeShown(Shown):
    """One change of a customer's credit."""

    at: str
    after: str
    why: str
    by: str


class DeliveryAnswer(Shown):
    """Whether that may be delivered, and why; the changes of the credit, newest first."""

    customer: str
    order: str
    allowed: bool
    why: str
    credit: str
    credit_changes: list[CreditChangeShown]


class CreditWish(Strict):
    """Why credit is held or released; who says so is whoever has the key, unless named."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "insolvency rumours"}]})

    reason: _Reason
    by: Name | None = None


class CreditMoved(Shown):
    """How the credit stood and stands; `changed` is false where it stood so already."""

    customer: str
    before: str
    credit: str
    changed: bool
    why: str


_LIMIT: dict[str, Any] = {"amount": "5000.00", "currency": "EUR", "reason": "bank reference"}


class NewLimit(Strict):
    """How much of a customer's may be open in a currency; without an amount there is no limit."""

    model_config = ConfigDict(json_schema_extra={"examples": [_LIMIT]})

    amount: Amount | None = None
    currency: Currency
    reason: _Reason
    by: Name | None = None


class LimitSet(Shown):
    """The limit that holds now; `amount` is null where there is none."""

    customer: str
    amount: str | None
    currency: str
    why: str
    by: str
    at: str


_REPORT: dict[str, Any] = {"source": "Example Bureau", "date": "2026-03-01", "said": "grade B"}


class NewCreditReport(Strict):
    """What a credit bureau or another informant wrote, with its own date."""

    model_config = ConfigDict(json_schema_extra={"examples": [_REPORT]})

    source: Name
    date: Day
    said: Annotated[str, Field(max_length=LONGEST_REASON)] = ""
    amount: Annotated[Amount | None, Field(description="The credit that it recommends.")] = None
    currency: Currency | None = None
    by: Name | None = None


class CreditReportKept(Shown):
    """The report as it is kept."""

    customer: str
    source: str
    date: str
    limit: str | None
    said: str
    by: str
    at: str


def show_credit(
    customer: _Customer, wanted: Annotated[DeliveryAsked, Query()], ask: Asked
) -> JSONResponse:
    """Say whether an order may be delivered to a customer, and why; nothing is written."""
    known, order = named_object(customer, "customer"), wanted.order.value
    page = ask.application.credit.show(ask.creditor, known)
    answer = ask.application.desk.may_deliver(ask.creditor, known, order)
    told = {"customer": known, "order": order, "allowed": answer.allowed, "why": answer.why}
    return shown_json({**told, **credit_lines(page)})


def hold_credit(customer: _Customer, said: CreditWish, ask: Asked) -> JSONResponse:
    """Hold a customer's credit until somebody releases it."""
    return _moved(customer, said, ask, Credit.HELD)


def release_credit(customer: _Customer, said: CreditWish, ask: Asked) -> JSONResponse:
    """Release a customer's credit; an invoice's next step about credit may hold it again."""
    return _moved(customer, said, ask, Credit.OK)


def _moved(customer: str, said: CreditWish, ask: Ask, after: Credit) -> JSONResponse:
    known, by = named_object(customer, "customer"), said.by or ask.somebody
    change = ask.application.credit.move(ask.creditor, known, after, why=said.reason, by=by)
    told = {"customer": known, "before": change.before.value, "credit": change.after.value}
    return shown_json({**told, "changed": change.before is not change.after, "why": change.why})


def set_limit_over_http(customer: _Customer, new: NewLimit, ask: Asked) -> JSONResponse:
    """Set how much of a customer's may be open; passing it warns, and stops nothing."""
    known = named_object(customer, "customer")
    wanted = parse_money(new.amount, new.currency) if new.amount else new.currency
    kept = _checks(ask).set_limit(
        ask.creditor, known, wanted, why=new.reason, by=new.by or ask.somebody
    )
    return shown_json({"customer": known, **limit_sheet(kept)})


def keep_report_over_http(customer: _Customer, new: NewCreditReport, ask: Asked) -> JSONResponse:
    """Keep what a credit bureau or another informant wrote; the check shows the newest."""
    known = named_object(customer, "customer")
    if (new.amount is None) != (new.currency is None):
        field = "currency" if new.currency is None else "amount"
        raise HttpProblem("invalid", f"{field}: name the amount with its currency", field=field)
    kept = _checks(ask).keep_report(
        ask.creditor,
        known,
        source=new.source,
        day=read_day(new.date),
        limit=parse_money(new.amount, new.currency) if new.amount and new.currency else None,
        said=new.said,
        by=new.by or ask.somebody,
    )
    return shown_json({"customer": known, **report_sheet(kept)})


def _checks(ask: Ask) -> CreditCheckService:
    return check_service(ask.application.engine, machine_clock)
