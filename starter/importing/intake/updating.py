"""Changes open cases as a later list says, where the list owns what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from activities.cases.waking import ToWake
from adapters.runtime.machine import machine_clock
from domain.ids import CaseId
from domain.message_types import MessageType
from domain.payments.allocation import PaymentIn
from starter.application import Application
from starter.importing.exports.export import Export
from starter.importing.intake.batch import IMPORT_SOURCE, Batch
from starter.importing.intake.list_changes import (
    CaseChange,
    KeptBecause,
    KeptCase,
    ListedChange,
    list_changes,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListUpdate:
    """What a list changes, and what stays as others have said it."""

    changes: tuple[CaseChange, ...] = ()
    kept: tuple[KeptCase, ...] = ()


def foreseen_update(application: Application, batch: Batch, export: Export) -> ListUpdate:
    """Find what a list would change, without changing anything."""
    numbers = {row.number for row in batch.rows} | {one.number for one in export.left_out}
    known = {row.number: row for row in application.cases.rows(_ids(batch, numbers))}
    by_bank = any(one.is_active for one in application.bank.entries.accounts(batch.creditor))
    changes, kept = list[CaseChange](), list[KeptCase]()
    for one in list_changes(known, batch.rows, export.left_out):
        if isinstance(one, KeptCase):
            kept.append(one)
        elif one.what is ListedChange.WITHDRAWN and _was_withdrawn(application, one.case.case_id):
            continue
        elif one.what is ListedChange.PAID and by_bank:
            kept.append(KeptCase(number=one.case.number, why=KeptBecause.BY_THE_BANK))
        elif one.what is ListedChange.CORRECTED and _put_right(application, one.case.case_id):
            kept.append(KeptCase(number=one.case.number, why=KeptBecause.PUT_RIGHT))
        else:
            changes.append(one)
    return ListUpdate(changes=tuple(changes), kept=tuple(kept))


def _ids(batch: Batch, numbers: Iterable[str]) -> list[str]:
    return [str(CaseId(batch.creditor, number)) for number in sorted(numbers) if number]


def _put_right(application: Application, case_id: str) -> bool:
    """Whether somebody else has corrected the invoice."""
    said = (recorded.message for recorded in application.cases.messages(case_id))
    corrected = (one for one in said if one.kind is MessageType.INVOICE_CORRECTED)
    return any(one.by != IMPORT_SOURCE for one in corrected)


def _was_withdrawn(application: Application, case_id: str) -> bool:
    """Whether it is known already, and the case only not closed yet."""
    said = application.cases.messages(case_id)
    return any(recorded.message.kind is MessageType.WITHDRAWN for recorded in said)


def carry_out_update(application: Application, update: ListUpdate) -> list[ToWake]:
    """Carry out what a list changes; answers whose workflows should hear of it."""
    every = (_APPLY[change.what](application, change) for change in update.changes)
    return [woken for some in every for woken in some]


def _pay(application: Application, change: CaseChange) -> Iterator[ToWake]:
    case = change.case
    told = case.paid + change.amount
    payment = PaymentIn(
        creditor=case.creditor,
        source=IMPORT_SOURCE,
        id=f"{case.number}/paid/{told.plain}",
        customer=case.customer,
        amount=change.amount,
        at=machine_clock(),
        invoices=(case.number,),
        note="paid, says the list",
    )
    yield from application.desk.post(payment)[1]


def _credit(application: Application, change: CaseChange) -> Iterator[ToWake]:
    told = change.case.credited + change.amount
    yield _say(application, change, MessageType.CREDIT_NOTE, f"credited/{told.plain}")


def _correct(application: Application, change: CaseChange) -> Iterator[ToWake]:
    before, day = change.case.amount.plain, change.due or change.case.due
    told = f"corrected/{before}/{change.case.due}/{change.amount.plain}/{day}"
    more = {"date": change.due.isoformat()} if change.due else {}
    yield _say(application, change, MessageType.INVOICE_CORRECTED, told, more)


def _withdraw(application: Application, change: CaseChange) -> Iterator[ToWake]:
    yield _say(application, change, MessageType.WITHDRAWN, "void")


def _write_off(application: Application, change: CaseChange) -> Iterator[ToWake]:
    yield _say(application, change, MessageType.WRITE_OFF, f"written-off/{change.amount.plain}")


def _say(
    application: Application,
    change: CaseChange,
    kind: MessageType,
    told: str,
    more: Mapping[str, str] | None = None,
) -> ToWake:
    body = {
        "id": f"{IMPORT_SOURCE}/{change.case.number}/{told}",
        "note": "says the list",
        "by": IMPORT_SOURCE,
        **(more or {}),
    }
    if kind is not MessageType.WITHDRAWN:
        body |= {"amount": change.amount.plain, "currency": change.amount.currency}
    return application.desk.say(change.case.case_id, kind, body)[1]


_APPLY: dict[ListedChange, Callable[[Application, CaseChange], Iterator[ToWake]]] = {
    ListedChange.PAID: _pay,
    ListedChange.CREDITED: _credit,
    ListedChange.CORRECTED: _correct,
    ListedChange.WITHDRAWN: _withdraw,
    ListedChange.WRITTEN_OFF: _write_off,
}


def change_lines(changes: Sequence[CaseChange]) -> list[dict[str, Any]]:
    """Show changes as lines of a list."""
    return [
        {"number": one.case.number, "what": one.what.value, "amount": one.amount.plain}
        | ({"due": one.due} if one.due else {})
        | ({"closes": True} if one.closes else {})
        for one in changes
    ]


def kept_lines(kept: Sequence[KeptCase]) -> list[dict[str, Any]]:
    """Show what stays as it is as lines of a list."""
    return [{"number": one.number, "why": one.why.value} for one in kept]
