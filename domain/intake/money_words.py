"""Words for answers about money: what the sender should know beside what is open."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.calendar import Calendar
from domain.case.model import Case, Message
from domain.case.money import ALL_COSTS
from domain.message_types import MessageType
from domain.money import Money
from domain.payments.discounts import why_refused


def about_money(case: Case, message: Message, calendar: Calendar) -> str:
    """Write what the sender of a message about money should know beside what is open."""
    if message.kind is MessageType.WRITE_OFF:
        return _less_was_open(case)
    if message.kind in (MessageType.PAYMENT, MessageType.CREDIT_NOTE):
        return _after_money(case, calendar)
    if message.kind is MessageType.INVOICE_CORRECTED:
        return f"the invoice is {case.invoice.amount} now, due {case.invoice.due}{_over(case)}"
    if message.kind is MessageType.IN_FLIGHT:
        return _awaited(case, message, calendar)
    quiet = case.quiet_until
    if quiet and message.kind in (MessageType.PAYMENT_REVERSED, MessageType.REFUND):
        return f"nobody is chased before {_day(quiet, calendar)}"
    return ""


def _less_was_open(case: Case) -> str:
    asked = case.write_off
    if asked is None or asked == ALL_COSTS or asked <= case.written_off:
        return ""
    currency = case.invoice.amount.currency
    gave_up = Money(case.written_off, currency)
    return f"{Money(asked, currency)} is more than was open: {gave_up} are written off"


def _after_money(case: Case, calendar: Calendar) -> str:
    currency = case.invoice.amount.currency
    if case.discount:
        return f"the discount of {Money(case.discount, currency)} is earned{_over(case)}"
    if case.rounded:
        return f"the rest of {Money(case.written_off, currency)} is written off: too small to keep"
    return why_refused(case, calendar) or _over(case).removeprefix("; ")


def _over(case: Case) -> str:
    over = Money(case.surplus, case.invoice.amount.currency)
    return f"; {over} are too much: allocate or refund them" if over.minor else ""


def _awaited(case: Case, message: Message, calendar: Calendar) -> str:
    """Until when it is waited for, and whether it is all that is asked for."""
    pending = next((f for f in case.pending_payments if f.key == message.key), None)
    if pending is None and case.to_chase <= 0:
        return "nothing is left to pay, so nothing is waited for"
    if pending is None:
        return "its payment is here already"
    if case.quiet_until and case.quiet_until >= pending.check_at:
        return f"nobody is chased before {_day(pending.check_at, calendar)}, unless it fails"
    coming = Money(pending.amount or case.open, case.invoice.amount.currency)
    last_day = _day(pending.check_at - timedelta(days=1), calendar)
    return f"{coming} are waited for until {last_day}; the rest is asked for as before"


def _day(instant: datetime, calendar: Calendar) -> str:
    return calendar.local_date(instant).isoformat()
