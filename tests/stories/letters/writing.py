"""The letters of a story: as they were written, or as they would be written on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from activities.ports.letter_data import InvoiceLine, LetterData
from adapters.letters.asked import asked_sum
from domain.case.facts import Action
from domain.decision.state import CaseState
from domain.message_types import ActionType
from domain.parties.people import Creditor
from tests.adapters.letters.asking import GERMAN, code
from tests.adapters.letters.lettering import LETTERS
from tests.adapters.letters.samples import CREDITOR, DEBTOR, letter
from tests.stories.story import Story

US: Creditor = replace(CREDITOR, iban=GERMAN, bic="", pay_link="")
SUM, REFERENCE, TEXT = 7, 9, 10
"""Where the code to scan holds what is to be paid, a reference, and other words for it."""


def written(world: Story, step: str) -> LetterData:
    """The newest letter of that step, with what was known when it was written."""
    deed = next(one for one in reversed(world.deeds) if one.step == step)
    state = world.state.before(deed.at).at(deed.at)
    return _data(state, _action(state, deed.step, deed.do), state.calendar.local_date(deed.at))


def written_on(world: Story, step: str, day: str) -> LetterData:
    """A letter as it would be written at noon of a day: a step's, or a confirmation."""
    at = world.at(f"{day} 12:00")
    state = world.state.before(at).at(at)
    known = world.policy.step(step)
    do = known.do if known else ActionType.ACKNOWLEDGE
    return _data(state, _action(state, step, do), date.fromisoformat(day))


def previewed(world: Story, step: str) -> LetterData:
    """A letter of a step that is still to come, after all that will be done before it."""
    state: CaseState = world.state
    for deed in world.foresee():
        if deed.step == step:
            at = state.at(deed.at)
            return _data(at, _action(at, step, deed.do), at.calendar.local_date(deed.at))
        state = state.done(deed)
    raise AssertionError(f"{step} will not be said")


def together(states: Iterable[CaseState], creditor: Creditor = US) -> LetterData:
    """One letter about several invoices."""
    known = list(states)
    lines = [InvoiceLine(case=state.case, statement=state.statement) for state in known]
    data: LetterData = letter(
        case=known[0].case, creditor=creditor, lines=tuple(lines), deadline=""
    )
    return data


def code_of(data: LetterData) -> list[str]:
    """The lines of the code to scan; empty if there is none."""
    return code(LETTERS.write(data))


def asks(data: LetterData) -> str:
    """The one sum that a letter asks for."""
    (money,) = asked_sum(data).sums
    return money.plain


def figures(data: LetterData) -> dict[str, str]:
    """The rows of its tables: what each is called, and its value with plain spaces."""
    rows = (row for table in LETTERS.content(data).tables for row in table.rows)
    return {row.label: row.value.replace("\u00a0", " ") for row in rows}


def _action(state: CaseState, step: str, do: ActionType) -> Action:
    known = state.policy.step(step)
    tone = known.tone if known else ("warm" if do is ActionType.ACKNOWLEDGE else "clear")
    return Action(do=do, at=None, why="", step=step, tone=tone)


def _data(state: CaseState, action: Action, day: date) -> LetterData:
    data: LetterData = letter(
        case=state.case,
        debtor=replace(DEBTOR, id=state.case.invoice.customer),
        creditor=US,
        step=action.step,
        do=action.do.value,
        tone=action.tone,
        today=day.isoformat(),
        deadline="",
        days_late=(day - state.case.due).days,
        statement=state.statement_on(day, action),
    )
    return data
