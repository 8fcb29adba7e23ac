"""Nobody is handed over, called about or held back who was not asked for that very sum in time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from hypothesis import given

from domain.case.money import Ground
from domain.fold.fold import fold
from domain.message_types import ActionType, MessageType
from tests.properties.lives import QUICK, Life, Witness, lives

ONCE_MORE = (MessageType.PAYMENT_REVERSED, MessageType.CREDIT_NOTE_CANCELLED)
"""Messages after which money is owed that was settled before."""

PRESSING = (
    ActionType.REMIND,
    ActionType.DEMAND_LETTER,
    ActionType.CALL_TASK,
    ActionType.NOTIFY_SALES,
    ActionType.HOLD_CREDIT,
    ActionType.HAND_OFF,
)


def _lived(life: Life) -> Witness:
    world = Witness(life)
    world.live(world.now + timedelta(days=400))
    return world


def _fell_due_once_more(world: Witness, before: datetime) -> datetime:
    """The last instant at which an independent look finds that the open sum grew."""
    found, ground = world.invoice.opened_at, Ground(world.policy, world.calendar)
    said = sorted(world.messages, key=lambda message: message.at)
    for number, message in enumerate(said):
        if message.kind in ONCE_MORE and message.at < before:
            earlier = fold(world.invoice, said[:number], [], ground).case
            later = fold(world.invoice, said[: number + 1], [], ground).case
            if later.undisputed > earlier.undisputed:
                found = message.at
    return found


def _handoffs(world: Witness) -> Iterator[tuple[int, datetime]]:
    for deed in world.deeds:
        if deed.do is ActionType.HAND_OFF and not deed.step.startswith("plan-b-approved"):
            yield deed.open, deed.at


@QUICK
@given(lives)
def test_no_handoff_without_a_demand_of_that_sum_whose_deadline_has_passed(life: Life) -> None:
    world = _lived(life)
    slack = world.policy.smallest_chased("EUR") - 1
    for owed, at in _handoffs(world):
        since = _fell_due_once_more(world, at)
        day = world.calendar.local_date
        covering = [
            deed
            for deed in world.deeds
            if deed.reached_debtor
            and since <= deed.at < at
            and (not deed.deadline or deed.deadline < day(at))
            and (deed.asked or 0) + slack >= owed
        ]

        assert covering, f"{owed} were handed over on {day(at)} and not asked for since {since}"


@QUICK
@given(lives)
def test_nothing_presses_for_money_that_is_not_due_or_too_little(life: Life) -> None:
    world = _lived(life)
    due = world.case.invoice.due
    smallest = world.policy.smallest_chased("EUR")
    for deed in world.deeds:
        if deed.do in PRESSING and deed.do is not ActionType.REMIND:
            assert deed.open >= smallest or world.case.costs_left
            assert world.calendar.local_date(deed.at) > min(due, world.invoice.due)


@QUICK
@given(lives)
def test_no_task_comes_before_the_word_that_it_follows_up(life: Life) -> None:
    """A call or a credit hold of the ladder comes after the message before it in the policy."""
    world = _lived(life)
    steps = {step.id: step for step in world.policy.steps}
    for deed in world.deeds:
        step = steps.get(deed.step)
        if step is None or deed.do not in (ActionType.CALL_TASK, ActionType.HOLD_CREDIT):
            continue
        said = [one for one in world.deeds if one.is_message and one.at <= deed.at]
        asked = any(world.calendar.local_date(one.at) > world.invoice.due for one in said)
        first = next((s for s in world.policy.steps if s.is_message), None)

        assert asked or first is None or first.order > step.order
