"""Questions whether an invoice arrived: one for all, and never at the cost of a word (P02, P82)."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.case.model import Deed, Invoice
from domain.contact.contact_book import free_for_question
from domain.decision.bundling import gap_after, gives_way_until, words_count_until
from domain.decision.state import CaseState
from domain.money import Money
from domain.parties.customer import Customer, PlannedContact, Touch
from domain.policy.model import Policy
from domain.policy.policy_file import parse_policy, standard_policy
from domain.simulation.case import SimulatedCase
from domain.simulation.world import Household, World
from tests.reaching import reached_by
from tests.stories.story import Story

DEBTOR = replace(reached_by({"email", "sms"}), zone="UTC", country="DE", customer_class="good")
POLICY = standard_policy()
AT_ONCE = replace(POLICY, contact=replace(POLICY.contact, bundle_days=0))
END = datetime(2026, 6, 1, tzinfo=UTC)


def lived(*invoices: tuple[str, str], policy: Policy = POLICY) -> list[SimulatedCase]:
    """Play a customer's invoices, each with the days on which it was issued and is due."""
    home, world = Household(debtor=DEBTOR), World()
    lives = []
    for number, (issued, due) in enumerate(invoices):
        opened = datetime.fromisoformat(f"{issued}T00:00:00+00:00")
        invoice = Invoice(
            creditor="acme",
            number=f"R-{number + 1}",
            customer="C-1",
            issued=date.fromisoformat(issued),
            due=date.fromisoformat(due),
            amount=Money(100_00, "EUR"),
            opened_at=opened,
        )
        state = CaseState(invoice=invoice, policy=policy, debtor=DEBTOR, now=opened)
        life = SimulatedCase(state, END)
        world.settle(life, home)
        world.expect(life, opened, lambda: None)
        lives.append(life)
    world.run()
    return lives


def days(lives: list[SimulatedCase], step: str) -> dict[str, list[str]]:
    """On which days a step was done, with the numbers of its invoices."""
    found = defaultdict(list)
    for life in lives:
        for deed in life.deeds:
            if deed.step == step:
                found[f"{deed.at:%m-%d %H:%M}"].append(life.number)
    return dict(sorted(found.items()))


@pytest.mark.parametrize("policy", [POLICY, AT_ONCE])
def test_three_invoices_of_one_day_are_asked_about_in_one_mail(policy: Policy) -> None:
    """What falls due at the very same instant goes along, even where nothing is brought forward."""
    lives = lived(*[("2026-01-05", "2026-02-04")] * 3, policy=policy)
    assert days(lives, "confirm-receipt") == {"01-08 09:00": ["R-1", "R-2", "R-3"]}


@pytest.mark.parametrize("issued", ["2026-01-16", "2026-01-19", "2026-01-20", "2026-01-21"])
def test_a_word_before_the_due_date_goes_before_a_question(issued: str) -> None:
    """The first invoice's gentle word is due on the 22nd; questions about others come around it."""
    lives = lived(("2025-12-29", "2026-01-26"), (issued, "2026-03-20"), policy=AT_ONCE)

    assert list(days(lives[:1], "gentle")) == ["01-23 09:00"]
    assert len(days(lives[1:], "confirm-receipt")) == 1


@pytest.mark.parametrize("policy", [POLICY, AT_ONCE])
def test_questions_day_after_day_never_cost_a_word_before_the_due_date(policy: Policy) -> None:
    """D2: an invoice is issued every working day; questions take no gentle word's place."""
    start = date(2026, 1, 5)
    issued = [start + timedelta(days=n) for n in range(40)]
    rows = [(str(day), str(day + timedelta(days=30))) for day in issued if day.weekday() < 5]
    silent = replace(policy, steps=policy.steps[1:])

    asked, unasked = lived(*rows, policy=policy), lived(*rows, policy=silent)
    assert {life.number for life in asked if not _said(life, "gentle")} <= {
        life.number for life in unasked if not _said(life, "gentle")
    }
    assert days(asked, "confirm-receipt")


def _said(life: SimulatedCase, step: str) -> list[Deed]:
    return [deed for deed in life.deeds if deed.step == step]


@pytest.mark.parametrize(("messages", "free"), [(0, True), (1, False), (2, False)])
def test_a_question_leaves_room_for_two_words_in_the_week(messages: int, free: bool) -> None:
    """Three messages in seven days: only the first is a question."""
    book = Customer()
    for day in (5, 7, 9)[:messages]:
        at = datetime(2026, 1, day, 9, tzinfo=UTC)
        book = book.touched(PlannedContact(at=at, what=Touch.MESSAGE, channel="email"))
    calendar = POLICY.calendar("UTC", "DE")
    now = datetime(2026, 1, 11, 23, tzinfo=UTC)
    until = free_for_question(book, POLICY, calendar)
    assert (until is None or until <= now) is free


NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)
WORD = NOON + timedelta(days=2)
"""A word within the gap after a question of noon."""


@pytest.mark.parametrize(
    ("most", "heard", "words", "gives_way"),
    [
        (0, 2, [WORD], False),  # no limit: a word of after the due date can wait
        (3, 0, [], False),
        (3, 2, [], False),  # nothing is planned that it could take the room of
        (3, 0, [WORD], False),
        (3, 1, [WORD], True),
        (3, 0, [WORD, WORD + timedelta(days=1)], True),
        (3, 0, [WORD, WORD + timedelta(hours=1)], False),  # both of one day go in one message
    ],
)
def test_a_question_gives_way_where_words_would_find_the_week_full(
    most: int, heard: int, words: list[datetime], gives_way: bool
) -> None:
    policy = replace(POLICY, contact=replace(POLICY.contact, messages_per_week=most))
    book = Customer()
    for days_ago in range(1, heard + 1):
        at = NOON - timedelta(days=days_ago)
        book = book.touched(PlannedContact(at=at, what=Touch.MESSAGE, channel="email"))
    facts = replace(lived(("2026-01-05", "2026-02-04"))[0].facts(book, NOON), customer=book)
    overdue = date(2026, 1, 5)
    at_its_end = words_count_until(NOON, facts, policy)
    assert gives_way_until(NOON, facts, policy, [(at_its_end, overdue)] * heard) is None
    gap, minute = gap_after(NOON, facts, policy), timedelta(minutes=1)
    none = replace(policy, contact=replace(policy.contact, messages_per_week=0))
    ahead = date(2026, 2, 4)
    assert gives_way_until(NOON, facts, none, [(gap, ahead)]) is None
    assert gives_way_until(NOON, facts, none, [(gap - minute, ahead)]) == gap

    until = gives_way_until(NOON, facts, policy, [(at, overdue) for at in words])

    assert until == (WORD + timedelta(minutes=1) if gives_way else None)


ASKS_AND_REMINDS = """
name = "asks and reminds"
minimum_gap_days = 2
calendar = {{ window = "09:00-17:00", working_days_only = false }}
[[step]]
id = "arrived"
on = "due{:+d}"
do = "confirm"
[[step]]
id = "gentle"
on = "due-5"
do = "remind"
"""


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (-6, ["2026-01-29 confirm arrived", "2026-01-31 remind gentle"]),
        (-5, ["2026-01-30 confirm arrived", "2026-02-01 remind gentle"]),
        (-4, ["2026-01-30 remind gentle"]),
    ],
)
def test_nobody_is_asked_whether_an_invoice_arrived_after_a_word_about_it(
    asked: int, said: list[str]
) -> None:
    """The gentle word is due on 30 January: asked a day before, that day, and no more after it."""
    world = Story(policy=parse_policy(ASKS_AND_REMINDS.format(asked))).until("2026-02-04")

    assert world.diary == said
