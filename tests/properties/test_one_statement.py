"""One sum for one question at one instant, whoever is asked (C4)."""

import re
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from activities.ports.letter_data import LetterData
from activities.ports.types import Dossier
from adapters.agency.dossier import dossier_json
from adapters.letters.writer import LetterWriter
from domain.briefing.briefing import Known, briefing
from domain.case.facts import Action
from domain.charges.statement import Statement
from domain.decision.deeds import deed_done
from domain.decision.state import CaseState
from domain.deed import base_of
from domain.message_types import MESSAGES_TO_DEBTOR, Result
from domain.money import Money, parse_money
from domain.parties.people import Creditor, Debtor
from domain.policy.classes import History
from domain.policy.model import Policy
from starter.views.case_sheet import to_pay_of
from tests.properties.homes import POLICIES, Word, words
from tests.properties.lives import QUICK
from tests.stories.story import Story

CREDITOR = Creditor(id="acme", name="Acme Ltd", email="billing@acme.example", iban="")
DEBTOR = Debtor(id="C-1", name="Globex", email="ap@globex.example", language="en")
ASKED_FROM = ("", "due")
WRITER = LetterWriter()


def letter_total(state: CaseState, action: Action) -> Money | None:
    """The sum that a letter about one case ends with; None where its words name none."""
    case, today = state.case, state.calendar.local_date(state.now)
    data = LetterData(
        case=case,
        debtor=DEBTOR,
        creditor=CREDITOR,
        step=base_of(action.step),
        do=action.do.value,
        tone=action.tone or "clear",
        channel="email",
        today=today.isoformat(),
        days_late=(today - case.invoice.due).days,
        statement=state.statement_of(action),
    )
    found = re.search(r"^Amount owed: EUR ([\d,.]+)$", WRITER.write(data).text, re.MULTILINE)
    return parse_money(found[1].replace(",", ""), "EUR") if found else None


def told(state: CaseState) -> dict[str, Money]:
    """What is to be paid now, as each place says it to whoever looks."""
    known = Known(state.facts, state.statement)
    due = briefing([known], History(), state.policy.classes, state.now).invoices[0]
    dossier = Dossier(
        id="d",
        kind="case.updated",
        at=state.now,
        case=state.case,
        debtor=DEBTOR,
        creditor=CREDITOR,
        why="",
        statement=state.statement,
    )
    filed = dossier_json(dossier)["data"]["amounts"]["to_pay"]
    return {
        "statement": state.statement_on(state.calendar.local_date(state.now)).total,
        "briefing": due.to_pay,
        "principal and costs": due.chased + due.costs,
        "case page and gateway": to_pay_of(state)["to_pay"],
        "agency": parse_money(filed, "EUR"),
    }


def adds_up(stated: Statement) -> bool:
    """The lines, less what was paid, let go and withheld of them, are the costs."""
    gross = sum(line.amount.minor for line in stated.lines)
    withheld = stated.withheld.minor if stated.withheld else 0
    left = gross - stated.costs_paid.minor - stated.waived.minor - withheld
    return stated.costs.minor == max(0, left)


def lived(policy: Policy, said: list[Word]) -> Story:
    """An invoice of 1,000 with all that was said about it."""
    world = Story(policy=policy, place=("UTC", ""))
    at = world.now + timedelta(days=33)
    for word in said:
        at += timedelta(hours=word.hours)
        day = str((at + timedelta(days=word.days)).date()) if word.days is not None else ""
        try:
            world.hears(at, word.kind, word.amount, day, reason=word.reason)
        except ValueError:
            continue  # what no way in would let through
    return world


@QUICK
@given(
    policy=st.sampled_from(POLICIES),
    asked_from=st.sampled_from(ASKED_FROM),
    said=st.lists(words, max_size=5),
    days=st.integers(0, 90),
)
def test_whoever_is_asked_names_the_same_sum(
    policy: Policy, asked_from: str, said: list[Word], days: int
) -> None:
    """Statement, briefing, case page, gateway, agency; the letter, and whoever looks after it."""
    charges = replace(policy.charges, asked_from=asked_from)
    world = lived(replace(policy, charges=charges), said)
    world.live(world.now + timedelta(days=days))
    state = world.state
    sums = told(state)
    assert len(set(sums.values())) == 1, sums
    assert adds_up(state.statement)

    action = state.next_action
    if action.do in MESSAGES_TO_DEBTOR and action.at and not state.case.outcome:
        then = state.at(max(action.at, state.now))
        asked = then.statement_of(action)
        written = letter_total(then, action)
        assert written in (None, asked.total)
        deed = deed_done(then.facts, action, then.now, Result.ACCEPTED, "email")
        after = told(then.done(deed))
        assert set(after.values()) == {asked.total}, (after, asked)
