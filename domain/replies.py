"""What the sender of a message about a dispute or a call is told beside what is open."""

from __future__ import annotations

from domain.agreed import HARDSHIP, Dispute
from domain.calls import PAID_CLAIM, RESULTS, code_of
from domain.case import Case, Message
from domain.kinds import Kind
from domain.money import Money
from domain.rules_disputes import contested_sum

_AFTER_A_CALL = {
    PAID_CLAIM: "nothing more is sent for two working days, once; money counts when it arrives",
    HARDSHIP: "nothing is chased; offer an extension or a plan",
    "promised": "record the promise itself too, so that it is checked",
    "disputed": "record the dispute itself too, so that it is not chased",
    "call_back": "a call is on the desk",
}


def about(case: Case, message: Message) -> str:
    """More words for an accepted message; empty if there is nothing to add."""
    if message.kind is Kind.DISPUTE_OPENED:
        every = (*case.disputes, *case.settled_disputes)
        found = next((dispute for dispute in every if dispute.key == message.key), None)
        return _opened(case, found) if found else ""
    if message.kind is Kind.DISPUTE_SETTLED:
        return _ended(case, message)
    if message.kind is Kind.CALL_RESULT:
        return _called(code_of(message.reason))
    return ""


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


def _ended(case: Case, message: Message) -> str:
    conceded = sum(minor for key, minor, _ in case.credits if key == message.key)
    if not conceded:
        return "nothing was conceded"
    return f"{Money(conceded, case.invoice.amount.currency)} conceded and credited"


def _called(code: str) -> str:
    if code in RESULTS:
        return _AFTER_A_CALL.get(code, "")
    known = ", ".join(RESULTS)
    return f"{code or 'no result'} is none of {known}; it counts as a conversation"
