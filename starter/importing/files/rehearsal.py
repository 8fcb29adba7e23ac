"""Reads the files of a rehearsal: invoices as issued, and what happened to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from domain.calendar import Calendar
from domain.case.model import Message
from domain.case.news import CONTACT_NEWS, CONTACT_WISHES, DELIVERY_FAILURES, OPTED_OUT
from domain.errors import DomainError
from domain.message_types import MessageType
from domain.money import Money
from domain.parties.people import CHANNELS, EMAIL
from domain.words import nearest_word, unknown_word
from starter.importing.files.cells import amount, date_reader, read_instant
from starter.importing.files.invoices import (
    ELSEWHERE_FIELDS,
    INVOICE_FIELDS,
    InvoiceRow,
    invoice_rows,
)
from starter.importing.files.options import ReadOptions
from starter.importing.files.table import CsvLine, CsvTable, Fields, read_table

EVENT_FIELDS = Fields(
    required=("at", "invoice", "event"),
    optional=("amount", "currency", "date", "reason", "note"),
)
REHEARSAL_FIELDS = Fields(
    required=INVOICE_FIELDS.required,
    optional=tuple(name for name in INVOICE_FIELDS.optional if name not in ELSEWHERE_FIELDS),
)
"""An invoice lives here from its first day: what others had said before is an event."""

OPT_OUT = "opt_out"
"""An event of the customer: no more messages on the channel that ``reason`` names."""

TOLD: Mapping[str, str] = {OPT_OUT: OPTED_OUT} | {
    name: name for name in CONTACT_NEWS if name not in CONTACT_WISHES
}
"""Events that are news about a message: its channel stands in ``reason``."""

REACHABLE = {"email": "customer@rehearsal.invalid", "phone": "+15555550100"}
"""Stand-ins where a file has no such column at all: the customer counts as reachable."""

_NEEDS: Mapping[MessageType, str] = {
    MessageType.PAYMENT: "amount",
    MessageType.REFUND: "amount",
    MessageType.CREDIT_NOTE: "amount",
    MessageType.PROMISE: "date",
    MessageType.PLAN_AGREED: "date",
    MessageType.SETTLEMENT: "date",
    MessageType.REMINDED_ELSEWHERE: "date",
}
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalEvent:
    """An event of an invoice's story.

    Attributes:
        line: the line of the file at which it stands.
        invoice: the invoice's number.
        message: what the case hears; its key is ``event/`` and the line.
    """

    line: int
    invoice: str
    message: Message


def read_rehearsal_invoices(path: Path, options: ReadOptions) -> list[InvoiceRow]:
    """Read the invoices of a rehearsal, in the order of the file.

    Without a column email (or phone) every customer counts as reachable there; an empty cell in
    such a column means not reachable. History is taken as it was: a due date may lie before the
    invoice date.

    Raises:
        FileError: naming every line at fault.
        DomainError: if the options cannot be understood.
    """
    table = read_table(path, REHEARSAL_FIELDS, options)
    rows = rehearsal_rows(table, options)
    table.problems.refuse()
    return rows


def rehearsal_rows(table: CsvTable, options: ReadOptions) -> list[InvoiceRow]:
    """Read the invoices of a rehearsal from a table; problems are noted."""
    rows = invoice_rows(table, options)
    given = {*table.headers, *options.constants}
    return [_reachable(row, given) for row in rows]


def read_events(
    path: Path, invoices: Iterable[InvoiceRow], options: ReadOptions
) -> list[RehearsalEvent]:
    """Read the events of a rehearsal by instant, else in the order of the file.

    Raises:
        FileError: naming every line at fault.
        DomainError: if the options cannot be understood.
    """
    table = read_table(path, EVENT_FIELDS, options)
    events = rehearsal_events(table, invoices, options)
    table.problems.refuse()
    return events


def rehearsal_events(
    table: CsvTable, invoices: Iterable[InvoiceRow], options: ReadOptions
) -> list[RehearsalEvent]:
    """Read the events of a rehearsal from a table, by instant; problems are noted."""
    known = {row.number: row for row in invoices}
    events = [_event(line, known, options) for line in _about(table, known)]
    return sorted(events, key=lambda event: event.message.at)


def _reachable(row: InvoiceRow, given: set[str]) -> InvoiceRow:
    absent = {field: point for field, point in REACHABLE.items() if field not in given}
    return replace(
        row,
        debtor=replace(
            row.debtor,
            email=absent.get("email", row.debtor.email),
            phone=absent.get("phone", row.debtor.phone),
        ),
    )


def _about(table: CsvTable, known: Mapping[str, InvoiceRow]) -> Iterable[CsvLine]:
    for line in table.lines:
        number = line.text("invoice")
        if number in known:
            yield line
        else:
            line.complain("invoice", f"{number!r} is not among the invoices of this rehearsal")


def _event(line: CsvLine, known: Mapping[str, InvoiceRow], options: ReadOptions) -> RehearsalEvent:
    row = known[line.text("invoice")]
    debtor = row.debtor
    calendar = Calendar(debtor.zone, debtor.country, debtor.subdivision)
    kind = line.read("event", _kind, MessageType.NUDGE)
    needed = _NEEDS.get(kind)
    if needed and not line.text(needed):
        line.complain(needed, f"is empty; a {kind} needs one")
    if kind is MessageType.INVOICE_CORRECTED and not (line.text("amount") or line.text("date")):
        line.complain("amount", f"is empty, and so is date; a {kind} needs one of them")
    message = Message(
        key=f"event/{line.number}",
        kind=kind,
        at=line.read("at", lambda text: read_instant(text, calendar), _NEVER),
        amount=_amount(line, row, options),
        day=_day(line, options),
        reason=line.text("reason"),
        note=line.text("note"),
    )
    if kind is MessageType.REMINDED_ELSEWHERE:
        message = replace(message, reason="", ref=line.text("reason"))
    if told := TOLD.get(line.text("event")):
        channel = line.read("reason", _channel, "") or (EMAIL if told in DELIVERY_FAILURES else "")
        message = replace(message, reason=told, ref=channel)
    return RehearsalEvent(line=line.number, invoice=row.number, message=message)


def _channel(text: str) -> str:
    if text in ("", *CHANNELS):
        return text
    known = unknown_word(text, "channel", CHANNELS)
    raise DomainError(f"{known}, or nothing for every channel")


def _kind(text: str) -> MessageType:
    if text in TOLD:
        return MessageType.CONTACT_NEWS
    try:
        return MessageType(text)
    except ValueError:
        known, near = (*MessageType, *TOLD), nearest_word(text, (*MessageType, *TOLD))
        meant = f"did you mean {near}? " if near else ""
        told = f"{meant}the events are {', '.join(known)}"
        raise DomainError(f"{text!r} is no event; {told}") from None


def _amount(line: CsvLine, row: InvoiceRow, options: ReadOptions) -> Money | None:
    if not line.text("amount"):
        return None
    currency = line.text("currency") or row.amount.currency

    def money(text: str) -> Money:
        return amount(text, currency, decimal_comma=options.decimal_comma)

    return line.read("amount", money, row.amount)


def _day(line: CsvLine, options: ReadOptions) -> date | None:
    if not line.text("date"):
        return None
    return line.read("date", date_reader(options.date_format), date.min)
