"""Money: exact, in one currency, read strictly and rounded once."""

from decimal import Decimal

import pytest

from domain.errors import DomainError
from domain.money import MAX_MINOR, Money, minor_digits, parse_money, round_half_up, zero


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("119.00", "EUR", 11900),
        ("119", "EUR", 11900),
        ("119.5", "EUR", 11950),
        ("119.500", "EUR", 11950),
        (" 0.01 ", "EUR", 1),
        ("-5.00", "EUR", -500),
        ("+5.00", "EUR", 500),
        ("0", "EUR", 0),
        ("007.10", "EUR", 710),
        ("119", "JPY", 119),
        ("1.234", "KWD", 1234),
        ("119.50", "RSD", 11950),
        ("1.001", "IQD", 1001),
        ("10000000000000.00", "EUR", MAX_MINOR),
    ],
)
def test_amounts_are_read_to_the_last_decimal(text: str, currency: str, minor: int) -> None:
    assert parse_money(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "currency", "reason"),
    [
        ("1.234", "EUR", "more than 2 decimals"),
        ("1.0000000000000000000000000001", "EUR", "more than 2 decimals"),
        ("0.5", "JPY", "more than 0 decimals"),
        ("1,50", "EUR", "is not an amount"),
        ("1.234,50", "EUR", "is not an amount"),
        ("1_000", "EUR", "is not an amount"),
        ("1e3", "EUR", "is not an amount"),
        ("1e999999", "EUR", "is not an amount"),
        ("NaN", "EUR", "is not an amount"),
        ("Infinity", "EUR", "is not an amount"),
        ("٣", "EUR", "is not an amount"),
        ("", "EUR", "is not an amount"),
        (".5", "EUR", "is not an amount"),
        ("5.", "EUR", "is not an amount"),
        ("ten", "EUR", "is not an amount"),
        ("10000000000000.01", "EUR", "larger than any invoice"),
        ("1.00", "EURO", "no ISO 4217 currency"),
        ("1.00", "eur", "no ISO 4217 currency"),
        ("1.00", "", "no ISO 4217 currency"),
    ],
)
def test_what_is_no_plain_amount_is_refused_in_words(text: str, currency: str, reason: str) -> None:
    with pytest.raises(DomainError, match=reason):
        parse_money(text, currency)


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(11900, "EUR"), "119.00 EUR"),
        (Money(0, "EUR"), "0.00 EUR"),
        (Money(-1, "EUR"), "-0.01 EUR"),
        (Money(119, "JPY"), "119 JPY"),
        (Money(1234, "KWD"), "1.234 KWD"),
        (Money(MAX_MINOR, "EUR"), "10000000000000.00 EUR"),
    ],
)
def test_money_is_written_with_its_currencys_own_decimals(money: Money, text: str) -> None:
    assert str(money) == text
    assert money.plain == text.split(maxsplit=1)[0]
    assert parse_money(money.plain, money.currency) == money


def test_currencies_never_add_up() -> None:
    for act in (Money.__add__, Money.__sub__, Money.__lt__, Money.__le__):
        with pytest.raises(DomainError, match="currencies never add up"):
            act(Money(1, "EUR"), Money(1, "USD"))


def test_sums_differences_and_order_are_those_of_the_minor_units() -> None:
    one, two = Money(1, "EUR"), Money(2, "EUR")

    assert one + two == Money(3, "EUR")
    assert one - two == Money(-1, "EUR")
    assert zero("EUR") < one < two
    assert one <= Money(1, "EUR")


@pytest.mark.parametrize(
    ("exact", "minor"),
    [("0.4109", 41), ("0.414", 41), ("0.415", 42), ("0.4149999", 41), ("-0.415", -42), ("0", 0)],
)
def test_halves_are_rounded_away_from_zero_once_at_the_end(exact: str, minor: int) -> None:
    assert round_half_up(Decimal(exact), "EUR") == Money(minor, "EUR")


def test_decimals_follow_iso_and_not_the_coins_in_use() -> None:
    assert [minor_digits(code) for code in ("EUR", "JPY", "KWD", "RSD", "IQD", "ISK")] == [
        2,
        0,
        3,
        2,
        3,
        0,
    ]


@pytest.mark.parametrize(
    ("minor", "less", "at_most"), [(99, True, True), (100, False, True), (101, False, False)]
)
def test_amounts_are_compared_to_the_cent(minor: int, less: bool, at_most: bool) -> None:
    one, euro = Money(minor, "EUR"), Money(100, "EUR")
    assert (one < euro, one <= euro) == (less, at_most)
