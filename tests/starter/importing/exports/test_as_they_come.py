"""Exports as they come: letters, separators, sheets, titles, addresses."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import DomainError
from starter.importing.exports.reader import read_export
from tests.starter.importing.exports.exporting import (
    GOOD,
    HEADER,
    NOTHING_SAID,
    export,
    hinted,
    left,
    opened,
    refusal,
    workbook,
)

SMITH = f"{HEADER},customer_name\n{GOOD},Müller & Söhne\n"
ONE = [("R-1", "119.00", "119.00")]


@pytest.mark.parametrize(
    "name",
    ["cp1252.csv", "excel-sep-line.csv", "multi-line-items.csv", "credit-row.csv"],
)
def test_what_was_refused_as_handed_in_is_read(shared_data: Path, name: str) -> None:
    found = read_export(shared_data / "faults" / "15-exports-as-they-come" / name, NOTHING_SAID)
    assert opened(found) == [("R-1", "100.00", "100.00")]
    if name in ("cp1252.csv", "excel-sep-line.csv", "credit-row.csv"):
        assert found.rows[0].debtor.name == "Müller & Söhne"


def test_thousands_as_handed_in_are_read(shared_data: Path) -> None:
    path = shared_data / "faults" / "15-exports-as-they-come" / "us-thousands.csv"
    assert opened(read_export(path, NOTHING_SAID)) == [("R-1", "1100.00", "1100.00")]


def test_two_addresses_as_handed_in_are_one_address_and_a_further_way(shared_data: Path) -> None:
    path = shared_data / "faults" / "10-two-addresses" / "invoices.csv"
    first, second = read_export(path, NOTHING_SAID).rows
    assert (first.debtor.email, first.debtor.others) == ("a@x.example", ())
    assert second.debtor.email == "a@x.example"
    assert [(point.kind, point.point) for point in second.debtor.others] == [
        ("email", "b@x.example")
    ]


@pytest.mark.parametrize("folder", ["02", "03", "04", "05", "07", "13"])
def test_files_in_our_own_form_are_read_as_before(shared_data: Path, folder: str) -> None:
    (path,) = (shared_data / "faults").glob(f"{folder}-*/invoices.csv")
    found = read_export(path, NOTHING_SAID)
    assert len(found.rows) == len(path.read_text().splitlines()) - 1
    assert (found.left_out, found.notes) == ((), ())


@pytest.mark.parametrize(
    "content",
    [
        SMITH.encode("cp1252"),
        SMITH.encode("utf-8-sig"),
        SMITH.encode("utf-16"),
        SMITH.encode("utf-16-le"),
        SMITH.encode("utf-16-be"),
        SMITH.replace(",", ";").encode(),
        SMITH.replace(",", "\t").encode(),
        SMITH.replace(",", "|").encode(),
        ("sep=;\r\n" + SMITH.replace(",", ";")).encode(),
        ("sep=\t\n" + SMITH.replace(",", "\t")).encode("utf-16"),
        ("\n\n" + SMITH).encode(),
        ("Open items,,,,,,\nAcme Ltd,,,,,,\n,,,,,,\n" + SMITH).encode(),
        ("Open items\nas of 31.01.2026\n\n" + SMITH).encode(),
        (SMITH + "Total,,,,,119.00,\n").encode(),
        (SMITH + ",,,,,119.00,\n").encode(),
        (SMITH + "Printed on Monday\n").encode(),
        (SMITH.replace("\n", ",,\n")).encode(),
    ],
)
def test_the_same_invoice_is_read_however_it_was_exported(tmp_path: Path, content: bytes) -> None:
    found = export(tmp_path, content)
    assert opened(found) == ONE
    assert found.rows[0].debtor.name == "Müller & Söhne"


def test_a_guess_about_letters_is_told_and_can_be_corrected(tmp_path: Path) -> None:
    polish = f"{HEADER},customer_name\n{GOOD},Świątek\n".encode("cp1250")
    guessed = export(tmp_path, polish)
    assert guessed.rows[0].debtor.name != "Świątek"
    assert "say its encoding" in guessed.notes[0]
    assert export(tmp_path, polish, encoding="cp1250").rows[0].debtor.name == "Świątek"


@pytest.mark.parametrize(
    ("content", "told", "complaint"),
    [
        (b"", {}, "in.csv: is empty"),
        (b"a,b\n1\0,2\n", {}, "in.csv:2: holds a NUL byte"),
        (SMITH.encode("cp1252"), {"encoding": "utf-8"}, "byte 0xFC is not utf-8"),
        (b"number,customer\n\x81\n", {}, "byte 0x81 is not cp1252; say its encoding"),
        (f'{HEADER}\n"R-1,C1\n'.encode(), {}, "cannot be split into cells"),
        (f"{HEADER}\n{GOOD},more\n".encode(), {}, "in.csv:2: has 7 cells where the header has 6"),
        (f"{HEADER},paid\n{GOOD}\n".encode(), {}, "in.csv:2: has 6 cells where the header has 7"),
        (b"number,customer\n1,2\n", {}, "in.csv:1: issued: this column is missing"),
        (b"PK\x03\x04 no zip at all", {}, "is a damaged spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no workbook", {}, "cannot be opened as a spreadsheet"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_way_out(
    tmp_path: Path, content: bytes, told: dict[str, Any], complaint: str
) -> None:
    assert complaint in refusal(tmp_path, content, **told)


SPREADSHEET: list[list[str | int | float | None]] = [
    ["Open items of Acme"],
    [],
    ["number", "customer", "issued", "due", "currency", "amount", "paid"],
    ["R-1", 10001, 46024, 46054, "EUR", 119.0, None],
    [1002, 10001, 46024, 46054, "EUR", 0.1 + 0.2, 0.1],
    ["Total", None, None, None, None, 119.3, None],
]


def test_a_spreadsheet_is_read_as_a_person_would_type_it(tmp_path: Path) -> None:
    found = export(tmp_path, workbook({"Sheet1": SPREADSHEET}, dates=frozenset({2, 3})))
    assert opened(found) == [("R-1", "119.00", "119.00"), ("1002", "0.30", "0.20")]
    first = found.rows[0]
    assert (first.line, first.debtor.id) == (4, "10001")
    assert (first.issued.isoformat(), first.due.isoformat()) == ("2026-01-02", "2026-02-01")
    assert left(found) == [(6, "'Total': a sum")]


def test_of_several_sheets_one_must_be_named(tmp_path: Path) -> None:
    both = workbook({"Old": SPREADSHEET, "New": SPREADSHEET}, dates=frozenset({2, 3}))
    assert "has several sheets (Old, New); say which" in refusal(tmp_path, both)
    assert hinted(tmp_path, both) == {("sheet", "Old"), ("sheet", "New")}
    assert "has no sheet 'Newer'; there are Old, New" in refusal(tmp_path, both, sheet="Newer")
    assert len(export(tmp_path, both, sheet="New").rows) == 2
    lone = workbook({"Cover": [], "Data": SPREADSHEET}, dates=frozenset({2, 3}))
    assert export(tmp_path, lone).notes == ("read from the sheet 'Data'",)
    assert "holds no cells" in refusal(tmp_path, workbook({"Empty": []}))


@pytest.mark.parametrize(
    ("text", "first", "others"),
    [
        ("a@x.example", "a@x.example", []),
        ("a@x.example;b@x.example", "a@x.example", ["b@x.example"]),
        ("a@x.example, b@x.example", "a@x.example", ["b@x.example"]),
        ("Ann <a@x.example>; Bob <b@x.example>", "a@x.example", ["b@x.example"]),
        ("nobody; b@x.example", "b@x.example", []),
        ("a@x.example a@x.example", "a@x.example", []),
    ],
)
def test_of_several_addresses_the_first_good_one_is_used(
    tmp_path: Path, text: str, first: str, others: list[str]
) -> None:
    found = export(tmp_path, f'{HEADER},email\n{GOOD},"{text}"\n')
    debtor = found.rows[0].debtor
    assert (debtor.email, [point.point for point in debtor.others]) == (first, others)
    assert bool(found.notes) == ("nobody" in text)


@pytest.mark.parametrize(
    ("text", "country", "phone"),
    [
        ("+44 20 7946 0958", "", "+442079460958"),
        ("(020) 7946 0958", "GB", "+442079460958"),
        ("0044 20 7946 0958", "GB", "+442079460958"),
        ("030 901820 / 030 901821", "DE", "+4930901820"),
    ],
)
def test_numbers_are_read_as_people_write_them(
    tmp_path: Path, text: str, country: str, phone: str
) -> None:
    found = export(tmp_path, f"{HEADER},phone,country\n{GOOD},{text},{country}\n")
    assert found.rows[0].debtor.phone == phone


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("customer_name", "Evil \x1b[2J Ltd"),
        ("customer_name", "two\nlines"),
        ("customer_name", "\u202egnp.exe"),
        ("sales_rep", "\x07"),
        ("reference", "a\x08b"),
    ],
)
def test_signs_that_a_terminal_obeys_are_refused_and_shown_harmlessly(
    tmp_path: Path, column: str, text: str
) -> None:
    told = refusal(tmp_path, f'{HEADER},{column}\n{GOOD},"{text}"\n')
    assert f"in.csv:2: {column}: " in told
    assert "control character; take it out" in told
    assert told.isprintable()


def test_with_partial_what_is_wrong_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    """A line item that is wrong leaves its whole invoice over."""
    head = GOOD.replace("R-1", "R-2")
    content = f"{HEADER}\n{GOOD}\n{head.replace('119.00', '1.00')}\n{head.replace('119.00', 'x')}\n"
    found = export(tmp_path, f"{content}{GOOD.replace('R-1', '')}\n", partial=True)
    assert opened(found) == ONE
    told = [text.rpartition("in.csv:")[2] for text in found.refused]
    assert told[0].startswith("4: amount: 'x' is no amount")
    assert told[1] == "5: number: is empty; every line needs one"
    assert len(told) == 2


def test_with_partial_a_file_that_is_not_understood_is_refused_all_the_same(
    tmp_path: Path,
) -> None:
    with pytest.raises(ValueError, match="this column is missing"):
        export(tmp_path, "number,customer\n1,2\n", partial=True)


junk = st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode))


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=junk, behind=st.booleans())
def test_no_file_ends_in_anything_but_words(
    tmp_path: Path, content: bytes, *, behind: bool
) -> None:
    """Whatever is in a file: it is read, or refused in words; nothing else is raised."""
    head = f"{HEADER},status,email,phone,terms\n".encode() if behind else b""
    with suppress(DomainError):
        export(tmp_path, head + content)
