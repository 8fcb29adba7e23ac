"""A collector's day on the command line: every answer in words, every end with its code."""

import json
from datetime import timedelta

import pytest

from activities.ports.types import Task
from adapters.ledger.core.engine import make_engine
from adapters.ledger.tasks.desk import put_task
from adapters.runtime.machine import machine_clock
from domain.parties.tasks import TaskKind
from tests.starter.cli.conftest import Shell

OPEN = ("--customer", "C-7", "--amount", "119.00", "--currency", "EUR", "--issued", "2026-01-01")
DUE = ("--due", "2026-01-31")


@pytest.fixture(scope="module")
def case(shell: Shell) -> str:
    """An open case."""
    shell("invoice", "open", "R-7", *OPEN, *DUE, "--email", "pay@birch.example")
    return "R-7"


def test_an_invoice_is_opened_once(shell: Shell, case: str) -> None:
    again = shell("invoice", "open", case, *OPEN, *DUE, "-o", "json").json
    assert (again["new"], again["case"], again["open"]) == (False, "invoice/acme/R-7", "119.00")
    other = shell("invoice", "open", case, *OPEN, "--due", "2026-02-01", expect=4)
    assert "opened before" in other.err


def test_an_invoice_that_is_refused_changes_no_address(shell: Shell, case: str) -> None:
    """Nothing is applied by half: neither by a conflict nor with a misspelt address."""
    words = ("--customer", "C-7", "--amount", "1.00", "--currency", "EUR", "--due", "2099-01-31")
    before = shell("customer", "show", "C-7", "-o", "json").json["email"]
    shell("invoice", "open", case, *words, "--email", "else@where.example", expect=4)
    assert shell("customer", "show", "C-7", "-o", "json").json["email"] == before
    told = shell("invoice", "open", "X-2", *words, "--email", "nobody", expect=1).err
    assert "--email nobody: the address is not a valid" in told
    shell("invoice", "show", "X-2", expect=3)


def test_half_a_discount_is_refused_with_its_shape(shell: Shell) -> None:
    words = ("--customer", "C-1", "--amount", "10.00", "--currency", "EUR", "--due", "2099-01-31")
    told = shell("invoice", "open", "X-1", *words, "--discount", "2", expect=2).err
    assert "--discount 2 is no PERCENT/DAYS; write it like 2/10" in told
    shell("invoice", "show", "X-1", expect=3)


def test_the_reference_on_an_invoice_is_kept_with_its_case(shell: Shell) -> None:
    words = ("--customer", "C-1", "--amount", "10.00", "--currency", "EUR", "--due", "2099-01-31")
    told = shell("invoice", "open", "X-3", *words, "--reference", "7" * 36, expect=1).err
    assert "--reference" in told
    assert "longer than 35 characters" in told
    shell("invoice", "open", "X-3", *words, "--reference", "RF18539007547034")
    assert shell("case", "show", "X-3", "-o", "json").json["reference"] == "RF18539007547034"


def test_a_promise_answers_with_its_check_and_its_plan_b(shell: Shell, case: str) -> None:
    far = shell("promise", "record", case, "--date", "2099-01-01", "-o", "json", expect=1)
    assert far.json["accepted"] is False
    assert "days away" in far.err
    past = shell("promise", "record", case, "--date", "31.1.2026", expect=2)
    assert "2026-12-31" in past.err


def test_a_plan_is_proposed_agreed_shown_and_ended(shell: Shell, case: str) -> None:
    first = (machine_clock().date() + timedelta(days=10)).isoformat()
    shell("plan", "show", case, expect=3)
    wanted = ("--every", "month", "--count", "3", "--date", first, "--id", "P-1", "-o", "json")
    proposed = shell("plan", "propose", case, *wanted).json
    assert proposed["plan_b"]
    assert "holds nothing" in proposed["text"]
    agreed = shell("plan", "agree", case, "--ref", "P-1", "--channel", "email", "-o", "json").json
    assert agreed["check_at"] == proposed["check_at"]
    shell("promise", "confirm", case, "--ref", "P-1")
    (plan,) = shell("plan", "show", case, "-o", "json").json["plans"]
    assert (plan["state"], [one["amount"] for one in plan["instalments"]]) == (
        "running",
        ["39.66", "39.66", "39.68"],
    )
    assert "is past" not in shell("plan", "end", case, "--ref", "P-1").err
    odd = shell("plan", "propose", case, "--instalment", "soon", expect=2).err
    assert "soon is no DATE=AMOUNT" in odd
    short = ("plan", "agree", case, "--instalment", f"{first}=100.00")
    assert "19.00 EUR less" in shell(*short, expect=1).err


def test_what_was_said_is_seen(shell: Shell, case: str) -> None:
    shell("dispute", "open", case, "--amount", "19.00", "--reason", "damaged")
    seen = shell("case", "show", case, "-o", "json").json
    assert (seen["disputed"], seen["disputes"][0]["reason"]) == ("19.00", "damaged")
    assert seen["heard_back"] == []
    shell("dispute", "settle", case)
    until = (machine_clock().date() + timedelta(days=30)).isoformat()
    shell("case", "pause", case, "--until", until)
    assert shell("case", "why", case, "-o", "json").json["stage"] == "paused"
    shell("case", "resume", case)
    lines = shell("case", "preview", case, "-o", "jsonl").out.splitlines()
    assert [json.loads(line)["step"] for line in lines][:2] == ["polite", "second"]


def test_money_comes_and_goes_back(shell: Shell, case: str) -> None:
    pay = ("payment", "record", case, "--id", "B-9", "-o", "json")
    assert shell(*pay, "--amount", "19.00").json["parts"] == {"invoice/acme/R-7": "19.00"}
    assert "nothing changed" in shell(*pay, "--amount", "19.00").json["text"]
    shell(*pay, "--amount", "20.00", expect=4)
    shell("invoice", "credit", case, "--amount", "1.00", "--id", "CN-1")
    shell("invoice", "credit", case, "--amount", "2.00", "--id", "CN-1", expect=4)
    assert shell("invoice", "show", case, "-o", "json").json["open"] == "99.00"
    back = shell("payment", "reverse", case, "--payment", "B-9", "--id", "X-9", "-o", "json")
    assert back.json["text"].startswith(
        "payment_reversed accepted; 118.00 EUR open; nobody is chased before"
    )


def test_money_on_the_account_is_listed_allocated_and_given_back(shell: Shell) -> None:
    """P07, P80: 150 for an invoice of 98 less its discount; the rest is placed by a person."""
    today = machine_clock().date()
    due = ("--due", (today + timedelta(days=30)).isoformat(), "--currency", "EUR")
    mine = ("--customer", "C-8", *due, "--email", "pay@birch.example")
    for number in ("R-80", "R-81", "R-82"):
        shell("invoice", "open", number, *mine, "--amount", "100.00", "--discount", "2/10")
    paid = ("payment", "record", "R-80", "R-81", "--id", "B-8", "--source", "bank")
    assert shell(*paid, "--amount", "250.00", "-o", "json").json["left"] == "50.00"
    listed = shell("payment", "list", "--customer", "C-8", "--unallocated", "-o", "json").json
    assert [(row["payment"], row["left"]) for row in listed] == [("bank/B-8", "50.00")]
    there = ("--payment", "bank/B-8", "-o", "json")
    told = shell("payment", "allocate", "R-82", *there, "--amount", "30.00", "--id", "A-8").json
    assert (told["parts"], told["left"]) == ({"invoice/acme/R-82": "30.00"}, "20.00")
    assert shell("payment", "refund", *there, "--id", "F-8").json["left"] == "0.00"
    shell("payment", "refund", "--payment", "bank/B-404", "--id", "F-9", expect=3)
    shell("payment", "in-flight", "R-82", "--amount", "70.00", "--id", "DD-8")
    shell("payment", "failed", "R-82", "--ref", "DD-8", "--id", "DD-8-back")
    right = shell("invoice", "correct", "R-82", "--amount", "90.00", "--id", "K-8", "-o", "json")
    assert "90.00 EUR now" in right.json["text"]
    assert shell("invoice", "show", "R-82", "-o", "json").json["open"] == "60.00"


def test_what_does_not_exist_is_not_found(shell: Shell) -> None:
    for words in (("invoice", "show", "R-404"), ("promise", "record", "R-404", "--date",
                  "2026-12-31"), ("task", "done", "call/x"), ("customer", "show", "C-404"),
                  ("creditor", "show", "nobody")):  # fmt: skip
        assert shell(*words, expect=3).err.startswith("✘ "), words
    assert shell("payment", "record", "--amount", "1", "--id", "B-1", expect=2).out == ""
    assert shell("invoice", "shwo", expect=2).out == ""


def test_hold_stops_everything_until_it_is_taken_off(shell: Shell) -> None:
    assert shell("hold", "on", "-o", "json").json == {"creditor": "*", "hold": True}
    assert "already" in shell("hold", "on").err
    shell("hold", "on", "--creditor", "acme")
    held = shell("hold", "show", "-o", "json").json
    assert [one["creditor"] for one in held] == ["*", "acme"]
    assert "Still on hold: acme" in shell("hold", "off").err
    shell("hold", "off", "--creditor", "acme")
    assert shell("hold", "show", "-o", "json").json == []


def test_a_task_is_listed_and_ticked_off(shell: Shell) -> None:
    engine = make_engine(shell.env["AMICABLE_DATABASE_URL"])
    put_task(
        engine, Task(key="fix/R-1", kind=TaskKind.FIX, case="invoice/acme/R-1", title="send it")
    )
    engine.dispose()
    mine = [one for one in shell("task", "list", "-o", "json").json if one["kind"] == "fix"]
    assert [one["key"] for one in mine] == ["fix/R-1"]
    done = shell("task", "done", "fix/R-1", "--by", "ann", "--note", "sent", "-o", "json").json
    assert (done["status"], done["done_by"], done["done_note"]) == ("done", "ann", "sent")
    assert shell("task", "list", "--kind", "fix", "-o", "json").json == []


def test_a_customer_is_reached_as_they_wish(shell: Shell, case: str) -> None:
    wrong = shell("customer", "contact", "C-7", "--phone", "030 12", expect=1)
    assert "international form" in wrong.err
    told = shell("customer", "contact", "C-7", "--phone", "+4930901820", "-o", "json").json
    assert (told["email"], told["phone"]) == ("pay@birch.example", "+4930901820")
    shell("customer", "do-not-contact", "C-7", "--channel", "sms")
    assert shell("customer", "show", "C-7", "-o", "json").json["opted_out"] == ["sms"]


def test_a_creditor_is_described_by_a_file(shell: Shell) -> None:
    text = 'id = "acme"\nname = "Acme Ltd"\nemail = "billing@acme.example"\n'
    assert shell("creditor", "set", shell.write("acme.toml", text)).code == 0
    assert shell("creditor", "show", "acme", "-o", "json").json["name"] == "Acme Ltd"
    wrong = shell("creditor", "set", shell.write("bad.toml", text + 'fax = "1"\n'), expect=1)
    assert "fax is no key here" in wrong.err


def test_a_policy_is_checked_with_its_line(shell: Shell) -> None:
    assert shell("policy", "check", "standard", "-o", "json").json["steps"] > 8
    text = shell("policy", "show", "standard").out
    bad = shell.write("p.toml", text.replace("due+1", "due+1 day", 1))
    assert "p.toml:" in shell("policy", "check", bad, expect=1).err
    assert shell("policy", "schema").json["title"]


def test_without_a_ledger_a_command_says_what_to_do(shell: Shell) -> None:
    nothing = Shell({"AMICABLE_HOME": str(shell.folder / "none")}, shell.folder)
    assert "amicable up" in nothing("task", "list", expect=1).err
    assert "✘" in nothing("doctor", expect=1).err
    assert nothing("down").code == 0
    live = Shell({**nothing.env, "AMICABLE_LIVE": "1"}, shell.folder, shell.many)
    assert "made up" in live("demo", expect=2).err


def test_an_offer_is_made_with_its_last_day(shell: Shell, case: str) -> None:
    until = (machine_clock().date() + timedelta(days=10)).isoformat()
    offer = ("settlement", "offer", case, "--date", until, "-o", "json")
    assert "the offer lapses" in shell(*offer, "--amount", "90.00").json["plan_b"]
    assert "asks for less" in shell(*offer, "--amount", "119.00", expect=1).err
