"""Posts a file of payments, checked as a whole; each case is woken once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from activities.case_service import CaseService
from activities.cases.waking import ToWake
from activities.payments.payment_activities import not_in_the_future
from activities.ports.types import ConflictError
from activities.services.imports import ALL_LINES
from adapters.runtime.machine import machine_clock
from domain.answer_codes import AnswerCode
from domain.money import parse_money
from domain.payments.allocation import PaymentIn
from starter.application import Application
from starter.importing.intake.batch import Progress

_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The result of posting a file of payments.

    Attributes:
        unallocated: payments of which something fits no invoice; each is on the desk.
    """

    new: int
    known: int
    unallocated: int
    cases: tuple[ToWake, ...]


def refuse_payment_conflicts(
    application: Application, creditor: str, payments: Sequence[PaymentIn]
) -> None:
    """Make sure that no payment's id was used before with other content.

    Raises:
        ConflictError: naming them; nothing was posted.
    """
    for payment in payments:
        if payment.day:
            not_in_the_future(payment.day, machine_clock())
    rows = application.payments.list(creditor, limit=ALL_LINES)
    known = {row.payment.key: row.payment.content for row in rows}
    other = [one.id for one in payments if known.get(one.key, one.content) != one.content]
    if other:
        more = f" and {len(other) - _SHOWN} more" if len(other) > _SHOWN else ""
        raise ConflictError(
            f"posted before with another customer, amount or invoice: {', '.join(other[:_SHOWN])}"
            f"{more}; nothing was posted"
        )


def post_all(desk: CaseService, payments: Sequence[PaymentIn], progress: Progress) -> Taken:
    """Post each payment; a repeat of one changes nothing."""
    new, unallocated = 0, 0
    cases: dict[str, ToWake] = {}
    for at, payment in enumerate(payments):
        progress("posting payments", at, len(payments))
        posted, woken = desk.post(payment)
        new += posted.code == AnswerCode.ACCEPTED
        unallocated += parse_money(posted.left, payment.amount.currency).minor > 0
        cases |= {one.case.invoice.case_id: one for one in woken}
    return Taken(
        new=new,
        known=len(payments) - new,
        unallocated=unallocated,
        cases=tuple(cases.values()),
    )
