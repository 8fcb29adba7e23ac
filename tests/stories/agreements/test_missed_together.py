"""Instalments for several invoices of a customer that are missed on one day: one word about all.

Each invoice of 100.00 was due on 4 February, and is paid in two parts of 50.00 from the 18th on, a
Wednesday; nothing came.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from activities.ports.letter_data import LetterData
from activities.sending.letter_parts import invoice_line
from adapters.letters.asked import asked_sum
from domain.message_types import MessageType
from domain.money import Money
from tests.adapters.letters.lettering import LETTERS
from tests.stories.letters.writing import together
from tests.stories.several import Several

MISSED, OVER = "2026-02-19", "2026-02-26"


def planned(count: int, day: str = "2026-02-18") -> Several:
    """So many invoices, each with a plan of its own; the last one's begins on a day of its own."""
    several = Several()
    for _ in range(count):
        several.opens("2026-01-05 10:00", "2026-02-04")
    for number in list(several.cases):
        first = day if number == f"R-{count}" else "2026-02-18"
        said = {"day": first, "reason": "2 monthly"}
        several.says("2026-02-06 12:00", number, MessageType.PLAN_AGREED, **said)
    return several


@pytest.mark.parametrize("count", [1, 2, 4, 12])
def test_however_many_instalments_are_missed_one_message_says_so(count: int) -> None:
    """D, P52: and one message on the day on which all their plans are over."""
    several = planned(count).until("2026-02-28 00:00")

    written = [line.split()[0] for line in several.messages if line > MISSED]
    assert written == [MISSED, OVER]
    assert len(several.done("hold_credit")) == count
    calls = {line.split()[0] for line in several.done("call_task") if line > MISSED}
    assert calls == {OVER}


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-02-17", ["2026-02-18 09:00 R-3", "2026-02-19 09:00 R-1 R-2"]),
        ("2026-02-18", ["2026-02-19 09:00 R-1 R-2 R-3"]),
        ("2026-02-19", ["2026-02-19 09:00 R-1 R-2", "2026-02-20 09:00 R-3"]),
    ],
)
def test_each_is_told_on_the_day_after_its_own(day: str, words: list[str]) -> None:
    """Two are due on the 18th, the third on the day before, that day, the day after."""
    several = planned(3, day).until("2026-02-21 00:00")

    assert [line for line in several.messages if line > "2026-02-18"] == words


def letter_about(several: Several, step: str, day: str) -> LetterData:
    """The letter about all its invoices, as it is made of its parts."""
    states = [life.state for life in several.cases.values()]
    today = date.fromisoformat(day)
    lines = tuple(
        invoice_line(state.case, step, state.statement_on(today), today) for state in states
    )
    data = replace(together(states), step=step, tone="clear", today=day, lines=lines)
    return replace(data, debtor=replace(data.debtor, zone="Europe/Berlin"))


def test_the_letter_asks_for_the_instalments_alone_and_says_until_when_the_plans_go_on() -> None:
    """C1: not for the 200.00 that are open; what comes later stands beside them."""
    several = planned(2).until("2026-02-19 08:00")
    data = letter_about(several, "instalment-1-1-missed", MISSED)
    text = " ".join(LETTERS.write(data).text.replace("\u00a0", " ").split())

    assert asked_sum(data).sums == (Money(10000, "EUR"),)
    for number in ("R-1", "R-2"):
        told = f"The instalment of EUR 50.00 for our invoice {number} was agreed for 18 February"
        assert told in text
    assert text.count("if it has not reached us by 25 February 2026, the plan is over") == 2
    assert text.count("Not due yet, due on 18 March 2026") == 2
    assert "overlooked" not in text
    assert "ignore this message" not in text


def test_the_letter_about_plans_that_are_over_asks_for_all_of_it() -> None:
    several = planned(2).until("2026-02-26 08:00")
    data = letter_about(several, "instalment-1-1-over", OVER)
    text = " ".join(LETTERS.write(data).text.replace("\u00a0", " ").split())

    assert asked_sum(data).sums == (Money(20000, "EUR"),)
    assert text.count("the plan is over and the whole balance is due") == 2
    assert "overlooked" not in text
