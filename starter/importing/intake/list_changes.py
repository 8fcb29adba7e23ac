"""What a later list of the same program changes about open cases, and what it leaves to others.

A list owns what it has told: sums, due date, and that an invoice is settled or void.
What somebody else has said since is never undone by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from activities.ports.stores.cases import CaseRow
from domain.money import Money
from starter.importing.exports.export import LeftOut
from starter.importing.exports.settling import Meaning
from starter.importing.files.invoices import InvoiceRow


class ListedChange(StrEnum):
    """What a list changes about a case."""

    PAID = "paid"
    CREDITED = "credited"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    WRITTEN_OFF = "written_off"


class KeptBecause(StrEnum):
    """Why a case stays as it is, although the list says something else."""

    MORE_IS_KNOWN = "more_is_known"
    OTHER_CUSTOMER = "other_customer"
    PUT_RIGHT = "put_right"
    BY_THE_BANK = "by_the_bank"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChange:
    """One change of a case.

    Attributes:
        amount: the money or credit that comes on top, or the corrected amount.
        due: the corrected due date.
    """

    case: CaseRow
    what: ListedChange
    amount: Money
    due: date | None = None

    @property
    def closes(self) -> bool:
        """Whether nothing is left to collect afterwards."""
        if self.what is ListedChange.CORRECTED:
            return False
        return self.what is ListedChange.WITHDRAWN or self.amount.minor >= self.case.open.minor


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCase:
    """A case of which the list says something else, and which stays as it is."""

    number: str
    why: KeptBecause


_Finding = CaseChange | KeptCase
_SETTLED = {
    Meaning.PAID: ListedChange.PAID,
    Meaning.CREDITED: ListedChange.CREDITED,
    Meaning.WRITTEN_OFF: ListedChange.WRITTEN_OFF,
    Meaning.VOID: ListedChange.WITHDRAWN,
}


def list_changes(
    known: Mapping[str, CaseRow], rows: Iterable[InvoiceRow], left_out: Iterable[LeftOut]
) -> Iterator[_Finding]:
    """Compare a list with open cases, by number."""
    for row in rows:
        case = known.get(row.number)
        if case and not case.outcome:
            yield from _of_row(case, row)
    for one in left_out:
        case = known.get(one.number)
        what = _SETTLED.get(Meaning(one.meaning)) if one.meaning else None
        if case and what and not case.outcome and case.open.minor > 0:
            yield CaseChange(case=case, what=what, amount=case.open)


def _of_row(case: CaseRow, row: InvoiceRow) -> Iterator[_Finding]:
    if row.debtor.id != case.customer or row.amount.currency != case.amount.currency:
        yield KeptCase(number=row.number, why=KeptBecause.OTHER_CUSTOMER)
        return
    paid = _more(row.amount if row.settled else row.paid, case.paid)
    credited = _more(row.credited, case.credited)
    if min(paid.minor, credited.minor) < 0:
        yield KeptCase(number=row.number, why=KeptBecause.MORE_IS_KNOWN)
        return
    if (row.amount, row.due) != (case.amount, case.due):
        due = row.due if row.due != case.due else None
        yield CaseChange(case=case, what=ListedChange.CORRECTED, amount=row.amount, due=due)
    if paid.minor:
        yield CaseChange(case=case, what=ListedChange.PAID, amount=paid)
    if credited.minor:
        yield CaseChange(case=case, what=ListedChange.CREDITED, amount=credited)


def _more(told: Money | None, known: Money) -> Money:
    return (told or Money(0, known.currency)) - known
