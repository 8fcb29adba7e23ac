"""Routes about the money of agencies, and for asking those that have an interface."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import JSONResponse
from pydantic import ConfigDict, Field

from starter.api.dependencies import Ask, Asked, Page, cursor, shown_json
from starter.api.fields import Name, Strict
from starter.api.schemas import Shown
from starter.views.agency_lines import account_lines


class AgencyAccountPage(Shown):
    """What each agency collected, keeps and paid out, case by case, beside the ledger."""

    items: list[dict[str, Any]]
    next: str | None


class AgencyPoll(Shown):
    """What came of asking: how many cases, and those of which nothing could be learned."""

    asked: int
    news: int
    payments: int
    unknown: list[str]
    failed: dict[str, str]


class WhichAgency(Strict):
    """Whom to ask."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"agency": "debitura"}]})

    agency: Annotated[Name | None, Field(description="One alone; all unless given.")] = None


def list_agency_accounts(page: Annotated[Page, Query()], ask: Asked) -> JSONResponse:
    """Reconcile each agency's money with the ledger, case by case: collected, fee, paid, owed."""
    known = ask.application.agencies.money.cases(ask.creditor, page.after, page.limit + 1)
    shown = known[: page.limit]
    then = cursor(shown[-1]) if len(known) > page.limit else None
    items = [line for one in shown for line in _accounts(ask, one)]
    return shown_json({"items": items, "next": then})


def poll_agencies(which: WhichAgency, ask: Asked) -> JSONResponse:
    """Ask agencies with an interface how their cases stand; what is known changes nothing."""
    polled = ask.application.agencies.polling.poll(ask.creditor, which.agency or "")
    ask.wake(*polled.woken)
    return shown_json(
        {
            "asked": polled.asked,
            "news": polled.news,
            "payments": polled.payments,
            "unknown": polled.unknown,
            "failed": polled.failed,
        }
    )


def _accounts(ask: Ask, case_id: str) -> list[dict[str, Any]]:
    file = ask.application.cases.file(case_id)
    if file is None:
        return [{"case": case_id}]
    return account_lines(ask.application, case_id, file.invoice.amount.currency)
