"""Exit codes and totals follow from codes: whatever sentences of ours a caller's own text holds."""

from datetime import timedelta

import pytest

from adapters.runtime.machine import machine_clock
from tests.starter.cli.conftest import Shell

OPEN = ("--customer", "C-9", "--amount", "100.00", "--currency", "EUR", "--issued", "2026-01-01")
DUE = ("--due", "2026-01-31")
OURS = (
    "was used before with other content",
    "is already recorded with other content",
    "conflict",
    "there is no case",
    "refused: accepted",
)
"""Sentences that we say ourselves."""


@pytest.fixture(scope="module")
def case(shell: Shell) -> str:
    """An open case."""
    shell("invoice", "open", "CODE-1", *OPEN, *DUE, "--creditor", "codes")
    return "CODE-1"


@pytest.mark.parametrize("ours", OURS)
def test_our_own_words_change_no_exit_code(shell: Shell, case: str, ours: str) -> None:
    acme = ("--creditor", "codes", "-o", "json")
    refused = shell(
        *("payment", "reverse", case, "--payment", ours, "--id", f"{ours} X", *acme), expect=1
    )
    assert ours in refused.err
    assert (refused.json["accepted"], refused.json["code"]) == (False, "refused")
    credit = ("invoice", "credit", case, "--id", ours, "--note", ours, *acme)
    assert shell(*credit, "--amount", "1.00").json["code"] == "accepted"
    again = shell(*credit, "--amount", "1.00").json
    assert (again["accepted"], again["code"]) == (True, "accepted")
    other = shell(*credit, "--amount", "2.00", expect=4)
    assert other.json["code"] == "conflict"
    shell("invoice", "credit", ours, "--amount", "1.00", "--id", "CN", *acme, expect=3)


def test_our_own_words_in_a_file_of_payments_change_no_total(shell: Shell) -> None:
    """The remark about a lost discount names the invoice, whose number may be any words."""
    words = ("stay on the account", "posted before")
    for number in words:
        early = ("--discount", "2/10", "--creditor", "totals")
        shell("invoice", "open", number, *OPEN, *DUE, *early)
    today = machine_clock().date() - timedelta(days=1)
    lines = [
        f"posted before {n},C-9,98.00,EUR,{today},{number};,posted before" for n, number in
        enumerate(words)
    ]  # fmt: skip
    header = "id,customer,amount,currency,date,invoices,note"
    file = shell.write("totals.csv", "\n".join([header, *lines, ""]))
    command = ("payment", "import", file, "--creditor", "totals", "-o", "json")

    first, again = shell(*command).json, shell(*command).json

    assert (first["posted"], first["known"], first["unallocated"]) == (2, 0, 0)
    assert (again["posted"], again["known"], again["unallocated"]) == (0, 2, 0)
