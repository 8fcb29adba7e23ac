"""Questions to people about money: what fits no invoice, a surplus, a discount not earned."""

from __future__ import annotations

from datetime import datetime

from activities.ports.ports import AccountRepository
from activities.ports.types import CaseFile, Task
from domain.calendar import Calendar
from domain.case.model import Case
from domain.decision.sharing import nudge_of
from domain.ids import CaseId, PaymentName
from domain.message_types import MessageType
from domain.money import Money
from domain.parties.customer import Customer, InvoiceShare
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic
from domain.payments.allocation import PaymentIn
from domain.payments.discounts import why_refused
from domain.suggestion import Act, Suggestion

_SHOWN = 5
_AMICABLE = "amicable"
_ID = {"id": "your own id of it"}
_INVOICES = {"invoices": "the numbers of the invoices that shall have it"}
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
    """Make the key of the question about what is left of a payment."""
    return str(TaskKey.of(TaskTopic.UNALLOCATED, payment.creditor, payment.key))


def ask_about_the_rest(
    account: AccountRepository, payment: PaymentIn, left: Money, now: datetime
) -> None:
    """Ask a person about money that fits no invoice."""
    what = "credit note" if payment.is_credit_note else "payment"
    named = str(PaymentName(payment.source, payment.id))
    account.tasks.add(
        Task(
            key=rest_key(payment),
            kind=TaskKind.QUESTION,
            case="",
            title=f"{what} {payment.id} of {payment.customer}: {left} fit no invoice; "
            "allocate or refund",
            detail="\n".join(filter(None, [payment.note, _open_invoices(account)])),
            due_at=now,
            suggestions=_ways(payment.creditor, named),
        )
    )


def _ways(creditor: str, named: str) -> tuple[Suggestion, ...]:
    where = {"payment": named}
    return (
        Suggestion(act=Act.ALLOCATION, creditor=creditor, fields=where, needed=_INVOICES | _ID),
        Suggestion(act=Act.REFUND, creditor=creditor, fields=where, needed=_ID),
    )


def _open_invoices(account: AccountRepository) -> str:
    numbers = [CaseId.parse(case).number for case in account.cases.open_invoices()]
    if not numbers:
        return "no invoice of this customer is open"
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return f"open invoices: {', '.join(numbers[:_SHOWN])}{more}"


def ask_about_money(
    account: AccountRepository,
    case: Case,
    calendar: Calendar,
    kinds: frozenset[MessageType],
    now: datetime,
) -> None:
    """Ask what a case's money makes necessary, and withdraw questions that are settled."""
    over = too_much(case)
    key = str(TaskKey.of(TaskTopic.SURPLUS, case.invoice.case_id, over.minor)) if over else ""
    if kinds & MOVES_AWAY:
        account.tasks.finish_surplus(case.invoice.case_id, key)
    if over:
        account.tasks.add(_surplus(account, case, over, key, now))
    why = why_refused(case, calendar)
    if why:
        account.tasks.add(_no_discount(case, why, now))


def tell_the_others(
    account: AccountRepository, file: CaseFile, share: InvoiceShare, number: int, now: datetime
) -> Customer:
    """Let the customer's other cases hear that one changed for all, once per number.

    Answers the customer as known after the change.
    """
    before, after = file.customer, file.customer.with_share(share)
    nudge = None if after == before else nudge_of(share, before, after, file.policy)
    if nudge:
        account.cases.nudge_all(
            f"share/{share.case}/{number}",
            nudge.why,
            _AMICABLE,
            now,
            ref=nudge.ref,
            but=share.case,
            only=nudge.cases,
        )
    return after


def too_much(case: Case) -> Money | None:
    """Find money that settles nothing: beyond the invoice, or for one that was withdrawn."""
    over = case.received if case.withdrawn_at else case.surplus
    return Money(over, case.invoice.amount.currency) if over > 0 else None


def _surplus(account: AccountRepository, case: Case, over: Money, key: str, now: datetime) -> Task:
    invoice = case.invoice
    what = f"{over} of {invoice.customer} came in that nothing is owed for; refund or allocate it"
    there, back = {"surplus_of": invoice.case_id}, {"amount": over.plain}
    return Task(
        key=key,
        kind=TaskKind.QUESTION,
        case=invoice.case_id,
        title=f"{invoice.number}: {what}",
        detail=_open_invoices(account),
        due_at=now,
        suggestions=(
            Suggestion(
                act=Act.ALLOCATION, case=invoice.case_id, fields=there, needed=_INVOICES | _ID
            ),
            Suggestion(act=Act.REFUND, case=invoice.case_id, fields=there | back, needed=_ID),
        ),
    )


def _no_discount(case: Case, why: str, now: datetime) -> Task:
    invoice = case.invoice
    return Task(
        key=str(TaskKey.of(TaskTopic.DISCOUNT, invoice.case_id, case.open)),
        kind=TaskKind.QUESTION,
        case=invoice.case_id,
        title=f"{invoice.number} of {invoice.customer}: {why}; chase it or credit it",
        due_at=now,
        suggestions=(
            Suggestion(
                act=Act.CREDIT_NOTE,
                case=invoice.case_id,
                fields={"amount": case.open_money.plain},
                needed=_ID,
            ),
        ),
    )
