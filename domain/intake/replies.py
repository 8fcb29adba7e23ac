"""Words for answers about disputes and calls: what the sender should know beside what is open."""

from __future__ import annotations

from domain.calendar import Calendar
from domain.calls.meaning import MEANS_DISPUTE, named_by_call
from domain.calls.results import RESULTS, CallResult, code_of
from domain.case.agreement_types import HARDSHIP, Dispute
from domain.case.model import Case, Message
from domain.decision.rules_disputes import contested_sum
from domain.message_types import MessageType
from domain.money import Money
from domain.payments.discounts import can_be_earned, is_discount_moved

_R = CallResult
_AFTER_A_CALL = {
    _R.PAID_CLAIM: "nothing more is sent for two working days, once; money counts when it arrives",
    HARDSHIP: "nothing is chased; offer an extension or a plan",
    _R.PROMISED: "record the promise itself too, so that it is checked",
    _R.DISPUTED: "record the dispute itself too, so that it is not chased",
    _R.CALL_BACK: "a call is on the desk",
    _R.IN_APPROVAL: "nothing is sent while it is being approved; a call after it is on the desk",
    _R.WRONG_PERSON: "a call to the right person is on the desk",
    _R.WRONG_NUMBER: "that number is not used any more; to find the right one is on the desk",
    _R.DO_NOT_CALL: "nobody is to call this customer any more; what is due goes on in writing",
    _R.REFUSED: "the ladder goes on by its dates",
}


def about_dispute_or_call(case: Case, message: Message, calendar: Calendar) -> str:
    """Write what the sender of an accepted message should know; empty if there is nothing."""
    if message.kind is MessageType.DISPUTE_OPENED:
        every = (*case.disputes, *case.settled_disputes)
        found = next((dispute for dispute in every if dispute.key == message.key), None)
        return _opened(case, found) if found else ""
    if message.kind is MessageType.DISPUTE_SETTLED:
        return _ended(case, message, calendar)
    if message.kind is MessageType.CALL_RESULT:
        return "" if _told_in_full(case, message) else _called(code_of(message.reason))
    return ""


def _told_in_full(case: Case, call: Message) -> bool:
    """Whether a promise or a dispute was told with the call: nothing is left to record."""
    code, every = code_of(call.reason), (*case.disputes, *case.settled_disputes)
    contested = any(d.key == named_by_call(call, MEANS_DISPUTE) for d in every)
    return contested or (code == CallResult.PROMISED and call.day is not None)


def _opened(case: Case, dispute: Dispute) -> str:
    if dispute.settled_at:
        return "it was settled since"
    by = f"by {dispute.deadline}"
    if dispute.is_minor:
        return f"a minor reason: it should be put right {by}, and the clock goes on"
    if dispute.is_hardship:
        return f"nothing is chased; an extension or a plan should be offered {by}"
    rest = Money(case.undisputed, case.invoice.amount.currency)
    told = f"{contested_sum(case, dispute)} contested, to be settled {by}; {rest} chased meanwhile"
    if dispute.amount is not None and dispute.amount > case.open:
        told += f"; that is more than the {case.open_money} open"
    return told


def _ended(case: Case, message: Message, calendar: Calendar) -> str:
    conceded = sum(minor for key, minor, _ in case.credits if key == message.key)
    given = Money(conceded, case.invoice.amount.currency)
    told = f"{given} conceded and credited" if conceded else "nothing was conceded"
    return f"{told}{_discount_moved(case, message, calendar)}"


def _discount_moved(case: Case, message: Message, calendar: Calendar) -> str:
    """Tell that the discount got a new last day, for its old one lay in the dispute."""
    offer = can_be_earned(case, calendar.local_date(message.at))
    if offer is None or not is_discount_moved(case, calendar):
        return ""
    return f"; the discount can be earned until {offer.until} now"


def _called(code: str) -> str:
    if code in RESULTS:
        return _AFTER_A_CALL.get(code, "")
    known = ", ".join(RESULTS)
    return f"{code or 'no result'} is none of {known}; it counts as a conversation"
