"""Routes for an agency itself: with its own key it sees its own cases and nothing else."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Query
from fastapi.responses import JSONResponse
from pydantic import ConfigDict, Field

from activities.agencies.comparing import for_agencies
from activities.agencies.dossiers import current_dossier
from activities.ports.agencies.store import Placed
from activities.ports.stores.errors import NotKnownError
from activities.ports.types import AGENCY, CaseFile
from activities.services.agencies.money import MoneySaid
from activities.services.agencies.progress import AgencyReport
from adapters.agency.dossier import dossier_json
from domain.evidence.model import Filed, filed
from starter.api.dependencies import Ask, Asked, Number, Page, answered, cursor, shown_json
from starter.api.errors import HttpProblem, no_such
from starter.api.fields import Amount, Instant, Name, Strict, Text
from starter.api.schemas import Shown
from starter.views.agency_lines import agency_sheet, report_line
from starter.views.looking import look_at_case

_Row = dict[str, Any]
_State = Literal[
    "received",
    "needs_info",
    "accepted",
    "working",
    "paused",
    "legal",
    "closed",
    "returned",
    "message",
]


class AgencyCasePage(Shown):
    """The agency's own cases, where each stands, and who must act next."""

    items: list[_Row]
    next: str | None


class AgencyCaseFile(Shown):
    """The whole file of a case, as docs/agency.md describes it."""

    type: str
    id: str
    version: int
    data: _Row


class MoneyReported(Shown):
    """What was kept of a report of money."""

    id: str
    case: str
    collected: str
    fee: str
    paid_out: str
    currency: str


class KeptFile(Shown):
    """A file that is kept with a case; its content is Base64 where it was asked for."""

    name: str
    media_type: str
    size: int
    sha256: str


class NewNews(Strict):
    """What the agency reports about where a case stands."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"id": "N-1", "state": "working", "note": "spoke to them"}]}
    )

    id: Annotated[Name, Field(description="Your own id: said twice, it counts once.")]
    state: _State
    note: Annotated[Text, Field(description="Free text for the creditor's people.")] = ""
    at: Annotated[Instant | None, Field(description="When it happened; now unless given.")] = None


class NewMoney(Strict):
    """What the agency collected, keeps and paid out, in the invoice's currency."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"id": "S-1", "collected": "100.00", "fee": "12.50"}]}
    )

    id: Annotated[Name, Field(description="Your own id: said twice, it counts once.")]
    collected: Annotated[Amount | None, Field(description="What the debtor paid, whole.")] = None
    fee: Annotated[Amount | None, Field(description="What you keep or charge.")] = None
    paid_out: Annotated[Amount | None, Field(description="What you paid to the creditor.")] = None
    at: Annotated[Instant | None, Field(description="When; now unless given.")] = None
    reverses: Annotated[Name | None, Field(description="The id of a report taken back.")] = None


class NewFile(Strict):
    """A file for the case."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "letter.pdf", "content": "JVBERi0xLjQK"}]}
    )

    name: Annotated[Name, Field(description="The file's name.")]
    content: Annotated[str, Field(min_length=4, description="The file itself, in Base64.")]
    note: Annotated[Text, Field(description="What it is.")] = ""


def list_own_cases(page: Annotated[Page, Query()], ask: Asked) -> JSONResponse:
    """List the cases that this agency has, or had last, by number."""
    progress = ask.application.agencies.progress
    found = progress.cases(ask.creditor, _agency(ask), page.after, page.limit + 1)
    shown = found[: page.limit]
    then = cursor(shown[-1].case) if len(found) > page.limit else None
    return shown_json({"items": [_line(ask, one) for one in shown], "next": then})


def show_own_case(number: Number, ask: Asked) -> JSONResponse:
    """Show the whole file of a case as it stands now: money, evidence, what was tried, agreed."""
    file = _own(number, ask)
    view = look_at_case(file, ask.now)
    evidence = ask.application.evidence.list(file.invoice.case_id)
    told = current_dossier(file, view.state, evidence)
    replies = ask.application.replies.about(file.invoice.case_id)
    letters = ask.application.letter_desk.sent.about(file.invoice.case_id)
    return shown_json(dossier_json(replace(told, replies=replies, letters=letters)))


def report_news(number: Number, news: NewNews, ask: Asked) -> JSONResponse:
    """Report where a case stands; `closed` and `returned` end the agency's work."""
    case_id = _own(number, ask).invoice.case_id
    told = AgencyReport(id=news.id, state=news.state, note=news.note, at=news.at or "")
    answer, woken = ask.application.agencies.progress.report(case_id, _agency(ask), told)
    ask.wake(woken)
    return answered(case_id, answer)


def report_money(number: Number, money: NewMoney, ask: Asked) -> JSONResponse:
    """Report what was collected, the fee and what was paid out; a repeat changes nothing."""
    agency = _agency(ask)
    file = _checked(number, ask, ask.application.agencies.progress.had_case)
    said = MoneySaid(
        id=money.id,
        collected=money.collected or "",
        fee=money.fee or "",
        paid_out=money.paid_out or "",
        at=datetime.fromisoformat(money.at) if money.at else None,
        reverses=money.reverses or "",
    )
    report, woken = ask.application.agencies.money.record(file, agency, said, agency)
    ask.wake(*woken)
    return shown_json(report_line(report))


def add_file(number: Number, new: NewFile, ask: Asked) -> JSONResponse:
    """Add a file to a case; the same content again is the same file."""
    case_id = _own(number, ask).invoice.case_id
    kept = ask.application.desk.file_evidence(case_id, _filed(new, _agency(ask)))
    return shown_json(
        {
            "name": kept.name,
            "media_type": kept.media_type,
            "size": kept.size,
            "sha256": kept.sha256,
        }
    )


def show_file(number: Number, sha256: str, ask: Asked) -> JSONResponse:
    """Read a file that is kept with a case, by its hash; the content is Base64."""
    case_id = _own(number, ask).invoice.case_id
    evidence = ask.application.evidence
    given = for_agencies(evidence.list(case_id))
    kept = next((one for one in given if one.sha256 == sha256), None)
    body = evidence.content(case_id, kept) if kept else b""
    if kept is None or not body:
        raise no_such("file")
    shown = {"name": kept.name, "media_type": kept.media_type, "size": kept.size}
    content = base64.b64encode(body).decode()
    return shown_json({**shown, "sha256": kept.sha256, "content": content})


def _agency(ask: Ask) -> str:
    """Whose key it is: its label names the agency; without one it is the installation's."""
    return ask.caller.label or AGENCY


def _own(number: str, ask: Ask) -> CaseFile:
    """The case, if this agency was given it last."""
    return _checked(number, ask, ask.application.agencies.progress.own_case)


def _checked(number: str, ask: Ask, check: Callable[[str, str], object]) -> CaseFile:
    """The case, if it is this agency's; else nobody learns whether there is one."""
    file = ask.file(number)
    try:
        check(file.invoice.case_id, _agency(ask))
    except NotKnownError:
        raise no_such("case") from None
    return file


def _line(ask: Ask, placed: Placed) -> _Row:
    file = ask.application.cases.file(placed.case)
    if file is None:
        return {"case": placed.case}
    view = look_at_case(file, ask.now)
    case = view.case
    return {
        "case": placed.case,
        "number": case.invoice.number,
        "open": case.open_money,
        "currency": case.invoice.amount.currency,
        **(agency_sheet(ask.application, view) or {}),
    }


def _filed(new: NewFile, agency: str) -> Filed:
    try:
        body = base64.b64decode(new.content, validate=True)
    except (binascii.Error, ValueError):
        raise HttpProblem("invalid", "content: is no Base64", field="content") from None
    return filed(new.name, body, note=new.note, by=agency)
