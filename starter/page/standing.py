"""Says in a few sentences where things stand: what is asked by when, and what is under way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from activities.services.page.view import standing_agreement
from adapters.letters.asked import asked_sum
from adapters.letters.letter import LetterContent
from adapters.letters.text.locale import clean
from domain.agreements.promises import PromiseState, state_of
from domain.agreements.status import missed_part, missing_up_to
from domain.case.agreement_types import Plan, Promise
from domain.decision.rules_confirming import newest_agreement
from domain.decision.state import CaseState
from domain.message_types import Outcome
from domain.money import Money
from domain.payments.pending import on_its_way
from starter.page.acts.turn import Turn


def asks_now(turn: Turn) -> bool:
    """Tell whether the page asks for anything now: not for what is contested, or on its way."""
    return any(_asks(state) for state in turn.view.asked_states)


def lead(turn: Turn, content: LetterContent) -> str:
    """Say what it is about in one sentence: who asks for how much, and by when."""
    _, view = turn.gettext, turn.view
    us = clean(view.creditor.name or view.creditor.id)
    if not view.open_states:
        paid = all(state.case.outcome is Outcome.PAID for state in view.states)
        return _("Nothing is open any more. Thank you!") if paid else _("Nothing is open any more.")
    if not asks_now(turn):
        return _("Nothing is asked for at the moment.")
    return _as_agreed(turn, us) or _as_owed(turn, us, content)


def _as_agreed(turn: Turn, us: str) -> str:
    """What was agreed says the sum and the day; of a missed part, the last day that keeps it."""
    _, view, asked = turn.gettext, turn.view, asked_sum(turn.view.data)
    if not (asked.agreed and asked.until):
        return ""
    words = _("%(us)s asks for %(sum)s, agreed for %(day)s.")
    if _missed(view.states[0], view.today):
        words = _("%(us)s asks for %(sum)s, due on %(day)s.")
    sums = turn.locale.listed([turn.locale.money(one) for one in asked.sums])
    return words % {"us": us, "sum": sums, "day": turn.locale.day(asked.until)}


def _as_owed(turn: Turn, us: str, content: LetterContent) -> str:
    _, alone = turn.gettext, len(turn.view.states) == 1
    rows = (row for table in content.tables for row in table.rows)
    totals = [row.value for row in (rows if alone else content.totals) if row.weight == "total"]
    if not totals:
        return _("%(us)s wrote to you about this.") % {"us": us}
    if not alone:
        return _("%(us)s asks for %(sum)s.") % {"us": us, "sum": turn.locale.listed(totals)}
    due = turn.locale.day(turn.view.states[0].case.printed_due)
    words = _("%(us)s asks for %(sum)s, due on %(day)s.")
    return words % {"us": us, "sum": totals[-1], "day": due}


def news(turn: Turn) -> Iterator[str]:
    """Say what is under way with each invoice, and what became of those that are settled."""
    several, still_open = len(turn.view.states) > 1, turn.view.open_states
    for state in turn.view.states:
        if state in still_open:
            yield from dict.fromkeys(_under_way(turn, state))  # said twice, it stands there once
        elif several and still_open:
            words = turn.gettext("Invoice %(number)s: nothing is open any more.")
            yield words % {"number": clean(state.invoice.number)}
        if state.case.surplus:
            words = turn.gettext(
                "You have paid %(sum)s more than was owed; it stays on your account in your favour."
            )
            over = Money(state.case.surplus, state.invoice.amount.currency)
            yield words % {"sum": turn.locale.money(over)}


def _under_way(turn: Turn, state: CaseState) -> Iterator[str]:
    """Disputes, agreed days that have passed, money on its way, and an agency."""
    _, number = turn.gettext, clean(state.invoice.number)
    for dispute in state.case.disputes:
        told = _("Invoice %(number)s: we look into what you told us.") % {"number": number}
        if dispute.deadline:
            day = turn.locale.day(dispute.deadline)
            told += " " + _("You get an answer in writing by %(day)s.") % {"day": day}
        yield told
    missed = _missed(state, turn.view.today)
    if missed:
        words = _("Invoice %(number)s: the payment agreed for %(day)s has not arrived yet.")
        yield words % {"number": number, "day": turn.locale.day(missed)}
    awaited = [one.check_at for one in state.case.pending_payments if one.check_at > state.now]
    coming = on_its_way(state.case, state.now)
    if awaited and coming > 0:
        words = _("Invoice %(number)s: %(sum)s is on its way to us; we expect it by %(day)s.")
        last = turn.locale.day(state.calendar.local_date(max(awaited) - timedelta(days=1)))
        money = turn.locale.money(Money(coming, state.invoice.amount.currency))
        yield words % {"number": number, "sum": money, "day": last}
    if state.case.with_agency:
        words = _(
            "Invoice %(number)s: a collection agency acts for us. What you pay or tell us here "
            "reaches it, too."
        )
        yield words % {"number": number}


def _asks(state: CaseState) -> bool:
    total = state.statement.total.minor
    promised = state.statement.promised
    return total + (promised.minor if promised else 0) > on_its_way(state.case, state.now)


def _missed(state: CaseState, today: date) -> date | None:
    """Find the agreed day that has passed without its money, where nothing else was agreed since.

    What is contested meanwhile, or on its way, is not missed.
    """
    agreed = newest_agreement(state.case)
    if agreed is None or not _asks(state):
        return None
    if isinstance(agreed, Plan):
        number = missed_part(state.case, agreed)
        if number is None:
            return None
        missing = missing_up_to(state.case, agreed, number)
        if missing <= on_its_way(state.case, state.now) + state.case.slack:
            return None
        day = agreed.parts[number].day
        return day if day < today else None
    if not isinstance(agreed, Promise) or standing_agreement(state.case, state.now):
        return None
    kept = state_of(state.case, agreed, state.now) not in (
        PromiseState.BROKEN,
        PromiseState.IN_PART,
    )
    return None if kept or agreed.day >= today else agreed.day
