"""Finds the payment that a return takes back: a refused direct debit, a recalled transfer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from domain.bank.recognising import KnownEntry, is_reference, mark_of, marks_of
from domain.bank.statement import BankEntry

_LATEST = timedelta(days=400)
"""An unauthorised direct debit may come back for 13 months (PSD2, Art. 71)."""

_SOON = timedelta(days=70)
"""What names nothing is looked for among the payments of the weeks before."""


def returned_entry(entry: BankEntry, posted: Iterable[KnownEntry]) -> str | None:
    """Find the only earlier entry that a return can mean; None if none, or more than one, fits.

    By the references that it names, else by the payer's account and the sum.
    """
    able = [one for one in posted if _may_be_meant(entry, one)]
    named = [told for told in (*entry.returned, entry.end_to_end) if is_reference(told)]
    meant = [one.id for one in able if _is_named(one, named)]
    if not meant:
        payer = marks_of(entry).payer
        recent = [
            one
            for one in able
            if entry.booked - one.marks.booked <= _SOON and not _is_another(one, entry)
        ]
        meant = [one.id for one in recent if payer and one.marks.payer == payer]
    return meant[0] if len(meant) == 1 else None


def _may_be_meant(entry: BankEntry, earlier: KnownEntry) -> bool:
    marks = earlier.marks
    same = marks.account == entry.account and marks.amount == entry.amount
    opposite = marks.is_credit and not entry.is_credit
    return same and opposite and timedelta() <= entry.booked - marks.booked <= _LATEST


def _is_named(earlier: KnownEntry, named: list[str]) -> bool:
    values = {ref.partition(":")[2] for ref in earlier.marks.refs if not ref.startswith("entry:")}
    marks = {mark_of(told) for told in named}
    return bool(values & set(named)) or earlier.marks.end_to_end in marks


def _is_another(earlier: KnownEntry, entry: BankEntry) -> bool:
    """Whether both tell the payer's own reference, and it is not the same."""
    mine, told = earlier.marks.end_to_end, entry.end_to_end
    return bool(mine) and is_reference(told) and mine != mark_of(told)
