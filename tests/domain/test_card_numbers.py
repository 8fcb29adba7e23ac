"""Card numbers in free text are masked; IBANs, references and amounts are not."""

import json

import pytest
from stdnum import luhn

from domain.card_numbers import LONGEST, SHORTEST, without_card_numbers
from domain.intake.blanking import body_without_cards


def _number(length: int, begin: str = "4") -> str:
    """A number of that length with the right check digit."""
    body = (begin + "0123456789" * 3)[: length - 1]
    return next(body + digit for digit in "0123456789" if luhn.is_valid(body + digit))


_ARABIC = "4111 1111 1111 1111".translate({48 + digit: 0x660 + digit for digit in range(10)})


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
        ("4111\u00a01111\u00a01111\u00a01111", "****\u00a0****\u00a0****\u00a01111"),
        (
            "4111\u2009-\u20091111 \u2013 1111\u20141111",
            "****\u2009-\u2009**** \u2013 ****\u20141111",
        ),
        ("4111  1111\t1111_1111", "****  ****\t****_1111"),
        ("4111/1111/1111/1111 12/27", "****/****/****/1111 12/27"),
        ("41 11 11 11 11 11 11 11", "** ** ** ** ** ** 11 11"),
        ("4\u200b111 1111 1111 1111", "*\u200b*** **** **** 1111"),
        (_ARABIC, f"**** **** **** {_ARABIC[-4:]}"),
        ("29.11.2026 4111 1111 1111 1111", "29.11.2026 **** **** **** 1111"),
        ("29/11/2026 4111 1111 1111 1111", "29/11/2026 **** **** **** 1111"),
        ("exp 1227 4111 1111 1111 1111 cvc 123", "exp 1227 **** **** **** 1111 cvc 123"),
        ("+49 30 123456 4111 1111 1111 1111", "+49 30 123456 **** **** **** 1111"),
        (
            "DE89 3704 0044 0532 0130 00 4111 1111 1111 1111",
            "DE89 3704 0044 0532 0130 00 **** **** **** 1111",
        ),
        ("GB29 NWBK 6016 1331 9268 19", "GB29 NWBK 6016 1331 9268 19"),
        ("call +49 30 1234 5678 901", "call +49 30 1234 5678 901"),
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


def test_the_body_of_a_message_keeps_its_ids() -> None:
    """What could not be applied lies on the desk as it was sent, without the card in it."""
    sent = {
        "id": "4111111111111111",
        "note": "4111\u00a01111\u00a01111\u00a01111",
        "amount": "1.00",
    }
    kept = json.loads(body_without_cards(json.dumps(sent)))
    assert kept == sent | {"note": "****\u00a0****\u00a0****\u00a01111"}
    untouched = '{"id":"P-1",  "note": "by card"}'
    assert body_without_cards(untouched) == untouched
    assert body_without_cards("no JSON 4111111111111111") == "no JSON ************1111"
