"""The addresses at which agencies report by signed webhook, and fetch files by signed links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from activities.cases.waking import ToWake
from activities.ports.types import AGENCY
from activities.services.agencies.money import MoneySaid
from activities.services.agencies.progress import AgencyReport
from adapters.agency.file_links import FileLinks
from adapters.agency.secrets import secret_in_file
from adapters.agency.signed import is_signed_by_debitura, is_signed_by_standard
from adapters.config.creditors import own_settings
from adapters.config.tokens import Tokens
from adapters.runtime.machine import machine_clock
from domain.errors import DomainError, InvalidError
from domain.ids import CaseId
from domain.intake.limits import read_object
from domain.intake.reading import read_zoned_instant
from starter.api.auth import address_of
from starter.api.errors import HttpProblem, problem_of
from starter.api.fields import LONGEST_ID
from starter.api.hooks.bodies import UnprovedBodies
from starter.application import Application

_CASE_NAMES = ("creditorReference", "caseId")

MOST_NEWS = 1_000_000
"""Bytes of one report."""


class AgencyHooks:
    """Takes in what agencies report: whoever signs with an agency's secret is that agency."""

    def __init__(self, application: Application, bodies: UnprovedBodies) -> None:
        self._application, self._bodies = application, bodies
        settings = application.settings
        tokens = Tokens(settings.replies.secrets)
        self._links = FileLinks(settings.api.public_url.rstrip("/"), tokens) if tokens else None

    @property
    def router(self) -> APIRouter:
        """The two addresses; each checks by itself who calls."""
        router = APIRouter(prefix="/hooks", include_in_schema=False)
        router.add_api_route("/agency/{creditor}/{agency}", self.take_news, methods=["POST"])
        router.add_api_route("/agency-files/{token}", self.give_file, methods=["GET"])
        return router

    async def take_news(self, creditor: str, agency: str, request: Request) -> Response:
        """Take in a signed report; the same one again changes nothing."""
        try:
            pieces = request.stream()
            async with self._bodies.whole(address_of(request), pieces, MOST_NEWS) as raw:
                return await run_in_threadpool(self._taken, creditor, agency, request, raw)
        except Exception as error:  # noqa: BLE001 - every error becomes an answer to the agency
            return problem_of(error).response()

    def give_file(self, token: str) -> Response:
        """Give out the file of a link, to be saved and never to be run."""
        found = self._links.read(token, machine_clock()) if self._links else None
        if found is None:
            return Response(status_code=404)
        case_id, sha256 = found
        evidence = self._application.evidence
        kept = next((one for one in evidence.list(case_id) if one.sha256 == sha256), None)
        body = evidence.content(case_id, kept) if kept else b""
        if not body:
            return Response(status_code=404)
        headers = {"content-disposition": f'attachment; filename="{sha256[:16]}"'}
        return Response(body, media_type="application/octet-stream", headers=headers)

    def _taken(self, creditor: str, agency: str, request: Request, raw: bytes) -> Response:
        by, secret = self._secret(creditor, agency)
        headers = dict(request.headers)
        if by == "debitura":
            if not secret or not is_signed_by_debitura(secret, headers, raw, machine_clock()):
                return Response(status_code=403)
            polling = self._application.agencies.polling
            woken = polling.poll_named(creditor, agency, _named_by_debitura(raw)).woken
        elif not secret or not is_signed_by_standard(secret, headers, raw):
            return Response(status_code=403)
        else:
            woken = self._reported(creditor, agency, _object(raw))
        for one in woken:
            request.app.state.waking.later(one)
        return Response(status_code=204)

    def _secret(self, creditor: str, agency: str) -> tuple[str, str]:
        """How an agency is reached, and the secret that both know; empty where there is none."""
        settings = self._application.settings
        if agency == AGENCY:
            own = own_settings(settings).get(creditor)
            told = own.settings.agency if own and "agency" in own.groups else settings.agency
            return told.kind, told.secret.get_secret_value()
        try:
            reached = self._application.agencies.placing.agency(creditor, agency).reached
            return reached.by, secret_in_file(reached.secret_file) if reached.secret_file else ""
        except DomainError:
            return "", ""

    def _reported(self, creditor: str, agency: str, told: Mapping[str, Any]) -> list[ToWake]:
        data = told.get("data")
        if not isinstance(data, dict):
            raise HttpProblem("invalid", "data: write an object", field="data")
        case_id = str(CaseId.named(str(data.get("case") or ""), creditor))
        if CaseId.parse(case_id).creditor != creditor:
            raise HttpProblem("not-found", "there is no such case")
        services = self._application.agencies
        if told.get("type") == "case.money":
            services.progress.had_case(case_id, agency)
            file = self._application.cases.file(case_id)
            return (
                list(services.money.record(file, agency, _money(data), agency)[1]) if file else []
            )
        services.progress.own_case(case_id, agency)
        if told.get("type") == "case.news":
            return [services.progress.report(case_id, agency, _news(data))[1]]
        raise HttpProblem("invalid", "type: write case.news or case.money", field="type")


def _named_by_debitura(raw: bytes) -> tuple[str, ...]:
    """The ids of the case that a call is about, by its published form; none where it names none."""
    try:
        data = _object(raw).get("data")
    except HttpProblem:
        return ()  # what it says is asked for anyway
    names = [data.get(name) for name in _CASE_NAMES] if isinstance(data, dict) else []
    return tuple(name for name in names if isinstance(name, str) and 0 < len(name) <= LONGEST_ID)


def _object(raw: bytes) -> Mapping[str, Any]:
    """Read what was signed; what could not be kept is refused in words, as anybody's is."""
    try:
        return read_object(raw.decode())
    except UnicodeDecodeError:
        raise HttpProblem("malformed", "the body is no UTF-8") from None
    except InvalidError as error:
        raise HttpProblem("malformed", str(error), field=error.field) from None


def _news(data: Mapping[str, Any]) -> AgencyReport:
    return AgencyReport(
        id=_word(data, "id"),
        state=_word(data, "state"),
        note=_word(data, "note"),
        at=_word(data, "at"),
    )


def _money(data: Mapping[str, Any]) -> MoneySaid:
    at = _word(data, "at")
    return MoneySaid(
        id=_word(data, "id"),
        collected=_word(data, "collected"),
        fee=_word(data, "fee"),
        paid_out=_word(data, "paid_out"),
        reverses=_word(data, "reverses"),
        at=read_zoned_instant(at) if at else None,
    )


def _word(data: Mapping[str, Any], name: str) -> str:
    """A field that is text; an id there must be."""
    value = data.get(name)
    if value is not None and not isinstance(value, str):
        raise HttpProblem("invalid", f"{name}: write it as text", field=name)
    if name == "id" and (not value or len(value) > LONGEST_ID or not value.isprintable()):
        raise HttpProblem("invalid", "id: write your own id of it", field="id")
    return value or ""
