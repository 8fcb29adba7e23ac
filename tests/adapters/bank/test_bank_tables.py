"""Statements as tables: the shipped profiles, one of one's own, and files with errors."""

from decimal import Decimal

import pytest

from adapters.bank.bank_files import is_bank_file, read_bank_file
from adapters.bank.refused_file import BankFileError
from adapters.bank.tables.csv_profile import read_profile, shipped_profiles
from domain.bank.statement import BankStatement, StatementKind

ING = (
    '"Datum";"Naam / Omschrijving";"Rekening";"Tegenrekening";"Code";"Af Bij";"Bedrag (EUR)";'
    '"Mutatiesoort";"Mededelingen";"Saldo na mutatie";"Tag"\n'
    '"20260303";"Hansen BV";"NL20INGB0001234567";"NL91ABNA0417164300";"OV";"Bij";"1.190,00";'
    '"Overschrijving";"Naam: Hansen BV Omschrijving: Factuur 2026-0007";"2.170,00";""\n'
    '"20260302";"Bankkosten";"NL20INGB0001234567";"";"DV";"Af";"20,00";"Diversen";"";"980,00";""\n'
)
RABO = (
    '"IBAN/BBAN","Munt","BIC","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn",'
    '"Tegenrekening IBAN/BBAN","Naam tegenpartij","Transactiereferentie","Betalingskenmerk",'
    '"Omschrijving-1","Omschrijving-2","Omschrijving-3"\n'
    '"NL44RABO0123456789","EUR","RABONL2U","000000000000000007","2026-03-02","2026-03-01",'
    '"+119,00","+219,00","NL91ABNA0417164300","Café Zuid","E-1","RF18539007547034",'
    '"Factuur 2026-","0007"," "\n'
    '"NL44RABO0123456789","EUR","RABONL2U","000000000000000008","2026-03-02","2026-03-02",'
    '"-19,00","+200,00","","Rabobank","","","Kosten","",""\n'
)
SPARKASSE = (
    '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";'
    '"Kundenreferenz (End-to-End)";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";'
    '"Betrag";"Waehrung";"Info"\n'
    '"DE89370400440532013000";"03.03.26";"03.03.26";"GUTSCHRIFT";"Rechnung\n2026-0007";"E-1";'
    '"Müller GmbH";"DE02120300000000202051";"119,00";"EUR";"Umsatz gebucht"\n'
    '"DE89370400440532013000";"04.03.26";"04.03.26";"GUTSCHRIFT";"Rechnung 2026-0008";"";'
    '"Hansen";"";"50,00";"EUR";"Umsatz vorgemerkt"\n'
)
OWN = b"""
name = "Village Bank"
date_format = "DD/MM/YYYY"
decimal = "."
currency = "CHF"
account = "CH93 0076 2011 6238 5295 7"
skip_lines = ["Total"]
[columns]
booked = "Booked on"
debit = "Debit"
credit = "Credit"
balance = "Balance"
payer = "Party"
text = ["Purpose", "More"]
"""
VILLAGE = (
    "Account statement\nPeriod,March 2026\n\n"
    "Booked on,Party,Purpose,More,Debit,Credit,Balance\n"
    '02/03/2026,Hansen,Invoice 2026-0007,,,"1\'190.00",2190.00\n'
    "02/03/2026,Fees,,,20.00,,2170.00\n"
    "Total,,,,20.00,1190.00,\n"
)


def _one(text: str, encoding: str = "utf-8", own: bytes = b"") -> BankStatement:
    profiles = [read_profile("own.toml", own)] if own else []
    (statement,) = read_bank_file("bank.csv", text.encode(encoding), profiles)
    return statement


def _sums(statement: BankStatement) -> list[Decimal]:
    sign = {True: 1, False: -1}
    return [one.amount.decimal * sign[one.is_credit] for one in statement.entries]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_of_ing_newest_first(encoding: str) -> None:
    statement = _one(ING, encoding)
    assert _sums(statement) == [Decimal("1190.00"), Decimal("-20.00")]
    assert (statement.kind, statement.missing) == (StatementKind.STATEMENT, None)
    assert statement.opening is not None
    assert statement.closing is not None
    assert (statement.opening.money.plain, statement.closing.money.plain) == ("1000.00", "2170.00")
    credit = statement.entries[0]
    assert (credit.payer_name, credit.payer_account) == ("Hansen BV", "NL91ABNA0417164300")
    assert credit.line == 2


def test_a_table_of_rabobank_in_its_code_page() -> None:
    statement = _one(RABO, "cp1252")
    credit = statement.entries[0]
    assert (credit.payer_name, credit.references) == ("Café Zuid", ("RF18539007547034",))
    assert (credit.lines, credit.end_to_end) == (("Factuur 2026-", "0007"), "E-1")
    assert (str(credit.valued), str(credit.booked)) == ("2026-03-01", "2026-03-02")
    assert [str(ref) for ref in credit.refs] == ["row:000000000000000007"]
    assert statement.missing is None


def test_a_table_of_a_sparkasse_with_what_is_announced_only() -> None:
    statement = _one(SPARKASSE, "cp1252")
    booked, announced = statement.entries
    assert (booked.payer_name, booked.lines) == ("Müller GmbH", ("Rechnung", "2026-0007"))
    assert (booked.is_final, announced.is_final, statement.moved) == (True, False, 11_900)
    assert (statement.kind, announced.line) == (StatementKind.REPORT, 4)


def test_a_profile_of_ones_own_with_titles_totals_and_two_columns() -> None:
    statement = _one(VILLAGE, own=OWN)
    assert _sums(statement) == [Decimal("1190.00"), Decimal("-20.00")]
    assert (statement.account, statement.currency) == ("CH9300762011623852957", "CHF")
    assert statement.missing is None
    assert not is_bank_file(VILLAGE.encode())
    assert is_bank_file(VILLAGE.encode(), [read_profile("own.toml", OWN)])


def test_a_lost_line_is_named_by_the_balance_that_does_not_follow() -> None:
    lines = RABO.splitlines(keepends=True)
    more = lines[2].replace("-19,00", "+1,00").replace("+200,00", "+300,00")
    statement = _one("".join([*lines, more]), "cp1252")
    assert statement.missing is not None
    assert (statement.missing.plain, statement.line) == ("99.00", 4)


@pytest.mark.parametrize("told", ["€ 1.190,00", "1.190,00€", "EUR 1.190,00", "+1.190,00 EUR"])
def test_an_amount_may_stand_beside_its_own_currency(told: str) -> None:
    assert _sums(_one(ING.replace("1.190,00", told))) == [Decimal("1190.00"), Decimal("-20.00")]


@pytest.mark.parametrize("told", ["-€5,00", "€ -5,00", "(5,00 €)", "5,00- EUR", "\u22125,00"])
def test_a_minus_may_stand_on_either_side_of_the_currency(told: str) -> None:
    profile = read_profile("own", SIGNED.encode())
    body = f"Tag;Betrag\n02.03.2026;{told}\n".encode()
    (entry,) = read_bank_file("x.csv", body, [profile])[0].entries
    assert (entry.amount.plain, entry.is_credit) == ("5.00", False)


SIGNED = """name = "Dorfbank"
date_format = "DD.MM.YYYY"
decimal = ","
currency = "EUR"
account = "DE89370400440532013000"
[columns]
booked = "Tag"
amount = "Betrag"
"""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (ING.replace("1.190,00", "1.190,00,0"), r"line 2: Bedrag \(EUR\): is no amount; .* sign ,"),
        (ING.replace("1.190,00", "1,190.00"), r"line 2: Bedrag \(EUR\): is no amount"),
        (ING.replace("1.190,00", "$ 1.190,00"), r"line 2: Bedrag \(EUR\): is no amount"),
        (ING.replace("20260303", "03-03-2026"), "line 2: Datum: is no day written as YYYYMMDD; .*"),
        (ING.replace('"Bij"', '"Neutral"'), "line 2: Af Bij: is none of Bij, Credit, Af, Debit"),
        (ING + '"Totaal";"7"\n', "line 4: has 2 cells where the header has 11; .*skip_lines"),
        (ING.replace('"Hansen BV"', '"Hansen BV'), "is no table that can be read"),
        (SPARKASSE.replace('"EUR"', '"EURO"'), "line 2: Betrag: 'EURO' is no ISO 4217"),
        (VILLAGE, r"nor a table of ING \(NL\), Rabobank, Sparkasse .*; a profile may say another"),
    ],
)
def test_what_cannot_be_read_is_refused_with_line_column_and_way_out(
    text: str, reason: str
) -> None:
    with pytest.raises(BankFileError, match=reason) as refused:
        read_bank_file("bank.csv", text.encode())
    assert "Hansen" not in str(refused.value)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (b"name = 7", "name: is no text|columns: is missing"),
        (b"colour = 1\n[columns]\n", "colour: is no key; known are"),
        (OWN.replace(b"booked =", b"valued ="), "columns: the column of the day of booking"),
        (OWN.replace(b"credit =", b"sign ="), "say amount, or debit and credit"),
        (OWN.replace(b'"."', b'"x"'), "decimal: is neither"),
        (OWN.replace(b'"DD/MM/YYYY"', b'"MM/YYYY"'), "date_format: lacks year, month or day"),
        (OWN.replace(b'"CH93', b'"" #'), "say the account, or its column"),
        (b"[[", "is no profile"),
    ],
)
def test_a_profile_that_is_wrong_is_refused_by_its_key(told: bytes, reason: str) -> None:
    with pytest.raises(BankFileError, match=reason):
        read_profile("own.toml", told)


def test_every_shipped_profile_says_where_it_comes_from() -> None:
    assert [one.name for one in shipped_profiles()] == [
        "ING (NL)",
        "Rabobank",
        "Sparkasse (CSV-CAMT)",
    ]
