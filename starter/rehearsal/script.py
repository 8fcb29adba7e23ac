"""The script of a rehearsal: invoices, what happened to them, a policy and a last day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter

from domain.calendar import Calendar
from domain.case.model import Case, Deed, Invoice, Message
from domain.decision.state import debtor_calendar
from domain.message_types import MESSAGES_TO_DEBTOR, ActionType, Result
from domain.money import Money
from domain.parties.people import Debtor
from domain.policy.model import Policy
from starter.importing.files.invoices import InvoiceRow
from starter.importing.files.rehearsal import RehearsalEvent

REHEARSAL_CREDITOR = "rehearsal"
AT_END = "open at end"


class StandsAtEnd(StrEnum):
    """How a case stands that is not closed when a rehearsal ends."""

    OPEN = "open"
    WITH_AGENCY = "with_agency"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptPart:
    """One invoice's part: who owes it, and its messages, in the order of time.

    Attributes:
        opened_at: 00:00 of the invoice date, debtor time.
        ends_at: the end of the last day, debtor time; nothing at or after it is looked at.
    """

    invoice: Invoice
    debtor: Debtor
    calendar: Calendar
    events: tuple[Message, ...]
    ends_at: datetime

    @property
    def number(self) -> str:
        """The invoice's number."""
        return self.invoice.number

    def heard_at(self, message: Message) -> datetime:
        """Find when the case hears of a message: never before it is opened."""
        return max(message.at, self.invoice.opened_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptLine:
    """One line of the rehearsal's answer, in the fixed order of its fields."""

    at: str
    invoice: str
    deed: str
    step: str | None
    channel: str | None
    why: str | None
    open: str
    currency: str
    outcome: str | None


def script_parts(
    rows: Iterable[InvoiceRow], events: Iterable[RehearsalEvent], policy: Policy, until: date
) -> list[ScriptPart]:
    """Make the parts of all invoices that are opened up to the last day."""
    said: dict[str, list[Message]] = {}
    for event in events:
        said.setdefault(event.invoice, []).append(event.message)
    found = (_part(row, said.get(row.number, []), policy, until) for row in rows)
    return [part for part in found if part.invoice.opened_at < part.ends_at]


def _part(row: InvoiceRow, said: list[Message], policy: Policy, until: date) -> ScriptPart:
    debtor = row.debtor
    calendar = debtor_calendar(policy, debtor)
    ends_at = calendar.end_of(until)
    invoice = Invoice(
        creditor=REHEARSAL_CREDITOR,
        number=row.number,
        customer=debtor.id,
        issued=row.issued,
        due=row.due,
        amount=row.amount,
        opened_at=calendar.start_of(row.issued),
        discount=row.discount,
        reference=row.reference,
        terms=row.terms,
    )
    return ScriptPart(
        invoice=invoice,
        debtor=debtor,
        calendar=calendar,
        events=tuple(message for message in said if message.at < ends_at),
        ends_at=ends_at,
    )


def lines(part: ScriptPart, case: Case, deeds: Iterable[Deed]) -> list[ScriptLine]:
    """Write what was done for one invoice, and how it stands at the end."""
    found = [_line(part, deed) for deed in deeds if _is_told(deed)]
    if not case.closed:
        outcome = StandsAtEnd.WITH_AGENCY if case.with_agency else StandsAtEnd.OPEN
        found.append(
            ScriptLine(
                at=stamp(part.ends_at),
                invoice=part.number,
                deed=AT_END,
                step=None,
                channel=None,
                why=None,
                open=case.open_money.plain,
                currency=part.invoice.amount.currency,
                outcome=outcome.value,
            )
        )
    return found


def script_order(found: Iterable[ScriptLine]) -> list[ScriptLine]:
    """Order lines by instant, invoice and step."""
    return sorted(found, key=line_order)


LINE_FIELDS = ("at", "invoice", "deed", "step", "channel", "why", "open", "currency", "outcome")
_values = attrgetter(*LINE_FIELDS)


def line_values(line: ScriptLine) -> tuple[str | None, ...]:
    """The values of a line, in the fixed order of its fields."""
    found: tuple[str | None, ...] = _values(line)
    return found


def shown_line(line: ScriptLine) -> dict[str, str | None]:
    """A line as it is shown: field by field."""
    return dict(zip(LINE_FIELDS, _values(line), strict=True))


def line_order(line: ScriptLine) -> tuple[str, str, str]:
    """The place of a line among the others."""
    return line.at, line.invoice, line.step or ""


def stamp(at: datetime) -> str:
    """Write an instant as RFC 3339 with Z; fractions only where there are any."""
    return at.isoformat().replace("+00:00", "Z")


def _is_told(deed: Deed) -> bool:
    """A message that reached nobody never happened to the debtor; a reopening is no deed."""
    unheard = deed.do in MESSAGES_TO_DEBTOR and deed.result is Result.REJECTED
    return not unheard and deed.do is not ActionType.REOPEN


def _line(part: ScriptPart, deed: Deed) -> ScriptLine:
    closing = deed.do is ActionType.CLOSE
    to_debtor = deed.do in MESSAGES_TO_DEBTOR
    return ScriptLine(
        at=stamp(deed.at),
        invoice=part.number,
        deed=deed.do.value,
        step=None if closing else deed.step,
        channel=deed.channel if to_debtor else None,
        why=deed.why,
        open=Money(deed.open, part.invoice.amount.currency).plain,
        currency=part.invoice.amount.currency,
        outcome=deed.outcome.value if deed.outcome else None,
    )
