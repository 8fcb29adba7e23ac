"""The activities of the payment workflow: post under the account's lock, and wake cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from temporalio import activity

from activities.payments.posting import Posted, post
from activities.ports.clock import activity_clock
from activities.ports.ports import Ledger
from activities.ports.types import LONGEST_TITLE, ConflictError, Task
from domain.card_numbers import without_card_numbers
from domain.errors import CodedError, DomainError, InvalidError
from domain.ids import UNKNOWN, PaymentId, creditor_named
from domain.intake.blanking import fields_without_cards
from domain.intake.limits import check_body, check_name, check_writable, writable
from domain.intake.reading import read_day
from domain.money import parse_money
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic
from domain.payments.allocation import PaymentIn, PaymentKind
from domain.wire import PostedPayment


class Waker(Protocol):
    """Tells running cases that the ledger has news."""

    async def __call__(self, case_ids: list[str]) -> None:
        """Wake each case that is still open."""
        ...


class PaymentActivities:
    """Takes payments in from billing systems that only speak Temporal."""

    def __init__(self, ledger: Ledger, wake: Waker) -> None:
        self._ledger = ledger
        self._wake = wake

    @property
    def all(self) -> list[Callable[..., object]]:
        """The activities to register with a worker."""
        return [self.post_payment, self.wake_cases]

    @activity.defn(name="post_payment", no_thread_cancel_exception=True)
    def post_payment(
        self, workflow_id: str, given: dict[str, Any], refused: str = ""
    ) -> PostedPayment:
        """Record a payment once and share it out; what cannot be read goes to a person."""
        now = activity_clock()()
        if refused:
            return self._refuse(workflow_id, InvalidError(refused), given, now)
        try:
            payment = read_payment(workflow_id, given, now)
            return told(post(self._ledger, payment, now))
        except (DomainError, ConflictError) as reason:
            return self._refuse(workflow_id, reason, given, now)

    @activity.defn(name="wake_cases")
    async def wake_cases(self, case_ids: list[str]) -> None:
        """Tell each case that money came."""
        await self._wake(case_ids)

    def _refuse(
        self, workflow_id: str, reason: CodedError, given: Mapping[str, Any], now: datetime
    ) -> PostedPayment:
        why = without_card_numbers(str(reason))
        with self._ledger.account(writable(creditor_named(workflow_id)), UNKNOWN) as account:
            account.tasks.add(
                Task(
                    key=writable(str(TaskKey.of(TaskTopic.UNPOSTED, workflow_id))),
                    kind=TaskKind.REFUSED,
                    case="",
                    title=writable(f"a payment could not be posted: {why}")[:LONGEST_TITLE],
                    detail=writable(str(fields_without_cards(given)))[:2000],
                    due_at=now,
                )
            )
        return PostedPayment(accepted=False, text=str(reason), code=reason.code)


def told(posted: Posted) -> PostedPayment:
    """A posted payment as its sender hears of it."""
    parts = {part.case: part.amount.plain for part in posted.parts}
    what = "posted" if posted.new else "posted before; nothing changed"
    rest = f"; {posted.left} stay on the account" if posted.left.minor else ""
    remarks = "".join(f"; {remark}" for remark in posted.remarks)
    text = f"{what}{rest}{remarks}"
    return PostedPayment(
        accepted=True, text=text, parts=parts, left=posted.left.plain, code=posted.code
    )


def read_payment(workflow_id: str, given: Mapping[str, Any], now: datetime) -> PaymentIn:
    """Read ``customer, amount, currency, date, invoices, note, kind``; the rest is in the id.

    Raises:
        DomainError: naming the field and the way out.
    """
    check_writable(workflow_id, "id")
    check_body(given)
    named = PaymentId.parse(workflow_id)
    missing = [name for name in ("customer", "amount", "currency") if not given.get(name)]
    check_name(str(given.get("customer")), "customer")
    if missing:
        raise DomainError(f"the payment lacks {', '.join(missing)}", field=missing[0])
    amount = parse_money(str(given["amount"]), str(given["currency"]))
    if amount.minor <= 0:
        raise DomainError(f"the amount {amount} must be more than zero", field="amount")
    return PaymentIn(
        creditor=named.creditor,
        source=named.source,
        id=named.id,
        customer=str(given["customer"]),
        amount=amount,
        at=now,
        day=_value_date(given, now),
        invoices=tuple(str(number) for number in given.get("invoices") or ()),
        note=str(given.get("note") or ""),
        kind=_kind(given),
    )


def _kind(given: Mapping[str, Any]) -> PaymentKind:
    named = str(given.get("kind") or PaymentKind.PAYMENT)
    if named not in list(PaymentKind):
        known = " or ".join(PaymentKind)
        raise DomainError(f"{named!r} is no kind of payment; write {known}", field="kind")
    return PaymentKind(named)


def _value_date(given: Mapping[str, Any], now: datetime) -> date | None:
    day = given.get("date")
    return not_in_the_future(read_day(day), now) if day else None


def not_in_the_future(day: date, now: datetime) -> date:
    """Refuse a value date that is still to come: money counts when it has come.

    Raises:
        DomainError: if it is after tomorrow in UTC (somewhere it is tomorrow already).
    """
    if day > now.date() + timedelta(days=1):
        raise DomainError(f"{day} lies in the future; report money when it has come", field="date")
    return day
