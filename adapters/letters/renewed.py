"""Finds what a letter has to tell first: how a dispute was decided, or which money went back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from activities.ports.letter_data import LetterData
from domain.calendar import Calendar
from domain.case.agreement_types import Dispute
from domain.case.model import Case, Deed
from domain.decision.answering.steps import DISPUTE_DECIDED, answer_named
from domain.decision.rules_confirming import CONFIRMS
from domain.ladder.demand import Interruption, renewed_about
from domain.message_types import ActionType, MessageType
from domain.money import Money

DISPUTE_SETTLED = "dispute_settled"
PAYMENT_RETURNED = "payment_returned"
PAYMENT_FAILED = "payment_failed"
_BY_STEP = {
    renewed_about(Interruption.DISPUTE_SETTLED): DISPUTE_SETTLED,
    renewed_about(Interruption.MONEY_BACK): PAYMENT_RETURNED,
}
_WENT_BACK = (MessageType.PAYMENT_REVERSED, MessageType.REFUND)
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedMoney:
    """Money that had come and went back, and nothing has come since.

    Attributes:
        day: in the debtor's calendar.
        refunded: whether we sent it back ourselves.
    """

    day: date
    amount: Money
    refunded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeAnswer:
    """How what was contested was decided: of all that nobody has been told of yet.

    Attributes:
        outcome: for_us, for_customer or split; empty if nobody said for whom.
        conceded: what was credited for it.
    """

    outcome: str
    conceded: Money


def renewed_template(data: LetterData) -> str:
    """Choose the template of a letter that answers a dispute, or says that money went back.

    The first plain reminder after it does, too, if nobody has told the debtor. Empty otherwise.
    """
    named = next((name for step, name in _BY_STEP.items() if data.step.startswith(step)), "")
    if named or data.do != ActionType.REMIND or data.lines:
        return named
    return untold(data.case)


def untold(case: Case) -> str:
    """What has happened since the last word to the debtor that the next one must tell.

    A dispute was settled, money went back, or money on its way could not be collected.
    """
    since = _told_at(case)
    settled = max((one.settled_at or _NEVER for one in _answered(case)), default=_NEVER)
    returned = case.grew_at if case.grew_at and went_back(case) else _NEVER
    failed = failed_at(case) or _NEVER
    newest, what = max(
        (settled, DISPUTE_SETTLED), (returned, PAYMENT_RETURNED), (failed, PAYMENT_FAILED)
    )
    return what if newest > since else ""


def _told_at(case: Case) -> datetime:
    """When the debtor was last told what had happened."""
    return max((deed.at for deed in case.deeds if _tells(deed)), default=_NEVER)


def _tells(deed: Deed) -> bool:
    """Whether a letter told what had happened before it: of answers those about agreements do."""
    answers = deed.step.startswith(CONFIRMS) or answer_named(deed.step) == DISPUTE_DECIDED
    tells = deed.do is not ActionType.ACKNOWLEDGE or answers
    return deed.reached_debtor and tells


def went_back(case: Case) -> bool:
    """Whether the last thing that happened to the money is that it went back."""
    if case.grew_by not in _WENT_BACK or case.grew_at is None:
        return False
    return not _came_since(case, case.grew_at)


def believes_paid(case: Case) -> bool:
    """Whether the debtor said that it was paid, or gave us a debit, and nothing has come since."""
    said = max((at for at in (case.claimed_at, case.flight_failed_at) if at), default=None)
    return said is not None and not _came_since(case, said)


def failed_at(case: Case) -> datetime | None:
    """Find when money on its way failed to come; None if it did not, or more has come since."""
    failed = case.flight_failed_at
    return None if failed is None or _came_since(case, failed) else failed


def _came_since(case: Case, instant: datetime) -> bool:
    return any(minor > 0 and at > instant for at, minor in case.money)


def returned_money(case: Case, zone: str) -> ReturnedMoney | None:
    """Find the money that went back last; None if none did, or more has come since.

    Its day is one of the calendar of the debtor's time zone.
    """
    if case.grew_at is None or not went_back(case):
        return None
    back = -sum(minor for at, minor in case.money if at == case.grew_at and minor < 0)
    return ReturnedMoney(
        day=Calendar(zone).local_date(case.grew_at),
        amount=Money(back or case.undisputed, case.invoice.amount.currency),
        refunded=case.grew_by is MessageType.REFUND,
    )


def dispute_answer(case: Case) -> DisputeAnswer:
    """Find how the disputes were decided that were settled since the debtor was told last.

    Else the one that was settled last: a letter may be said again another way.
    """
    answered, currency = _answered(case), case.invoice.amount.currency
    newest = max((one.settled_at or _NEVER for one in answered), default=_NEVER)
    since = min(_told_at(case), newest)
    last = [one for one in answered if (one.settled_at or _NEVER) >= since]
    conceded = sum(one.conceded for one in last)
    return DisputeAnswer(outcome=_outcome_of(last), conceded=Money(conceded, currency))


def _outcome_of(disputes: list[Dispute]) -> str:
    """For whom it was settled, of several in all; empty if nobody said so."""
    ends = {one.ended for one in disputes}
    if not any(one.conceded for one in disputes):
        return "for_us" if ends == {"for_us"} else ""
    return "for_customer" if ends == {"for_customer"} else "split"


def _answered(case: Case) -> list[Dispute]:
    """The settled disputes about the invoice itself; hardship is met by an agreement."""
    return [one for one in case.settled_disputes if not (one.is_minor or one.is_hardship)]
