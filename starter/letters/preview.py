"""What a customer would read: a step's letter about a real case, without sending anything."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from activities.ports.letter_data import Attachment, Letter, LetterData
from activities.sending.letters import letter_data
from adapters.letters.writer import LetterWriter
from domain.case.facts import Action
from domain.errors import DomainError
from domain.message_types import MESSAGES_TO_DEBTOR, ActionType
from starter.application import Application
from starter.views.looking import View
from starter.views.looking_ahead import ahead

_OWN = {
    re.compile(r"thanks"): ActionType.ACKNOWLEDGE,
    re.compile(r"agreement-[0-9]+-confirmed"): ActionType.ACKNOWLEDGE,
    re.compile(r"agreement-[0-9]+-reminder"): ActionType.REMIND,
    re.compile(r"instalment-[0-9]+-[0-9]+-(reminder|missed|over)"): ActionType.REMIND,
    re.compile(r"promise-broken-[0-9]+"): ActionType.REMIND,
}
"""Steps that no policy names: they follow from what was agreed or paid."""

FAR = 60
"""How many deeds are looked ahead for the day of a step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRequest:
    """Which letter is wanted.

    Attributes:
        step: a step's name; empty for the next message to come.
        language: IETF tag; empty for the customer's own.
        tone: another tone than the step's; empty for its own.
        day: in the debtor's calendar; None for the day on which the step would come.
    """

    step: str = ""
    language: str = ""
    channel: str = ""
    tone: str = ""
    day: date | None = None


def preview(application: Application, view: View, wish: PreviewRequest) -> Letter:
    """The letter that a customer would get.

    Raises:
        DomainError: if there is no such step, or nothing is to be written any more.
        LetterError: if the letter cannot be put into words.
    """
    planned, when = _planned(application, view, wish.step)
    action = planned if not wish.tone else replace(planned, tone=wish.tone)
    today = wish.day or when or view.state.calendar.local_date(view.now)
    channel = wish.channel or next(iter(action.channels), "email")
    data = letter_data(view.file, view.case, action, today, channel)
    debtor = view.file.debtor
    if wish.language:
        debtor = replace(debtor, language=wish.language)
    return LetterWriter(application.settings.letters_dir).write(
        replace(data, debtor=debtor, **_more(application, view, data, today))
    )


def _more(application: Application, view: View, data: LetterData, today: date) -> dict[str, Any]:
    state, last = view.state, view.case.last_message
    kept = None
    if data.do != ActionType.ACKNOWLEDGE and data.channel in ("email", "paper"):
        kept = application.evidence.newest_copy(view.case.invoice.case_id)
    copy = Attachment(name="invoice.pdf", media_type="application/pdf", body=kept) if kept else None
    return {
        "statement": state.statement_on(today),
        "last_contact": state.calendar.local_date(last.at).isoformat() if last else "",
        "copies": (copy,) if copy else (),
    }


def _planned(application: Application, view: View, step: str) -> tuple[Action, date | None]:
    """The action of a step, and the day on which it would come if nobody says another word."""
    coming = ahead(application.cases, view, FAR)
    calendar = view.state.calendar
    for deed in coming:
        if deed.do in MESSAGES_TO_DEBTOR and step in ("", deed.step):
            return _action(view, deed.step, deed.do), calendar.local_date(deed.at)
    if not step:
        raise DomainError("nothing is to be written about this case; name a step")
    return _action(view, step, None), None


def _action(view: View, step: str, do: ActionType | None) -> Action:
    known = view.file.policy.step(step)
    if known and known.is_message:
        told: dict[str, Any] = {"channels": known.channels, "tone": known.tone}
        days = known.deadline_days
        return Action(do=known.do, at=None, why="", step=step, deadline_days=days, **told)
    own = do or next((deed for name, deed in _OWN.items() if name.fullmatch(step)), None)
    if own is None:
        names = ", ".join(s.id for s in view.file.policy.steps if s.is_message)
        raise DomainError(
            f"the case's policy writes no letter {step!r}; its letters are {names}, "
            "thanks, agreement-1-confirmed, promise-broken-1, instalment-1-1-missed"
        )
    return Action(do=own, at=None, why="", step=step, channels=("email",), tone="clear")
