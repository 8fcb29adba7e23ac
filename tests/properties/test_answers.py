"""Answers come once, in time, alone on their day and not after the money, whatever is said."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings

from domain.case.model import Case
from domain.decision.answering.steps import answer_named
from domain.deed import ACCOUNT_STATEMENT, Deed
from domain.message_types import ActionType
from domain.policy.account_statements import StatementRules
from domain.policy.answers import AnswerLetter
from tests.properties.lives import QUICK, Life, Witness, lives

_APART = 5
_COURTESY = ("hardship_answered", "part_payment", "agency_recalled")


class Answered(Witness):
    """A witness of how the case stood at each answer."""

    answered: tuple[tuple[Case, Deed], ...] = ()

    def does(self, deed: Deed) -> None:
        """Keep how the case stood before."""
        super().does(deed)
        if deed.do is ActionType.ACKNOWLEDGE and answer_named(deed.step):
            self.answered = (*self.answered, (self.case, deed))


@settings(QUICK, max_examples=300)
@given(lives)
def test_an_answer_comes_once_in_time_and_alone_on_its_day(life: Life) -> None:
    monthly = StatementRules(day=12, apart_days=_APART)
    told = replace(life.policy, answers=tuple(AnswerLetter), account_statements=monthly)
    world = Answered(replace(life, policy=told))
    world.live(world.now + timedelta(days=14))

    day = world.calendar.local_date
    heard = [deed for deed in world.deeds if deed.reached_debtor]
    said = Counter((deed.episode, deed.step) for _, deed in world.answered)
    assert max(said.values(), default=0) <= 1
    for case, deed in world.answered:
        if answer_named(deed.step) in _COURTESY:
            assert case.outcome is None
            assert not case.with_agency
        if answer_named(deed.step) == ACCOUNT_STATEMENT:
            assert case.outcome is None
            assert not case.with_agency
            until = case.paused_until
            assert not case.paused or (until and world.calendar.end_of(until) <= deed.at)
            assert case.undisputed > 0
            days = [(day(deed.at) - day(one.at)).days for one in heard if one.at < deed.at]
            assert min(days, default=_APART) >= _APART
        before = [one for one in heard if one.at < deed.at and day(one.at) == day(deed.at)]
        assert not before, (deed.step, [one.step for one in before])
