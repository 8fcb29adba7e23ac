"""Card numbers in free text are masked; IBANs, references and amounts are not."""

import pytest

from domain.card_numbers import LONGEST, SHORTEST, passes_luhn, without_card_numbers


def _number(length: int, begin: str = "4") -> str:
    """A number of that length with the right check digit."""
    body = (begin + "0123456789" * 3)[: length - 1]
    return next(body + digit for digit in "0123456789" if passes_luhn(body + digit))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("paid by card 4111111111111111 today", "paid by card ************1111 today"),
        ("4111 1111 1111 1111", "**** **** **** 1111"),
        ("5500-0000-0000-0004.", "****-****-****-0004."),
        ("Amex 3782 822463 10005", "Amex **** ****** *0005"),
        ("on 2026-11-29 4111 1111 1111 1111", "on 2026-11-29 **** **** **** 1111"),
        ("4111111111111111 and 5500000000000004", "************1111 and ************0004"),
        ("4111111111111111, 5500000000000004", "************1111, ************0004"),
        ("4111111111111111 12/28 123", "************1111 12/28 123"),
        ("4111111111111112", "4111111111111112"),
        ("DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00"),
        ("NO93 8601 1117 947", "NO93 8601 1117 947"),
        ("RF18 5390 0754 7034", "RF18 5390 0754 7034"),
        ("GO4111111111111111", "GO4111111111111111"),
        ("to GO4111111111111111", "to GO4111111111111111"),
        ("AGO4111111111111111", "AGO************1111"),
        ("GO 4111111111111111", "GO ************1111"),
        ("call +44 20 7946 0958 at 10:30", "call +44 20 7946 0958 at 10:30"),
        ("12 invoices, 1,190.00 EUR", "12 invoices, 1,190.00 EUR"),
        ("", ""),
    ],
)
def test_a_card_number_keeps_its_last_four_digits_and_nothing_else(text: str, kept: str) -> None:
    assert without_card_numbers(text) == kept


@pytest.mark.parametrize("length", range(SHORTEST - 1, LONGEST + 2))
def test_it_has_13_to_19_digits(length: int) -> None:
    number = _number(length)
    masked = without_card_numbers(number) != number
    assert masked == (SHORTEST <= length <= LONGEST)


@pytest.mark.parametrize("wrong", range(1, 10))
def test_a_digit_beside_is_no_card_number(wrong: int) -> None:
    right = _number(16)
    other = right[:-1] + str((int(right[-1]) + wrong) % 10)
    assert without_card_numbers(other) == other
