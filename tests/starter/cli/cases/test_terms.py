"""C10: an invoice with several due dates on the command line."""

from __future__ import annotations

from tests.starter.cli.conftest import Shell

WORDS = ("--customer", "C-10", "--amount", "100.00", "--currency", "EUR", "--due", "2099-01-31")
PARTS = ("--part", "2099-01-31=60.00", "--part", "2099-02-28=40.00")


def test_an_invoice_is_opened_in_parts(shell: Shell) -> None:
    """C10: the case and its statement name what is not due yet."""
    shell("invoice", "open", "T-1", *WORDS, *PARTS, "--issued", "2026-01-01")
    shown = shell("case", "show", "T-1", "-o", "json").json
    stated = shell("case", "statement", "T-1", "-o", "json").json

    assert [one["amount"] for one in shown["terms"]] == ["60.00", "40.00"]
    assert (shown["open"], shown["to_pay"], stated["total"]) == ("100.00", "60.00", "60.00")
    assert stated["due_later"] == [{"due": "2099-02-28", "amount": "40.00"}]


def test_wrong_parts_are_refused_in_words(shell: Shell) -> None:
    """C10: nothing is opened by them."""
    told = shell("invoice", "open", "T-2", *WORDS, *PARTS[:3], "2099-02-28=39.00", expect=1).err
    assert "--part: the parts make 99.00 EUR, 1.00 EUR less than the invoice" in told
    told = shell("invoice", "open", "T-2", *WORDS, "--part", "2099-01-31", expect=2).err
    assert "--part 2099-01-31 is no DATE=AMOUNT; write it like 2026-12-31=50.00" in told
    shell("invoice", "show", "T-2", expect=3)
