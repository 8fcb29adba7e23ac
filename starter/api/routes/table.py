"""The table of routes: who may use each, what it takes, and what it answers."""

# One thing: every address of the gateway with its roles, in one table.

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from domain.parties.keys import KeyRole
from starter.api import schemas
from starter.api.agencies import accounts, own, placing
from starter.api.auth import KeyAuthenticator
from starter.api.credit.table import CREDIT_ROUTES
from starter.api.desk.table import DESK_ROUTES
from starter.api.errors import MEDIA_TYPE, SORTS
from starter.api.invoices import electronic
from starter.api.letters.table import LETTER_ROUTES
from starter.api.policies.table import POLICY_ROUTES
from starter.api.records.table import RECORD_ROUTES
from starter.api.routes import allocating, bank, cases, opening, payments, tasks
from starter.api.routes.messages import (
    BILLING,
    BOTH,
    COLLECTOR,
    SAYINGS,
    approve_over_http,
    endpoint_of,
)
from starter.api.steering.lines import NDJSON, LinesResponse, LinesRoute
from starter.api.steering.table import LINES_ROUTES, STEERING_ROUTES

ASKED = (
    "malformed",
    "unauthorized",
    "forbidden",
    "invalid",
    "too-many-requests",
    "internal",
    "busy",
)
WRITTEN = ("conflict", "too-large", "too-slow", "unsupported-media-type")


@dataclass(frozen=True, slots=True)
class LineShapes:
    """What each line of a request is, and the answer to one alone."""

    each: type[BaseModel]
    answer: type[BaseModel]

    @property
    def described(self) -> dict[str, Any]:
        """Name both in the description, so that clients can be written from it."""
        shapes, of = {"each": self.each, "answer": self.answer}, "#/components/schemas/"
        return {name: {"$ref": of + shape.__name__} for name, shape in shapes.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiRoute:
    """One address with one method.

    Attributes:
        name: its operation id.
        also: statuses that it answers beside 200.
        lines: of one that takes and answers a line of JSON for each of many, what each line is.
    """

    method: str
    path: str
    name: str
    call: Callable[..., Any]
    roles: tuple[KeyRole, ...]
    answers: type[BaseModel]
    tag: str
    also: tuple[int, ...] = ()
    lines: LineShapes | None = None

    @property
    def in_lines(self) -> bool:
        """Whether it takes and answers a line of JSON for each of many."""
        return self.lines is not None


CASE = "/v1/cases/{number}"
OWN_CASE = "/v1/agency/cases/{number}"
LOOKING = (KeyRole.BILLING, KeyRole.COLLECTOR, KeyRole.READER)
"""Who may look at everything of a creditor: an agency sees its own cases only."""

_AGENCY = (KeyRole.AGENCY,)


def _looks() -> Iterator[ApiRoute]:
    shown = (
        ("/v1/cases", "listCases", cases.cases_page, schemas.CasePage, "cases"),
        (CASE, "showCase", cases.show_case, schemas.CaseSheet, "cases"),
        (f"{CASE}/why", "whyCase", cases.why_case, schemas.Why, "cases"),
        (f"{CASE}/preview", "previewCase", cases.preview_case, schemas.Preview, "cases"),
        ("/v1/tasks", "listTasks", tasks.tasks_page, schemas.TaskPage, "desk"),
        ("/v1/customers/{customer}", "showCustomer", tasks.show_customer, schemas.Customer, "desk"),
        ("/v1/customers/{customer}/briefing", "brief", tasks.briefing_of, schemas.Briefing, "desk"),
    )
    for path, name, call, answers, tag in shown:
        yield ApiRoute(
            method="GET",
            path=path,
            name=name,
            call=call,
            roles=LOOKING,
            answers=answers,
            tag=tag,
        )


def _deeds() -> Iterator[ApiRoute]:
    allocate, refund = allocating.allocate_money, allocating.refund_money
    statement, taken = bank.import_statement, schemas.StatementTaken
    invoices, known = electronic.import_invoices, electronic.InvoicesTaken
    open_case, post, finish = opening.open_over_http, payments.post_payment, tasks.finish
    done = (
        ("/v1/cases", "openCase", open_case, BILLING, schemas.CaseOpened, "cases", (201,)),
        ("/v1/payments", "postPayment", post, BILLING, schemas.PaymentPosted, "money", ()),
        ("/v1/bank/statements", "importStatement", statement, BILLING, taken, "money", ()),
        ("/v1/invoices/import", "importInvoices", invoices, BILLING, known, "cases", ()),
        ("/v1/allocations", "allocateMoney", allocate, BOTH, schemas.MoneyPlaced, "money", ()),
        ("/v1/refunds", "refundMoney", refund, BOTH, schemas.MoneyPlaced, "money", ()),
        ("/v1/tasks/{key}/done", "finishTask", finish, COLLECTOR, schemas.TaskDone, "desk", ()),
    )
    for path, name, call, roles, answers, tag, also in done:
        yield ApiRoute(
            method="POST",
            path=path,
            name=name,
            call=call,
            roles=roles,
            answers=answers,
            tag=tag,
            also=also,
        )


_ACCOUNTS = accounts.AgencyAccountPage
_BEYOND_A_PLACEMENT = (
    ("GET", f"{CASE}/agency-decisions", placing.show_choices, LOOKING, placing.AgencyChoices),
    ("POST", f"{CASE}/agency-decisions", placing.decide_returned, COLLECTOR, schemas.Answered),
    ("GET", "/v1/agency-accounts", accounts.list_agency_accounts, LOOKING, _ACCOUNTS),
    ("POST", "/v1/agency-polls", accounts.poll_agencies, COLLECTOR, accounts.AgencyPoll),
)


def _agencies() -> Iterator[ApiRoute]:
    answered, kept, news, money = schemas.Answered, own.KeptFile, own.report_news, own.report_money
    files = f"{OWN_CASE}/files"
    of_creditor = (
        ("GET", f"{CASE}/agency-quotes", placing.show_quotes, LOOKING, placing.AgencyQuotes),
        ("POST", f"{CASE}/placements", placing.place_case, COLLECTOR, answered),
        ("POST", f"{CASE}/agency-messages", placing.tell_agency, COLLECTOR, answered),
        ("GET", "/v1/agency/cases", own.list_own_cases, _AGENCY, own.AgencyCasePage),
        ("GET", OWN_CASE, own.show_own_case, _AGENCY, own.AgencyCaseFile),
        ("POST", f"{OWN_CASE}/news", news, _AGENCY, answered),
        ("POST", f"{OWN_CASE}/money", money, _AGENCY, own.MoneyReported),
        ("POST", files, own.add_file, _AGENCY, kept),
        ("GET", f"{files}/{{sha256}}", own.show_file, _AGENCY, kept),
    )
    for method, path, call, roles, answers in (*of_creditor, *_BEYOND_A_PLACEMENT):
        first, *rest = call.__name__.split("_")
        yield ApiRoute(
            method=method,
            path=path,
            name=first + "".join(word.title() for word in rest),
            call=call,
            roles=roles,
            answers=answers,
            tag="agencies",
        )


_DESK: tuple[schemas.RouteRow, ...] = (*DESK_ROUTES, *CREDIT_ROUTES, *LETTER_ROUTES, *RECORD_ROUTES)


def _desk() -> Iterator[ApiRoute]:
    for method, path, name, call, roles, answers in _DESK:
        yield ApiRoute(
            method=method,
            path=path,
            name=name,
            call=call,
            roles=roles,
            answers=answers,
            tag="desk",
        )


def _sayings() -> Iterator[ApiRoute]:
    yield ApiRoute(
        method="POST",
        path=f"{CASE}/approvals",
        name="approve",
        call=approve_over_http,
        roles=COLLECTOR,
        answers=schemas.Answered,
        tag="messages",
    )
    for saying in SAYINGS:
        first, *rest = saying.kind.value.split("_")
        yield ApiRoute(
            method="POST",
            path=f"{CASE}/{saying.path}",
            name=first + "".join(word.title() for word in rest),
            call=endpoint_of(saying),
            roles=saying.roles,
            answers=schemas.Answered,
            tag="messages",
        )


def _steering() -> Iterator[ApiRoute]:
    for method, path, name, call, roles, answers in (*STEERING_ROUTES, *POLICY_ROUTES):
        yield ApiRoute(
            method=method,
            path=path,
            name=name,
            call=call,
            roles=roles,
            answers=answers,
            tag="steering",
        )
    for path, name, many, each, answer in LINES_ROUTES:
        yield ApiRoute(
            method="POST",
            path=path,
            name=name,
            call=many,
            roles=BILLING,
            answers=schemas.LineAnswered,
            tag="bulk",
            lines=LineShapes(each, answer),
        )


ROUTES = (*_looks(), *_desk(), *_deeds(), *_agencies(), *_steering(), *_sayings())


_LINES = {"type": "string", "description": "One JSON object a line."}


def add_routes(app: FastAPI) -> None:
    """Add every route to the application."""
    for route in ROUTES:
        app.router.add_api_route(
            route.path,
            route.call,
            methods=[route.method],
            operation_id=route.name,
            tags=[route.tag],
            summary=(route.call.__doc__ or "").partition("\n")[0],
            description="",
            response_model=None,
            response_class=LinesResponse if route.in_lines else JSONResponse,
            route_class_override=LinesRoute if route.in_lines else KeyAuthenticator,
            responses=_responses(route),
            openapi_extra=_extra(route),
        )


def _extra(route: ApiRoute) -> dict[str, Any]:
    extra: dict[str, Any] = {"x-roles": list(route.roles), "security": [{"key": []}]}
    if route.lines:
        extra["x-lines"] = route.lines.described
        extra["requestBody"] = {"required": True, "content": {NDJSON: {"schema": _LINES}}}
    elif route.method == "POST":
        extra["parameters"] = [{"$ref": "#/components/parameters/IdempotencyKey"}]
    return extra


def _responses(route: ApiRoute) -> dict[int | str, dict[str, Any]]:
    fine: dict[int | str, dict[str, Any]] = {
        status: {"model": route.answers, "description": "Done."} for status in (200, *route.also)
    }
    if route.in_lines:
        fine = {200: {"description": "An answer for each line."}}
    names = [*ASKED, *(WRITTEN if route.method != "GET" else ())]
    if "{" in route.path:
        names.append("not-found")
    return fine | {SORTS[name].status: _problem(SORTS[name].status) for name in names}


def _problem(status: int) -> dict[str, Any]:
    titles = [sort.title for sort in SORTS.values() if sort.status == status]
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": ". Or: ".join(titles) + ".", "content": {MEDIA_TYPE: {"schema": schema}}}
