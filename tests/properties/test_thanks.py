"""Whatever is said, and whenever: nobody is thanked twice, too late, or while money is owed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings

from domain.case.model import Case
from domain.deed import Deed
from domain.message_types import Outcome
from tests.properties.lives import QUICK, Life, Witness, lives

WEEK = timedelta(days=7)


class Grateful(Witness):
    """A witness of how the case stood at each word of thanks."""

    thanked: tuple[tuple[Case, Deed], ...] = ()

    def does(self, deed: Deed) -> None:
        """Keep how the case stood before."""
        super().does(deed)
        if deed.step == "thanks":
            self.thanked = (*self.thanked, (self.case, deed))


@settings(QUICK, max_examples=400)
@given(lives)
def test_thanks_are_said_once_in_time_and_only_for_money(life: Life) -> None:
    world = Grateful(replace(life, policy=replace(life.policy, thank_you="always")))
    world.live(world.now + 2 * WEEK)

    assert max(Counter(deed.episode for _, deed in world.thanked).values(), default=0) <= 1
    for case, deed in world.thanked:
        _was_in_order(world, case, deed)
    assert world.case.closed or not world.case.outcome  # thanks never keep a case from its end


def _was_in_order(world: Grateful, case: Case, deed: Deed) -> None:
    assert case.outcome is Outcome.PAID
    assert not case.to_chase
    assert not case.with_agency
    assert not case.credit_held
    day = world.calendar.local_date
    came = max(at for at, minor in case.money if minor > 0)
    assert day(deed.at) <= day(came) + WEEK
    if case.paused:
        assert case.paused_until
        assert case.paused_until < day(deed.at)


@settings(QUICK)
@given(lives)
def test_a_policy_that_thanks_nobody_never_does(life: Life) -> None:
    world = Witness(life)
    world.live(world.now + 2 * WEEK)

    assert all(deed.step != "thanks" for deed in world.deeds)
