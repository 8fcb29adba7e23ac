"""Who owes several invoices is approached no more often than who owes one: messages are counted.

The same is said about each of them at the same instants, or something else about each, with due
dates of their own. Each message, each call that somebody is asked to make and each note counts as
one, however many invoices it names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.case.model import Invoice, Message
from domain.decision.state import CaseState
from domain.message_types import ActionType, MessageType
from domain.money import Money
from domain.parties.customer import PlannedContact, Touch
from domain.policy.model import Policy
from domain.simulation.case import SimulatedCase
from domain.simulation.world import Household, World
from tests.properties.lives import QUICK
from tests.properties.test_one_voice import DEBTOR, END, POLICIES, START

M = MessageType
WORDS: tuple[tuple[MessageType, str, int | None, str], ...] = (
    (M.PAYMENT, "100.00", None, ""),
    (M.PAYMENT, "400.00", None, ""),
    (M.PAYMENT_REVERSED, "", None, ""),
    (M.CREDIT_NOTE, "300.00", None, ""),
    (M.IN_FLIGHT, "", 5, ""),
    (M.IN_FLIGHT_FAILED, "", None, ""),
    (M.PROMISE, "", 9, ""),
    (M.PLAN_AGREED, "", 6, "3 weekly"),
    (M.PLAN_ENDED, "", None, ""),
    (M.SETTLEMENT, "500.00", 9, ""),
    (M.DISPUTE_OPENED, "", None, ""),
    (M.DISPUTE_OPENED, "200.00", None, ""),
    (M.DISPUTE_SETTLED, "", None, "for_us"),
    (M.PAUSE, "", 12, ""),
    (M.RESUME, "", None, ""),
    (M.WRITE_OFF, "", None, ""),
    (M.WRITE_OFF_UNDONE, "", None, ""),
    (M.CALL_RESULT, "", None, "reached"),
    (M.CALL_RESULT, "", None, "hardship"),
    (M.CALL_RESULT, "", None, "paid_claim"),
)
COUNTED = (Touch.MESSAGE, Touch.STATEMENT, Touch.CALL_PLANNED)
"""Not the answers: each answers what was said about one invoice."""

Said = tuple[int, int]
"""On the how-manieth day, and which word."""

Owed = tuple[int, Sequence[Said]]
"""An invoice: how many days later it is due, and what is said about it."""


@dataclass(slots=True, kw_only=True)
class Listening(Household):
    """A customer who writes down every contact."""

    heard: list[PlannedContact] = field(default_factory=list)

    def touched(self, contact: PlannedContact) -> None:
        """Write it down, and into the contact book."""
        self.heard.append(contact)
        Household.touched(self, contact)


def approached(policy: Policy, invoices: Sequence[Owed]) -> Counter[tuple[date, str]]:
    """How often a customer with these invoices was approached on each day, and how."""
    calendar = policy.calendar("Europe/Berlin", "DE")
    home, world = Listening(debtor=DEBTOR), World()
    lives = [_life(number, later, policy) for number, (later, _) in enumerate(invoices)]
    for life, (_, said) in zip(lives, invoices, strict=True):
        world.settle(life, home)
        world.expect(life, START, lambda: None)
        for number, (day, word) in enumerate(said):
            message = _message(number, START + timedelta(days=day, hours=9), word)
            world.expect(life, message.at, message)
    world.run(lambda steps: steps < 3000)
    noted = {deed.at for life in lives for deed in life.deeds if deed.do is ActionType.NOTIFY_SALES}
    told = [(one.at, one.what.value) for one in home.heard if one.what in COUNTED]
    each = [*told, *((at, "note") for at in noted)]
    return Counter((calendar.local_date(at), what) for at, what in each)


def _life(number: int, later: int, policy: Policy) -> SimulatedCase:
    invoice = Invoice(
        creditor="acme",
        number=f"R-{number}",
        customer="C-1",
        issued=START.date(),
        due=START.date() + timedelta(days=14 + later),
        amount=Money(100_000, "EUR"),
        opened_at=START,
    )
    return SimulatedCase(CaseState(invoice=invoice, policy=policy, debtor=DEBTOR, now=START), END)


def _message(number: int, at: datetime, word: int) -> Message:
    kind, amount, days, reason = WORDS[word]
    return Message(
        key=f"m{number}",
        kind=kind,
        at=at.astimezone(UTC),
        amount=Money(int(amount.replace(".", "")), "EUR") if amount else None,
        day=(at + timedelta(days=days)).date() if days else None,
        reason=reason,
    )


words = st.tuples(st.integers(0, 100), st.integers(0, len(WORDS) - 1))
lives_of_many = st.tuples(st.sampled_from(POLICIES), st.integers(2, 4), st.lists(words, max_size=6))
lives_of_their_own = st.tuples(
    st.sampled_from(POLICIES),
    st.lists(st.tuples(st.integers(0, 30), st.lists(words, max_size=3)), min_size=2, max_size=3),
)


@QUICK
@given(lives_of_many)
def test_who_owes_many_invoices_is_approached_no_more_often_a_day_than_who_owes_one(
    lived: tuple[Policy, int, list[Said]],
) -> None:
    """D: letters, text messages, calls and notes, over all that can be said together."""
    policy, count, said = lived
    one, many = approached(policy, [(0, said)]), approached(policy, [(0, said)] * count)

    for (day, what), times in many.items():
        assert times <= max(1, one[day, what]), f"{what} on {day}"


@QUICK
@given(lives_of_their_own)
def test_so_is_who_says_something_else_about_each_of_them(
    lived: tuple[Policy, list[Owed]],
) -> None:
    """D, P52: one letter a day, also where a ladder and a broken promise meet."""
    policy, invoices = lived
    alone = [approached(policy, [invoice]) for invoice in invoices]

    for (day, what), times in approached(policy, invoices).items():
        most = max(one[day, what] for one in alone)
        assert times <= max(1, most), f"{what} on {day}"
