"""Questions about money for a person: what fits no invoice, a surplus, a discount not earned."""

from __future__ import annotations

from datetime import datetime

from activities.ports.ports import AccountBook
from activities.ports.types import Task
from domain.calendar import Calendar
from domain.case.model import Case
from domain.ids import CaseId, PaymentName
from domain.message_types import MessageType
from domain.money import Money
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic
from domain.payments.allocation import PaymentIn
from domain.payments.discounts import why_refused

_SHOWN = 5
MOVES_AWAY = frozenset(
    {
        MessageType.REFUND,
        MessageType.PAYMENT_REVERSED,
        MessageType.CREDIT_NOTE_CANCELLED,
        MessageType.INVOICE_CORRECTED,
    }
)
"""Messages after which a surplus may be less than it was."""


def rest_key(payment: PaymentIn) -> str:
    """The key of the question about what is left of a payment."""
    return str(TaskKey.of(TaskTopic.UNALLOCATED, payment.creditor, payment.key))


def ask_about_the_rest(book: AccountBook, payment: PaymentIn, left: Money, now: datetime) -> None:
    """Somebody must decide about money that fits no invoice."""
    what = "credit note" if payment.is_credit_note else "payment"
    named = str(PaymentName(payment.source, payment.id))
    book.add_task(
        Task(
            key=rest_key(payment),
            kind=TaskKind.QUESTION,
            case="",
            title=f"{what} {payment.id} of {payment.customer}: {left} fit no invoice; "
            "allocate or refund",
            detail="\n".join(
                filter(None, [payment.note, _open_invoices(book), *_ways(payment.creditor, named)])
            ),
            due_at=now,
        )
    )


def _ways(creditor: str, named: str) -> tuple[str, ...]:
    options = f"--payment {named} --creditor {creditor} --id YOUR-ID"
    return (
        f"amicable payment allocate NUMBER… {options}",
        f"amicable payment refund {options}",
    )


def _open_invoices(book: AccountBook) -> str:
    numbers = [CaseId.parse(case).number for case in book.open_invoices()]
    if not numbers:
        return "no invoice of this customer is open"
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return f"open invoices: {', '.join(numbers[:_SHOWN])}{more}"


def ask_about_money(
    book: AccountBook, case: Case, calendar: Calendar, kinds: frozenset[MessageType], now: datetime
) -> None:
    """Put what a case's money asks of a person on the desk, and take off what it does no more."""
    over = too_much(case)
    key = str(TaskKey.of(TaskTopic.SURPLUS, case.invoice.case_id, over.minor)) if over else ""
    if kinds & MOVES_AWAY:
        book.finish_surplus_tasks(case.invoice.case_id, key)
    if over:
        book.add_task(_surplus(book, case, over, key, now))
    why = why_refused(case, calendar)
    if why:
        book.add_task(_no_discount(case, why, now))


def too_much(case: Case) -> Money | None:
    """Money that settles nothing: beyond the invoice, or for one that was withdrawn."""
    over = case.received if case.withdrawn_at else case.surplus
    return Money(over, case.invoice.amount.currency) if over > 0 else None


def _surplus(book: AccountBook, case: Case, over: Money, key: str, now: datetime) -> Task:
    invoice = case.invoice
    what = f"{over} of {invoice.customer} came in that nothing is owed for; refund or allocate it"
    there = f"{invoice.number} --creditor {invoice.creditor} --id YOUR-ID"
    return Task(
        key=key,
        kind=TaskKind.QUESTION,
        case=invoice.case_id,
        title=f"{invoice.number}: {what}",
        detail="\n".join(
            [
                _open_invoices(book),
                f"amicable payment allocate NUMBER… --surplus-of {there}",
                f"amicable payment refund --surplus-of {there} --amount {over.plain}",
            ]
        ),
        due_at=now,
    )


def _no_discount(case: Case, why: str, now: datetime) -> Task:
    invoice = case.invoice
    there = f"{invoice.number} --creditor {invoice.creditor}"
    return Task(
        key=str(TaskKey.of(TaskTopic.DISCOUNT, invoice.case_id, case.open)),
        kind=TaskKind.QUESTION,
        case=invoice.case_id,
        title=f"{invoice.number} of {invoice.customer}: {why}; chase it or credit it",
        detail=f"amicable invoice credit {there} --amount {case.open_money.plain} --id YOUR-ID",
        due_at=now,
    )
