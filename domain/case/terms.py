"""Terms in parts: an invoice that falls due in two or more parts, each on its own day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate, pairwise

from domain.case.invoice import Invoice, InvoicePart
from domain.case.model import Case
from domain.errors import DomainError, InvalidError
from domain.money import Money

MOST_DUE_DATES = 36
"""An invoice with more due dates than these is a plan, or a slip of the pen."""

LONGEST_TERMS = timedelta(days=3660)
"""A last part further away than that is a slip of the pen."""

TERMS_FIELD = "terms"


def checked_terms(
    parts: tuple[InvoicePart, ...], due: date, amount: Money
) -> tuple[InvoicePart, ...]:
    """Check the parts in which an invoice falls due; none are one due date.

    Raises:
        DomainError: naming what is wrong with them, and the way out.
    """
    if not parts:
        return ()
    _check_number(len(parts))
    for number, part in enumerate(parts, start=1):
        if part.minor <= 0:
            raise _wrong(f"part {number} is of nothing; write an amount of more than zero")
    _check_order(parts)
    if parts[0].day != due:
        raise _wrong(
            f"part 1 is due on {parts[0].day}, but the invoice on {due}; "
            "the invoice's due date is that of its first part"
        )
    _check_total(parts, amount)
    return parts


def _check_number(count: int) -> None:
    if not 1 < count <= MOST_DUE_DATES:
        raise _wrong(
            f"{count} part{'s' * (count != 1)} cannot be terms; write 2 to {MOST_DUE_DATES} of "
            "them, or leave them out where all falls due on one day"
        )


def _check_order(parts: tuple[InvoicePart, ...]) -> None:
    for number, (before, part) in enumerate(pairwise(parts), start=2):
        if part.day <= before.day:
            raise _wrong(
                f"part {number} is due on {part.day}, not after part {number - 1} on {before.day}; "
                "write them in the order of their dates, and add up what falls due on one day"
            )
    if parts[-1].day > parts[0].day + LONGEST_TERMS:
        raise _wrong(f"the last part is due on {parts[-1].day}, more than ten years later")


def _check_total(parts: tuple[InvoicePart, ...], amount: Money) -> None:
    total = sum(part.minor for part in parts)
    if total == amount.minor:
        return
    less = "less" if total < amount.minor else "more"
    by = Money(abs(total - amount.minor), amount.currency)
    raise _wrong(
        f"the parts make {Money(total, amount.currency)}, {by} {less} than the invoice of "
        f"{amount}; they have to make it exactly"
    )


def _wrong(reason: str) -> DomainError:
    return DomainError(reason, field=TERMS_FIELD)


def due_by_part(invoice: Invoice) -> tuple[int, ...]:
    """Add up what has fallen due with each part and those before it; minor units."""
    return tuple(accumulate(part.minor for part in invoice.terms))


def what_is_left(case: Case) -> tuple[int, ...]:
    """Find what is open of each part, minor units: what was paid counts to the oldest first."""
    settled = case.invoice.amount.minor - case.open
    parts = zip(case.invoice.terms, due_by_part(case.invoice), strict=True)
    return tuple(max(0, min(part.minor, due - settled)) for part, due in parts)


def moved_terms(case: Case, day: date | None) -> tuple[InvoicePart, ...]:
    """Move the due date of the part that counts now, and the later ones by as many days.

    Raises:
        InvalidError: if it would not come after the part before.
    """
    terms, first = case.invoice.terms, case.part
    if not terms or day is None:
        return terms
    if first and day <= terms[first - 1].day:
        raise InvalidError(
            f"{day} does not come after {terms[first - 1].day}, when the part before was due",
            field="date",
        )
    on: timedelta = day - terms[first].day
    return (*terms[:first], *(replace(part, day=part.day + on) for part in terms[first:]))


def resized_terms(terms: tuple[InvoicePart, ...], minor: int) -> tuple[InvoicePart, ...]:
    """Fit the parts to a corrected amount: the last ones grow or shrink, nothing falls due earlier.

    What is left may be a single part; it keeps its day.
    """
    if not terms:
        return ()
    kept, left = list[InvoicePart](), minor
    for part in terms[:-1]:
        kept.append(replace(part, minor=min(part.minor, left)))
        left -= kept[-1].minor
    kept.append(replace(terms[-1], minor=left))
    return tuple(part for part in kept if part.minor > 0)
