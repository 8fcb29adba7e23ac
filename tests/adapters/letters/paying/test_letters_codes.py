"""Codes hold what the letter says, or there is none: a wrong code sends money astray (P05)."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
import typst
import zxingcpp
from PIL import Image

from adapters.letters.paying.codes import epc_png, swiss_bill
from adapters.letters.paying.transfer import transfer_of
from domain.money import Money
from domain.parties.people import Creditor

SWISS = Creditor(
    id="acme",
    name="Acme AG",
    address="Hauptgasse 1\n8001 Zürich",
    iban="CH9300762011623852957",
    reference="iso11649",
)
QR_IBAN = "CH4431999123000889012"
PRINTED = "21 00000 00003 13947 14300 09017"


def bill(
    creditor: Creditor = SWISS, number: str = "INV-7", printed: str = "", currency: str = "CHF"
) -> str:
    transfer = transfer_of(creditor, number, printed)
    assert transfer
    return swiss_bill(creditor, transfer, Money(119050, currency), "de")


def scanned(svg: str) -> list[str]:
    """What a phone reads from a bill on paper."""
    page = b"#set page(width: auto, height: auto, margin: 0pt)\n"
    page += b"#image(bytes(sys.inputs.bill))"
    picture = typst.compile(page, format="png", ppi=300, sys_inputs={"bill": svg})
    assert isinstance(picture, bytes)
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(picture)))
    return str(found.text).splitlines()


def code(creditor: Creditor, number: str = "INV-7") -> bytes:
    transfer = transfer_of(creditor, number)
    assert transfer
    return epc_png(transfer, Money(119050, "EUR"))


def test_a_swiss_bill_says_what_the_letter_says() -> None:
    lines = scanned(bill())

    assert lines[:5] == ["SPC", "0200", "1", "CH9300762011623852957", "S"]
    assert lines[5:11] == ["Acme AG", "Hauptgasse 1", "", "8001", "Zürich", "CH"]
    assert lines[18:20] == ["1190.50", "CHF"]
    assert lines[27:31] == ["SCOR", "RF79INV7", "", "EPD"]


def test_a_number_without_a_scheme_is_the_bills_message() -> None:
    lines = scanned(bill(replace(SWISS, reference=""), "INV-2026/7", currency="EUR"))

    assert lines[19] == "EUR"
    assert lines[27:31] == ["NON", "", "INV-2026/7", "EPD"]


@pytest.mark.parametrize(
    ("printed", "found"),
    [("", "000000000000000000000000079"), (PRINTED, PRINTED.replace(" ", ""))],
)
def test_a_qr_iban_asks_for_a_qr_reference(printed: str, found: str) -> None:
    """Computed, or as it stands on the invoice already."""
    lines = scanned(bill(replace(SWISS, iban=QR_IBAN, reference="ch"), printed=printed))

    assert lines[3] == QR_IBAN
    assert lines[27:29] == ["QRR", found]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("Ring 1\nCH-8000 Zürich\nSchweiz", ["Ring 1", "", "8000", "Zürich", "CH"]),
        ("1200 Rue Haute\n1204 Genève", ["1200 Rue Haute", "", "1204", "Genève", "CH"]),
        ("Ring 1\n9490 Vaduz", ["Ring 1", "", "9490", "Vaduz", "LI"]),
        ("Ring 1\nFL-9490 Vaduz", ["Ring 1", "", "9490", "Vaduz", "LI"]),
        ("Acme AG\n8000\u00a0Zürich", ["", "", "8000", "Zürich", "CH"]),
        ("Ring 1\n8000 Zürich\nCHE-123.456.788", ["Ring 1", "", "8000", "Zürich", "CH"]),
    ],
)
def test_an_address_is_told_apart_into_its_parts(address: str, found: list[str]) -> None:
    assert scanned(bill(replace(SWISS, address=address)))[6:11] == found


@pytest.mark.parametrize(
    "change",
    [
        {"address": ""},
        {"address": "Ring 1\nA-1010 Wien"},
        {"address": "Ring 1\n1010 Wien\nÖsterreich"},
        {"address": "Ring 1\n1010 Vienna\nAUSTRIA"},
        {"address": "Ring 1\n10115 Berlin"},
        {"address": "Ring 1\n8000 " + "x" * 36},
        {"address": "x" * 71 + "\n8000 Zürich"},
        {"name": "Акме"},
    ],
)
def test_no_bill_names_a_creditor_whom_a_bank_could_not_read(change: dict[str, str]) -> None:
    assert bill(replace(SWISS, **change)) == ""


def test_nothing_in_a_name_breaks_the_bill() -> None:
    lines = scanned(bill(replace(SWISS, name="A\x00c\u202em\ne <b>&amp;")))

    assert lines[5] == "A cm e <b>&amp;"


@pytest.mark.parametrize(("length", "there"), [(140, True), (141, False)])
def test_half_a_number_is_never_asked_for(length: int, *, there: bool) -> None:
    plain = replace(SWISS, reference="")

    assert bool(bill(plain, "1" * length)) is there
    assert bool(code(plain, "1" * length)) is there


def test_a_code_that_would_be_too_large_is_left_out_and_the_letter_goes() -> None:
    assert code(replace(SWISS, name="漢" * 70, reference=""), "字" * 140) == b""


def test_a_code_brings_its_own_white_so_that_it_is_read_in_dark_mode() -> None:
    picture = Image.open(BytesIO(code(SWISS))).convert("RGBA")
    quiet = picture.crop((0, 0, picture.width, 4 * 6))

    assert quiet.getcolors() == [(picture.width * 24, (255, 255, 255, 255))]


@pytest.mark.parametrize("iban", ["GB33BUKB20201555555555", "CH9300762011623852957"])
def test_britain_and_switzerland_are_in_sepa(iban: str) -> None:
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(code(replace(SWISS, iban=iban)))))

    assert str(found.text).splitlines()[5:8] == ["Acme AG", iban, "EUR1190.5"]
