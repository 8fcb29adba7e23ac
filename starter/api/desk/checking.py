"""What billing systems ask before credit is given: a customer's check, with an order to come."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict

from adapters.runtime.machine import machine_clock
from adapters.wiring.advice.checks import check_service
from domain.credit.limits import read_order
from starter.api.dependencies import Asked, shown_json
from starter.api.fields import Short
from starter.api.reading import named_object
from starter.views.check_sheet import check_sheet

_Customer = Annotated[str, Path(description="Your id of the customer.", min_length=1)]


class OrderAsked(BaseModel):
    """The order to come; amount and currency both, or neither."""

    model_config = ConfigDict(extra="forbid")

    order: Short = ""
    currency: Short = ""


def check_over_http(
    customer: _Customer, wanted: Annotated[OrderAsked, Query()], ask: Asked
) -> JSONResponse:
    """Check a customer before credit is given; nothing is decided or written."""
    order = read_order(wanted.order, wanted.currency)
    known = named_object(customer, "customer")
    checks = check_service(ask.application.engine, machine_clock)
    return shown_json(check_sheet(checks.check(ask.creditor, known, order)))
