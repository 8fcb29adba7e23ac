"""Whatever is contested and however it ends: the ladder goes on where it stood, in no burst."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.ladder.demand import RENEWED
from domain.message_types import MessageType
from domain.policy.model import DisputeRules, Policy
from tests.properties.lives import ODD, QUICK, STANDARD
from tests.stories.story import Story, contacts

FAR = "2027-12-31"
DUE = date(2026, 2, 4)
WATCHED = DisputeRules(watched=True)
POLICIES = (STANDARD, ODD, replace(STANDARD, disputes=WATCHED), replace(ODD, disputes=WATCHED))

opened = st.integers(24 * 2, 24 * 45)
lasted = st.integers(0, 24 * 60)
ends = st.sampled_from([("", ""), ("for_us", ""), ("split", "100.00"), ("for_customer", "50.00")])
reasons = st.sampled_from(["", "goods", "invoice_error", "hardship"])
parts = st.sampled_from(["", "300.00"])


def contested(policy: Policy, hours: int, length: int, said: tuple[str, str, str, str]) -> Story:
    """A life in which a dispute comes some hours after the due date and lasts for some more."""
    reason, part, end, conceded = said
    world = Story(policy=policy)
    at = world.at("2026-02-04") + timedelta(hours=hours)
    world.hears(at, MessageType.DISPUTE_OPENED, part, reason=reason)
    world.hears(at + timedelta(hours=length), MessageType.DISPUTE_SETTLED, conceded, reason=end)
    return world.until(FAR)


@QUICK
@given(st.sampled_from(POLICIES), opened, lasted, st.tuples(reasons, parts), ends)
def test_the_same_messages_go_out_in_the_same_order_only_later(
    policy: Policy, hours: int, length: int, said: tuple[str, str], end: tuple[str, str]
) -> None:
    """P41: never from level 1, none twice, none left out, and the gap is kept.

    The word that says how a dispute ended comes between them, or stands for the mildest.
    """
    world = contested(policy, hours, length, (*said, *end))
    quiet = Story(policy=policy).until(FAR)
    written, expected = contacts(world.deeds), contacts(quiet.deeds)
    ladder = [deed for deed in written if policy.step(deed.step)]
    late = {deed.step for deed in expected if world.calendar.local_date(deed.at) > DUE}
    left_out = [deed for deed in expected if deed.step not in {one.step for one in ladder}]

    assert all(deed.step.startswith(RENEWED) for deed in written if deed not in ladder)
    assert len(left_out) <= sum(deed.step.startswith(RENEWED) for deed in written)
    assert {deed.step for deed in left_out} <= late
    kept = [deed for deed in expected if deed not in left_out]
    assert [deed.step for deed in ladder] == [deed.step for deed in kept]
    days = [world.calendar.local_date(deed.at) for deed in written]
    for before, after in pairwise(days):
        assert (after - before).days >= policy.minimum_gap_days
    for later, planned in zip(ladder, kept, strict=True):
        assert later.at >= planned.at


@QUICK
@given(st.sampled_from(POLICIES), opened, lasted, reasons, parts)
def test_what_is_contested_is_never_asked_for(
    policy: Policy, hours: int, length: int, reason: str, part: str
) -> None:
    world = Story(policy=policy)
    start = world.at("2026-02-04") + timedelta(hours=hours)
    world.hears(start, MessageType.DISPUTE_OPENED, part, reason=reason)
    world.live(start + timedelta(hours=length))
    case = world.case
    since = [deed for deed in contacts(world.deeds) if deed.at >= start]

    stops = reason != "invoice_error"
    asked = part if stops and reason != "hardship" else ""
    assert case.disputed == (30000 if asked else 100000 if stops else 0)
    assert not since or case.undisputed > 0
    assert not [deed for deed in world.deeds if deed.do == "hand_off" and deed.at >= start]
