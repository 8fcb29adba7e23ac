"""Refuses what a billing system says of an invoice where the ledger could not keep it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, replace

from activities.ports.connectors.connector import (
    ConnectedInvoice,
    NotUnderstood,
    PulledInvoices,
    ThereState,
)
from domain.calendar import LAST_HOLIDAY_YEAR
from domain.errors import DomainError
from domain.intake.limits import check_writable, writable
from domain.money import MAX_MINOR, minor_digits

_YEARS = range(1900, LAST_HOLIDAY_YEAR)


def without_impossible(pulled: PulledInvoices) -> PulledInvoices:
    """Ask a person about each invoice that could not be kept: it must hold up none of the others.

    The next pull would bring it again, and with it the end of everything that comes along.
    """
    sound, refused = list[ConnectedInvoice](), list(pulled.refused)
    for one in pulled.invoices:
        try:
            _check(one)
        except DomainError as error:
            number = writable(" ".join(one.number.split()))
            refused.append(NotUnderstood(number=number, why=str(error)))
        else:
            sound.append(one)
    return replace(pulled, invoices=tuple(sound), refused=tuple(refused))


def _check(one: ConnectedInvoice) -> None:
    for text in _texts(astuple(one)):
        check_writable(text, "one of its texts")
    if one.state is ThereState.OPEN and one.open.minor > 0:
        _check_sums(one)
        _check_days(one)


def _check_sums(one: ConnectedInvoice) -> None:
    for name, money in (("amount", one.amount), ("paid", one.paid), ("open", one.open)):
        minor_digits(money.currency)
        if abs(money.minor) > MAX_MINOR:
            raise DomainError(f"{name}: this is larger than any invoice can be", field=name)
    if one.amount.minor <= 0:
        raise DomainError("amount: this is open, but nothing was invoiced", field="amount")


def _check_days(one: ConnectedInvoice) -> None:
    for day in filter(None, (one.issued, one.due)):
        if day.year not in _YEARS:
            raise DomainError(f"{day.isoformat()} is too far away", field="due")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _texts(one)
