"""Brings the next message of a ladder forward to the day on which a person wants it out."""

from __future__ import annotations

from domain.case.facts import Facts
from domain.contact.contact_book import free_for_call
from domain.ladder.next_step import SPOKEN, Ladder
from domain.ladder.schedule import Rung
from domain.policy.due_dates import first_day_after_a_bank_day
from domain.policy.model import Policy


def wanted_today(facts: Facts, policy: Policy, ladder: Ladder) -> Rung | None:
    """Find the next message as a person wants it out today; None if something holds it back.

    Holds, gaps, deadlines and the contact book are kept; only its date in the policy is not.
    """
    wanted, message, calendar = facts.case.wanted_now, ladder.next_message(), facts.calendar
    if wanted is None or message is None or message.step.id != wanted[0]:
        return None
    asked = calendar.within(wanted[1])
    at = max(asked, ladder.free_at)
    if message.step.channels == SPOKEN:
        at = max(at, free_for_call(facts.customer, policy, calendar) or at)
    if message.day > facts.case.due:  # nothing says "overdue" before it is
        seen = first_day_after_a_bank_day(policy, calendar, facts.case.printed_due)
        at = max(at, calendar.opening(seen))
    end = calendar.end_of(calendar.local_date(asked))
    if at >= min(end, message.at) or ladder.now >= end:
        return None
    return Rung(message.step, message.day, at, calendar.local_date(at), moved=True)
