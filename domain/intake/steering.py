"""Judges whether what a person decides has its effect, and says what stands in its way."""

from __future__ import annotations

from datetime import datetime

from domain.case.facts import Action
from domain.case.model import Case, Message
from domain.decision.state import CaseState
from domain.deed import base_of
from domain.errors import RefusedError
from domain.fold.steering import STEERING
from domain.message_types import MessageType

DECIDED_BY_PEOPLE = (*STEERING, MessageType.HANDOFF_APPROVED)
"""What a person decides, and what is refused where it would change nothing."""


def check_steering(state: CaseState, wish: Message) -> None:
    """Refuse what would be accepted and do nothing.

    A step that is behind, or cannot leave today; a handoff of what the agency has, or of nothing.

    Raises:
        RefusedError: naming what comes instead, when, and why.
    """
    if wish.kind is MessageType.STEP_SKIPPED:
        mine = (deed for deed in state.case.deeds if deed.episode == state.case.episode)
        if any(base_of(deed.step) == wish.ref for deed in mine):
            raise RefusedError(f"{wish.ref} is behind this invoice already", field="ref")
    elif wish.kind is MessageType.SEND_NOW:
        _check_leaves_today(state, wish)
    elif wish.kind is MessageType.HANDOFF_APPROVED:
        _check_can_be_handed_over(state.case)


def _check_can_be_handed_over(case: Case) -> None:
    if case.with_agency:
        raise RefusedError("the agency has the case already")
    if case.outcome:
        raise RefusedError("nothing is open on this invoice, so nothing can be handed over")


def _check_leaves_today(state: CaseState, wish: Message) -> None:
    then = state.told(wish)
    if wish.key in then.folded.refused:
        return  # the fold says it better
    action = then.at(wish.at).next_action
    if action.step == wish.ref and action.at and action.at < _end_of_its_day(state, wish.at):
        return
    raise RefusedError(f"{wish.ref} cannot leave today: {_instead(action, state)}", field="ref")


def about_steering(state: CaseState, message: Message) -> str:
    """Say when a step that is wanted out leaves, or what comes after one that was left out."""
    if message.kind is MessageType.SEND_NOW:
        at = state.next_action.at or state.now
        return f"{message.ref} leaves {_clock(at, state)}"
    if message.kind is MessageType.STEP_SKIPPED:
        action = state.next_action
        return f"{message.ref} is left out; {_next(action, state)}"
    return ""


def about_taking_back(case: Case, message: Message) -> str:
    """Say whether the customer is told that something was a mistake."""
    back = next((one for one in case.taken_back if one.key == message.key), None)
    return f"{message.ref} counts as never said" if back else ""


def _instead(action: Action, state: CaseState) -> str:
    why = action.why_at(state.now)
    return f"{_next(action, state)} ({why})" if action.step else why


def _next(action: Action, state: CaseState) -> str:
    if not action.step:
        return f"next: {action.why_at(state.now)}"
    when = f" {_clock(action.at, state)}" if action.at else ""
    return f"next comes {action.step}{when}"


def _clock(at: datetime, state: CaseState) -> str:
    """An instant as the customer's clock shows it."""
    there = state.calendar.wall(max(at, state.now))
    return f"on {there:%Y-%m-%d} at {there:%H:%M} in {state.calendar.zone}"


def _end_of_its_day(state: CaseState, at: datetime) -> datetime:
    calendar = state.calendar
    return calendar.end_of(calendar.local_date(calendar.within(at)))
