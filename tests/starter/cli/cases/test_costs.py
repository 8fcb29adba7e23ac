"""Interest and fees on the command line: shown apart from the invoice, and let go."""

from tests.starter.cli.conftest import Shell

POLICY = """
name = "by law"
[[step]]
id = "polite"
on = "due+1"
do = "remind"
[charges]
jurisdiction = "DE"
compensation = true
leftover = "chase"
asked_from = "due"
confirmed_by = "ann, 2026-01-02"
"""
OPEN = ("--customer", "C-7", "--amount", "100.00", "--currency", "EUR", "--issued", "2026-01-01")


def test_costs_stand_apart_from_the_invoice_and_can_be_let_go(shell: Shell) -> None:
    """P24: what is paid of the invoice hides no cost, and what is contested no debt."""
    law = shell.write("law.toml", POLICY)
    shell("invoice", "open", "W-1", *OPEN, "--due", "2026-01-31", "--policy", law)
    shell("dispute", "open", "W-1", "--amount", "30.00", "--reason", "goods", "--id", "w")
    told = shell("case", "statement", "W-1", "-o", "json").json
    assert (told["principal"], told["disputed"], told["total"]) == ("70.00", "30.00", "110.00")
    assert "provisional" not in shell("case", "statement", "W-1").out

    shell("dispute", "settle", "W-1", "--ref", "w", "--for", "for_us")
    shell("payment", "record", "W-1", "--amount", "100.00", "--id", "W-P")
    shown = shell("invoice", "show", "W-1", "-o", "json").json
    assert (shown["open"], shown["costs_left"]) == ("0.00", "40.00")
    shell("case", "waive-costs", "W-1", "--amount", "15.00", "--reason", "goodwill")
    assert shell("invoice", "show", "W-1", "-o", "json").json["costs_left"] == "25.00"
    shell("case", "waive-costs", "W-1")
    assert shell("invoice", "show", "W-1", "-o", "json").json["costs_left"] == "0.00"
