"""What other systems' tests assert about fees and interest."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.case.money import Ground
from domain.charges.statement import Statement, statement
from domain.message_types import MessageType
from domain.money import Money, parse_money
from domain.policy.model import Policy
from domain.policy.policy_file import parse_policy
from tests.scenarios import plots
from tests.stories.story import Story

DUE = date(2026, 3, 2)
Read = Callable[[str], dict[str, Any]]


@pytest.fixture
def scenario(shared_data: Path) -> Read:
    """Reads a scenario by its id."""
    return lambda name: plots.plot(shared_data, name)


def eur(amount: object) -> Money:
    return parse_money(str(amount), "EUR")


def charging(*, interest: object = 0, step: str = "") -> Policy:
    """A policy that charges a contract's interest, and a fee by a step."""
    rate = f'[charges]\ninterest = "contract"\ncontract_percent = "{interest}"\n'
    confirmed = 'confirmed_by = "the peer"\n'
    first = '[[step]]\nid = "first"\non = "due+300"\ndo = "ask_person"\n'
    window = '[calendar]\nwindow = "00:00-24:00"\nworking_days_only = false\n'
    return parse_policy(f'name = "peer"\n{window}{first}{step}{rate}{confirmed}')


def fee_step(on: str, what: str) -> str:
    return f'[[step]]\nid = "charge"\non = "{on}"\ndo = "fee"\n{what}\n'


def owed(story: Story, day: date) -> Statement:
    ground = Ground(story.policy, story.calendar)
    return statement(story.until(str(day)).case, ground, day)


def cost(found: Statement, name: str) -> Money:
    return eur(sum(line.amount.decimal for line in found.lines if line.name == name))


@pytest.mark.parametrize("name", ["ERP-01", "ERP-02"])
def test_erp_each_cost_stands_by_itself_and_they_add_up(scenario: Read, name: str) -> None:
    """P24: fee and simple interest for actual days over 365."""
    given = scenario(name)
    rule, (when, _, expected) = given["policy"], given["steps"][0]
    step = fee_step("due+1", f'amount = {{ EUR = "{rule["fee"]}" }}')
    policy = charging(interest=rule["interest_pct"], step=step)
    story = opened("1", given["given"]["invoice"]["amount"], policy=policy)
    found = owed(story, plots.offset(when, DUE))
    parts = {
        "outstanding": found.principal,
        "interest": cost(found, "interest"),
        "fee": cost(found, "fee"),
        "charges": found.costs,
        "total": found.total,
    }

    for part, amount in expected.items():
        assert parts[part] == eur(amount), part


def test_inv_09_the_fee_comes_the_day_after_the_grace(scenario: Read) -> None:
    given = scenario("INV-09")
    rule, balance = given["policy"], given["given"]["balance"]
    on = f"due+{rule['grace'] + 1}"
    percent = charging(step=fee_step(on, f'percent = "{rule["pct"]}"'))
    flat = charging(step=fee_step(on, 'amount = { EUR = "5" }'))
    for when, _, expected in given["steps"]:
        story = opened("1", balance, policy=flat if "flat" in when else percent)
        found = owed(story, plots.offset(when, DUE))
        assert cost(found, "fee") == eur(expected), when


def opened(
    number: str,
    amount: object = "100",
    due: date = DUE,
    issued: date | None = None,
    policy: Policy | None = None,
) -> Story:
    story = Story(
        policy=policy,
        issued=str(issued or due - timedelta(days=30)),
        due=str(due),
        amount=str(amount),
        place=("UTC", ""),
    )
    story.invoice = replace(story.invoice, number=number)
    return story


def test_inv_12_what_is_never_charged(scenario: Read) -> None:
    """Settled, void, zero, within grace, agreed upon, under other terms, or without a fee."""
    when, _, expected = scenario("INV-12")["steps"][0]
    today = plots.offset(when, DUE)
    terms = charging(step=fee_step("due+6", 'amount = { EUR = "5" }'))
    stories = {
        "plain": opened("plain", policy=terms),
        "before the terms": opened("old", policy=charging()),
        "within grace": opened("grace", due=today - timedelta(days=5), policy=terms),
        "closed": opened("closed", policy=terms),
        "voided": opened("void", policy=terms),
        "zero": opened("zero", "0", policy=terms),
        "planned": opened("plan", policy=terms),
    }
    stories["closed"].hears(stories["closed"].now, MessageType.PAYMENT, "100")
    stories["voided"].hears(stories["voided"].now, MessageType.WITHDRAWN)
    planned = stories["planned"]
    planned.hears(planned.at(str(DUE)), MessageType.PROMISE, day=str(today))
    charged = [name for name, one in stories.items() if cost(owed(one, today), "fee").minor]

    assert expected == "only the plain open one"
    assert charged == ["plain"]
