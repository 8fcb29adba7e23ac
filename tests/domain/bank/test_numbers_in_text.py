"""Numbers as payers write them: with all their digits, or without leading zeros."""

import pytest

from domain.bank.numbers_in_text import candidates_in, is_telling, number_key, short_number


@pytest.mark.parametrize(
    ("number", "short"),
    [
        ("0012345", "12345"),
        ("001234", ""),  # four digits stand in every date and address
        ("12345", ""),  # it has no zeros to leave out
        ("00123-45", "12345"),
        ("R00123456", ""),
        ("00000", ""),
    ],
)
def test_a_number_is_known_without_its_zeros_from_five_digits_on(number: str, short: str) -> None:
    assert short_number(number) == short


@pytest.mark.parametrize(
    ("number", "telling"),
    [("123", False), ("1234", True), ("A-12", False), ("A-123", True), ("ABCD", False)],
)
def test_a_number_of_four_signs_with_a_digit_tells_one_invoice(
    number: str, *, telling: bool
) -> None:
    assert is_telling(number) is telling


@pytest.mark.parametrize(
    ("text", "number", "found"),
    [
        ("1 2 3 4 5 6 7", "1234567", True),
        ("1 2 3 4 5 6 7 8", "12345678", False),  # in eight groups
        ("12   34", "1234", True),
        ("12    34", "1234", False),  # too far apart
        ("3/1234", "1234", False),
        ("a/1234", "1234", True),
        ("1234/3", "1234", False),
        ("1234/b", "1234", True),
        ("3/1234567", "1234567", False),
        ("3/12345678", "12345678", True),  # no date has so many
    ],
)
def test_what_is_a_part_of_something_else_is_no_number(
    text: str, number: str, *, found: bool
) -> None:
    assert (number in candidates_in((text,))) is found


def test_the_key_of_a_number_is_its_letters_and_digits() -> None:
    assert number_key("inv-2026/7_b") == "INV20267B"
