"""What the debtor was last asked for, and whether that covers what is owed now.

A demand covers the debt if it was said since the money last became due, and asked for all that may
be chased now. A dispute, a pause, an agreement, money on the account, money that went back, a moved
date or an agency that gave the case back interrupt it: after them the debtor is asked anew, with a
new deadline, before anything firmer follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from enum import StrEnum
from operator import attrgetter

from domain.agreements.due_parts import late_parts_since
from domain.agreements.status import agreed_until
from domain.case.facts import Facts
from domain.case.model import Case, Deed
from domain.case.promised import may_be_asked, part_promise, still_promised
from domain.ladder.schedule import steps_for
from domain.message_types import DEMANDS, MessageType, Result
from domain.policy.model import Policy

RENEWED = "renewed"
"""How the steps begin that ask anew for what stood still or came back."""


class Interruption(StrEnum):
    """What made the money fall due once more."""

    MONEY_BACK = "money_back"
    DISPUTE_SETTLED = "dispute_settled"
    GREW = "grew"
    PART_DUE = "part_due"
    DATE_MOVED = "date_moved"
    RESUMED = "resumed"
    ACCOUNT_FREED = "account_freed"
    AGREEMENT_OVER = "agreement_over"
    MONEY_NOT_COME = "money_not_come"
    RESTS_TOGETHER = "rests_together"
    RETURNED = "returned"
    REOPENED = "reopened"


ALWAYS_SAID = (Interruption.MONEY_BACK, Interruption.RETURNED, Interruption.REOPENED)
"""After these the debtor hears what is asked for even if nothing was said before them."""

_OUTLASTS = (Interruption.MONEY_BACK, Interruption.REOPENED)


def demands(facts: Facts) -> Iterator[Deed]:
    """The messages that asked for money that was due, newest first, of any episode."""
    return (deed for deed in said_demands(facts) if deed.reached_debtor)


def said_demands(facts: Facts) -> Iterator[Deed]:
    """The messages that asked for it, newest first, those that came back later as well."""
    case = facts.case
    if not case.deeds:
        return
    overdue = facts.calendar.end_of(case.due)
    for deed in reversed(case.deeds):
        if deed.do in DEMANDS and deed.at >= overdue and deed.result is not Result.REJECTED:
            yield deed


def is_unsaid(facts: Facts, policy: Policy) -> bool:
    """Tell whether the policy writes to such customers, and has not asked for this money yet."""
    writes = any(step.is_message for step in steps_for(policy, facts.customer_class))
    return writes and next(demands(facts), None) is None


def last_interruption(facts: Facts, now: datetime) -> tuple[datetime, Interruption] | None:
    """When the money that is owed now last fell due once more, and why; None: it never stopped."""
    return max(_interruptions(facts, now), default=None)


def untold_interruption(
    facts: Facts, last: tuple[datetime, Interruption], now: datetime
) -> Interruption | None:
    """Find what the debtor is told of even if nothing was said before; None if of nothing.

    What stood still since takes nothing away: money that went back stays money that went back.
    """
    if last[1] in ALWAYS_SAID:
        return last[1]
    said = next(demands(facts), None)
    untold = (
        (at, what)
        for at, what in _interruptions(facts, now)
        if what in _OUTLASTS and (said is None or at > said.at)
    )
    return max(untold, default=(now, None))[1]


def covering_demand(facts: Facts, policy: Policy, now: datetime) -> Deed | None:
    """The newest demand that covers what may be chased now; None if the debtor must be asked anew.

    A sum that grew by less than the policy chases is covered.
    """
    broken, asks = last_interruption(facts, now), may_be_asked(facts.case, now)
    slack = policy.smallest_chased(facts.case.invoice.amount.currency) - 1
    for deed in demands(facts):
        if broken and deed.at < broken[0]:
            return None
        if asked_for(deed) + slack >= asks:
            return deed
    return None


def renewed_about(what: Interruption) -> str:
    """How the steps begin that ask anew because of an interruption."""
    return f"{RENEWED}-{what.value.replace('_', '-')}-"


def asked_for(deed: Deed) -> int:
    """The sum in minor units that a message asked for; what was open where none was recorded."""
    return deed.open if deed.asked is None else deed.asked


def _interruptions(facts: Facts, now: datetime) -> Iterator[tuple[datetime, Interruption]]:
    """Each instant at which something ends that kept the money from being due."""
    case = facts.case
    for found, what in _SAID:
        at = found(case)
        if at:
            yield at, what
    if case.grew_at:
        yield case.grew_at, _grown_by(case)
    if case.promises or case.plans or case.settlements:
        yield from _agreements_over(case, now)
    if case.paused_until or case.pending_payments or facts.together_since or case.invoice.terms:
        yield from _days_come(facts)


_SAID: tuple[tuple[Callable[[Case], datetime | None], Interruption], ...] = (
    (attrgetter("due_moved_at"), Interruption.DATE_MOVED),
    (attrgetter("resumed_at"), Interruption.RESUMED),
    (attrgetter("freed_at"), Interruption.ACCOUNT_FREED),
    (attrgetter("returned_at"), Interruption.RETURNED),
)
"""What somebody said that made the money due once more, where a case keeps its instant."""


def _agreements_over(case: Case, now: datetime) -> Iterator[tuple[datetime, Interruption]]:
    for at in (agreed_until(case), _promised_until(case, now)):
        if at:
            yield at, Interruption.AGREEMENT_OVER


def _days_come(facts: Facts) -> Iterator[tuple[datetime, Interruption]]:
    """The end of a pause, the last day of money on its way, rests together, and further parts."""
    case, calendar = facts.case, facts.calendar
    if facts.together_since:
        yield facts.together_since, Interruption.RESTS_TOGETHER
    if case.paused_until:
        yield calendar.end_of(case.paused_until), Interruption.RESUMED
    if case.pending_payments and case.quiet_until:
        yield case.quiet_until, Interruption.MONEY_NOT_COME
    for at in late_parts_since(case, calendar):
        yield at, Interruption.PART_DUE


def _promised_until(case: Case, now: datetime) -> datetime | None:
    """When a promise of part was over: what it held back fell due once more."""
    promise = part_promise(case)
    if promise is None or promise.suspended or still_promised(case, promise) <= case.slack:
        return None
    return promise.plan_b.check_at if promise.plan_b.check_at <= now else None


def _grown_by(case: Case) -> Interruption:
    if case.grew_by is MessageType.DISPUTE_SETTLED:
        return Interruption.DISPUTE_SETTLED
    if case.grew_by in (MessageType.PAYMENT_REVERSED, MessageType.REFUND):
        return Interruption.MONEY_BACK
    cancelled = case.grew_by is MessageType.CREDIT_NOTE_CANCELLED
    return Interruption.REOPENED if cancelled and case.episode > 1 else Interruption.GREW


def first_word_since(facts: Facts, now: datetime) -> Deed | None:
    """The first message that asked for the money after it last fell due once more."""
    said = tuple(demands(facts))
    broken = last_interruption(facts, now) if said else None
    if broken is None:
        return None
    since = [deed for deed in said if deed.at >= broken[0]]
    return since[-1] if since else None
