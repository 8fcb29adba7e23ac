"""Customers on the command line: credit, flags, the whole sheet, and erasure."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.starter.cli.conftest import Shell

DUE = (date.today() + timedelta(days=30)).isoformat()  # noqa: DTZ011 - only an invoice to come
MONEY = ("--amount", "119.00", "--currency", "EUR", "--due", DUE)
JSON = ("-o", "json")


def opened(shell: Shell, number: str, customer: str) -> str:
    shell("invoice", "open", number, "--customer", customer, *MONEY, "--email", "zed@zed.example")
    return customer


def test_the_billing_system_asks_and_a_person_holds_and_releases(shell: Shell) -> None:
    """P60."""
    who = opened(shell, "K-1", "K1")
    assert shell("credit", "show", who, *JSON).json["allowed"] is True

    held = shell("credit", "hold", who, "--reason", "rumours", "--by", "ann", *JSON).json
    assert (held["before"], held["credit"], held["changed"]) == ("ok", "held", True)
    assert shell("credit", "show", who, *JSON).json["allowed"] is False
    assert shell("credit", "show", who, "--order", "prepaid", *JSON).json["allowed"] is True
    titles = [one["title"] for one in shell("task", "list", "--kind", "credit", *JSON).json]
    assert titles == [
        "customer K1: credit is held: no new deliveries until the account is put right"
    ]

    shell("credit", "release", who, "--reason", "all is well", "--by", "ann")
    seen = shell("credit", "show", who, *JSON).json
    assert (seen["allowed"], len(seen["credit_changes"])) == (True, 2)
    shell("credit", "show", "nobody", expect=3)
    shell("credit", "show", who, "--order", "stolen", expect=2)


@pytest.mark.parametrize(
    ("word", "flag"), [("do-not-contact", "do_not_contact"), ("vulnerable", "vulnerable")]
)
def test_a_flag_is_set_once_and_its_cases_notice(shell: Shell, word: str, flag: str) -> None:
    who = opened(shell, f"{flag}-1", flag)
    on = shell("customer", word, who, "on", "--reason", "told us", "--by", "ann", *JSON).json
    assert (on[flag], on["changed"], on["cases"]) == (True, True, 1)
    again = shell("customer", word, who, "on", *JSON).json
    assert (again["changed"], again["cases"]) == (False, 0)
    seen = shell("customer", "show", who, *JSON).json
    assert (seen[flag], seen["flags"][0]["why"], seen["flags"][0]["by"]) == (True, "told us", "ann")
    assert "human-only" in shell("case", "why", f"{flag}-1", *JSON).json["step"]

    shell("customer", word, who, "off", "--reason", "asked us back")
    assert shell("case", "why", f"{flag}-1", *JSON).json["step"] != "human-only"


def test_the_sheet_and_the_list_show_the_customer_as_one(shell: Shell) -> None:
    for number in ("S-1", "S-2"):
        who = opened(shell, number, "S1")
    seen = shell("customer", "show", who, *JSON).json
    assert (seen["open"], seen["running"], len(seen["cases"])) == (["238.00 EUR"], 2, 2)
    assert (seen["credit"], seen["customer_class"]) == ("ok", "new")
    assert "settled: 0" in shell("customer", "show", who).out

    rows = shell("customer", "list", *JSON).json
    mine = next(row for row in rows if row["customer"] == who)
    assert (mine["open"], mine["running"], mine["vulnerable"]) == (["238.00 EUR"], 2, False)


def test_whoever_asks_gets_everything_that_is_kept_in_a_folder_of_its_own(
    shell: Shell, tmp_path: Path
) -> None:
    """Art. 15, in a form that programs read: data.json and the files it names."""
    who, other, to = opened(shell, "X-1", "X1"), opened(shell, "X-2", "X2"), tmp_path / "new" / "x1"
    (tmp_path / "delivery note.pdf").write_bytes(b"%PDF-1.4 signed")
    note = str(tmp_path / "delivery note.pdf")
    shell("evidence", "add", "X-1", note, "--note", "signed by Zed")
    counts = shell("customer", "export", who, "--to", str(to), *JSON).json
    told = json.loads((to / "data.json").read_text())

    assert [row["number"] for row in told["invoices"]] == ["X-1"]
    assert told["customer"][0]["email"]
    assert (counts["invoices"], counts["evidence"]) == (1, 1)
    assert (to / told["evidence"][0]["body"]).read_bytes() == b"%PDF-1.4 signed"
    assert other not in json.dumps(told)
    modes = {path.stat().st_mode & 0o077 for path in (to, *to.rglob("*"))}
    assert modes == {0}, "for this user only"

    assert "is there already" in shell("customer", "export", who, "--to", str(to), expect=2).err
    nobody = shell("customer", "export", "nobody", "--to", str(tmp_path / "n"), expect=3).err
    assert "nobody" in nobody
    assert not (tmp_path / "n").exists()


def test_a_person_is_erased_after_the_claim_was_ended(shell: Shell) -> None:
    """Art. 17: refused while money is claimed; a word is needed; nothing comes back by itself."""
    who = opened(shell, "E-1", "E1")
    erase = ("customer", "erase", who, "--reason", "letter of 1 March")
    assert "still open" in shell(*erase, "--yes", expect=4).err
    looked = shell(*erase, "--open", "withdraw", expect=2).err
    assert "what is open would be ended by withdraw" in looked
    assert "--yes" in looked
    done = shell(*erase, "--open", "withdraw", "--yes", *JSON).json
    assert (done["again"], done["customer"]) == (False, who)
    assert "--yes" in shell(*erase, expect=2).err
    assert shell(*erase, "--yes", *JSON).json["again"] is True

    seen = shell("customer", "show", who, *JSON).json
    assert (seen["email"], seen["erased_at"] is None) == ("", False)
    contact = ("customer", "contact", who, "--email", "new@zed.example")
    assert "--after-erasure" in shell(*contact, expect=4).err
    opened(shell, "E-2", who)
    assert shell("customer", "show", who, *JSON).json["email"] == ""
    shell(*contact, "--after-erasure", "--by", "ann")
    assert shell("customer", "show", who, *JSON).json["email"] == "new@zed.example"


def test_further_ways_to_a_customer_are_kept_in_the_order_in_which_they_are_tried(
    shell: Shell,
) -> None:
    """P14: the account's own first, then further addresses, then other persons."""
    who = opened(shell, "W-1", "W1")
    add = ("customer", "contact", "add", who)
    shell(*add, "--email", "boss@zed.example", "--person", "Ann Lee", "--role", "CFO")
    shell(*add, "--phone", "+4930901820")
    shell(*add, "--email", "not an address", expect=2)
    shell(*add, "--email", "a@zed.example", "--phone", "+4930901821", expect=2)
    shell("customer", "contact", "add", "nobody", "--email", "a@zed.example", expect=3)

    rows = shell("customer", "contact", "list", who, *JSON).json
    assert [(row["point"], row["person"], row["used_for"]) for row in rows] == [
        ("zed@zed.example", "", ["email"]),
        ("+4930901820", "", ["sms", "voice"]),
        ("boss@zed.example", "Ann Lee", ["email"]),
    ]
    shell("customer", "contact", "remove", who, "+4930901820")
    shell("customer", "contact", "remove", who, "+4930901820", expect=3)
    seen = shell("customer", "show", who, *JSON).json
    assert [one["point"] for one in seen["others"]] == ["boss@zed.example"]


def test_the_accounts_own_data_is_put_down_with_and_without_the_word(shell: Shell) -> None:
    who = opened(shell, "W-2", "W2")
    shell("customer", "contact", who, "--email", "one@zed.example")
    shell("customer", "contact", "set", who, "--phone", "+4930901820")
    shell("customer", "contact", "--name", "Zed", who)

    seen = shell("customer", "show", who, *JSON).json
    assert (seen["email"], seen["phone"], seen["name"]) == (
        "one@zed.example",
        "+4930901820",
        "Zed",
    )


def test_nothing_is_added_to_a_customer_who_was_erased(shell: Shell) -> None:
    who = opened(shell, "W-3", "W3")
    shell("customer", "contact", "add", who, "--email", "boss@zed.example")
    shell("customer", "erase", who, "--reason", "letter", "--open", "withdraw", "--yes")

    shell("customer", "contact", "add", who, "--email", "boss@zed.example", expect=4)
    assert shell("customer", "contact", "list", who, *JSON).json == []


def test_a_customer_is_checked_before_credit_is_given(shell: Shell) -> None:
    """P08."""
    who = opened(shell, "B-1", "B1")
    new = shell("customer", "check", who, *JSON).json
    assert (new["customer_class"], new["score"], new["report"]) == ("new", None, None)
    assert new["exposures"][0]["limit"] is None

    limit = ("--currency", "eur", "--reason", "bank reference", "--by", "ann")
    kept = shell("customer", "limit", who, "--amount", "1000", *limit, *JSON).json
    assert (kept["amount"], kept["currency"], kept["by"]) == ("1000.00", "EUR", "ann")
    wrote = ("--source", "Example Bureau", "--on", "2026-03-01", "--said", "grade B")
    shell("customer", "report", who, *wrote, "--amount", "800", "--currency", "EUR")

    fits = shell("customer", "check", who, "--order", "881.00", "EUR", *JSON).json
    assert (fits["warnings"], fits["exposures"][0]["left"]) == ([], "0.00")
    passes = shell("customer", "check", who, "--order", "881.01", "EUR", *JSON).json
    assert "0.01 EUR more than the limit of 1000.00 EUR" in passes["warnings"][0]
    assert (passes["report"]["date"], passes["report"]["limit"]) == ("2026-03-01", "800.00 EUR")
    assert passes["credit"] == "ok"
    assert "Example Bureau" in shell("customer", "check", who).out

    shell("customer", "limit", who, "--none", *limit)
    assert shell("customer", "check", who, *JSON).json["exposures"][0]["limit"] is None
    shell("customer", "limit", who, *limit, expect=2)
    shell("customer", "check", "nobody", expect=3)
    shell("customer", "check", who, "--order", "lots", "EUR", expect=1)
    for half in (("--amount", "800"), ("--currency", "EUR")):
        assert "name both" in shell("customer", "report", who, *wrote, *half, expect=1).err
    preview = ("letter", "preview", "B-1", "--creditor", "acme", "--lang")
    assert "none of en, de" in shell(*preview, "xx", expect=2).err
    assert "Rechnung" in shell(*preview, "de-CH").out
