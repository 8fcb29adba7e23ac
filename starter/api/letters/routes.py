"""Letters before they leave, over HTTP: the same service as in the console."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import JSONResponse
from pydantic import ConfigDict

from domain.contact.letter_changes import LetterChange
from starter.api.dependencies import Asked, Number, answered, shown_json
from starter.api.fields import Name, Short, Strict, Text
from starter.views.letter_sheet import letter_sheet
from starter.views.sent_letters import sent_letter_sheet

_AtOnce = Annotated[bool, Query(description="As it would leave if it were sent now.")]


def look_at_letter(number: Number, ask: Asked, *, now: _AtOnce = False) -> JSONResponse:
    """Look at the next letter of an invoice as it will leave; nothing is sent by looking."""
    looking = ask.application.letter_desk.looking
    look = looking.look(ask.row(number).case_id, ask.now, at_once=now)
    return shown_json(letter_sheet(look))


def list_sent_letters(number: Number, ask: Asked) -> JSONResponse:
    """List what the customer was written about an invoice, word for word, oldest first."""
    case_id = ask.row(number).case_id
    letters = ask.application.letter_desk.sent.about(case_id)
    return shown_json({"case": case_id, "items": [sent_letter_sheet(one) for one in letters]})


_CHANGE: dict[str, Any] = {"passage": "Thank you for the talk on Monday.", "seen": "4a59150902"}


class ChangeOfLetter(Strict):
    """Words before the letter's own, or instead of its first sentences; another contact."""

    model_config = ConfigDict(json_schema_extra={"examples": [_CHANGE]})

    passage: Text = ""
    instead: bool = False
    recipient: Short = ""
    seen: Name
    by: Name | None = None


def change_letter_over_http(number: Number, said: ChangeOfLetter, ask: Asked) -> JSONResponse:
    """Change the letter that was looked at, for this once."""
    wish = LetterChange(passage=said.passage, instead=said.instead, recipient=said.recipient)
    look = ask.application.letter_desk.changing.change(
        ask.row(number).case_id, wish, seen=said.seen, by=said.by or ask.somebody
    )
    return shown_json(letter_sheet(look))


class ChangeTakenBack(Strict):
    """Who takes a change back; whoever has the key, if nobody is named."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"by": "ann"}]})

    by: Name | None = None


def undo_letter_over_http(number: Number, said: ChangeTakenBack, ask: Asked) -> JSONResponse:
    """Let the letter leave in its own words."""
    changing = ask.application.letter_desk.changing
    look = changing.undo(ask.row(number).case_id, said.by or ask.somebody)
    return shown_json(letter_sheet(look))


class LetterToTry(Strict):
    """Whose mailbox, at the creditor's own domain."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"to": "ann@acme.example"}]})

    to: Name


def try_letter_over_http(number: Number, said: LetterToTry, ask: Asked) -> JSONResponse:
    """Send the letter to a colleague first; the customer hears nothing."""
    ask.application.letter_desk.changing.try_out(ask.row(number).case_id, said.to)
    return shown_json({"to": said.to, "sent": True})


class LetterToSend(Strict):
    """Which letter was looked at, and who lets it leave at once."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": "L-1", "seen": "4a59150902"}]})

    id: Name | None = None
    seen: Name
    by: Name | None = None


def send_letter_over_http(number: Number, said: LetterToSend, ask: Asked) -> JSONResponse:
    """Let the letter leave at once, as it was looked at."""
    case_id, key = ask.row(number).case_id, ask.own_id(said.id, "what is sent")
    answer, woken = ask.application.letter_desk.changing.send_now(
        case_id, key, seen=said.seen, by=said.by or ask.somebody
    )
    ask.wake(woken)
    return answered(case_id, answer)
