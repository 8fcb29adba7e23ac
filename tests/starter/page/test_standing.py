"""The page says one truth at each stage: what is asked by when, and what is under way."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from activities.case_service import CaseService
from activities.cases.session import Session
from adapters.ledger.account.ledger import SqlLedger
from adapters.runtime.machine import machine_clock
from domain.case.facts import Action
from domain.message_types import ActionType, MessageType
from starter.page.words import NAMES, page_catalogue
from tests.starter.page.days import day_in_words, days_ahead, today_there
from tests.starter.page.world import Customer, owes_two, say, words_in

ASKED = "Muster & Söhne GmbH asks for EUR 119.00"
AT_EASE = "Nothing is asked for at the moment."
PLEDGE, PLAN = MessageType.PROMISE, MessageType.PLAN_AGREED


def top_of(customer: Customer) -> str:
    """What stands above everything that can be done."""
    page = words_in(customer.get(l="en").text).replace("&amp;", "&")
    return page.partition("What would you like to do?")[0].partition("What is open")[0]


def said_before(customer: Customer, kind: MessageType, days: int, **body: object) -> None:
    """Something was said so many days ago."""

    def then() -> datetime:
        return machine_clock() - timedelta(days=days)

    desk = CaseService(SqlLedger(customer.gate.application.engine), then)
    answer, _ = desk.say(customer.cases[0], kind, dict(body))
    assert answer.accepted, answer.text


def day(days: int) -> str:
    """A day so many days from now, as the page writes it."""
    return day_in_words(today_there() + timedelta(days=days))


def handed_over(customer: Customer) -> None:
    """The agency was given the case."""
    case = customer.cases[0]
    with SqlLedger(customer.gate.application.engine).account_of(case) as account:
        session = Session(account, case, machine_clock())
        to_agency = Action(do=ActionType.HAND_OFF, at=session.now, why="its time", step="plan-b")
        session.record(to_agency, channel="agency")
        session.decide()


def plan_of(*days: int) -> list[dict[str, str]]:
    """Instalments of 60.00 and 59.00 on days from now."""
    sums = zip(days, ("60.00", "59.00"), strict=True)
    return [{"date": days_ahead(day), "amount": amount} for day, amount in sums]


@pytest.mark.parametrize("reason", ["goods", "hardship"])
def test_nothing_is_asked_for_that_is_contested_or_cannot_be_paid(
    customer: Customer, reason: str
) -> None:
    say(customer.gate, customer.cases[0], MessageType.DISPUTE_OPENED, reason=reason)

    say(customer.gate, customer.cases[0], MessageType.DISPUTE_OPENED, reason=reason)
    assert top_of(customer).count("we look into what you told us") == 1

    assert AT_EASE in top_of(customer)
    assert "0.00" not in top_of(customer)
    assert "How to pay" not in top_of(customer)


def test_nobody_is_asked_for_money_that_is_on_its_way(customer: Customer) -> None:
    say(customer.gate, customer.cases[0], MessageType.IN_FLIGHT)

    assert AT_EASE in top_of(customer)
    assert "is on its way to us; we expect it by" in top_of(customer)


def test_a_promised_day_takes_the_place_of_the_due_date(customer: Customer) -> None:
    say(customer.gate, customer.cases[0], PLEDGE, date=days_ahead(5))

    assert f"{ASKED}, agreed for {day(5)}." in top_of(customer)


def test_a_day_that_passed_is_said(customer: Customer) -> None:
    said_before(customer, PLEDGE, 9, date=days_ahead(-4))

    assert f"the payment agreed for {day(-4)} has not arrived yet" in top_of(customer)


def test_a_plan_in_default_asks_for_its_missed_part_alone(customer: Customer) -> None:
    parts = [{"date": days_ahead(-3), "amount": "60.00"}, {"date": days_ahead(27), "amount": "59"}]
    said_before(customer, PLAN, 8, instalments=parts)

    assert "asks for EUR 60.00, due on" in top_of(customer)
    assert f"the payment agreed for {day(-3)} has not arrived yet" in top_of(customer)


@pytest.mark.parametrize(("coming", "said"), [("59.50", True), ("60.00", False)])
def test_a_part_that_is_on_its_way_has_not_failed_to_arrive(
    customer: Customer, coming: str, *, said: bool
) -> None:
    said_before(customer, PLAN, 8, instalments=plan_of(-3, 27))
    say(customer.gate, customer.cases[0], MessageType.IN_FLIGHT, amount=coming)

    assert ("has not arrived yet" in top_of(customer)) is said


def test_the_customer_knows_that_an_agency_acts_and_hears_all(customer: Customer) -> None:
    handed_over(customer)

    assert "a collection agency acts for us" in top_of(customer)


@pytest.mark.parametrize(
    ("kind", "body", "lead"),
    [
        (MessageType.PAYMENT, {"amount": "119.00"}, "Nothing is open any more. Thank you!"),
        (MessageType.PAYMENT, {"amount": "150.00"}, "You have paid EUR 31.00 more than was owed"),
        (MessageType.WRITE_OFF, {}, "Nothing is open any more."),
        (MessageType.WITHDRAWN, {}, "Nothing is open any more."),
        (MessageType.CREDIT_NOTE, {"amount": "119.00"}, "Nothing is open any more."),
    ],
)
def test_who_paid_is_thanked_and_nobody_else(
    customer: Customer, kind: MessageType, body: dict[str, str], lead: str
) -> None:
    say(customer.gate, customer.cases[0], kind, id="m-1", **body)

    assert lead in top_of(customer)
    assert ("Thank you" in top_of(customer)) is (kind is MessageType.PAYMENT)


def test_of_several_each_settled_one_is_named(customer: Customer) -> None:
    owes_two(customer)
    say(customer.gate, customer.cases[1], MessageType.PAYMENT, id="m-2", amount="50.00")

    assert f"{ASKED}." in top_of(customer)
    assert "Invoice R-2: nothing is open any more." in top_of(customer)


@pytest.mark.parametrize(
    ("said", "body", "asked"),
    [
        (PLEDGE, {"date": days_ahead(5)}, "50.00"),
        (PLEDGE, {"date": days_ahead(5), "amount": "60.00"}, "109.00"),
        (PLEDGE, {"date": days_ahead(0)}, "169.00"),
        (PLAN, {"instalments": plan_of(5, 35)}, "50.00"),
        (PLAN, {"instalments": plan_of(-1, 29)}, "110.00"),
    ],
    ids=["later", "a part later", "today", "instalments later", "an instalment come"],
)
def test_of_several_the_sum_leaves_out_what_was_agreed_for_a_later_day(
    customer: Customer, said: MessageType, body: dict[str, object], asked: str
) -> None:
    """The sums that stand out in each invoice's own table make the total, and so does the lead."""
    owes_two(customer)
    said_before(customer, said, 2, **body)

    page = words_in(customer.get(l="en").text)
    owed = re.findall(r"Amount owed EUR ([0-9.]+)", page)
    assert f"asks for EUR {asked}." in top_of(customer)
    waits = Decimal(asked) < Decimal("169.00")
    assert f"{'To pay now' if waits else 'Total owed'} in EUR EUR {asked}" in page
    assert ("For later days in EUR, not asked for here EUR " in page) is waits
    assert sum(map(Decimal, owed)) == Decimal(asked)


def test_nothing_is_asked_for_where_all_of_several_was_promised_for_later(
    customer: Customer,
) -> None:
    owes_two(customer)
    for case in customer.cases:
        say(customer.gate, case, PLEDGE, date=days_ahead(5))

    assert AT_EASE in top_of(customer)
    assert "How to pay" not in top_of(customer)


@pytest.mark.parametrize("tag", [tag for tag in NAMES if tag != "en"])
def test_where_things_stand_is_said_in_every_language(tag: str) -> None:
    known = page_catalogue(tag)

    for words in (AT_EASE, "Nothing is open any more."):
        message = known.get(words)
        assert message, words
        assert message.string, words
