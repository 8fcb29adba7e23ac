"""Reports on the command line: a table, JSON, a picture, and words where a day cannot be told."""

import json
from datetime import date, timedelta

import pytest

from adapters.runtime.machine import machine_clock
from tests.starter.cli.conftest import Shell

WHO = ("--customer", "C-1", "--currency", "EUR", "--issued", "2026-01-01")


@pytest.fixture(scope="module")
def today(shell: Shell) -> date:
    """Two open invoices, one paid; the day is the machine's own."""
    day = machine_clock().date()
    for number, amount, overdue in (("A-1", "100.00", 31), ("A-2", "50.00", 0), ("A-3", "9.00", 1)):
        due = (day - timedelta(days=overdue)).isoformat()
        shell("invoice", "open", number, *WHO, "--amount", amount, "--due", due)
    shell("payment", "record", "A-3", "--amount", "9.00", "--id", "B-1")
    return day


def test_ageing_tells_each_bucket_and_a_total_for_people_only(shell: Shell, today: date) -> None:
    told = shell("report", "ageing", "-o", "json").json
    assert [(row["bucket"], row["invoices"], row["open"]) for row in told] == [
        ("not due", 1, "50.00"),
        ("1-30", 0, "0.00"),
        ("31-60", 1, "100.00"),
        ("61-90", 0, "0.00"),
        (">90", 0, "0.00"),
    ]
    assert {row["creditor"] for row in told} == {"acme"}
    assert told[2]["share"] == "66.7"
    table = shell("report", "ageing", "--buckets", "31").out
    assert "150.00" in table.splitlines()[-1]
    assert "1-31" in table


def test_a_past_day_is_told_as_it_was(shell: Shell, today: date) -> None:
    """The day before the payment, the paid invoice was open and due that day."""
    before = (today - timedelta(days=1)).isoformat()
    told = shell("report", "ageing", "--on", before, "-o", "jsonl").out.splitlines()
    first = json.loads(told[0])
    assert (first["bucket"], first["invoices"], first["open"]) == ("not due", 2, "59.00")


def test_every_report_draws_a_picture(shell: Shell, today: date) -> None:
    for name in ("ageing", "dso", "promises", "recovery", "forecast"):
        drawn = shell("report", name, "--svg", f"{name}.svg", "--chart", "--currency", "eur")
        picture = (shell.folder / f"{name}.svg").read_text(encoding="utf-8")
        assert picture.startswith("<svg ")
        assert picture.endswith("</svg>\n")
        assert "<script" not in picture
        assert name == "promises" or "█" in drawn.err
        assert "█" not in drawn.out


def test_dso_and_recovery_speak_json(shell: Shell, today: date) -> None:
    (row,) = shell("report", "dso", "--from", "2026-01-01", "-o", "json").json
    assert (row["receivables"], row["overdue"]) == ("150.00", "100.00")
    assert row["dso_complete"] is True
    assert row["cei"] == "8.3"  # 9 of the 109 that were due to be collected
    (came,) = shell("report", "recovery", "-o", "json").json
    assert (came["step"], came["recovered"], came["settled"]) == (None, "9.00", 1)


def test_a_forecast_names_every_week_and_what_no_week_can_be_told_of(
    shell: Shell, today: date
) -> None:
    rows = shell("report", "forecast", "--weeks", "2", "-o", "json").json
    assert [row["kind"] for row in rows] == [
        *("week", "week"),
        *("later", "untold", "contested", "with_agency"),
    ]
    assert rows[0]["first"] == (today + timedelta(days=1)).isoformat()
    assert (rows[0]["expected"], rows[0]["high"], rows[2]["high"]) == ("0.00", "0.00", None)
    assert rows[3]["expected"] == "150.00"
    (back,) = shell("report", "forecast", "--backtest", "-o", "json").json
    assert (back["invoices"], back["told"], back["error"]) == (1, 0, None)
    assert (
        "lies after"
        in shell(
            "report",
            "forecast",
            "--weeks",
            "1",
            "--backtest",
            "--from",
            "2026-02-01",
            "--to",
            "2026-01-01",
            expect=2,
        ).err
    )


def test_what_cannot_be_told_is_refused_in_words(shell: Shell, today: date) -> None:
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert "looks back" in shell("report", "ageing", "--on", tomorrow, expect=2).err
    assert "looks back" in shell("report", "dso", "--to", tomorrow, expect=2).err
    assert "2026-12-31" in shell("report", "promises", "--on", "yesterday", expect=2).err
    late = ("--from", today.isoformat(), "--to", "2026-01-01")
    assert "lies after" in shell("report", "recovery", *late, expect=2).err
    ahead = shell("report", "forecast", "--from", "2026-01-01", expect=2).err
    assert "--from and --to are of --backtest" in ahead
    euro = ("--backtest", "--currency", "EUR")
    assert "counts days" in shell("report", "forecast", *euro, expect=1).err
    assert "30,60,90" in shell("report", "ageing", "--buckets", "60,30", expect=1).err
    assert "Nothing" in shell("report", "ageing", "--creditor", "nobody").err
    picture = shell("report", "ageing", "--svg", "no/such/folder.svg", expect=1).err
    assert "--svg no/such/folder.svg cannot be written: No such file" in picture
    assert "ISO 4217" in shell("report", "ageing", "--currency", "EURO", expect=1).err
