"""Payments from files: all of them, or none with the reasons."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.errors import DomainError
from domain.money import Money
from domain.payments.allocation import PaymentIn
from starter.importing.files.options import ReadOptions
from starter.importing.files.payments import read_payments
from starter.importing.files.problems import FileError, ReadOption

HEADER = "id,customer,amount,currency,date,invoices,note"
BANK = ReadOptions(source="bank", creditor="acme", zone="Europe/Berlin")


def read(folder: Path, *lines: str, options: ReadOptions = BANK) -> list[PaymentIn]:
    path = folder / "in.csv"
    path.write_text("\n".join((HEADER, *lines)), encoding="utf-8")
    return read_payments(path, options)


def test_a_payment_is_read_with_the_invoices_it_is_meant_for(tmp_path: Path) -> None:
    (payment,) = read(tmp_path, "T-01,C1,50.00,EUR,2026-02-03,007 008 007,thanks")
    assert (payment.creditor, payment.key, payment.customer) == ("acme", "payment/bank/T-01", "C1")
    assert payment.amount == Money(5000, "EUR")
    assert payment.at == datetime(2026, 2, 2, 23, tzinfo=UTC)
    assert (payment.invoices, payment.note) == (("007", "008"), "thanks")


def test_numbers_with_spaces_are_separated_by_semicolons(tmp_path: Path) -> None:
    (payment,) = read(tmp_path, "1,C1,50.00,EUR,2026-02-03T10:00:00Z,INV 7; INV 8;,")
    assert payment.invoices == ("INV 7", "INV 8")
    assert payment.at == datetime(2026, 2, 3, 10, tzinfo=UTC)


def test_a_bank_with_its_own_way_of_writing_is_understood(tmp_path: Path) -> None:
    options = ReadOptions(date_format="DD.MM.YYYY", decimal_comma=True)
    (payment,) = read(tmp_path, '1,C1,"1.234,56",EUR,03.02.2026,,', options=options)
    assert payment.amount == Money(123456, "EUR")
    assert payment.at == datetime(2026, 2, 3, tzinfo=UTC)
    assert (payment.source, payment.invoices) == ("file", ())


def test_everything_that_is_wrong_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(FileError) as refused:
        read(
            tmp_path,
            "1,C1,50.00,EUR,2026-02-03,,",
            "1,C1,50.00,EUR,2026-02-03,,",
            ",,0,XXQ,03/02/2026,,",
        )
    told = [problem.split("in.csv:")[1] for problem in refused.value.problems]
    assert told[0] == "3: id: 1 stands in line 2 already; take one out"
    assert [line.split(": ")[:2] for line in told[1:]] == [
        ["4", "id"],
        ["4", "customer"],
        ["4", "currency"],
        ["4", "date"],
    ]
    assert "say how dates are written" in told[4]
    assert refused.value.options == (ReadOption.DATE_FORMAT,)


def test_a_zone_that_does_not_exist_is_refused_before_the_first_line(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="no IANA time zone"):
        read(tmp_path, options=ReadOptions(zone="Berlin"))


@pytest.mark.parametrize(
    ("column", "text", "taken"),
    [
        ("note", "RE 2026-7\nthanks", True),
        ("note", "see \x1b[31mthis", False),
        ("note", "\u202egnp.exe", False),
        ("note", "c1 \x9b31m", False),
        ("source", "bank", True),
        ("source", "bank/2", False),
        ("source", "b\x07", False),
        ("source", "x" * 40, True),
        ("source", "x" * 41, False),
    ],
)
def test_a_file_brings_in_no_text_that_the_gateway_refuses(
    column: str, text: str, taken: bool, tmp_path: Path
) -> None:
    """Fault F7: control and escape characters came in by CSV."""
    file = tmp_path / "bank.csv"
    header = f"id,customer,amount,currency,date,{column}"
    file.write_text(f'{header}\nB-1,C-1,1.00,EUR,2026-11-29,"{text}"\n', encoding="utf-8")
    if taken:
        assert len(read_payments(file, ReadOptions(creditor="acme", source="file"))) == 1
        return
    with pytest.raises(FileError, match=column):
        read_payments(file, ReadOptions(creditor="acme", source="file"))
