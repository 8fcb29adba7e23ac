"""What holds for a customer with several invoices, whatever is said about them and whenever."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.case.model import Deed, Invoice, Message
from domain.decision.deeds import IN_THE_WINDOW
from domain.decision.state import CaseState
from domain.message_types import MESSAGES_TO_DEBTOR, REACHED, ActionType, MessageType
from domain.money import Money
from domain.policy.contact_rules import COURTEOUS, US_REG_F, ContactRules
from domain.policy.model import Policy
from domain.simulation.case import SimulatedCase
from domain.simulation.world import Household, World
from tests.properties.lives import ODD, QUICK, STANDARD
from tests.reaching import reached_by

DEBTOR = replace(reached_by({"email", "sms"}), zone="Europe/Berlin", country="DE")
START = datetime(2026, 1, 5, tzinfo=UTC)
END = START + timedelta(days=200)
WEEK = timedelta(days=7)
POLICIES = (
    STANDARD,
    replace(STANDARD, contact=replace(COURTEOUS, messages_per_week=1, bundle_days=5)),
    replace(STANDARD, contact=US_REG_F),
    replace(ODD, contact=ContactRules(messages_per_week=2, bundle_days=3)),
)
WORDS = (
    (MessageType.PAYMENT, "1000", None),
    (MessageType.PAYMENT, "400", None),
    (MessageType.PROMISE, "", 9),
    (MessageType.DISPUTE_OPENED, "", None),
    (MessageType.DISPUTE_SETTLED, "", None),
    (MessageType.PAUSE, "", 12),
    (MessageType.CALL_RESULT, "", None),
)


@dataclass(frozen=True)
class Told:
    """Something said to one of the invoices, so many hours after the start."""

    which: int
    hours: int
    word: int


people = st.tuples(
    st.sampled_from(POLICIES),
    st.lists(st.integers(0, 40), min_size=2, max_size=6),
    st.lists(
        st.builds(Told, st.integers(0, 5), st.integers(0, 24 * 120), st.integers(0, 6)), max_size=8
    ),
)
Case = tuple[Policy, list[int], list[Told]]


def played(case: Case) -> list[SimulatedCase]:
    """Live half a year of one customer."""
    policy, issued, said = case
    calendar = policy.calendar("Europe/Berlin", "DE")
    home, world = Household(debtor=DEBTOR), World()
    lives = [_life(number, days, policy) for number, days in enumerate(issued)]
    for life in lives:
        world.settle(life, home)
        world.expect(life, life.invoice.opened_at, lambda: None)
    for number, told in enumerate(said):
        life, (kind, amount, days) = lives[told.which % len(lives)], WORDS[told.word]
        at = max(START + timedelta(hours=told.hours), life.invoice.opened_at)
        day = calendar.local_date(at) + timedelta(days=days) if days else None
        money = Money(int(amount) * 100, "EUR") if amount else None
        reason = "reached" if number % 2 else "no_answer"
        message = Message(key=f"m{number}", kind=kind, at=at, amount=money, day=day, reason=reason)
        world.expect(life, at, message)
    world.run(lambda steps: steps < 3000)
    return lives


def _life(number: int, days: int, policy: Policy) -> SimulatedCase:
    opened = START + timedelta(days=days)
    invoice = Invoice(
        creditor="acme",
        number=f"R-{number}",
        customer="C-1",
        issued=opened.date(),
        due=opened.date() + timedelta(days=14),
        amount=Money(100_000, "EUR"),
        opened_at=opened,
    )
    state = CaseState(invoice=invoice, policy=policy, debtor=DEBTOR, now=opened)
    return SimulatedCase(state, END)


def _spoken(lives: list[SimulatedCase]) -> dict[datetime, list[Deed]]:
    """What the customer heard: all deeds of one instant are one message."""
    found = defaultdict(list)
    for life in lives:
        for deed in life.deeds:
            if deed.do in MESSAGES_TO_DEBTOR and deed.result in REACHED:
                found[deed.at].append(deed)
    return dict(sorted(found.items()))


def _is_ours(said: list[Deed]) -> bool:
    """A confirmation answers the customer; it counts, but waits for nothing."""
    return all(deed.do is not ActionType.ACKNOWLEDGE for deed in said)


@QUICK
@given(people)
def test_in_no_seven_days_does_a_customer_hear_from_us_too_often(case: Case) -> None:
    """B4, counted anew over all invoices."""
    spoken, most = _spoken(played(case)), case[0].contact.messages_per_week
    for at, said in spoken.items():
        heard = sum(at - WEEK < other <= at for other in spoken)
        assert most is None or not _is_ours(said) or heard <= most


@QUICK
@given(people)
def test_two_messages_about_whatever_invoice_keep_the_gap(case: Case) -> None:
    """But for the word about an agreement that is not kept, which is said the same day (P52)."""
    spoken = {at: said for at, said in _spoken(played(case)).items() if _is_ours(said)}
    for before, after in pairwise(spoken):
        if any(deed.step.startswith("promise-broken") for deed in spoken[after]):
            continue
        days = (_local(after) - _local(before)).days
        assert days >= case[0].minimum_gap_days


ONCE_A_DAY = {
    "letters": (ActionType.REMIND, ActionType.DEMAND_LETTER),
    "questions": (ActionType.CONFIRM,),
    "calls": (ActionType.CALL_TASK,),
    "notes": (ActionType.NOTIFY_SALES,),
}


@QUICK
@given(people)
def test_a_customer_is_approached_once_a_day_whatever_is_late(case: Case) -> None:
    """One letter, one question, one call and one note a day, whatever they are about.

    But for the word about an agreement that is not kept, which is said the same day (P52).
    """
    lives = played(case)
    for what, kinds in ONCE_A_DAY.items():
        instants = {
            deed.at
            for life in lives
            for deed in life.deeds
            if deed.do in kinds and not deed.step.startswith("promise-broken")
        }
        days = Counter(_local(at) for at in instants)
        assert max(days.values(), default=0) <= 1, f"{what}: {days.most_common(1)}"


@QUICK
@given(people)
def test_a_case_speaks_at_most_once_a_day_and_each_step_once(case: Case) -> None:
    """A4, A5."""
    for life in played(case):
        steps = Counter((deed.step, deed.episode) for deed in life.deeds)
        assert max(steps.values(), default=1) == 1
        ladder = [life.policy.step(d.step) for d in life.deeds if d.do in MESSAGES_TO_DEBTOR]
        orders = [step.order for step in ladder if step and life.case.episode == 1]
        assert orders == sorted(orders)
        said = [
            deed.at
            for deed in life.deeds
            if life.policy.step(deed.step) and deed.do in MESSAGES_TO_DEBTOR
        ]
        assert all(after - before >= timedelta(hours=23) for before, after in pairwise(said))


@QUICK
@given(people)
def test_everything_happens_inside_the_window_and_nothing_runs_in_a_circle(case: Case) -> None:
    lives = played(case)
    for life in lives:
        assert life.version < 24 * 10, "a deferred case must not spin"
        for deed in life.deeds:
            if deed.do in IN_THE_WINDOW:
                assert life.calendar.within(deed.at) == deed.at


@QUICK
@given(people)
def test_other_invoices_never_keep_a_case_silent_for_ever(case: Case) -> None:
    """Half a year later each case is over, with the agency, or was put before a person."""
    for life in played(case):
        asked = {ActionType.ASK_PERSON, ActionType.HAND_OFF, ActionType.CLOSE}
        assert asked & {deed.do for deed in life.deeds}


def _local(at: datetime) -> date:
    return STANDARD.calendar("Europe/Berlin", "DE").local_date(at)
