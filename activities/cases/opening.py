"""Opening a case: from an invoice, ours or an outside system's, to its first decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from activities.cases.announcing import opened
from activities.cases.session import Session
from activities.ports.ports import Ledger
from activities.ports.types import ConflictError, Task
from domain.case.invoice import Discount, payment_reference
from domain.case.model import Invoice
from domain.errors import DomainError
from domain.intake.limits import check_body, check_name, check_writable, writable
from domain.intake.reading import read_day
from domain.money import Money, parse_money
from domain.payments.discounts import discount_of
from domain.policy.model import Policy
from domain.wire import Answer, CaseActivityInput, Decision

REFUSED = "refused"
UNKNOWN_CUSTOMER = "unknown"
_FIELDS = ("number", "customer", "issued", "due", "amount", "currency")
_DISCOUNT = ("percent", "days", "until")


def open_case(ledger: Ledger, invoice: Invoice, policy: Policy, now: datetime) -> Decision:
    """Open a case, or find it open, and decide what comes first. Opening it twice is harmless.

    Raises:
        ConflictError: if the number was opened before with other content.
    """
    with ledger.account(invoice.creditor, invoice.customer) as book:
        if book.open_case(invoice, policy):
            book.announce(opened(invoice))
        session = Session(book, invoice.case_id, now)
        if session.file.decision:
            return session.file.decision
        return session.decide()


def open_from_outside(
    ledger: Ledger, case_id: str, given: Mapping[str, Any], policy: Policy, now: datetime
) -> Decision:
    """Open a case that another system started; what cannot be read goes to a person."""
    try:
        check_writable(case_id, "id")
        invoice = read_invoice(case_id, given, now)
        chosen = ledger.policy_for(invoice.creditor, invoice.customer)
        return open_case(ledger, invoice, chosen or policy, now)
    except (DomainError, ConflictError) as reason:
        return _refuse(ledger, case_id, str(reason), now)


def read_invoice(case_id: str, given: Mapping[str, Any], now: datetime) -> Invoice:
    """Read ``number, customer, issued, due, amount, currency``; the creditor stands in the id.

    A discount for paying early: ``discount_percent`` with ``discount_days`` or ``discount_until``;
    the payment reference that is printed on it: ``reference``.

    Raises:
        DomainError: naming the field and the way out.
    """
    check_body(given)
    check_name(str(given.get("customer")), "customer")
    missing = [name for name in _FIELDS if not given.get(name)]
    if missing:
        raise DomainError(f"the invoice lacks {', '.join(missing)}", field=missing[0])
    creditor, number = split_case_id(case_id)
    if str(given["number"]) != number:
        raise DomainError(f"the id says {number}, the invoice {given['number']}", field="number")
    issued, due = read_day(given["issued"], "issued"), read_day(given["due"], "due")
    if due < issued:
        raise DomainError(f"due {due} lies before issued {issued}", field="due")
    amount = parse_money(str(given["amount"]), str(given["currency"]))
    if amount.minor <= 0:
        raise DomainError(f"the amount {amount} must be more than zero", field="amount")
    return Invoice(
        creditor=creditor,
        number=number,
        customer=str(given["customer"]),
        issued=issued,
        due=due,
        amount=amount,
        opened_at=now,
        discount=_discount(given, issued, amount),
        reference=payment_reference(str(given.get("reference") or "")),
    )


def _discount(given: Mapping[str, Any], issued: date, amount: Money) -> Discount | None:
    percent, days, until = (str(given.get(f"discount_{name}") or "") for name in _DISCOUNT)
    last = read_day(until, "discount_until") if until else None
    return discount_of(percent, days, last, issued, amount)


def split_case_id(case_id: str) -> tuple[str, str]:
    """Creditor and number of a case id such as ``invoice/acme/2026-0007``.

    Raises:
        DomainError: if it is not one.
    """
    kind, _, rest = case_id.partition("/")
    creditor, _, number = rest.partition("/")
    if kind != "invoice" or not creditor or not number:
        raise DomainError(f"{case_id!r} is no case id; write invoice/CREDITOR/NUMBER", field="id")
    return creditor, number


def turned_away(turn: CaseActivityInput, reason: str) -> dict[str, Answer]:
    """What those are told who said something to a case that was never opened."""
    return {item.key: Answer(accepted=False, text=reason) for item in turn.heard}


def _refuse(ledger: Ledger, case_id: str, reason: str, now: datetime) -> Decision:
    case_id = writable(case_id)
    creditor = case_id.split("/")[1] if case_id.count("/") > 1 else UNKNOWN_CUSTOMER
    with ledger.account(creditor, UNKNOWN_CUSTOMER) as book:
        book.add_task(
            Task(
                key=f"unopened/{case_id}/{now:%Y%m%dT%H%M%S}",
                kind="refused",
                case=case_id,
                title=writable(f"an invoice could not be opened: {reason}")[:300],
                due_at=now,
            )
        )
    return Decision(do="wait", outcome=REFUSED, why=reason, stage="closed", details=reason)
