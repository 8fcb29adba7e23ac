"""Posts a payment: recorded once, allocated over cases in one transaction, told to each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from activities.cases.money_questions import ask_about_the_rest
from activities.cases.session import Session
from activities.cases.waking import ToWake, all_to_wake, to_wake
from activities.ports.ports import AccountRepository, Ledger
from domain.answer_codes import AnswerCode
from domain.calendar import Calendar
from domain.case.model import Message
from domain.errors import DomainError
from domain.ids import CaseId
from domain.message_types import MessageType
from domain.money import Money
from domain.payments.allocation import (
    Allocation,
    OpenClaim,
    PaymentIn,
    allocate_payment,
    allocation_order,
)
from domain.payments.discounts import why_refused
from domain.payments.in_favour import in_favour_ref
from domain.policy.tolerance import default_tolerance


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """The result of posting a payment.

    Attributes:
        parts: what settles which case.
        left: what stays on the account, unallocated.
        new: False if the payment was posted before.
        remarks: what its sender should know, such as why a discount was not earned.
        woken: the cases that took a part, for their workflows to hear of it.
    """

    parts: tuple[Allocation, ...]
    left: Money
    new: bool
    remarks: tuple[str, ...] = ()
    woken: tuple[ToWake, ...] = ()

    @property
    def code(self) -> AnswerCode:
        """What became of it, in one word."""
        return AnswerCode.ACCEPTED if self.new else AnswerCode.KNOWN_ALREADY


class StatedCreditNoteError(DomainError):
    """A stand-alone credit note states an invoice, which it must be said to instead.

    Attributes:
        number: the invoice's number.
    """

    def __init__(self, number: str) -> None:
        told = "a credit note that states an invoice is its own; say it to the invoice"
        super().__init__(told)
        self.number = number


def post(ledger: Ledger, payment: PaymentIn, now: datetime) -> Posted:
    """Post a payment under the account lock, in one transaction; the same twice changes nothing.

    A stand-alone credit note settles nothing until somebody allocates it.

    Raises:
        ConflictError: if its id was used before with other content.
        StatedCreditNoteError: if it is a credit note that states an invoice.
    """
    with ledger.account(payment.creditor, payment.customer) as account:
        calendar = Calendar(account.customer.zone)
        at = calendar.start_of(payment.day) if payment.day else payment.at
        payment = replace(payment, at=min(at, now))
        shared = _share_out(account, payment, calendar.local_date(at))
        with account.together([part.case for part in shared[0]]):
            posted = _posted(account, payment, shared, now)
        if posted is None:
            return _posted_before(account, payment, now)
        held = _others_held(account, posted, payment.key, now)
        return replace(posted, woken=(*posted.woken, *held))


def _posted(
    account: AccountRepository,
    payment: PaymentIn,
    shared: tuple[tuple[Allocation, ...], Money],
    now: datetime,
) -> Posted | None:
    """Record a payment and let each case hear of its part; None if it was recorded before."""
    key, by = payment.key, payment.source
    parts, left = with_costs(account, payment, key, shared)
    if not account.payments.add(payment, parts):
        return None
    told = [
        tell_case(account, part.case, message_of(payment, part, key, by), now) for part in parts
    ]
    if left.minor:
        ask_about_the_rest(account, payment, left, now)
    return Posted(
        parts=parts,
        left=left,
        new=True,
        remarks=tuple(filter(None, map(_remark, told))),
        woken=tuple(map(to_wake, told)),
    )


def _others_held(
    account: AccountRepository, posted: Posted, key: str, now: datetime
) -> tuple[ToWake, ...]:
    """Let the customer's cases hear of money that waits for a person, once it is worth a look."""
    left, worth = posted.left, default_tolerance(posted.left.currency)
    if not posted.new or left.minor <= 0:
        return ()
    lies = account.customer.known.in_favour(left.currency)
    if not lies - left.minor < worth <= lies:
        return ()
    ref = in_favour_ref(left.currency, lies - left.minor, lies)
    held = account.cases.nudge_all(f"lies/{key}", "money waits for a person", "", now, ref=ref)
    known = {told.case.invoice.case_id for told in posted.woken}
    return all_to_wake(account, (case for case in held if case not in known), now)


def _posted_before(account: AccountRepository, payment: PaymentIn, now: datetime) -> Posted:
    parts = account.payments.parts_of(payment)
    rest = payment.amount.minor - sum(part.amount.minor for part in parts)
    woken = all_to_wake(account, (part.case for part in parts), now)
    left = Money(rest, payment.amount.currency)
    return Posted(parts=parts, left=left, new=False, woken=woken)


def _share_out(
    account: AccountRepository, payment: PaymentIn, day: date
) -> tuple[tuple[Allocation, ...], Money]:
    stated = tuple(str(CaseId(payment.creditor, number)) for number in payment.invoices)
    if payment.is_credit_note:
        if stated:
            raise StatedCreditNoteError(payment.invoices[0])
        return (), payment.amount
    claims = account.payments.claims(day, stated or None)
    if not stated:
        claims = _by_policy(account, claims)
    return allocate_payment(payment.amount, claims, stated=bool(stated))


def with_costs(
    account: AccountRepository,
    payment: PaymentIn,
    key: str,
    shared: tuple[tuple[Allocation, ...], Money],
) -> tuple[tuple[Allocation, ...], Money]:
    """Pay with what is left the costs of the invoices that it settles.

    Each invoice takes exactly what it would make use of: costs grow by the day, and only its fold
    knows them. ``key`` is that of the message that the cases will hear.
    """
    paid, (parts, left) = [], shared
    for part in parts:
        whole = Allocation(part.case, part.amount + left)
        more = _used_for_costs(
            account, message_of(payment, whole, key, payment.source), whole, left
        )
        paid.append(Allocation(part.case, part.amount + more))
        left -= more
    return tuple(paid), left


def _used_for_costs(
    account: AccountRepository, message: Message, whole: Allocation, left: Money
) -> Money:
    nothing = Money(0, left.currency)
    if left.minor <= 0 or message.kind is not MessageType.PAYMENT:
        return nothing
    session = Session(account, whole.case, message.at)
    if session.case.surplus:
        return nothing
    return Money(max(0, left.minor - session.supposing(message).surplus), left.currency)


def _by_policy(account: AccountRepository, claims: tuple[OpenClaim, ...]) -> tuple[OpenClaim, ...]:
    """In the order of the policy of the oldest open case: one account, one order."""
    first = account.cases.read(claims[0].case) if claims else None
    return tuple(allocation_order(claims, first.policy.money.allocate)) if first else claims


def message_of(payment: PaymentIn, part: Allocation, key: str, by: str) -> Message:
    """Make the message to a case about its part: money, or a part of a credit note."""
    return Message(
        key=key,
        kind=MessageType.CREDIT_NOTE if payment.is_credit_note else MessageType.PAYMENT,
        at=payment.at,
        amount=part.amount,
        note=payment.note,
        by=by,
    )


def tell_case(account: AccountRepository, case_id: str, message: Message, now: datetime) -> Session:
    """Record a message in a case; answers the case as it stands then."""
    session = Session(account, case_id, now)
    session.add(message)
    session.keep()
    return session


def _remark(session: Session) -> str:
    """Why a discount was refused, if it was."""
    why = why_refused(session.case, session.calendar)
    return f"{session.case_id}: {why}" if why else ""
