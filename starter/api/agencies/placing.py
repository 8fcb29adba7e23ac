"""Routes before a case is placed: what agencies would take, and the choice of one."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi.responses import JSONResponse
from pydantic import ConfigDict, Field

from activities.services.agencies.returned import RETURN_CHOICES
from starter.api.dependencies import Asked, Number, answered, shown_json
from starter.api.fields import Name, Strict, Text
from starter.api.schemas import Shown
from starter.views.agency_lines import choice_line, quote_line


class AgencyQuotes(Shown):
    """What each agency would take for a case, the one that brings in most first."""

    case: str
    quotes: list[dict[str, Any]]


class Placement(Strict):
    """The agency that takes over."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"id": "H-2", "agency": "nordwind", "by": "ann"}]}
    )

    agency: Annotated[Name, Field(description="The agency's short name.")]
    id: Annotated[Name | None, Field(description="Your own id: said twice, it counts once.")] = None
    by: Annotated[Name | None, Field(description="Who decided it.")] = None
    note: Annotated[Text, Field(description="Free text for people.")] = ""


def show_quotes(number: Number, ask: Asked) -> JSONResponse:
    """Compare what each agency would take for a case, and what would come in; decides nothing."""
    file = ask.file(number)
    quotes = [quote_line(one) for one in ask.application.agencies.placing.quotes(file)]
    return shown_json({"case": file.invoice.case_id, "quotes": quotes})


def place_case(number: Number, wanted: Placement, ask: Asked) -> JSONResponse:
    """Decide that an agency takes over; the quotes and the choice are kept as evidence."""
    file = ask.file(number)
    by, key = wanted.by or ask.somebody, wanted.id or ask.key
    answer, woken = ask.application.agencies.placing.place(
        file, wanted.agency, by=by, note=wanted.note, key=key
    )
    ask.wake(woken)
    return answered(file.invoice.case_id, answer)


class AgencyChoices(Shown):
    """What may become of a case that its agency gave back; empty where nothing waits."""

    case: str
    choices: list[dict[str, Any]]


class AgencyDecision(Strict):
    """What becomes of a case that its agency gave back."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"id": "R-1", "choice": "ourselves", "by": "ann"}]}
    )

    choice: Annotated[Name, Field(description=f"One of {RETURN_CHOICES}.")]
    id: Annotated[Name | None, Field(description="Your own id: said twice, it counts once.")] = None
    by: Annotated[Name | None, Field(description="Who decided it.")] = None
    note: Annotated[Text, Field(description="Free text for people.")] = ""


def show_choices(number: Number, ask: Asked) -> JSONResponse:
    """List what may become of a case that its agency gave back with money open."""
    file = ask.file(number)
    choices = [choice_line(one) for one in ask.application.agencies.returned.choices(file)]
    return shown_json({"case": file.invoice.case_id, "choices": choices})


def decide_returned(number: Number, wanted: AgencyDecision, ask: Asked) -> JSONResponse:
    """Decide what becomes of a case that its agency gave back: one act, and it goes on."""
    file = ask.file(number)
    by, key = wanted.by or ask.somebody, wanted.id or ask.key
    answer, woken = ask.application.agencies.returned.decide(
        file, wanted.choice, by=by, note=wanted.note, key=key
    )
    ask.wake(woken)
    return answered(file.invoice.case_id, answer)


class AgencyMessage(Strict):
    """What the agency is to know."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"id": "M-1", "note": "They moved to Bonn.", "by": "ann"}]}
    )

    note: Annotated[Text, Field(min_length=1, description="What the agency is to know.")]
    id: Annotated[Name | None, Field(description="Your own id: said twice, it counts once.")] = None
    by: Annotated[Name | None, Field(description="Who says it.")] = None


def tell_agency(number: Number, said: AgencyMessage, ask: Asked) -> JSONResponse:
    """Write to the agency that has a case: it goes out at once, with the file as it stands."""
    case_id = ask.file(number).invoice.case_id
    by, key = said.by or ask.somebody, said.id or ask.key
    answer, woken = ask.application.agencies.progress.tell(case_id, said.note, by=by, key=key)
    ask.wake(woken)
    return answered(case_id, answer)
