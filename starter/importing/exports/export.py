"""What a file holds: invoices to be opened, credit notes, and what is left out with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from domain.money import Money
from starter.importing.files.invoices import InvoiceRow
from starter.importing.files.problems import ReadHint


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A document that is not opened although nothing is wrong with it, and why.

    Attributes:
        place: where it stands, if it is no line of a table.
        meaning: what its status means, as a code; empty if it has none.
    """

    line: int
    number: str
    why: str
    place: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRow:
    """A credit note of a file, and the invoice that it names."""

    line: int
    number: str
    invoice: str
    customer: str
    amount: Money
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What a file holds.

    Attributes:
        rows: the invoices to be opened.
        credits: credit notes of which something is left.
        left_out: documents that are settled or no invoices, in the order of the file.
        refused: what is wrong with other lines; none of them is among the rows.
        hints: what might have to be said so that they can be read.
        ignored: columns that were left out because somebody said so.
        notes: how the file was read, for a person.
        tells_open: whether the file says at all what is still open of its invoices.
    """

    rows: tuple[InvoiceRow, ...]
    credits: tuple[CreditRow, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    refused: tuple[str, ...] = ()
    hints: tuple[ReadHint, ...] = ()
    ignored: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tells_open: bool = False


NOTHING_READ = Export(rows=())
"""A file that was not read yet."""
