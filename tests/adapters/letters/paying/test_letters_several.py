"""A payment for several invoices finds them: the code names their numbers, or there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from activities.ports.letter_data import InvoiceLine, LetterData
from adapters.letters.stated import statement_in
from domain.case.invoice import Discount
from domain.money import Money
from tests.adapters.letters.asking import agreed, code
from tests.adapters.letters.lettering import LETTERS
from tests.adapters.letters.samples import CASE, INVOICE, letter


def several(*numbers: str, **more: Any) -> LetterData:
    cases = [replace(CASE, invoice=replace(INVOICE, number=number)) for number in numbers]
    lines = tuple(
        InvoiceLine(case=case, statement=statement_in(letter(case=case)), days_late=1)
        for case in cases
    )
    return agreed(cases[0], do="remind", step="polite", lines=lines, **more)


def test_a_code_for_several_invoices_names_their_numbers_and_never_the_creditor() -> None:
    """C2, P26: the money finds its invoices."""
    lines = code(LETTERS.write(several("INV-1", "INV-2")))

    assert lines[7] == "EUR2380"
    assert lines[10] == "INV-1, INV-2"


@pytest.mark.parametrize(
    ("length", "named"),
    [
        (69, lambda a, b: f"{a}, {b}"),
        (70, lambda a, _: a),
        (140, lambda a, _: a),
        (141, lambda *_: "c1"),
    ],
)
def test_as_many_numbers_as_fit_each_whole_else_the_customers(length: int, named: Any) -> None:
    """C2: 140 characters are carried; half a number would name another invoice."""
    numbers = ("1" * length, "2" * length)

    assert code(LETTERS.write(several(*numbers)))[10] == named(*numbers)


def test_where_not_even_the_customers_number_fits_there_is_no_code() -> None:
    data = several("1" * 141, "2" * 141)
    long = replace(data.debtor, id="c" * 141)

    assert code(LETTERS.write(replace(data, debtor=long))) == []


def test_a_letter_in_two_currencies_or_with_an_open_discount_has_no_code() -> None:
    data = several("INV-1", "INV-2")
    other = replace(data.lines[1].statement, principal=Money(100, "USD"))
    mixed = replace(data, lines=(data.lines[0], replace(data.lines[1], statement=other)))
    early = Discount(minor=2380, until=date(2026, 2, 28))
    case = replace(CASE, invoice=replace(INVOICE, discount=early))
    choice = replace(data, lines=(data.lines[0], replace(data.lines[1], case=case)))

    assert code(LETTERS.write(mixed)) == code(LETTERS.write(choice)) == []


def test_a_link_for_several_invoices_holds_their_sum() -> None:
    everything = several("INV-1", "INV-2", pay_link="https://pay.acme.example/?a={amount}")

    assert "https://pay.acme.example/?a=2380.00" in LETTERS.write(everything).text
