"""What a letter asks for, day by day: in its code, in its table, and in its preview (C1 to C6)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.message_types import MessageType
from domain.payments.references import is_reference_taken
from domain.policy.model import Charges, InterestBy
from domain.policy.policy_file import parse_policy, standard_policy
from tests.stories.letters.writing import (
    REFERENCE,
    SUM,
    TEXT,
    US,
    asks,
    code_of,
    figures,
    previewed,
    together,
    written,
    written_on,
)
from tests.stories.several import Several
from tests.stories.story import Story

STANDARD = standard_policy()
REMINDING = replace(STANDARD, agreements=replace(STANDARD.agreements, remind_before_days=3))
CHARGING = replace(
    STANDARD,
    charges=Charges(
        interest=InterestBy.CONTRACT,
        contract_percent=Decimal("36.5"),
        jurisdiction="DE",
        confirmed_by="the board, 2026-01-01",
        asked_from="due",
    ),
)
FEES = parse_policy(
    """
name = "a fee before the last letter"
calendar = { window = "09:00-17:00", working_days_only = false }
[[step]]
id = "polite"
on = "due+1"
do = "remind"
[[step]]
id = "fee"
on = "due+8"
do = "fee"
amount = { EUR = "5.00" }
[[step]]
id = "firm"
on = "due+9"
do = "demand_letter"
deadline_days = 7
"""
)


# C1: the code asks for what this letter asks for.


def in_instalments() -> Story:
    """1000.00 in three parts from Friday, 20 February; the first two are missed."""
    world = Story(policy=REMINDING).until("2026-02-06")
    assert not world.says(
        "2026-02-06 11:00", MessageType.PLAN_AGREED, day="2026-02-20", reason="3 monthly"
    )
    return world


def test_each_letter_about_a_plan_has_a_code_for_the_instalment_it_speaks_of() -> None:
    world = in_instalments()
    world.says("2026-02-20 15:00", MessageType.PAYMENT, "333.33")
    world.until("2026-03-24")
    steps = ("agreement-1-confirmed", "instalment-1-1-reminder", "instalment-1-2-missed")

    codes = {step: code_of(written(world, step))[SUM] for step in steps}

    assert codes == dict.fromkeys(steps, "EUR333.33"), "and never EUR1000, or what is left of it"


@pytest.mark.parametrize(
    ("day", "asked"),
    [("2026-02-24", "600.00"), ("2026-02-25", "600.00"), ("2026-02-26", "1000.00")],
)
def test_the_day_before_on_and_after_a_promise_of_part(day: str, asked: str) -> None:
    """400.00 are promised for the 25th: until then the code asks for the rest alone."""
    world = Story().until("2026-02-06")
    world.says("2026-02-06 11:00", MessageType.PROMISE, "400.00", "2026-02-25")

    data = written_on(world.until("2026-02-27"), "formal", day)

    assert asks(data) == asked
    assert code_of(data)[SUM] == f"EUR{asked.rstrip('0').rstrip('.')}"


# C2: a message about several invoices names their numbers.


def test_the_code_of_one_mail_about_three_invoices_names_all_three() -> None:
    """They were opened one after the other, and stand in one mail of 10:19."""
    world = Several()
    for minute in (0, 2, 4):
        world.opens(f"2026-02-05 10:0{minute}", "2025-12-05")
    world.until("2026-02-05 18:00")

    lines = code_of(together(life.state for life in world.cases.values()))

    assert world.messages == ["2026-02-05 10:19 R-1 R-2 R-3"]
    assert (lines[SUM], lines[TEXT]) == ("EUR300", "R-1, R-2, R-3")
    assert US.name not in lines[TEXT]


# C3: what was agreed, what is left after it, and what becomes of costs.


@pytest.mark.parametrize(
    ("promised", "left"),
    [("599.99", "EUR 400.01"), ("600.00", "EUR 400.00"), ("1000.00", "EUR 0.00")],
)
def test_the_confirmation_says_what_is_left_after_the_promise(promised: str, left: str) -> None:
    world = Story().until("2026-02-06")
    world.says("2026-02-06 11:00", MessageType.PROMISE, promised, "2026-02-25")

    data = written(world.until("2026-02-09"), "agreement-1-confirmed")

    assert asks(data) == promised
    assert figures(data)["Left after that"] == left


@pytest.mark.parametrize(
    ("day", "left"),
    [("2026-02-04", "EUR 0.00"), ("2026-02-05", "EUR 1.00"), ("2026-02-06", "EUR 2.00")],
)
def test_interest_is_left_after_a_promise_of_the_whole_principal(day: str, left: str) -> None:
    """Due on the 4th, one euro for each day after it: the letter says that it is not gone."""
    world = Story(policy=CHARGING)
    world.says("2026-02-03 11:00", MessageType.PROMISE, "1000.00", "2026-02-25")

    told = figures(written_on(world.until("2026-02-07"), "agreement-1-confirmed", day))

    assert (told["Payment agreed"], told["Left after that"]) == ("EUR 1,000.00", left)


# C5: no two invoices of a creditor have one reference.


@pytest.mark.parametrize(
    ("opened", "keeps"),
    [("2026-02-03", "T1"), ("2026-02-04", "T-1"), ("2026-02-05", "T-1")],
)
def test_of_two_numbers_alike_the_one_opened_first_keeps_the_reference(
    opened: str, keeps: str
) -> None:
    """T-1 was opened on the 4th; T1 the day before, on the day (its number is later), after."""
    days = {"T-1": date(2026, 2, 4), "T1": date.fromisoformat(opened)}
    order = sorted(days, key=lambda number: (days[number], number))
    found = {}
    for place, number in enumerate(order):
        world = Story()
        world.invoice = replace(world.invoice, number=number)
        data = written_on(world.until("2026-02-06"), "polite", "2026-02-06")
        taken = is_reference_taken(number, "iso11649", order[:place])
        us = replace(US, reference="iso11649")
        lines = code_of(replace(data, creditor=us, reference_taken=taken))
        found[number] = "".join(lines[REFERENCE:])

    assert found[keeps].startswith("RF")
    assert len(set(found.values())) == 2
    assert sum(text.startswith("RF") for text in found.values()) == 1


# C6: a letter is previewed as it will be.


@pytest.mark.parametrize("looked", ["2026-02-11", "2026-02-12", "2026-02-13"])
def test_a_letter_is_previewed_with_the_fee_that_is_charged_before_it(looked: str) -> None:
    """The fee falls on the 12th, the letter on the 13th: looked at the day before, on it, after."""
    world = Story(policy=FEES)
    world.live(world.at(looked))

    foreseen = previewed(world, "firm")
    as_sent = written(world.until("2026-02-13"), "firm")

    assert asks(foreseen) == asks(as_sent) == "1005.00"
    assert figures(foreseen) == figures(as_sent)


COSTS_FIRST = replace(
    parse_policy(
        """
name = "a fee after the letter that asks for costs"
calendar = { window = "09:00-17:00", working_days_only = false }
[[step]]
id = "formal"
on = "due+5"
do = "demand_letter"
deadline_days = 2
[[step]]
id = "fee"
on = "due+8"
do = "fee"
amount = { EUR = "5.00" }
[[step]]
id = "firm"
on = "due+9"
do = "demand_letter"
deadline_days = 7
"""
    ),
    charges=Charges(order=("costs", "interest", "principal")),
)


@pytest.mark.parametrize(
    ("paid", "principal"),
    [
        ("2026-02-12 08:59", "900.00"),
        ("2026-02-12 09:00", "905.00"),
        ("2026-02-12 09:01", "905.00"),
    ],
)
def test_money_that_comes_as_a_fee_falls_is_shared_out_alike_before_and_after(
    paid: str, principal: str
) -> None:
    """A payment of 100.00 just before the fee pays the invoice; from its instant on, the fee."""
    world = Story(policy=COSTS_FIRST)
    world.says(paid, MessageType.PAYMENT, "100.00")

    foreseen = previewed(world, "firm")
    as_sent = written(world.until("2026-02-13"), "firm")

    assert foreseen.statement
    assert foreseen.statement.principal.plain == principal
    assert asks(foreseen) == asks(as_sent) == "905.00"
    assert figures(foreseen) == figures(as_sent)
