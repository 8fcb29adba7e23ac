"""Opens cases: from an invoice, ours or an outside system's, to the first decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from activities.cases.announcing import opened
from activities.cases.crediting import tell_passed_limit
from activities.cases.missing_contact import ask_for_contact
from activities.cases.session import Session
from activities.cases.waking import ToWake, to_wake
from activities.ports.ports import Ledger
from activities.ports.types import LONGEST_TITLE, ConflictError, Task
from domain.answer_codes import AnswerCode
from domain.case.invoice import Discount, payment_reference
from domain.case.model import Case, Invoice, Message
from domain.contact.elsewhere import last_said_elsewhere
from domain.contact.missing import why_unreachable
from domain.errors import DomainError
from domain.ids import UNKNOWN, CaseId, creditor_named
from domain.intake.known_words import refuse_unknown_step
from domain.intake.limits import check_body, check_name, check_writable, writable
from domain.intake.reading import read_day
from domain.intake.terms import read_parts
from domain.message_types import ActionType, Stage
from domain.money import Money, parse_money
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic
from domain.payments.discounts import discount_of
from domain.policy.model import Policy
from domain.policy.policy_file import standard_policy
from domain.wire import Answer, CaseActivityInput, Decision

REFUSED = "refused"
_FIELDS = ("number", "customer", "issued", "due", "amount", "currency")
_DISCOUNT = ("percent", "days", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class LastStep:
    """The step of the policy that others had said last, and the day of it."""

    step: str
    day: date
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedCase:
    """A case as it was opened, or found open.

    Attributes:
        decision: what comes first.
        new: False if it was open already.
        at: when it was opened or asked for (UTC).
        woken: what its workflow should hear if it was open already.
        unreachable: why no message can reach the customer; empty if one can.
    """

    case: Case
    decision: Decision
    new: bool
    at: datetime
    woken: ToWake
    unreachable: str = ""


def open_case(  # noqa: PLR0913 - all that may be known of an invoice when it is opened
    ledger: Ledger,
    invoice: Invoice,
    now: datetime,
    policy: Policy | None = None,
    otherwise: Policy | None = None,
    *,
    last_step: LastStep | None = None,
) -> OpenedCase:
    """Open a case, or find it open, and decide what comes first. Opening it twice is harmless.

    Without a policy it follows the one of its arm if an experiment runs that the customer is in,
    else the one chosen for the customer, else for the creditor, else the one given for this, else
    the standard one. A new case hears what others had said last before
    anything is decided.

    Raises:
        ConflictError: if the number was opened before with other content.
        DomainError: if the policy has no such step, or its day is impossible.
    """
    with ledger.account(invoice.creditor, invoice.customer) as account:
        usual = account.customer.chosen_policy() or otherwise or standard_policy()
        trial = None if policy else account.customer.trial()
        chosen = policy or (trial.policy if trial else usual)
        before = _before(invoice, chosen, last_step) if last_step else ()
        is_new = account.cases.open(invoice, chosen, own=bool(trial) or chosen != usual)
        if is_new:
            account.events.announce(opened(invoice))
            tell_passed_limit(account, invoice.amount, now)
        if is_new and trial:
            account.customer.enrol(invoice.case_id, trial)
        session = Session(account, invoice.case_id, now)
        if is_new:
            ask_for_contact(session)
            for message in before:
                session.add(message)
        decision = session.file.decision or session.decide()
        return OpenedCase(
            case=session.case,
            decision=decision,
            new=is_new,
            at=now,
            woken=to_wake(session),
            unreachable=why_unreachable(session.file.debtor, session.file.policy),
        )


def _before(invoice: Invoice, policy: Policy, last: LastStep) -> tuple[Message, ...]:
    """The last reminder elsewhere, if it can be."""
    refuse_unknown_step(last.step, policy)
    if not invoice.issued <= last.day <= invoice.opened_at.date():
        message = f"last_step_on {last.day} lies before the invoice date, or in the future"
        raise DomainError(message, field="last_step_on")
    return (last_said_elsewhere(invoice, last.step, last.day, last.by),)


def open_from_outside(
    ledger: Ledger, case_id: str, given: Mapping[str, Any], policy: Policy, now: datetime
) -> Decision:
    """Open a case that another system started; what cannot be read goes to a person."""
    try:
        check_writable(case_id, "id")
        invoice = read_invoice(case_id, given, now)
        return open_case(ledger, invoice, now, otherwise=policy).decision
    except (DomainError, ConflictError) as reason:
        return _refuse(ledger, case_id, str(reason), now)


def _amount(given: Mapping[str, Any]) -> Money:
    amount = parse_money(str(given["amount"]), str(given["currency"]))
    if amount.minor <= 0:
        raise DomainError(f"the amount {amount} must be more than zero", field="amount")
    return amount


def read_invoice(case_id: str, given: Mapping[str, Any], now: datetime) -> Invoice:
    """Read ``number, customer, issued, due, amount, currency``; the creditor stands in the id.

    A discount for paying early: ``discount_percent`` with ``discount_days`` or ``discount_until``;
    the payment reference that is printed on it: ``reference``; where it falls due in parts, a list
    of them: ``terms``, each with ``due`` and ``amount``.

    Raises:
        DomainError: naming the field and the way out.
    """
    _check_what_is_kept(given)
    missing = [name for name in _FIELDS if not given.get(name)]
    if missing:
        raise DomainError(f"the invoice lacks {', '.join(missing)}", field=missing[0])
    named = CaseId.parse(case_id)
    if str(given["number"]) != named.number:
        message = f"the id says {named.number}, the invoice {given['number']}"
        raise DomainError(message, field="number")
    issued, due = read_day(given["issued"], "issued"), read_day(given["due"], "due")
    if due < issued:
        raise DomainError(f"due {due} lies before issued {issued}", field="due")
    amount = _amount(given)
    return Invoice(
        creditor=named.creditor,
        number=named.number,
        customer=str(given["customer"]),
        issued=issued,
        due=due,
        amount=amount,
        opened_at=now,
        discount=_discount(given, issued, amount),
        reference=payment_reference(str(given.get("reference") or "")),
        terms=read_parts(given.get("terms"), due, amount),
    )


def _check_what_is_kept(given: Mapping[str, Any]) -> None:
    check_body(given)
    check_name(str(given.get("customer")), "customer")


def _discount(given: Mapping[str, Any], issued: date, amount: Money) -> Discount | None:
    percent, days, until = (str(given.get(f"discount_{name}") or "") for name in _DISCOUNT)
    last = read_day(until, "discount_until") if until else None
    return discount_of(percent, days, last, issued, amount)


def turned_away(turn: CaseActivityInput, reason: str) -> dict[str, Answer]:
    """Answer those who said something to a case that was never opened."""
    answer = Answer(accepted=False, text=reason, code=AnswerCode.NOT_FOUND)
    return {item.key: answer for item in turn.heard}


def _refuse(ledger: Ledger, case_id: str, reason: str, now: datetime) -> Decision:
    case_id = writable(case_id)
    with ledger.account(creditor_named(case_id), UNKNOWN) as account:
        account.tasks.add(
            Task(
                key=str(TaskKey.of(TaskTopic.UNOPENED, case_id, f"{now:%Y%m%dT%H%M%S}")),
                kind=TaskKind.REFUSED,
                case=case_id,
                title=writable(f"an invoice could not be opened: {reason}")[:LONGEST_TITLE],
                due_at=now,
            )
        )
    wait, closed = ActionType.WAIT.value, Stage.CLOSED.value
    return Decision(do=wait, outcome=REFUSED, why=reason, stage=closed, details=reason)
