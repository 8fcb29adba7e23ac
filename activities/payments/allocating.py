"""Allocates money on an account as a person decides: to invoices, or back to the payer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from activities.cases.money_questions import rest_key, too_much
from activities.cases.session import Session
from activities.cases.waking import ToWake, all_to_wake
from activities.payments.posting import message_of, tell_case, with_costs
from activities.ports.money_types import OnAccount, Placing, Refund
from activities.ports.ports import AccountRepository, Ledger
from activities.ports.types import ConflictError
from domain.answer_codes import AnswerCode
from domain.calendar import Calendar
from domain.card_numbers import without_card_numbers
from domain.case.model import Message
from domain.errors import DomainError, RefusedError
from domain.ids import CaseId, PaymentName
from domain.message_types import MessageType
from domain.money import Money
from domain.payments.allocation import Allocation, PaymentIn, share_out
from domain.payments.in_favour import in_favour_ref

SURPLUS = "surplus"
"""The source of a payment that is another invoice's surplus."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The result of moving money on an account.

    Attributes:
        parts: which case took what.
        given_back: what was refunded.
        left: what is still on the account.
        new: False if it was done before.
        free: the cases that were held and may go on.
        woken: all cases whose workflows should hear of it, as they stand now.
    """

    parts: tuple[Allocation, ...] = ()
    given_back: Money | None = None
    left: Money
    new: bool = True
    free: tuple[str, ...] = ()
    woken: tuple[ToWake, ...] = ()

    @property
    def code(self) -> AnswerCode:
        """What became of the order, in one word."""
        return AnswerCode.ACCEPTED if self.new else AnswerCode.KNOWN_ALREADY


def carry_out_allocation(ledger: Ledger, order: Placing, now: datetime) -> Moved:
    """Do what a person wants with money on an account, in one transaction; twice is once.

    Raises:
        ConflictError: if the order's id was used before for something else.
        RefusedError: if there is not so much, or the invoices owe less.
    """
    own = (order.case,) if order.case else ()
    with ledger.account(order.creditor, order.customer) as account:
        with account.together((*own, *_cases(order))):
            moved = place(account, order, now)
        told = (*own, *(part.case for part in moved.parts), *moved.free)
        return replace(moved, woken=all_to_wake(account, told, now))


def place(account: AccountRepository, order: Placing, now: datetime) -> Moved:
    """Do what a person wants with money on an account that is open; twice is once.

    Raises:
        ConflictError: if the order's id was used before for something else.
        RefusedError: if there is not so much, or the invoices owe less.
    """
    if order.case:
        return _from_surplus(account, order, now)
    lying = account.payments.held(order.source, order.payment)
    if lying is None:
        named = PaymentName(order.source, order.payment)
        raise DomainError(f"{order.customer} has no payment {named}", field="payment")
    act = _allocated if order.invoices else _back
    return act(account, order, lying, now)


def _allocated(
    account: AccountRepository, order: Placing, lying: OnAccount, now: datetime
) -> Moved:
    before = account.payments.allocated(order.id)
    if before:
        return _done_before(order, lying, before)
    key = f"{lying.payment.key}/{order.id}"
    parts = _parts(account, order, replace(lying.payment, amount=_amount(order, lying.rest)), key)
    account.payments.add_parts(lying.payment, parts, order.id)
    for part in parts:
        message = message_of(lying.payment, part, key, order.by or lying.payment.source)
        _heard(account, part.case, message, now)
    left = lying.rest - _sum(parts, lying.rest.currency)
    return Moved(parts=parts, left=left, free=_freed(account, order, lying, left, now))


def _done_before(
    order: Placing, lying: OnAccount, before: tuple[tuple[str, Allocation], ...]
) -> Moved:
    parts = tuple(part for _, part in before)
    same = {key for key, _ in before} == {lying.payment.key}
    if not same or not {part.case for part in parts} <= set(_cases(order)):
        raise ConflictError(f"allocation {order.id!r} was used before with other content")
    return Moved(parts=parts, left=lying.rest, new=False)


def _back(account: AccountRepository, order: Placing, lying: OnAccount, now: datetime) -> Moved:
    before = account.payments.refunded(order.id)
    amount = before if before and not order.amount else _amount(order, lying.rest, before)
    refund = Refund(
        id=order.id, amount=amount, at=now, note=without_card_numbers(order.note), by=order.by
    )
    if not account.payments.add_refund(lying.payment, refund):
        return Moved(given_back=amount, left=lying.rest, new=False)
    left = lying.rest - amount
    return Moved(given_back=amount, left=left, free=_freed(account, order, lying, left, now))


def _freed(
    account: AccountRepository, order: Placing, lying: OnAccount, left: Money, now: datetime
) -> tuple[str, ...]:
    """Whoever stood still because of this money goes on; the question is answered."""
    if left.minor <= 0:
        account.tasks.finish(rest_key(lying.payment), "it was allocated or given back")
    currency, lies = left.currency, account.customer.known.in_favour(left.currency)
    ref = in_favour_ref(currency, lies + lying.rest.minor - left.minor, lies)
    why = "money on the account was placed"
    return account.cases.nudge_all(f"freed/{order.id}", why, order.by, now, ref=ref)


def _from_surplus(account: AccountRepository, order: Placing, now: datetime) -> Moved:
    """A surplus moves on: given back here, money there, of the day on which it came."""
    source = Session(account, order.case, now)
    over = too_much(source.case) or Money(0, source.case.invoice.amount.currency)
    known = account.payments.held(SURPLUS, order.id)
    if known:
        # Whose surplus it was tells the case that gave it: it was told so, once.
        gave = source.known(_moved_key(order)) is not None
        return _moved_before(account, order, known, over, gave=gave)
    came = max((at for _, _, at in source.case.payments), default=now)
    wanted = _as_payment(order, _amount(order, over), came)
    parts = _parts(account, order, wanted, wanted.key)
    moved = _sum(parts, over.currency)
    gone = Message(
        key=_moved_key(order),
        kind=MessageType.REFUND,
        at=now,
        amount=moved,
        note=f"allocated to {', '.join(order.invoices)}",
        by=order.by,
    )
    _heard(account, order.case, gone, now)
    payment = replace(wanted, amount=moved)
    account.payments.add(payment, parts)
    for part in parts:
        _heard(account, part.case, message_of(payment, part, payment.key, order.by or SURPLUS), now)
    return Moved(parts=parts, left=over - moved)


def _moved_key(order: Placing) -> str:
    return f"moved/{order.id}"


def _moved_before(
    account: AccountRepository, order: Placing, known: OnAccount, over: Money, *, gave: bool
) -> Moved:
    if not gave or set(known.payment.invoices) != set(order.invoices):
        raise ConflictError(f"allocation {order.id!r} was used before with other content")
    return Moved(parts=account.payments.parts_of(known.payment), left=over, new=False)


def _as_payment(order: Placing, moved: Money, came: datetime) -> PaymentIn:
    return PaymentIn(
        creditor=order.creditor,
        source=SURPLUS,
        id=order.id,
        customer=order.customer,
        amount=moved,
        at=came,
        invoices=order.invoices,
        note=f"surplus of {order.case}",
    )


def _parts(
    account: AccountRepository, order: Placing, payment: PaymentIn, key: str
) -> tuple[Allocation, ...]:
    wanted, amount = _cases(order), payment.amount
    claims = account.payments.claims(Calendar(account.customer.zone).local_date(payment.at), wanted)
    missing = set(wanted) - {claim.case for claim in claims}
    if missing:
        raise DomainError(f"{order.customer} has no case {min(missing)}", field="invoices")
    if order.case in wanted:
        raise DomainError(f"{order.case} has it already; name another invoice", field="invoices")
    shared = share_out(amount, claims, stated=True)
    parts, left = with_costs(account, payment, key, shared)
    if not parts or (order.amount and left.minor):
        owed = sum(c.open.minor for c in claims if c.open.currency == amount.currency)
        have = Money(owed, amount.currency)
        raise RefusedError(f"these invoices owe {have}, not {amount}", field="amount")
    return parts


def _amount(order: Placing, there: Money, before: Money | None = None) -> Money:
    amount = order.amount or there
    if before and order.amount:
        return order.amount  # judged by its id: the same, or a conflict
    if amount.minor <= 0:
        raise RefusedError("nothing of it is left on the account", field="amount")
    if there < amount:
        raise RefusedError(f"only {there} of it are left on the account", field="amount")
    return amount


def _cases(order: Placing) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(CaseId(order.creditor, n)) for n in order.invoices))


def _sum(parts: tuple[Allocation, ...], currency: str) -> Money:
    return Money(sum(part.amount.minor for part in parts), currency)


def _heard(account: AccountRepository, case_id: str, message: Message, now: datetime) -> None:
    """Let a case hear it, or nothing at all happens."""
    refused = tell_case(account, case_id, message, now).folded.refused.get(message.key)
    if refused:
        raise RefusedError(f"{case_id}: {refused.text}")
