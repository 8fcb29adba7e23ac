"""The files of a rehearsal: the columns that other programs rely on."""

from __future__ import annotations

import csv
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from domain.message_types import MessageType
from domain.money import Money
from starter.importing.files.invoices import InvoiceRow
from starter.importing.files.options import ReadOptions
from starter.importing.files.problems import FileError
from starter.importing.files.rehearsal import RehearsalEvent, read_events, read_rehearsal_invoices

SHARED = Path(
    os.environ.get("AMICABLE_SHARED_DATA", Path(__file__).parents[3].parent / "shared" / "data")
)
INVOICES = "number,customer,issued,due,currency,amount"
EVENTS = "at,invoice,event,amount,currency,date,reason,note"
NOTHING_SAID = ReadOptions()
CONTRACT = (
    *("payment", "payment_reversed", "credit_note", "credit_note_cancelled", "promise"),
    *("dispute_opened", "dispute_settled", "pause", "resume"),
    *("write_off", "write_off_undone", "withdrawn"),
)


def invoices(folder: Path, header: str = INVOICES, more: str = "") -> list[InvoiceRow]:
    path = folder / "invoices.csv"
    path.write_text(f"{header}\n007,C1,2026-01-02,2026-02-01,EUR,119.00{more}\n")
    return read_rehearsal_invoices(path, NOTHING_SAID)


def events(folder: Path, *lines: str, header: str = EVENTS) -> list[RehearsalEvent]:
    path = folder / "events.csv"
    path.write_text("\n".join((header, *lines)), encoding="utf-8")
    known = invoices(folder, f"{INVOICES},timezone", ",Europe/Berlin")
    return read_events(path, known, NOTHING_SAID)


def test_without_a_contact_column_everybody_can_be_reached(tmp_path: Path) -> None:
    (row,) = invoices(tmp_path)
    assert row.debtor.reach("email")
    assert row.debtor.reach("sms")


def test_an_empty_cell_in_a_contact_column_means_not_reachable_there(tmp_path: Path) -> None:
    (row,) = invoices(tmp_path, f"{INVOICES},email,phone", ",,+49 30 901820")
    assert row.debtor.reach("email") == ""
    assert row.debtor.reach("sms") == "+4930901820"


def test_history_is_taken_as_it_was_even_with_a_due_date_before_the_invoice(
    tmp_path: Path,
) -> None:
    path = tmp_path / "invoices.csv"
    path.write_text(f"{INVOICES}\n1,C1,2026-02-02,2026-02-01,EUR,1.00\n")
    assert read_rehearsal_invoices(path, NOTHING_SAID)[0].due == date(2026, 2, 1)


def test_an_event_becomes_what_the_case_hears(tmp_path: Path) -> None:
    (event,) = events(tmp_path, "2026-02-03,007,promise,50.00,,2026-02-20,cash flow,by phone")
    message = event.message
    assert (event.invoice, message.key, message.kind) == ("007", "event/2", MessageType.PROMISE)
    assert message.at == datetime(2026, 2, 2, 23, tzinfo=UTC)
    assert (message.amount, message.day) == (Money(5000, "EUR"), date(2026, 2, 20))
    assert (message.reason, message.note) == ("cash flow", "by phone")


@pytest.mark.parametrize("kind", CONTRACT)
def test_every_event_of_the_contract_is_known(tmp_path: Path, kind: str) -> None:
    (event,) = events(tmp_path, f"2026-02-03T10:00:00Z,007,{kind},1.00,USD,2026-02-20,,")
    assert event.message.kind == kind
    assert event.message.amount == Money(100, "USD")


def test_events_come_by_instant_and_in_the_order_of_the_file(tmp_path: Path) -> None:
    found = events(
        tmp_path,
        "2026-02-03T00:00:00Z,007,pause",
        "2026-02-03,007,withdrawn",
        "2026-02-03T01:00:00+01:00,007,resume",
        header="at,invoice,event",
    )
    assert [event.line for event in found] == [3, 2, 4]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("2026-02-03,008,pause,,,,,", "2: invoice: '008' is not among the invoices"),
        ("2026-02-03,7,pause,,,,,", "2: invoice: '7' is not among the invoices"),
        ("2026-02-03,007,paid,1,,,,", "2: event: 'paid' is no event; the events are payment,"),
        ("2026-02-03,007,payment,,,,,", "2: amount: is empty; a payment needs one"),
        ("2026-02-03,007,payment,0,,,,", "2: amount: 0 is not more than zero"),
        ("2026-02-03,007,payment,x,,,,", "2: amount: 'x' is no plain amount"),
        ("2026-02-03,007,payment,1,XXQ,,,", "2: currency: 'XXQ' is no ISO 4217"),
        ("2026-02-03,007,promise,,,,,", "2: date: is empty; a promise needs one"),
        ("2026-02-03,007,promise,,,soon,,", "2: date: 'soon' is no ISO date"),
        ("2026-02-03T10:00:00,007,pause,,,,,", "2: at: '2026-02-03T10:00:00' is no date or"),
    ],
)
def test_a_wrong_event_is_named_with_its_line(tmp_path: Path, line: str, complaint: str) -> None:
    with pytest.raises(FileError) as refused:
        events(tmp_path, line)
    assert str(refused.value).startswith(f"{tmp_path / 'events.csv'}:{complaint}")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data folder is not here")
def test_the_replay_file_is_read_with_its_mapping_but_for_what_it_holds_twice(
    tmp_path: Path,
) -> None:
    source = SHARED / "receivables" / "replay_dev_150.csv"
    columns = {"number": "invoice_id", "customer": "customer_id", "settled": "paid_on"}
    options = ReadOptions(columns=columns, constants={"currency": "USD"})
    with pytest.raises(FileError) as refused:
        read_rehearsal_invoices(source, options)
    told = [problem.split(".csv:")[1] for problem in refused.value.problems]
    assert len(told) == 2
    assert any("15558.088 has more than 2 decimals" in problem for problem in told)
    assert any("2.960581e+09 stands in line" in problem for problem in told)

    with source.open(encoding="utf-8", newline="") as lines:
        kept = [row for row in csv.reader(lines) if row[1] != "2.960581e+09"]
    path = tmp_path / "invoices.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(kept)
    assert len(read_rehearsal_invoices(path, options)) == 148
