"""In a terminal no list is cut: a row that is too long for a line becomes an entry of several."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from starter.cli.output import print_list
from starter.cli.shapes import CASE_COLUMNS, TASK_COLUMNS

KEY = "call/invoice/acme/R-2405/1/call"
TASK = {
    "key": KEY,
    "kind": "call",
    "title": "R-2405, 1190.00 EUR open: call the customer: when will it be paid",
    "owner": "",
    "due_at": "2026-11-29 17:43 CET",
}
CASE = {
    "case": "invoice/acme/R-2405",
    "customer_name": "Zimmerei Weiß und Söhne GmbH & Co. KG",
    "due": "2026-10-01",
    "amount": "1190.00",
    "open": "1190.00",
    "currency": "EUR",
    "stage": "disputed",
    "next": "call_task call",
    "next_at": "2026-12-01 00:00 CET",
}


def printed(row: dict[str, str], columns: tuple[str, ...], width: int, *, tty: bool = True) -> str:
    out = StringIO()
    print_list(
        Console(file=out, width=width, force_terminal=tty, color_system=None), [row], columns
    )
    return out.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize(("row", "columns"), [(TASK, TASK_COLUMNS), (CASE, CASE_COLUMNS)])
def test_nothing_is_cut_and_no_line_is_longer_than_the_terminal(
    width: int, row: dict[str, str], columns: tuple[str, ...]
) -> None:
    shown = printed(row, columns, width)
    lines = shown.splitlines()
    words = " ".join(shown.split())

    assert max(map(len, lines)) <= width
    assert all(value in words for value in row.values())
    assert "…" not in shown
    assert any(line.strip().startswith(row[columns[0]]) for line in lines)


def test_where_it_fits_and_in_a_pipe_it_is_a_table() -> None:
    assert "due at" in printed(TASK, TASK_COLUMNS, 200).splitlines()[0]
    assert "due at" in printed(TASK, TASK_COLUMNS, 200, tty=False).splitlines()[0]


def test_a_stage_that_asks_for_attention_is_marked() -> None:
    out = StringIO()
    console = Console(file=out, width=200, force_terminal=True, color_system="standard")
    print_list(console, [CASE], CASE_COLUMNS)

    assert "\x1b[35mdisputed\x1b[0m" in out.getvalue()
