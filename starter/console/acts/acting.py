"""Carries out what a form says, by the same services as commands and programs use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from starlette.datastructures import FormData

from activities.ports.stores.cases import CaseRow
from activities.ports.stores.errors import NotKnownError, Sought
from domain.errors import DomainError
from domain.evidence.model import Filed, filed
from domain.ids import CaseId
from domain.message_types import MessageType
from domain.wire import Answer
from starter.console.acts.case_acts import CaseAct
from starter.console.acts.fields import FieldSort
from starter.console.acts.reading import files_of_form, plain_amount, text_of
from starter.console.security.visit import Visit

LONGEST_INVOICE_NUMBER = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """What came of a form: the answer, and what was written, so that nothing is written twice."""

    act: CaseAct
    key: str
    answer: Answer
    given: dict[str, str]


def case_of(visit: Visit, number: str) -> CaseRow:
    """Find the case of that number among those of the person's own creditor.

    Raises:
        NotKnownError: if there is none.
    """
    found = None
    if number.isprintable() and len(number) <= LONGEST_INVOICE_NUMBER:
        try:
            found = visit.application.cases.row(str(CaseId(visit.creditor, number)))
        except DomainError:
            found = None
    if found is None or found.creditor != visit.creditor:
        raise NotKnownError(Sought.CASE, "there is no such invoice")
    return found


def carry_out(visit: Visit, act: CaseAct, row: CaseRow, form: FormData) -> Acted:
    """Say it to the case; pressed twice it counts once, by the id that the form carries."""
    visit.needs(act.roles)
    given = {one.name: text_of(form, one.name) for one in act.fields if one.sort != FieldSort.FILES}
    key = text_of(form, "id")[:100] or new_key()
    body: dict[str, Any] = {**act.fixed, **_filled(act, given), "id": key}
    body["by"] = visit.person.name
    files = tuple(_evidence(visit, key, form))  # what cannot be kept is refused before all else
    desk = visit.application.desk
    if act.kind is MessageType.RESUME:
        answer, woken = desk.take_up(row.case_id, body, parked=row.parked)
    else:
        answer, woken = desk.say(row.case_id, act.kind, body)
    visit.wake(woken)
    if answer.accepted:
        for one in files:
            desk.file_evidence(row.case_id, one)
    visit.services.worklist.refresh_customer(visit.creditor, row.customer)
    return Acted(act=act, key=key, answer=answer, given=given)


def new_key() -> str:
    """Make the id of a form that is shown, or of one that came without."""
    return f"console-{uuid4().hex}"


def _filled(act: CaseAct, given: dict[str, str]) -> dict[str, str]:
    sorts = {one.name: one.sort for one in act.fields}
    return {
        name: plain_amount(value) if sorts[name] is FieldSort.MONEY else value
        for name, value in given.items()
        if value
    }


def _evidence(visit: Visit, ref: str, form: FormData) -> Iterator[Filed]:
    """What was added to a dispute, to be kept as its evidence."""
    for name, body in files_of_form(form, "files"):
        yield filed(name, body, ref=ref, by=visit.person.name)
