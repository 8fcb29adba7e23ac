"""Whatever does not validate is not printed: accounts, links, codes (P05)."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from adapters.letters.paying.codes import epc_png, swiss_bill
from adapters.letters.paying.transfer import (
    Transfer,
    pay_link,
    transfer_of,
    wrong_bic,
    wrong_iban,
    wrong_link,
    wrong_reference_scheme,
)
from domain.money import Money
from domain.parties.people import Creditor

ACME = Creditor(
    id="acme",
    name="Acme GmbH",
    address="Hauptstr. 1\n10115 Berlin",
    iban="DE02120300000000202051",
    bic="BYLADEM1001",
    reference="iso11649",
)
SWISS = replace(ACME, address="Hauptgasse 1\n8001 Zürich", iban="CH9300762011623852957", bic="")
QR_IBAN = "CH4431999123000889012"


def transfer(creditor: Creditor = ACME, number: str = "INV-7") -> Transfer:
    found = transfer_of(creditor, number)
    assert found
    return found


def scanned(picture: bytes) -> list[str]:
    """What a phone reads from a code."""
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(picture)))
    return str(found.text).splitlines()


def test_the_code_says_what_the_letter_says() -> None:
    lines = scanned(epc_png(transfer(), Money(119000, "EUR")))

    assert lines[:2] == ["BCD", "002"]
    assert lines[3:8] == ["SCT", "BYLADEM1001", "Acme GmbH", "DE02120300000000202051", "EUR1190"]
    assert lines[9] == transfer().reference.plain


def test_a_plain_number_goes_as_text() -> None:
    lines = scanned(epc_png(transfer(replace(ACME, reference="")), Money(1, "EUR")))

    assert lines[7] == "EUR0.01"
    assert lines[10] == "INV-7"


@pytest.mark.parametrize(
    ("minor", "currency", "there"),
    [
        (0, "EUR", False),
        (-1, "EUR", False),
        (1, "EUR", True),
        (99_999_999_999, "EUR", True),
        (100_000_000_000, "EUR", False),
        (119000, "GBP", False),
    ],
)
def test_a_code_is_there_only_where_the_rules_of_codes_allow_it(
    minor: int, currency: str, there: bool
) -> None:
    """EPC069-12: euros, 0.01 to 999,999,999.99."""
    assert bool(epc_png(transfer(), Money(minor, currency))) is there


def test_an_account_outside_of_sepa_gets_no_code() -> None:
    far = replace(ACME, iban="AE070331234567890123456")

    assert not epc_png(transfer(far), Money(119000, "EUR"))


@pytest.mark.parametrize("length", [70, 71, 200])
def test_a_long_name_is_cut_where_the_code_ends(length: int) -> None:
    lines = scanned(epc_png(transfer(replace(ACME, name="A" * length)), Money(100, "EUR")))

    assert len(lines[5]) == 70


@pytest.mark.parametrize(
    "iban",
    [
        "DE03120300000000202051",
        "DE0212030000000020205",
        "DE00",
        "DЕ02120300000000202051",  # noqa: RUF001 - the second letter is Cyrillic
        "\u202eDE02120300000000202051",
        "DE02120300000000202051<b>",
        "not an account",
    ],
)
def test_an_account_number_that_does_not_validate_is_refused_and_never_printed(iban: str) -> None:
    assert wrong_iban(iban)
    assert transfer_of(replace(ACME, iban=iban), "INV-7") is None


def test_a_good_account_number_is_printed_in_groups() -> None:
    written = transfer(replace(ACME, iban="de02 1203 0000 0000 2020 51"))

    assert written.iban == "DE02120300000000202051"
    assert written.iban_shown == "DE02 1203 0000 0000 2020 51"


def test_a_bank_code_that_does_not_validate_is_left_out() -> None:
    assert wrong_bic("NOBANK")
    assert transfer(replace(ACME, bic="NOBANK")).bic == ""


@pytest.mark.parametrize(
    "bic", ["byladem1001", "BYLA DE M1 001", "BYLADEM1001\n", "BYLA\r\nDEM1001"]
)
def test_a_bank_code_never_breaks_the_line_it_stands_in(bic: str) -> None:
    assert transfer(replace(ACME, bic=bic)).bic == "BYLADEM1001"


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("https://pay.acme.example/i/{number}", "https://pay.acme.example/i/INV%2F7%20a"),
        ("https://pay.acme.example/?r={reference}", "https://pay.acme.example/?r=RF1"),
        ("https://pay.acme.example:8443/x", "https://pay.acme.example:8443/x"),
        ("https://pay.example/é%20?a=1&b=[]#c", "https://pay.example/%C3%A9%20?a=1&b=[]#c"),
        ("https://pаy.example/x", "https://xn--py-7kc.example/x"),  # noqa: RUF001 - a Cyrillic letter
    ],
)
def test_a_link_is_filled_in_and_shows_its_true_host(link: str, found: str) -> None:
    assert pay_link(replace(ACME, pay_link=link), "INV/7 a", "RF1") == found


@pytest.mark.parametrize(
    "link",
    [
        "http://pay.example",
        "javascript:alert(1)",
        "https://",
        "https://user:word@pay.example",
        "https://pay.example@evil.example",
        "https://pay.example/\u202eexe",
        "https://pay .example",
        "https://pay.example/{sum}",
        "https://{amount}.pay.example/x",
        'https://pay.example/"onmouseover="x',
        "https://[bad",
        "https://[::1]/x",
        "https://pay.example:0/x",
        "https://{number}/x",
        "https://{number}.pay.example/x",
        "https://pay.example:{reference}/x",
        "https://pay,example/x",
        "https://pay%2eexample/x",
        "https://pay.example。evil.example/x",
        "https://straße.example/x",
        "https://pay.example\r\n",
        "data:text/html,x",
    ],
)
def test_a_link_that_is_not_safe_is_refused_and_never_sent(link: str) -> None:
    assert wrong_link(link)
    assert pay_link(replace(ACME, pay_link=link), "INV-7", "RF1") == ""


def test_a_link_to_one_invoice_is_left_out_of_a_message_about_several() -> None:
    assert pay_link(replace(ACME, pay_link="https://pay.example/{number}"), "", "") == ""
    assert pay_link(replace(ACME, pay_link="https://pay.example/"), "", "")


def test_a_swiss_bill_is_made_for_francs_and_euros_of_a_swiss_account() -> None:
    bill = swiss_bill(SWISS, transfer(SWISS), Money(119000, "CHF"), "de")

    assert bill.startswith("<?xml")
    for words in ("Zahlteil", "CH93 0076 2011 6238 5295 7", "8001 Zürich", "1 190.00"):
        assert words in bill
    assert swiss_bill(SWISS, transfer(SWISS), Money(119000, "EUR"), "ru")


@pytest.mark.parametrize(
    ("change", "currency"),
    [
        ({"iban": "DE02120300000000202051"}, "CHF"),
        ({}, "USD"),
        ({"address": "somewhere"}, "CHF"),
        ({"iban": QR_IBAN}, "CHF"),
        ({"reference": "ch"}, "CHF"),
    ],
)
def test_no_swiss_bill_is_made_that_a_bank_would_refuse(
    change: dict[str, str], currency: str
) -> None:
    """A QR-IBAN needs a QR reference, and the other way round."""
    creditor = replace(SWISS, **change)

    assert swiss_bill(creditor, transfer(creditor), Money(100, currency), "de") == ""


def test_a_qr_iban_takes_its_qr_reference() -> None:
    creditor = replace(SWISS, iban=QR_IBAN, reference="ch")

    assert "QRR" not in swiss_bill(creditor, transfer(creditor), Money(100, "CHF"), "de")
    assert transfer(creditor, "INV-7").reference.shown in swiss_bill(
        creditor, transfer(creditor, "INV-7"), Money(100, "CHF"), "de"
    )


def test_a_scheme_that_nobody_knows_is_refused_with_the_known_ones() -> None:
    assert wrong_reference_scheme("") == wrong_reference_scheme("be") == ""
    assert "iso11649, be, ch, fi, no, se" in wrong_reference_scheme("xx")
