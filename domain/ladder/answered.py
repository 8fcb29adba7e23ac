"""Keeps the ladder away from what has just been written to answer the customer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.case.contested import stops_chasing
from domain.case.facts import Facts
from domain.deed import CORRECTED
from domain.ladder.holds import after_an_answer
from domain.policy.model import Policy

SETTLED_TOGETHER = timedelta(minutes=15)
"""Whoever settles one of several disputes may settle the next one soon: one letter answers both."""


def after_answers(facts: Facts, policy: Policy) -> Iterator[datetime]:
    """Find from when on whoever was answered may be asked for money again.

    Whoever was told of a mistake of ours is left alone for the minimum gap. Of two disputes the
    answer to one waits a little, for that to the other may come as soon.
    """
    answered, calendar = after_an_answer(facts), facts.calendar
    if answered:
        yield answered
    if any(map(stops_chasing, facts.case.disputes)):
        ends = (one.settled_at for one in facts.case.settled_disputes)
        settled = max((at for at in ends if at), default=None)
        if settled:
            yield calendar.within(settled + SETTLED_TOGETHER)
    gap = timedelta(days=policy.minimum_gap_days)
    for deed in facts.case.deeds if facts.case.taken_back else ():
        if deed.step.endswith(f"-{CORRECTED}") and deed.reached_debtor:
            yield calendar.opening(calendar.local_date(deed.at) + gap)
