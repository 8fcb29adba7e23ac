"""What a file says is settled is not opened; of the rest what is open is chased (P80)."""

from __future__ import annotations

from pathlib import Path

import pytest

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
)

PAID = f"{HEADER},paid,balance,Status"


def test_open_items_as_they_were_handed_in(shared_data: Path) -> None:
    """Of three invoices one is open in part, one is paid, one void: only the first is opened."""
    path = shared_data / "faults" / "06-accounting-export" / "open-items.csv"
    found = read_export(path, NOTHING_SAID)
    assert opened(found) == [("X-1", "100.00", "60.00")]
    assert left(found) == [(3, "paid ('Paid')"), (4, "void ('Void')")]


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("Paid", "paid"),
        ("PAID", "paid"),
        ("paid_in_full", "paid"),
        ("Closed", "paid"),
        ("Bezahlt", "paid"),
        ("payée", "paid"),
        ("Void", "void"),
        ("voided", "void"),
        ("Cancelled", "void"),
        ("canceled", "void"),
        ("Deleted", "void"),
        ("storniert", "void"),
        ("Written off", "written off"),
        ("WRITTEN_OFF", "written off"),
        ("Uncollectible", "written off"),
        ("Credited", "credited"),
        ("credit", "credited"),
        ("Refunded", "credited"),
        ("Draft", "draft"),
        ("Awaiting Approval", "draft"),
        ("Entwurf", "draft"),
    ],
)
def test_a_word_that_says_settled_leaves_the_invoice_out(
    tmp_path: Path, word: str, meaning: str
) -> None:
    found = export(tmp_path, f"{HEADER},status\n{GOOD},{word}\n")
    assert opened(found) == []
    assert left(found) == [(2, f"{meaning} ({word!r})")]


@pytest.mark.parametrize(
    "word", ["Open", "Unpaid", "AUTHORISED", "Overdue", "past_due", "Sent", "offen", "impayée", ""]
)
def test_a_word_that_says_open_opens_it(tmp_path: Path, word: str) -> None:
    assert opened(export(tmp_path, f"{HEADER},status\n{GOOD},{word}\n")) == [
        ("R-1", "119.00", "119.00")
    ]


def test_a_word_that_nobody_knows_is_asked_about_with_the_nearest(tmp_path: Path) -> None:
    told = refusal(tmp_path, f"{HEADER},Status\n{GOOD},Overdu\n")
    assert "in.csv:2: Status: 'Overdu' is no status that is known; did you mean overdue?" in told
    assert hinted(tmp_path, f"{HEADER},Status\n{GOOD},Overdu\n") == {("meanings", "Overdu=open")}
    again = export(tmp_path, f"{HEADER},Status\n{GOOD},Zzz\n", meanings={"zzz": "open"})
    assert opened(again) == [("R-1", "119.00", "119.00")]
    never = export(tmp_path, f"{HEADER},Status\n{GOOD},Zzz\n", meanings={"Zzz": "void"})
    assert opened(never) == []


@pytest.mark.parametrize(
    ("cells", "left_open"),
    [
        ("0.00,119.00,Open", "119.00"),
        (",,Open", "119.00"),
        ("19.00,,Open", "100.00"),
        (",100.00,Partially paid", "100.00"),
        ("19.00,100.00,Partially paid", "100.00"),
        ("118.99,0.01,Overdue", "0.01"),
        ("19.00,90.00,Open", "90.00"),  # 10.00 were credited or let go
    ],
)
def test_what_is_open_is_the_balance_else_what_was_not_paid(
    tmp_path: Path, cells: str, left_open: str
) -> None:
    assert opened(export(tmp_path, f"{PAID}\n{GOOD},{cells}\n")) == [("R-1", "119.00", left_open)]


def test_what_was_paid_and_what_was_credited_are_kept_apart(tmp_path: Path) -> None:
    (row,) = export(tmp_path, f"{PAID}\n{GOOD},19.00,90.00,Open\n").rows
    assert (row.paid and row.paid.plain, row.credited and row.credited.plain) == ("19.00", "10.00")


@pytest.mark.parametrize(
    "cells", ["119.00,0.00,Open", ",0.00,Overdue", "119.00,,Open", "120.00,,Open", ",0,"]
)
def test_nothing_is_opened_where_the_sums_say_that_nothing_is_owed(
    tmp_path: Path, cells: str
) -> None:
    found = export(tmp_path, f"{PAID}\n{GOOD},{cells}\n")
    assert opened(found) == []
    assert left(found)[0][0] == 2
    assert "nothing is owed" in left(found)[0][1]


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ("0.00,19.00,Paid", "balance: 19.00 is open, but 'Paid' says paid; find out which is"),
        (",,Partially paid", "Status: 'Partially paid', but not how much is open; name the column"),
        ("40.00,100.00,Open", "balance: 100.00 open and 40.00 paid do not make 119.00"),
        (",120.00,Open", "balance: 120.00 open and 0 paid do not make 119.00"),
        ("-1.00,,Open", "paid: 120.00 open and -1.00 paid do not make 119.00"),
        ("x,,Open", "paid: 'x' is no amount"),
    ],
)
def test_what_contradicts_itself_is_asked_about(tmp_path: Path, cells: str, complaint: str) -> None:
    assert f"in.csv:2: {complaint}" in refusal(tmp_path, f"{PAID}\n{GOOD},{cells}\n")


@pytest.mark.parametrize(
    ("word", "count"),
    [("yes", 0), ("TRUE", 0), ("Ja", 0), ("oui", 0), ("no", 1), ("False", 1), ("Nein", 1)],
)
def test_a_column_paid_may_hold_yes_and_no(tmp_path: Path, word: str, count: int) -> None:
    assert len(export(tmp_path, f"{HEADER},Paid\n{GOOD},{word}\n").rows) == count


@pytest.mark.parametrize(
    "name", ["Amount due", "Outstanding", "open balance", "Offen", "Restbetrag", "Solde", "Balance"]
)
def test_the_balance_is_known_by_its_usual_names(tmp_path: Path, name: str) -> None:
    assert opened(export(tmp_path, f"{HEADER},{name}\n{GOOD},60.00\n")) == [
        ("R-1", "119.00", "60.00")
    ]


def test_an_invoice_paid_on_a_known_day_is_history_and_is_opened(tmp_path: Path) -> None:
    (row,) = export(tmp_path, f"{HEADER},settled,status\n{GOOD},2026-03-01,Paid\n").rows
    assert (row.settled and row.settled.isoformat(), row.open.plain) == ("2026-03-01", "0.00")


@pytest.mark.parametrize(
    ("column", "like"), [("name", "customer_name"), ("e-mail", "email"), ("Stornoo", "")]
)
def test_no_column_is_ignored_without_a_word(tmp_path: Path, column: str, like: str) -> None:
    told = refusal(tmp_path, f"{HEADER},{column}\n{GOOD},x\n")
    assert f"in.csv:1: {column}: is not known here; " in told
    ways_out = hinted(tmp_path, f"{HEADER},{column}\n{GOOD},x\n")
    assert ("ignored", column) in ways_out
    assert (("columns", f"{like}={column}") in ways_out) == bool(like)
    found = export(tmp_path, f"{HEADER},{column}\n{GOOD},x\n", ignored=(column,))
    assert (len(found.rows), found.ignored) == (1, (column,))
    assert export(tmp_path, f"{HEADER},{column}\n{GOOD},x\n", ignored=("*",)).ignored == (column,)
    assert len(export(tmp_path, f"{HEADER},{column}\n{GOOD},\n").rows) == 1  # nothing is in it


def test_a_column_to_ignore_must_be_there(tmp_path: Path) -> None:
    told = refusal(tmp_path, f"{HEADER}\n{GOOD}\n", ignored=("Nmae",))
    assert "Nmae: there is no such column to ignore" in told
