"""Liberties that banks of many countries take: nothing is lost, nothing taken for another."""

import pytest

from adapters.bank.bank_files import read_bank_file
from adapters.bank.refused_file import BankFileError
from domain.bank.statement import BankEntry, BankStatement
from tests.adapters.bank.coda_records import IBAN, CodaFile
from tests.adapters.bank.test_bank_files import OFX, camt
from tests.adapters.bank.test_mt940_dialects import mt940

FIRST = ":61:2603020302C119,00NTRFNONREF//B1\n:86:"


def _first(body: bytes) -> BankEntry:
    return read_bank_file("x.sta", body)[0].entries[0]


WORDS = {
    "a key of SEPA that is cut in two": (
        "166?20EREF+E-1?21MREF+M-1CRED+DE98ZZZ0999?229999999 S?23VWZ+Rechnung 7?32Hansen",
        ("Hansen", "", ("Rechnung 7",)),
    ),
    "a sign that the payer wrote": (
        "166?20SVWZ+Stimmt das? Ja? Re?21chnung 7?32Hansen",
        ("Hansen", "", ("Stimmt das? Ja? Re", "chnung 7")),
    ),
    "a code on a line of its own": (
        "229\n?00BONIFICATION\n?20Facture 7\n?32Dupont",
        ("Dupont", "", ("Facture 7",)),
    ),
    "fields behind a plus": (
        "000+20Factura 7+31RO49AAAA1B31007593840000\n+32POPESCU SRL",
        ("POPESCU SRL", "RO49AAAA1B31007593840000", ("Factura 7",)),
    ),
    "the account where the name goes on": (
        "035~20Factura 7~32POPESCU SRL~33RO49AAAA1B31007593840000",
        ("POPESCU SRL", "RO49AAAA1B31007593840000", ("Factura 7",)),
    ),
    "a name in two fields, and the whole account in another": (
        (
            "152^00PRZELEW^20FAKTURA 7^3010901014^310000071219812874^32JAN KOWALSKI^33SP Z OO"
            "^38PL61109010140000071219812874"
        ),
        ("JAN KOWALSKI SP Z OO", "PL61109010140000071219812874", ("FAKTURA 7",)),
    ),
    "a name that is cut within a word": (
        "166?00GUTSCHRIFT?20Rechnung 7?32HANSEN UND SOEHNE MASCHINEN?33BAU GMBH",
        ("HANSEN UND SOEHNE MASCHINENBAU GMBH", "", ("Rechnung 7",)),
    ),
    "who orders, line by line": (
        "/ORDP/300000000460495\n/PETROV DOOEL\n/7//7\n/Uplata po faktura 2026-0007",
        (
            "PETROV DOOEL",
            "300000000460495",
            *[("/ORDP/300000000460495", "/PETROV DOOEL", "/7//7", "/Uplata po faktura 2026-0007")],
        ),
    ),
    "words of SWIFT without the one for the purpose": (
        "/OCMT/USD153,12/\nPAYMENT OF INVOICE 2026-0007",
        ("", "", ("/OCMT/USD153,12/", "PAYMENT OF INVOICE 2026-0007")),
    ),
    "Dutch labels": (
        (
            "SEPA OVERBOEKING   IBAN: NL91ABNA0417164300   BIC: ABNANL2A\nNAAM: Jansen BV   \n"
            "OMSCHRIJVING: Factuur 7   KENMERK: NOTPROVIDED"
        ),
        ("Jansen BV", "NL91ABNA0417164300", ("Factuur 7",)),
    ),
    "French labels": (
        "CREDIT DONNEUR D'ORDRE: Dupont SA COMMUNICATIONS: Facture 7",
        ("Dupont SA", "", ("Facture 7",)),
    ),
    "words around an account that are no labels": (
        "TRANSFER FROM IBAN: NL91ABNA0417164300 INVOICE 7",
        ("", "NL91ABNA0417164300", ("TRANSFER FROM IBAN: NL91ABNA0417164300 INVOICE 7",)),
    ),
}


@pytest.mark.parametrize("case", WORDS)
def test_words_of_mt940_are_found_wherever_they_stand(case: str) -> None:
    told, known = WORDS[case]
    entry = _first(mt940(FIRST + told))
    assert (entry.payer_name, entry.payer_account, entry.lines) == known


@pytest.mark.parametrize(
    ("told", "account"),
    [
        ("COBADEFFXXX/DE89370400440532013000", "DE89370400440532013000"),
        ("/NL91ABNA0417164300EUR", "NL91ABNA0417164300"),
        ("DE89370400440532013000/EUR", "DE89370400440532013000"),
        ("1291.99.348EUR", "1291.99.348"),
        ("//AT39364/12345678912/EUR", "AT39364/12345678912"),
        ("50880050/0194787400888", "50880050/0194787400888"),
    ],
)
def test_an_account_is_the_same_however_its_bank_is_named(told: str, account: str) -> None:
    (statement,) = read_bank_file("x.sta", mt940(FIRST + "X", account=f":25:{told}"))
    assert statement.account == account


@pytest.mark.parametrize(
    "told", ["C119,00NONREF", "C119,00NTRFNONREF", "CR119,00NDDTPREF//1", "C119,00NET NONREF"]
)
def test_what_stands_in_place_of_a_reference_is_none(told: str) -> None:
    """Two alike payments would be taken for one by it."""
    entry = _first(mt940(f":61:260302{told}\n:86:999Invoice 7"))
    assert (entry.amount.minor, entry.end_to_end) == (11900, "")


def test_the_account_itself_is_no_payers() -> None:
    told = mt940(f"{FIRST}000>20FACTUUR 7>310666666666", account=":25:TRIODOSBANK/0666666666")
    assert (_first(told).payer_account, _first(told).lines) == ("", ("FACTUUR 7",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850"])
def test_umlauts_are_those_of_the_encoding(encoding: str) -> None:
    told = mt940(FIRST + "166?20Gebühr für März?32Müller & Söhne").decode().encode(encoding)
    assert _first(told).payer_name == "Müller & Söhne"
    assert _first(told).lines == ("Gebühr für März",)


def test_a_piece_of_a_message_says_what_to_do() -> None:
    with pytest.raises(BankFileError, match=r"line 1: :25:: the account is missing.*export"):
        read_bank_file("x.sta", b":61:260302C1,00NTRFX\n:86:Y\n")


BAI2 = (
    "01,BANK,ME,260302,0600,1,,,2/   02,ME,BANK,1,260302,2359,USD,2/\n"
    "03,12345,,010,100000,,,015,121700,,,100,21900,2/ 16,142,11900,Z,B1,,Invoice 7/ "
    "16,142,10000,Z,B2,,INV 8/ 9 of Hansen\n"
    "and 10/\n"
    "88,DBNM: Hansen Inc\n"
    "16,451,200,Z,B3,,Fee/  49,233800,5/\n"
    "98,233800,1,7/\n99,233800,1,9/\n"
)


def test_bai2_with_several_records_in_a_line_and_a_broken_one() -> None:
    (statement,) = read_bank_file("x.bai", BAI2.encode())
    assert statement.missing is None
    assert [(one.amount.minor, one.is_credit) for one in statement.entries] == [
        (11900, True),
        (10000, True),
        (200, False),
    ]
    second = statement.entries[1]
    assert (second.lines, second.payer_name) == (
        ("INV 8/ 9 of Hansen", "and 10", "DBNM: Hansen Inc"),
        "Hansen Inc",
    )


def _ofx(*changes: tuple[str, str]) -> bytes:
    told = OFX
    for old, new in changes:
        assert old in told
        told = told.replace(old, new)
    return told.encode()


def _ofx_statement(*changes: tuple[str, str]) -> BankStatement:
    return read_bank_file("x.ofx", _ofx(*changes))[0]


@pytest.mark.parametrize(
    ("told", "minor"),
    [("+ 119.00", 11900), ("1.119,00", 111900), ("1,119.00", 111900), ("119,00", 11900)],
)
def test_ofx_with_the_amounts_of_other_countries(told: str, minor: int) -> None:
    statement = _ofx_statement(("<TRNAMT>119.00", f"<TRNAMT>{told}"))
    assert statement.entries[0].amount.minor == minor


def test_ofx_without_a_day_that_can_be_read_takes_those_of_its_bookings() -> None:
    statement = _ofx_statement(
        ("<DTASOF>20260302", "<DTASOF>00000000"), ("<DTEND>20260302", "<DTEND>020326")
    )
    assert (statement.closing is not None, statement.last_day.isoformat()) == (True, "2026-03-02")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (_ofx(("<CURDEF>USD", "<CURDEF>")), "CURDEF: is missing"),
        (
            b"OFXHEADER:100\n<OFX>\n<STATUS><CODE>15500<SEVERITY>ERROR</STATUS></OFX>",
            "line 3: STATUS: the bank answers with error 15500",
        ),
        (b"<OFX>\n<INVSTMTRS></INVSTMTRS></OFX>", "line 2: INVSTMTRS: holds no bank's statement"),
    ],
)
def test_ofx_that_is_no_statement_says_what_it_is(body: bytes, reason: str) -> None:
    with pytest.raises(BankFileError, match=reason):
        read_bank_file("x.ofx", body)


def test_coda_of_a_day_without_movements_may_lack_its_new_balance() -> None:
    head, old, _, last = CodaFile().text().splitlines()
    told = "\n".join([head, old, last.replace("000002", "000001", 1)])
    (statement,) = read_bank_file("x.cod", told.encode())
    assert (statement.account, statement.entries, statement.missing) == (IBAN, (), None)
    assert statement.opening == statement.closing


@pytest.mark.parametrize(
    "namespace",
    [
        "ISO:camt.053.001.08:APC:STUZZA:payments:003",
        "urn:swift:xsd:camt.053.001.08",
        "urn:iso:std:iso:20022:tech:xsd:DRAFT2camt.053.001.08",
    ],
)
def test_camt_in_the_namespace_of_a_country(namespace: str) -> None:
    told = camt().replace(b"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08", namespace.encode())
    assert namespace.encode() in told
    (statement,) = read_bank_file("x.xml", told)
    assert statement.account == "DE89370400440532013000"
