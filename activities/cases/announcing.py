"""Turns messages and deeds into domain events for other systems: ids, dates, amounts, no words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from activities.ports.events import DomainEvent
from activities.ports.ports import AccountRepository
from domain.agreements.plans import PlanState, plan_state
from domain.agreements.promises import PromiseState, is_replaced, state_of
from domain.agreements.status import missed_part
from domain.case.model import Case, Deed, Invoice, Message, Promise
from domain.credit.limits import PassedLimit
from domain.message_types import ActionType, MessageType
from domain.money import Money

DEEDS: Mapping[ActionType, str] = MappingProxyType(
    {
        ActionType.CLOSE: "case.closed",
        ActionType.REOPEN: "case.reopened",
        ActionType.HAND_OFF: "case.handed_off",
        ActionType.RECALL: "case.recalled",
    }
)
_MESSAGES: Mapping[MessageType, str] = MappingProxyType(
    {
        MessageType.PROMISE: "promise.recorded",
        MessageType.DISPUTE_OPENED: "dispute.opened",
        MessageType.DISPUTE_SETTLED: "dispute.settled",
        MessageType.INVOICE_CORRECTED: "invoice.corrected",
    }
)


def announce_case_events(account: AccountRepository, found: Iterable[DomainEvent]) -> None:
    """Announce domain events, in the transaction that makes them happen."""
    for event in found:
        account.events.announce(event)


def opened(invoice: Invoice) -> DomainEvent:
    """Make the event that a case was opened."""
    data = {"amount": invoice.amount.plain, "due": invoice.due.isoformat()}
    return _event(invoice, "case.opened", "", invoice.opened_at, data)


def limit_passed(creditor: str, passed: PassedLimit, at: datetime) -> DomainEvent:
    """Make the event that more is open than a customer's credit limit, once a passing."""
    return DomainEvent(
        id=f"credit.limit_passed/{creditor}/{passed.customer}/{passed.number}",
        kind="credit.limit_passed",
        creditor=creditor,
        customer=passed.customer,
        at=at,
        data={
            "currency": passed.limit.currency,
            "limit": passed.limit.plain,
            "open": passed.open.plain,
        },
    )


def of_deed(case: Case, deed: Deed) -> Iterator[DomainEvent]:
    """Make the events of a deed, from the case as it stands after it."""
    kind = "message.sent" if deed.reached_debtor else DEEDS.get(deed.do)
    if kind is None:
        return
    data = _sums(case) if deed.do in DEEDS else _sent(case, deed)
    yield _event(case.invoice, kind, f"{deed.episode}/{deed.step}", deed.at, data)


def of_message(case: Case, message: Message) -> Iterator[DomainEvent]:
    """Make the events of an accepted message, from the case as it stands with it."""
    kind = _MESSAGES.get(message.kind)
    if kind is None or _is_told_twice(case, message):
        return
    data = {
        "promise": message.key if message.kind is MessageType.PROMISE else "",
        "dispute": _dispute(message),
        "amount": message.amount.plain if message.amount else "",
        "date": message.day.isoformat() if message.day else "",
    }
    yield _event(case.invoice, kind, message.key, message.at, data)


def _is_told_twice(case: Case, message: Message) -> bool:
    """Whether a promise is one that a call's result had told already."""
    return any(message.key in promise.also for promise in case.promises)


def of_agreements(case: Case, now: datetime) -> Iterator[DomainEvent]:
    """Make the events of promises and plans that were kept or broken by an instant."""
    yield from _promises(case, now)
    yield from _plans(case, now)


def _promises(case: Case, now: datetime) -> Iterator[DomainEvent]:
    """Which promises were kept, and which were not when their day was over.

    One that something else took the place of before its check is not broken.
    """
    for promise in case.promises:
        check_at, state = promise.plan_b.check_at, state_of(case, promise, now)
        data = _promised(case, promise)
        if state is PromiseState.KEPT:
            yield _event(case.invoice, "promise.kept", promise.key, now, data)
        elif now >= check_at and not is_replaced(case, promise):
            yield _event(case.invoice, "promise.broken", promise.key, check_at, data)


def _plans(case: Case, now: datetime) -> Iterator[DomainEvent]:
    """Which instalment plans failed: the whole balance is due at once."""
    for plan in case.plans:
        missed = missed_part(case, plan)
        if missed is not None and plan_state(case, plan, now) is PlanState.OVER:
            data = {"plan": plan.key, "open": _plain(case, case.open)}
            yield _event(case.invoice, "plan.defaulted", plan.key, plan.cures[missed], data)


def _event(
    invoice: Invoice, kind: str, own: str, at: datetime, data: Mapping[str, str]
) -> DomainEvent:
    about = {"invoice": invoice.number, "currency": invoice.amount.currency}
    return DomainEvent(
        id="/".join(filter(None, (kind, invoice.case_id, own))),
        kind=kind,
        creditor=invoice.creditor,
        customer=invoice.customer,
        case=invoice.case_id,
        at=at,
        data={name: value for name, value in (about | dict(data)).items() if value},
    )


def _dispute(message: Message) -> str:
    """The dispute that a message is about; empty if it settles all there are."""
    return {MessageType.DISPUTE_OPENED: message.key, MessageType.DISPUTE_SETTLED: message.ref}.get(
        message.kind, ""
    )


def _promised(case: Case, promise: Promise) -> dict[str, str]:
    return {
        "promise": promise.key,
        "date": promise.day.isoformat(),
        "amount": "" if promise.amount is None else _plain(case, promise.amount),
        "open": _plain(case, case.open),
    }


def _sums(case: Case) -> dict[str, str]:
    sums = {
        "amount": case.invoice.amount.minor,
        "open": case.open,
        "paid": case.paid,
        "credited": case.credited,
        "written_off": case.written_off,
    }
    outcome = {"outcome": case.outcome.value} if case.outcome else {}
    return outcome | {name: _plain(case, minor) for name, minor in sums.items()}


def _sent(case: Case, deed: Deed) -> dict[str, str]:
    return {
        "step": deed.step,
        "channel": deed.channel,
        "open": _plain(case, deed.open),
        "deadline": deed.deadline.isoformat() if deed.deadline else "",
    }


def _plain(case: Case, minor: int) -> str:
    return Money(minor, case.invoice.amount.currency).plain
