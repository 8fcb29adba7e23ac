"""Resends what did not arrive: it counts as not said, and goes out by another route (P14)."""

from __future__ import annotations

from datetime import date, datetime

from domain.case.facts import Action, Facts
from domain.case.model import Case, Deed
from domain.contact.contact_book import free_for_again
from domain.ladder.never_heard import next_name, said_so_far
from domain.ladder.next_step import Ladder
from domain.ladder.schedule import Rung
from domain.ladder.unanswered import ways_at
from domain.policy.model import Policy, Step


def _unheard(case: Case) -> Deed | None:
    """The newest message of this episode, if it was taken but did not arrive."""
    last = case.last_attempt
    if last is None or last.failed_at is None or last.episode != case.episode:
        return None
    return last


def said_again(facts: Facts, policy: Policy, ladder: Ladder) -> Action | None:
    """Repeat the newest message, in the next contact window, by a route it did not take yet.

    It keeps the most in a week and the quiet after a conversation. It keeps no distance from the
    message that nobody got, but from every other one. When no way is left it reaches nobody, and a
    person is asked. What is only said before the due date is not said again after it.
    """
    last = _unheard(facts.case)
    step = policy.step(last.step) if last else None
    if last is None or step is None or last.failed_at is None:
        return None
    calendar = facts.calendar
    at = max(calendar.within(last.failed_at), ladder.own_quiet)
    alone = frozenset(deed.at for deed in facts.case.deeds if deed.failed_at)
    at = max(at, free_for_again(facts.customer, policy, calendar, alone) or at)
    first = _first_day(facts, step)
    rung = Rung(step, first, at, first)
    if ladder.has_expired(rung):
        return None
    ways = ways_at(facts, policy, at)
    return _once_more(facts.case, step, at, (last.channel, ways))


def _first_day(facts: Facts, step: Step) -> date:
    """The day on which it was said first."""
    return facts.calendar.local_date(said_so_far(facts.case, step)[0].at)


def _once_more(case: Case, step: Step, at: datetime, by: tuple[str, int]) -> Action:
    channel, ways = by
    before = said_so_far(case, step)
    return Action(
        do=step.do,
        at=at,
        why=f"{before[-1].step} did not arrive by {channel}: it is said another way",
        step=next_name(case, step),
        channels=step.channels,
        tone=step.tone,
        deadline_days=step.deadline_days,
        order=step.order,
        ways=ways,
    )
