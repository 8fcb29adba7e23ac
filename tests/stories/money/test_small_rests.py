"""Rests too small to be chased alone: asked about once, and asked for once they come together.

A customer keeps 0.20 back of each invoice. The policy chases nothing below 0.50: one such rest, or
two, are left to a person; with the third all of them are asked for in one word.
"""

from datetime import UTC, datetime

import pytest

from domain.message_types import ActionType, MessageType, Outcome
from domain.parties.customer import Customer, InvoiceShare
from tests.stories.several import Several
from tests.stories.story import Story

LONG_AGO = datetime(2026, 1, 20, 9, tzinfo=UTC)


def rest(number: int, minor: int, *, currency: str = "EUR", since: datetime = LONG_AGO) -> Customer:
    """Another invoice of the customer has so much left."""
    share = InvoiceShare(
        case=f"invoice/acme/Q-{number}", currency=currency, rest=minor, since=since
    )
    return Customer(shares=(share,))


def short(customer: Customer, paid: str = "999.80", day: str = "2026-02-10") -> Story:
    """Of 1,000.00 due on 4 February so much came on a day."""
    world = Story(customer=customer)
    world.says(f"{day} 12:00", MessageType.PAYMENT, paid)
    return world


def test_a_single_rest_is_a_persons_question_once_and_no_more() -> None:
    """T1 keeps 0.20 open: the desk is asked, and nobody presses for it in years."""
    world = short(Customer()).until("2028-12-31")

    assert world.since("2026-02-10") == ["2026-02-10 ask_person small-rest"]


@pytest.mark.parametrize("day", ["2026-01-20", "2026-02-04", "2026-02-05"])
def test_a_rest_is_asked_about_on_the_day_after_the_due_date_at_the_earliest(day: str) -> None:
    world = short(Customer(), day=day).until("2026-03-31")
    assert [line for line in world.diary if "ask_person" in line] == [
        "2026-02-05 ask_person small-rest"
    ]


@pytest.mark.parametrize(
    ("paid", "outcome"), [("999.99", None), ("1000.00", Outcome.PAID), ("1000.01", Outcome.PAID)]
)
def test_a_case_is_paid_with_its_last_cent(paid: str, outcome: Outcome | None) -> None:
    assert short(Customer(), paid).case.outcome == outcome


@pytest.mark.parametrize(
    ("others", "asked"), [(29, False), (30, True), (31, True)], ids=["0.49", "0.50", "0.51"]
)
def test_together_they_are_asked_for_from_the_tolerance_on(others: int, asked: bool) -> None:
    world = short(rest(1, others)).until("2026-02-28")

    said = [line for line in world.since("2026-02-11") if " remind " in line]
    assert bool(said) is asked


def test_the_word_asks_anew_with_a_deadline_and_the_agency_never_follows_by_itself() -> None:
    """P19: the reminder of before asked for 1,000.00; the rest gets a word of its own.

    No call, sales note, credit hold or fee: they cost more than all of the rests.
    """
    world = short(rest(1, 30)).until("2026-12-31")

    first = next(deed for deed in world.deeds if world.at("2026-02-10") < deed.at)
    assert (first.do, first.step, first.asked) == (
        ActionType.REMIND,
        "renewed-rests-together-1",
        20,
    )
    assert first.deadline is not None
    done = {deed.do for deed in world.deeds if deed.at > world.at("2026-02-10")} - {
        ActionType.CONFIRM
    }
    assert done <= {ActionType.REMIND, ActionType.DEMAND_LETTER, ActionType.ASK_PERSON}
    assert "only a rest of 0.20 EUR is left" in " ".join(deed.why for deed in world.deeds)


def test_another_currency_adds_nothing() -> None:
    world = short(rest(1, 10000, currency="USD")).until("2026-12-31")

    assert world.since("2026-02-10") == ["2026-02-10 ask_person small-rest"]


@pytest.mark.parametrize(
    ("due", "day"), [("2026-03-02", "2026-03-02"), ("2026-03-03", "2026-03-03")]
)
def test_a_rest_that_is_not_due_yet_counts_from_its_day_on(due: str, day: str) -> None:
    """Nothing is asked for the day before; no event is needed for the day itself."""
    since = datetime.fromisoformat(f"{due}T09:00:00+01:00")
    world = short(rest(1, 30, since=since)).until("2026-03-31")

    said = [line for line in world.since("2026-02-11") if " remind " in line]
    assert said[0] == f"{day} remind renewed-rests-together-1"


def test_only_people_deal_with_a_vulnerable_customer_also_about_rests() -> None:
    shares = rest(1, 30).shares
    world = short(Customer(shares=shares, vulnerable=True)).until("2026-12-31")

    assert {deed.do for deed in world.deeds} == {ActionType.ASK_PERSON}


def test_a_rest_that_is_paid_leaves_the_others_alone_again() -> None:
    world = short(rest(1, 30)).until("2026-02-20")
    world.home.customer = Customer()
    world.says("2026-02-21", MessageType.NUDGE)

    assert world.until("2027-12-31").since("2026-02-21") == ["2026-02-23 ask_person small-rest"]


def test_with_the_third_rest_all_three_invoices_are_asked_for_in_one_word() -> None:
    """Each keeps 0.20 open; the two before it hear that they are worth asking for now."""
    several = Several()
    for number, day in (("R-1", "10"), ("R-2", "16"), ("R-3", "24")):
        several.opens("2026-01-05 09:00", "2026-02-04")
        several.says(f"2026-02-{day} 12:00", number, MessageType.PAYMENT, amount="99.80")
    several.until("2026-02-28 00:00")

    assert [line for line in several.messages if line >= "2026-02-24"] == [
        "2026-02-24 12:00 R-1 R-2 R-3"
    ]
