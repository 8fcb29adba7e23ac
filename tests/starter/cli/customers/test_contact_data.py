"""Contact data on the command line: as people write it, and never silently overwritten."""

import os
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.starter.cli.conftest import Shell

HEADER = "number,customer,issued,due,currency,amount,email,phone"


def sheet(shell: Shell, customer: str) -> dict[str, Any]:
    found: dict[str, Any] = shell("customer", "show", customer, "-o", "json").json
    return found


def test_what_a_collector_put_right_is_not_overwritten_by_a_file(shell: Shell) -> None:
    """Said by whom counts: the person's word stands, and the file's is kept beside it."""
    first = f"{HEADER}\nA-1,CA,2026-01-01,2099-02-01,EUR,100.00,old@x.example,\n"
    shell("invoice", "import", shell.write("a1.csv", first))
    shell("customer", "contact", "set", "CA", "--email", "right@x.example", "--by", "ann")
    later = first.replace("A-1", "A-2").replace("EUR,100.00", "EUR,50.00")
    told = shell("invoice", "import", shell.write("a2.csv", later), "-o", "json").json
    assert told["contradictions"] == [
        {
            "customer": "CA",
            "field": "email",
            "kept": "right@x.example",
            "given": "old@x.example",
        }
    ]
    found = sheet(shell, "CA")
    assert found["email"] == "right@x.example"
    (kept,) = found["contradictions"]
    assert (kept["given"], kept["kept_by"]) == ("old@x.example", "person")
    opened = shell(
        *("invoice", "open", "A-3", "--customer", "CA", "--amount", "1", "--currency", "EUR"),
        *("--due", "2099-02-01", "--email", "third@x.example", "-o", "json"),
    ).json
    assert opened["contradictions"][0]["kept_by"] == "person"
    assert sheet(shell, "CA")["email"] == "right@x.example"


def test_who_cannot_be_written_to_is_named_when_a_case_is_opened(shell: Shell) -> None:
    bare = f"{HEADER}\nN-1,CN,2026-01-01,2099-02-01,EUR,100.00,,\n"
    told = shell("invoice", "import", shell.write("n.csv", bare), "-o", "json").json
    assert told["unreachable"] == ["no e-mail address or phone number of CN is known"]
    words = ("task", "list", "--case", "N-1", "-o", "json")
    (task,) = shell(*words).json
    assert task["key"] == "unreachable/acme/CN"
    shell("customer", "contact", "add", "CN", "--phone", "+44 20 7946 0958")
    assert shell(*words).json == []
    opened = shell(
        *("invoice", "open", "N-2", "--customer", "CO", "--amount", "1", "--currency", "EUR"),
        *("--due", "2099-02-01", "-o", "json"),
    ).json
    assert opened["unreachable"] == "no e-mail address or phone number of CO is known"


def test_numbers_are_read_as_people_write_them(shell: Shell) -> None:
    shell("customer", "contact", "set", "CP", "--phone", "+44 20 7946 0958")
    assert sheet(shell, "CP")["phone"] == "+442079460958"
    words = ("customer", "contact", "set", "CP", "--phone", "(020) 7946 0959")
    assert "or name the country" in shell(*words, expect=1).err
    shell(*words, "--country", "GB")
    assert sheet(shell, "CP")["phone"] == "+442079460959"
    shell("customer", "contact", "add", "CP", "--phone", "020 7946 0960")
    ways = shell("customer", "contact", "list", "CP", "-o", "json").json
    assert [way["point"] for way in ways] == ["+442079460959", "+442079460960"]


def test_a_name_plays_no_tricks_with_the_terminal(shell: Shell) -> None:
    told = shell("customer", "contact", "set", "CT", "--name", "Evil\x1b[2J", expect=1).err
    assert "--name 'Evil\\x1b[2J' holds a line break or control character" in told
    shell(
        "invoice",
        "import",
        shell.write("t.csv", f"{HEADER}\nT-1,CT,2026-01-01,2099-02-01,EUR,1,,\n"),
    )
    shell("dispute", "open", "T-1", "--reason", "goods", "--note", "see \x1b[31mthis\x9b")
    shown = shell("case", "show", "T-1").out
    assert "see \\x1b[31mthis\\x9b" in shown
    assert "\x1b[31m" not in shown
    assert "\x9b" not in shell("case", "show", "T-1", "-o", "json").out


def test_tasks_are_the_creditors_own_and_are_found_by_the_invoices_number(shell: Shell) -> None:
    bare = f"{HEADER}\nT-2,C2,2026-01-01,2099-02-01,EUR,100.00,,\n"
    name = shell.write("t2.csv", bare)
    shell("invoice", "import", name)
    shell("invoice", "import", name, "--creditor", "other")
    mine = {task["key"] for task in shell("task", "list", "-o", "json").json}
    assert "unreachable/acme/C2" in mine
    assert "unreachable/other/C2" not in mine
    nobody = Shell({**shell.env, "AMICABLE_CREDITOR": ""}, shell.folder, shell.many)
    both = {task["key"] for task in nobody("task", "list", "-o", "json").json}
    assert {"unreachable/acme/C2", "unreachable/other/C2"} <= both
    (found,) = shell("task", "list", "--case", "T-2", "-o", "json").json
    assert found["key"] == "unreachable/acme/C2"
    told = nobody("task", "list", "--case", "T-2", expect=2).err
    assert "T-2 could be invoice/acme/T-2 or invoice/other/T-2; say --creditor" in told
    assert "there is no case T-9" in nobody("task", "list", "--case", "T-9", expect=3).err
    assert "did you mean question?" in shell("task", "list", "--kind", "qestion", expect=2).err


def test_a_result_that_is_none_is_refused_with_the_nearest(shell: Shell) -> None:
    bare = f"{HEADER}\nC-1,CR,2026-01-01,2099-02-01,EUR,100.00,,\n"
    shell("invoice", "import", shell.write("c.csv", bare))
    told = shell("call", "record", "C-1", "--result", "promissed", expect=2).err
    assert "--result 'promissed' is no result of a call; did you mean promised?" in told
    about = ("call", "record", "C-1", "--result", "disputed", "--about", "godds")
    assert "did you mean goods?" in shell(*about, expect=1).err
    assert (
        "did you mean sms?"
        in shell("customer", "do-not-contact", "CR", "--channel", "smss", expect=2).err
    )


def test_policies_and_stages_that_are_misspelt_are_named(shell: Shell) -> None:
    words = ("invoice", "open", "Q-1", "--customer", "CQ", "--amount", "1", "--currency", "EUR")
    told = shell(*words, "--due", "2099-02-01", "--policy", "standrad", expect=1).err
    assert "there is no file standrad; did you mean the shipped policy standard?" in told
    assert (
        "did you mean reminding?" in shell("invoice", "list", "--stage", "remindin", expect=2).err
    )


@pytest.fixture
def in_auckland(shell: Shell) -> Iterator[Shell]:
    """A reader whose day begins thirteen hours before London's."""
    yield Shell({**shell.env, "TZ": "Pacific/Auckland"}, shell.folder)
    os.environ.pop("TZ", None)
    time.tzset()


def test_a_person_reads_the_day_of_their_own_wall_and_a_program_utc(
    shell: Shell, in_auckland: Shell
) -> None:
    """09:00 on 2 February in Auckland is still the evening of the day before in UTC."""
    line = "Z-1,CZ,2025-12-01,2025-12-31,EUR,100.00,z@x.example,"
    name = shell.write("z.csv", f"{HEADER},timezone\n{line},Pacific/Auckland\n")
    shell("invoice", "import", name, "--policy", "any_hour")
    shown = in_auckland("case", "preview", "Z-1", "--most", "1").out
    asked = in_auckland("case", "preview", "Z-1", "--most", "1", "-o", "json")
    assert "NZDT" in shown or "NZST" in shown
    assert asked.json[0]["at"].endswith("Z")


def test_a_preview_ends_after_a_year_and_says_so(shell: Shell) -> None:
    line = "Y-1,CY,2026-01-01,2026-02-01,EUR,100.00,y@x.example,"
    shell("invoice", "import", shell.write("y.csv", f"{HEADER}\n{line}\n"))
    words = ("case", "preview", "Y-1", "--most", "40")
    near = shell(*words, "-o", "json")
    assert "It goes on after " in near.err
    far = shell(*words, "--until", "2099-12-31", "-o", "json")
    assert far.err == ""
    assert len(near.json) < len(far.json)
    years = {one["at"][:4] for one in near.json}
    assert max(int(year) for year in years) <= int(near.err.split("after ")[1][:4])
