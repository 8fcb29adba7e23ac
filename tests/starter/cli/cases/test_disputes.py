"""Disputes, calls, evidence and the briefing on the command line."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.starter.cli.conftest import Shell

OPEN = ("--customer", "C-8", "--amount", "100.00", "--currency", "EUR", "--issued", "2026-01-01")


@pytest.fixture(scope="module")
def case(shell: Shell) -> str:
    """An open case."""
    shell("invoice", "open", "D-8", *OPEN, "--due", "2026-01-31", "--email", "pay@elm.example")
    return "D-8"


def test_a_dispute_has_an_owner_and_a_day_and_is_settled_for_somebody(
    shell: Shell, case: str
) -> None:
    """P41: what is conceded is credited."""
    words = ("--amount", "30.00", "--reason", "goods", "--owner", "ann", "--id", "d1")
    day = str(datetime.now(UTC).date() + timedelta(days=60))
    told = shell("dispute", "open", case, *words, "--deadline", day, "-o", "json").json
    assert f"to be settled by {day}; 70.00 EUR chased meanwhile" in told["text"]
    too_much = ("--ref", "d1", "--for", "split", "--amount", "30.01")
    assert "no more than 30.00 EUR" in shell("dispute", "settle", case, *too_much, expect=1).err
    end = ("--ref", "d1", "--for", "split", "--amount", "10.00", "-o", "json")
    assert "10.00 EUR conceded and credited" in shell("dispute", "settle", case, *end).json["text"]
    assert shell("invoice", "show", case, "-o", "json").json["open"] == "90.00"


def test_how_a_call_went_is_kept_and_finishes_the_task(shell: Shell, case: str) -> None:
    told = shell(
        "call", "record", case, "--result", "paid_claim", "--note", "on Monday", "-o", "json"
    )
    assert "two working days" in told.json["text"]
    asked = shell("task", "list", "--case", f"invoice/acme/{case}", "-o", "json").json
    assert [task["detail"] for task in asked if "look for the money" in task["title"]] == [
        "on Monday"
    ]


def test_a_file_is_kept_and_comes_back_whole(shell: Shell, case: str, tmp_path: Path) -> None:
    """P03: once, whatever it is called; and never over a file that is there."""
    note, copy = tmp_path / "note.pdf", tmp_path / "back.pdf"
    note.write_bytes(b"%PDF-1.7 signed")
    added = shell("evidence", "add", case, str(note), "--note", "signed", "-o", "json").json
    shell("evidence", "add", case, str(note))
    (kept,) = shell("evidence", "list", case, "-o", "json").json
    assert (kept["sha256"], kept["media_type"]) == (added["sha256"], "application/pdf")
    shell("evidence", "get", case, kept["file"], "--to", str(copy))
    assert copy.read_bytes() == note.read_bytes()
    shell("evidence", "get", case, "note.pdf", "--to", str(copy), expect=2)
    shell("evidence", "get", case, "other.pdf", expect=3)
    shell("evidence", "add", case, str(tmp_path / "none.pdf"), expect=1)


def test_the_copy_of_an_invoice_is_kept_for_letters(
    shell: Shell, case: str, tmp_path: Path
) -> None:
    """P23: a PDF; anything else is refused with the way out."""
    invoice, picture = tmp_path / "D-8.pdf", tmp_path / "D-8.png"
    invoice.write_bytes(b"%PDF-1.7 invoice")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    added = shell("invoice", "copy", case, str(invoice), "-o", "json").json
    listed = shell("evidence", "list", case, "-o", "json").json
    assert (added["role"], added["name"]) == ("invoice", "D-8.pdf")
    assert added["sha256"] in [file["sha256"] for file in listed if file["role"] == "invoice"]
    assert (
        "is no PDF; print or export" in shell("invoice", "copy", case, str(picture), expect=1).err
    )
    shell("invoice", "copy", "nothing-like-it", str(invoice), expect=3)


def test_the_briefing_tells_what_is_known_and_what_to_ask(shell: Shell, case: str) -> None:
    """P30 P31 P32 P40."""
    page = shell("briefing", case).out
    for words in ("D-8", "What to ask", "they said that it was paid", "30.00 EUR (goods)"):
        assert words in page
    told = shell("briefing", "--customer", "C-8", "-o", "json").json
    assert told["invoices"][0]["open"] == "90.00"
    assert told["customer_class"] == "new"
    shell("briefing", expect=2)
    shell("briefing", "--customer", "nobody", expect=3)
