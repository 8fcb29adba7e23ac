"""Belgian coded statements: structured references, batches, direct debits, totals."""

import pytest

from adapters.bank.bank_files import read_bank_file
from adapters.bank.refused_file import BankFileError
from domain.bank.statement import BankEntry, BankStatement
from tests.adapters.bank.coda_records import IBAN, CodaFile

PAYER = "BE62510007547061"


def _read(text: str) -> list[BankStatement]:
    return read_bank_file("day.cod", text.encode("cp1252"))


def _entry(file: CodaFile) -> BankEntry:
    (statement,) = _read(file.text())
    assert statement.missing is None
    return statement.entries[0]


def test_a_transfer_with_the_belgian_reference() -> None:
    made = CodaFile().move(
        11_900, told="101090933755493", structured=True, account=PAYER, name="JANSSENS BV"
    )
    entry = _entry(made)
    assert (entry.references, entry.lines) == (("090933755493",), ())
    assert (entry.payer_name, entry.payer_account) == ("JANSSENS BV", PAYER)
    assert (entry.amount.plain, str(entry.booked), entry.is_credit) == (
        "119.00",
        "2026-03-02",
        True,
    )
    assert (entry.account, entry.count) == (IBAN, 1)


def test_a_creditor_reference_of_iso_11649() -> None:
    entry = _entry(CodaFile().move(100, told="100RF18539007547034", structured=True))
    assert entry.references == ("RF18539007547034",)


def test_words_go_over_three_records_and_keep_their_cuts() -> None:
    text = "x" * 50 + "2026-" + "0007 and more " + "y" * 60
    entry = _entry(CodaFile().move(100, told=text, reference="E2E-1"))
    assert entry.lines == (text[:53], text[53:106].strip(), text[106:].strip())
    assert entry.end_to_end == "E2E-1"
    assert _entry(CodaFile().move(1, told="x", reference="NOTPROVIDED")).end_to_end == ""


def test_whom_somebody_pays_for_goes_first() -> None:
    made = CodaFile().move(100, name="PAYMENT AGENT").inform("009LES GARAGES SA")
    assert _entry(made).payer_name == "LES GARAGES SA"
    assert _entry(CodaFile().move(100).inform("001PAYER NV")).payer_name == "PAYER NV"
    told = CodaFile().move(100).inform("INVOICE 2026-0007", structured=False)
    assert _entry(told).lines == ("INVOICE 2026-0007",)


def test_a_sum_of_the_bank_is_told_payment_by_payment() -> None:
    made = CodaFile().move(300, code="20501000")
    made.move(100, code="60501000", detail=1, name="ONE", reference="E-1")
    made.move(200, code="60501000", detail=2, name="TWO", reference="E-2")
    made.move(-50, code="00137000", told="COSTS")
    (statement,) = _read(made.text())
    told = [(one.amount.plain, one.payer_name, one.count) for one in statement.entries]
    assert told == [("1.00", "ONE", 1), ("2.00", "TWO", 1), ("0.50", "", 1)]
    assert (statement.moved, statement.missing) == (250, None)


def test_a_sum_whose_parts_do_not_add_up_stays_one() -> None:
    made = CodaFile().move(300, code="20501000").move(100, code="60501000", detail=1)
    entry = _entry(made)
    assert (entry.amount.plain, entry.count) == ("3.00", 2)


def test_costs_told_beside_a_payment_leave_it_whole() -> None:
    made = CodaFile().move(9_900, code="30150000", name="HANSEN")
    made.move(10_000, code="80150100", detail=1, told="INVOICE 7")
    made.move(-100, code="80150137", detail=2)
    entry = _entry(made)
    assert (entry.amount.plain, entry.payer_name, entry.count) == ("99.00", "HANSEN", 1)
    assert entry.lines == ("INVOICE 7",)


def test_a_refused_direct_debit_is_a_return() -> None:
    told = "127" + "020326" + "1" + "1" + "2" + "BE69ZZZ050D000000008".ljust(35)
    told += "MANDATE-7".ljust(35) + "INVOICE 2026-0007".ljust(62)
    entry = _entry(CodaFile().move(-2_380, told=told, structured=True, code="00503000"))
    assert (entry.is_return, entry.is_credit, entry.returned) == (True, False, ("MANDATE-7",))
    assert entry.lines == ("INVOICE 2026-0007",)
    back = _entry(CodaFile().move(-100, returned="2", reason="AM04", reference="E-1"))
    assert (back.return_code, back.returned) == ("AM04", ("E-1",))
    assert not _entry(CodaFile().move(-100)).is_return


def test_several_accounts_in_one_file_and_a_second_currency() -> None:
    one = CodaFile().move(100).text(last="1")
    two = CodaFile(account="BE43068999999501", currency="USD", opening=-500).move(700).text()
    first, second = _read(one + two)
    assert (first.account, second.account, second.currency) == (IBAN, "BE43068999999501", "USD")
    assert second.opening is not None
    assert (second.opening.money.plain, second.missing) == ("-5.00", None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (CodaFile().move(100).text()[:-132], "line 1: 0: record 9 is missing: the file was cut"),
        (CodaFile().move(100).text().replace("2\r\n", "1\r\n", 1), "line 1: 0: is no version 2"),
        (CodaFile().move(100).text().replace("0000000000001000", "000000000000X000", 1), "amount"),
        (CodaFile().move(100).text().replace("2300010000", "2900010000"), "line 5: 29: is no reco"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_record(text: str, reason: str) -> None:
    with pytest.raises(BankFileError, match=reason):
        _read(text)


def test_a_lost_movement_shows_in_the_totals() -> None:
    lines = CodaFile().move(100).move(200).text().splitlines(keepends=True)
    with pytest.raises(BankFileError, match="tells more records than the file holds"):
        _read("".join(lines[:2] + lines[5:]))
    wrong = CodaFile().move(100).text().replace("000000000001000" + " " * 75, "9" * 15 + " " * 75)
    with pytest.raises(BankFileError, match="totals are not those of the movements"):
        _read(wrong)
    (statement,) = _read(CodaFile().move(100).text(closing=0))
    assert statement.missing is not None
