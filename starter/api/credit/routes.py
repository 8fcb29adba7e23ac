"""What programs ask and say about credit: the same services as commands and console."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query
from fastapi.responses import JSONResponse

from activities.services.customers.checks import CreditCheckService
from adapters.runtime.machine import machine_clock
from adapters.wiring.advice.checks import check_service
from domain.credit.limits import read_order
from domain.credit.model import Credit
from domain.intake.reading import read_day
from domain.money import parse_money, read_both
from starter.api.credit import bodies
from starter.api.dependencies import Ask, Asked, shown_json
from starter.api.reading import named_object
from starter.views.check_sheet import check_sheet, limit_sheet, report_sheet
from starter.views.customer_sheet import credit_lines

_Customer = Annotated[str, Path(description="Your id of the customer.", min_length=1)]


def show_credit(
    customer: _Customer, wanted: Annotated[bodies.DeliveryAsked, Query()], ask: Asked
) -> JSONResponse:
    """Say whether an order may be delivered to a customer, and why; nothing is written."""
    known, order = named_object(customer, "customer"), wanted.order.value
    page = ask.application.credit.show(ask.creditor, known)
    answer = ask.application.desk.may_deliver(ask.creditor, known, order)
    told = {"customer": known, "order": order, "allowed": answer.allowed, "why": answer.why}
    return shown_json({**told, **credit_lines(page)})


def hold_credit(customer: _Customer, said: bodies.CreditWish, ask: Asked) -> JSONResponse:
    """Hold a customer's credit until somebody releases it."""
    return _moved(customer, said, ask, Credit.HELD)


def release_credit(customer: _Customer, said: bodies.CreditWish, ask: Asked) -> JSONResponse:
    """Release a customer's credit; an invoice's next step about credit may hold it again."""
    return _moved(customer, said, ask, Credit.OK)


def _moved(customer: str, said: bodies.CreditWish, ask: Ask, after: Credit) -> JSONResponse:
    known, by = named_object(customer, "customer"), said.by or ask.somebody
    change = ask.application.credit.move(ask.creditor, known, after, why=said.reason, by=by)
    told = {"customer": known, "before": change.before.value, "credit": change.after.value}
    return shown_json({**told, "changed": change.before is not change.after, "why": change.why})


def check_over_http(
    customer: _Customer, wanted: Annotated[bodies.OrderAsked, Query()], ask: Asked
) -> JSONResponse:
    """Check a customer before credit is given; nothing is decided or written."""
    order = read_order(wanted.order, wanted.currency)
    known = named_object(customer, "customer")
    return shown_json(check_sheet(_checks(ask).check(ask.creditor, known, order)))


def set_limit_over_http(customer: _Customer, new: bodies.NewLimit, ask: Asked) -> JSONResponse:
    """Set how much of a customer's may be open; passing it warns, and stops nothing."""
    known = named_object(customer, "customer")
    wanted = parse_money(new.amount, new.currency) if new.amount else new.currency
    kept = _checks(ask).set_limit(
        ask.creditor, known, wanted, why=new.reason, by=new.by or ask.somebody
    )
    return shown_json({"customer": known, **limit_sheet(kept)})


def keep_report_over_http(
    customer: _Customer, new: bodies.NewCreditReport, ask: Asked
) -> JSONResponse:
    """Keep what a credit bureau or another informant wrote; the check shows the newest."""
    known = named_object(customer, "customer")
    kept = _checks(ask).keep_report(
        ask.creditor,
        known,
        source=new.source,
        day=read_day(new.date),
        limit=read_both(new.amount or "", new.currency or ""),
        said=new.said,
        by=new.by or ask.somebody,
    )
    return shown_json({"customer": known, **report_sheet(kept)})


def _checks(ask: Ask) -> CreditCheckService:
    return check_service(ask.application.engine, machine_clock)
