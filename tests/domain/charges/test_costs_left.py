"""Costs that outlive the principal: chased once, to the cent, and by nobody who must not."""

from datetime import date

import pytest

from domain.case.model import Message
from domain.case.money import Ground
from domain.charges.statement import Statement, statement
from domain.message_types import MESSAGES_TO_DEBTOR, ActionType, MessageType, Outcome
from domain.money import Money
from domain.parties.customer import Customer
from domain.policy.policy_file import parse_policy
from tests.domain.charges.test_costs import GERMAN, policy
from tests.stories.story import Story

CHASING = """
name = "left"
[[step]]
id = "first"
on = "due+1"
do = "remind"
[[step]]
id = "fee"
on = "due+10"
do = "fee"
amount = { EUR = "5.00" }
percent = "1"
[[step]]
id = "more"
on = "due+30"
do = "fee"
amount = { EUR = "7.00" }
[[step]]
id = "last"
on = "due+40"
do = "remind"
[plan_b]
on = "due+60"
do = "ask_person"
[charges]
leftover = "chase"
asked_from = "first"
"""


def asked(world: Story, day: str) -> Statement:
    ground = Ground(world.policy, world.calendar)
    return statement(world.case, ground, date.fromisoformat(day))


def paid_but_for_the_fee() -> Story:
    """1,000 due on 4 February; a fee of 15.00 on the 14th, and the principal came on the 20th."""
    world = Story(policy=parse_policy(CHASING))
    world.says("2026-02-20", MessageType.PAYMENT, "1000.00", key="p1")
    return world


def test_no_fee_is_added_once_the_principal_is_paid() -> None:
    """P24: the letter asks for what the case still chases, and for nothing more."""
    world = paid_but_for_the_fee().until("2026-03-20")

    assert world.case.costs_left == 1500
    assert asked(world, "2026-03-20").total == Money(1500, "EUR")
    assert [deed.charged for deed in world.deeds if deed.do is ActionType.FEE] == [1500, 0]

    world.says("2026-03-21", MessageType.PAYMENT, "15.00")
    assert world.until("2026-03-21").outcome is Outcome.PAID
    assert world.case.surplus == 0


def test_a_fee_that_later_news_shows_to_be_too_late_is_not_asked_for() -> None:
    """The money had come before the fee was charged; it was only booked after it."""
    world = Story(policy=parse_policy(CHASING))
    for booked, minor in (("2026-02-17", 99900), ("2026-02-18", 100)):
        world.live(world.at(booked))
        came, money = world.at("2026-02-12"), Money(minor, "EUR")
        world.records(Message(key=booked, kind=MessageType.PAYMENT, at=came, amount=money))

    assert world.case.costs_left == 0
    assert asked(world, "2026-02-18").total == Money(0, "EUR")


def test_a_reversal_makes_one_debt_of_principal_and_costs_again() -> None:
    """Exactly what went back is open; the costs stand beside it, not on top of it twice."""
    world = paid_but_for_the_fee()
    world.says("2026-02-25", MessageType.PAYMENT_REVERSED, ref="p1")

    assert (world.case.open, world.case.costs_left) == (100000, 0)
    assert world.case.to_chase == 100000
    assert asked(world, "2026-02-25").total == Money(101500, "EUR")


@pytest.mark.parametrize("amount", ["", "15.00", "40.00"])
def test_costs_that_are_contested_are_not_chased(amount: str) -> None:
    """What is left is the fee, and it is the fee that the customer contests."""
    world = paid_but_for_the_fee()
    world.says("2026-02-23", MessageType.DISPUTE_OPENED, amount, reason="contract")
    assert (world.case.disputed, world.case.undisputed) == (1500, 0)
    assert asked(world, "2026-02-23").principal == Money(0, "EUR")

    before = len(world.deeds)
    world.until("2026-06-30")
    assert {deed.do for deed in world.deeds[before:]} == {ActionType.ASK_PERSON}


def test_the_agency_does_not_get_costs_alone() -> None:
    """Nothing is open; a person decides what becomes of the fee."""
    hard = CHASING.replace('on = "due+60"\ndo = "ask_person"', 'on = "due+60"\ndo = "hand_off"')
    world = Story(policy=parse_policy(hard))
    world.says("2026-02-20", MessageType.PAYMENT, "1000.00")
    world.until("2026-06-30")

    plan_b = [deed for deed in world.deeds if deed.step == "plan-b"]
    assert [deed.do for deed in plan_b] == [ActionType.ASK_PERSON]
    assert "15.00 EUR" in plan_b[0].why


def test_money_on_its_way_for_costs_is_waited_for() -> None:
    world = paid_but_for_the_fee()
    world.says("2026-03-13", MessageType.IN_FLIGHT, "15.00", "2026-03-20")
    world.until("2026-03-20")

    assert not [deed for deed in world.deeds if deed.at >= world.at("2026-03-13")]


def test_a_vulnerable_customer_is_not_chased_for_costs_that_are_left() -> None:
    """D1."""
    world = paid_but_for_the_fee()
    world.home.customer = Customer(vulnerable=True)
    before = len(world.deeds)
    world.until("2026-06-30")

    done = {deed.do for deed in world.deeds[before:]}
    assert ActionType.ASK_PERSON in done
    assert not done & MESSAGES_TO_DEBTOR


COSTS_FIRST = CHASING + 'order = ["costs", "interest", "principal"]\n'


def test_money_does_not_pay_costs_that_were_let_go() -> None:
    """P24: what was asked for, to the cent, settles it, although costs come first here."""
    world = Story(policy=parse_policy(COSTS_FIRST))
    world.says("2026-02-16", MessageType.COSTS_WAIVED)
    total = asked(world, "2026-02-16").total
    world.says("2026-02-20", MessageType.PAYMENT, "1000.00")

    assert total == Money(100000, "EUR")
    assert (world.case.to_costs, world.case.open) == (0, 0)
    assert world.until("2026-02-20").outcome is Outcome.PAID


def test_costs_that_were_let_go_in_part_are_paid_for_the_rest() -> None:
    world = Story(policy=parse_policy(COSTS_FIRST))
    world.says("2026-02-16", MessageType.COSTS_WAIVED, "4.00")
    world.says("2026-02-20", MessageType.PAYMENT, "1000.00")
    assert (world.case.to_costs, world.case.open) == (1100, 1100)

    world.says("2026-02-21", MessageType.PAYMENT, "11.00")
    assert world.until("2026-02-21").outcome is Outcome.PAID
    assert world.case.surplus == 0


def test_what_was_paid_stays_paid_when_costs_are_let_go_afterwards() -> None:
    """Costs that money has settled are not there any more to be let go."""
    world = Story(policy=parse_policy(COSTS_FIRST))
    world.says("2026-02-20", MessageType.PAYMENT, "1000.00")
    world.says("2026-02-21", MessageType.COSTS_WAIVED)

    assert (world.case.to_costs, world.case.open) == (1500, 1500)


def test_all_that_came_can_be_given_back_the_costs_included() -> None:
    """The invoice was withdrawn, and its costs with it: the desk asks to give back what came."""
    world = Story(policy=parse_policy(COSTS_FIRST))
    world.says("2026-02-20", MessageType.PAYMENT, "400.00")
    world.says("2026-02-21", MessageType.WITHDRAWN)

    assert world.case.to_costs == 1500
    assert world.says("2026-02-22", MessageType.REFUND, "400.00") == ""
    assert (world.case.received, world.case.to_costs) == (0, 0)


def test_a_refund_stays_accepted_under_a_policy_by_which_costs_come_first() -> None:
    """A later policy un-accepts nothing: what was given back is gone."""
    world = paid_but_for_the_fee()
    assert world.says("2026-02-21", MessageType.REFUND, "1000.00") == ""
    world.policy = parse_policy(COSTS_FIRST)

    assert not world.folded.refused
    assert (world.case.received, world.case.open) == (0, 100000)


def test_costs_that_are_left_are_chased_if_the_policy_says_so() -> None:
    world = Story(policy=policy('[charges]\nleftover = "chase"\nwaive_below = { EUR = "4.00" }\n'))
    world.says("2026-02-20", MessageType.PAYMENT, "1000.00")
    world.until("2026-03-30")

    assert world.case.costs_left == 500
    assert world.outcome is None

    world.says("2026-03-31", MessageType.PAYMENT, "5.00")
    assert world.until("2026-03-31").outcome is Outcome.PAID


@pytest.mark.parametrize(("limit", "left"), [("4.99", 500), ("5.00", 500), ("5.01", 0)])
def test_costs_below_the_limit_are_let_go_and_stay_visible(limit: str, left: int) -> None:
    rules = f'[charges]\nleftover = "chase"\nwaive_below = {{ EUR = "{limit}" }}\n'
    world = Story(policy=policy(rules))
    world.says("2026-02-20", MessageType.PAYMENT, "1000.00")
    case = world.until("2026-02-20").case

    assert (case.costs_left, case.costs_given_up) == (left, 500 - left)


def test_money_that_came_before_the_invoice_was_issued_counts_from_its_date_on() -> None:
    world = Story(policy=policy(GERMAN))
    world.says("2026-01-04 12:00", MessageType.PAYMENT, "400.00")
    line = next(x for x in asked(world.until("2026-02-28"), "2026-02-28").lines if x.spans)

    assert {span.balance for span in line.spans} == {60000}


@pytest.mark.parametrize(
    ("paid", "left", "to_chase"),
    [("0.01", 0, 99999), ("999.99", 0, 1), ("1000.00", 1500, 1500), ("1000.01", 1499, 1499)],
)
def test_while_a_cent_of_the_principal_is_open_costs_stand_beside_it_and_are_not_chased(
    paid: str, left: int, to_chase: int
) -> None:
    """A fee of 15.00 was charged: what is chased is the invoice to the cent, then the fee."""
    world = Story(policy=parse_policy(CHASING))
    world.says("2026-02-20", MessageType.PAYMENT, paid)

    assert [deed.charged for deed in world.deeds if deed.do is ActionType.FEE] == [1500]
    assert (world.case.costs_left, world.case.to_chase) == (left, to_chase)
