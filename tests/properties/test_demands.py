"""Nobody is handed over, called about or held back who was not asked for that very sum in time."""

from datetime import timedelta

from hypothesis import given

from domain.message_types import ActionType
from tests.properties.lives import QUICK, Life, Witness, lives
from tests.properties.meeting.pressing import handed_over_as_asked

PRESSING = (
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


@QUICK
@given(lives)
def test_no_handoff_without_a_demand_of_that_sum_whose_deadline_has_passed(life: Life) -> None:
    handed_over_as_asked(_lived(life).state)


@QUICK
@given(lives)
def test_nothing_presses_for_money_that_is_not_due_or_too_little(life: Life) -> None:
    world = _lived(life)
    smallest = world.policy.smallest_chased("EUR")
    for deed, (before, do) in zip(world.deeds, world.seen, strict=True):
        assert deed.do is do
        if do in PRESSING:
            assert deed.open >= smallest or world.case.costs_left
            # The due date of that day: it may have moved to and fro since.
            assert world.calendar.local_date(deed.at) > before.invoice.due


@QUICK
@given(lives)
def test_no_task_comes_before_the_word_that_it_follows_up(life: Life) -> None:
    """A call or a credit hold of the ladder comes after the message before it in the policy.

    Unless a person left that out and the next one is dated from the task itself: see the stories.
    """
    world = _lived(life)
    left_out = {deed.step for deed in world.case.skipped}
    due = min(world.invoice.due, world.case.invoice.due)  # it may have been corrected since
    steps = {step.id: step for step in world.policy.steps}
    for deed in world.deeds:
        step = steps.get(deed.step)
        if step is None or deed.do not in (ActionType.CALL_TASK, ActionType.HOLD_CREDIT):
            continue
        said = [one for one in world.deeds if one.is_message and one.at <= deed.at]
        asked = any(world.calendar.local_date(one.at) > due for one in said)
        first = next((s for s in world.policy.steps if s.is_message), None)
        if any(s.id in left_out for s in world.policy.steps if s.is_message):
            continue

        assert asked or first is None or first.order > step.order
