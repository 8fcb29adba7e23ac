"""Real files of many banks, each read to the cent or refused by name; counted independently."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from adapters.bank.bank_files import read_bank_file
from adapters.bank.refused_file import BankFileError
from domain.bank.statement import BankEntry, BankStatement

REFUSED = {
    "camt053_garbled_amount.xml": "line 17: Ntry/Amt: '12..34' is not an amount",
    "invalid.xml": "is none of camt",
    # Single fields, cut out of files for other tests.
    "amount_formats.sta": "account is missing",
    "missing_crlf_at_end.sta": "is none of",
    "closing_balance.sta": "is none of",
    "sparkassen.sta": "account is missing",
    "currency_in_25.sta": "no statement",
    "reference.sta": "no statement",
    "empty_non_swift.sta": "is none of",
}
UNBALANCED = {
    "abnamro.sta": 2,
    "citi_example.bai2": 1,
    "camt053.v2.five.decimals.xml": 1,
    "ing.sta": 1,
    "knab.sta": 1,
    "malformed_details.sta": 1,
    "overly_long_details.sta": 1,
    "postfinance.sta": 1,
    "sepa_snippet_broken.sta": 1,
}
"""Samples whose entries their makers have cut; they would be refused by name."""

_SUM = re.compile(r"^:61:\d{6}(?:\d{4})?\s*(R?[CD]|E[CD])[A-Z]?\s*([\d.]+,?\d*)", re.MULTILINE)
_ENTRY = re.compile(r"<Ntry>.*?</Ntry>", re.DOTALL)


@pytest.fixture(scope="module")
def files(shared_data: Path) -> list[Path]:
    folder = shared_data / "bank"
    if not folder.is_dir():
        pytest.skip(f"no banks' files at {folder}; set AMICABLE_SHARED_DATA")
    known = (".xml", ".sta", ".mt940", ".bai2")
    return sorted(file for file in folder.rglob("*") if file.suffix in known)


def _read(file: Path) -> list[BankStatement]:
    return read_bank_file(file.name, file.read_bytes())


def test_every_file_is_read_or_refused_by_name(files: list[Path]) -> None:
    assert len(files) == 47
    refused = {}
    for file in files:
        try:
            _read(file)
        except BankFileError as error:
            refused[file.name] = str(error)
    assert refused.keys() == REFUSED.keys()
    assert all(REFUSED[name] in told for name, told in refused.items()), refused
    assert all(told.startswith(f"{name}: ") for name, told in refused.items())


def test_bookings_and_sums_are_those_that_a_small_reader_counts(files: list[Path]) -> None:
    seen = 0
    for file in files:
        if file.name in REFUSED:
            continue
        text = file.read_bytes().decode("latin-1")
        count, moved = _SMALL_READERS[file.suffix](text)
        statements = _read(file)
        bookings = {(e.line, e.kind) for one in statements for e in one.entries}
        booked = [e for one in statements for e in one.entries if e.is_final]
        sums = sum(e.amount.decimal if e.is_credit else -e.amount.decimal for e in booked)
        assert (file.name, len(bookings), sums) == (file.name, count, moved)
        seen += count
    assert seen == 179


def _of_camt(text: str) -> tuple[int, Decimal]:
    found, moved = 0, Decimal(0)
    for entry in _ENTRY.findall(text):
        amount = Decimal(re.search(r"<Amt[^>]*>([^<]*)</Amt>", entry)[1])  # type: ignore[index]
        sign = 1 if re.search(r"<CdtDbtInd>(\w+)", entry)[1] == "CRDT" else -1  # type: ignore[index]
        booked = "BOOK" in re.search(r"<Sts>.*?</Sts>", entry, re.DOTALL)[0]  # type: ignore[index]
        found += amount != 0
        moved += sign * amount * booked
    return found, moved


def _of_mt(text: str) -> tuple[int, Decimal]:
    found, moved = 0, Decimal(0)
    for mark, told in _SUM.findall(text):
        sign = 1 if mark in {"C", "EC", "RD"} else -1
        found += 1
        moved += sign * Decimal(told.replace(",", "."))
    return found, moved


def _of_bai(text: str) -> tuple[int, Decimal]:
    found = re.findall(r"^16,(\d{3}),(\d+)", text, re.MULTILINE)
    signed = (int(minor) * (1 if int(code) < 400 else -1) for code, minor in found)
    return len(found), Decimal(sum(signed)).scaleb(-2)


_SMALL_READERS = {".xml": _of_camt, ".sta": _of_mt, ".mt940": _of_mt, ".bai2": _of_bai}


def test_statements_add_up_but_for_those_that_were_cut(files: list[Path]) -> None:
    wrong: dict[str, int] = {}
    for file in files:
        if file.name not in REFUSED:
            lacking = sum(one.missing is not None for one in _read(file))
            wrong |= {file.name: lacking} if lacking else {}
    assert wrong == UNBALANCED


def test_payer_words_and_references_come_from_where_each_bank_puts_them(files: list[Path]) -> None:
    told: dict[tuple[str, str], BankEntry] = {}
    for file in files:
        if file.name in {"sepa_mt9401.sta", "knab.sta", "mt942.sta", "with_binary_character.sta"}:
            for statement in _read(file):
                for one in statement.entries:
                    told.setdefault((file.name, one.amount.plain), one)
    sepa = told["sepa_mt9401.sta", "15000.05"]
    assert sepa.payer_name == "Richter Renate 70 Zeichen Beginn Fuellzeichen xxxxxxxx"
    assert (sepa.payer_account, sepa.end_to_end) == (
        "DE42100100100043921105",
        "EndToEndIdTFNR2000400001",
    )
    assert told["knab.sta", "7260.00"].payer_name == "PICQER"
    assert told["mt942.sta", "0.01"].payer_account == "56114010810000267002001001"
    assert told["with_binary_character.sta", "13068.30"].lines == (
        "BETTERPLACE WDB E",
        "08.03.10-14.03.10",
    )
