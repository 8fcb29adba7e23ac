"""What is asked, said and answered about credit."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from domain.credit.limits import LONGEST_REASON
from domain.credit.model import DeliveryOrder
from starter.api.fields import Amount, Currency, Day, Name, Short, Strict
from starter.api.schemas import Shown

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


class OrderAsked(BaseModel):
    """The order to come; amount and currency both, or neither."""

    model_config = ConfigDict(extra="forbid")

    order: Short = ""
    currency: Short = ""


class LimitShown(Shown):
    """A credit limit: why, who set it and when."""

    amount: str
    currency: str
    why: str
    by: str
    at: str


class RiskFactShown(Shown):
    """One fact that the score rests on."""

    fact: str
    points: int
    words: str


class ExposureShown(Shown):
    """What is open and ordered in one currency; `limit` and `left` are null without a limit."""

    currency: str
    open: str
    ordered: str
    limit: LimitShown | None
    left: str | None
    words: str


class ReportShown(Shown):
    """A bureau's report, as somebody put it down."""

    source: str
    date: str
    limit: str | None
    said: str
    by: str
    at: str


class CustomerChecked(Shown):
    """What is known of a customer before credit is given; nothing is decided by it.

    `score` is 0 to 100, more is riskier, null while there is no history. `warnings` name the limits
    that are passed, or would be with the order.
    """

    customer: str
    customer_class: str
    why_class: str
    score: int | None
    facts: list[RiskFactShown]
    credit: str
    exposures: list[ExposureShown]
    warnings: list[str]
    report: ReportShown | None
