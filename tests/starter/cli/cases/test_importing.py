"""Files come in whole or not at all, and as often as one likes."""

import asyncio

import pytest

from adapters.temporal.client import connect
from adapters.temporal.runs import Runs
from tests.starter.cli.conftest import Shell

HEADER = "number,customer,customer_name,email,issued,due,currency,amount,settled\n"
FILE = HEADER + (
    "0001,C-1,Birch Bakery,pay@birch.example,2026-01-01,2026-01-31,EUR,119.00,\n"
    "0002,C-1,Birch Bakery,pay@birch.example,2026-02-01,2026-03-03,EUR,20.00,2026-03-09\n"
    "0003,C-2,Elm Motors,pay@elm.example,2026-02-01,2026-03-03,JPY,1200,\n"
)


def running(shell: Shell, creditor: str) -> set[str]:
    """The cases with a running workflow, by each case's own word."""

    async def ask() -> set[str]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TEMPORAL_ADDRESS", shell.env["TEMPORAL_ADDRESS"])
            runs = Runs(await connect(shell.folder))
        ids = [f"invoice/{creditor}/{number}" for number in ("0001", "0002", "0003")]
        return {case for case in ids if await runs.status(case) is not None}

    return asyncio.run(ask())


def test_importing_twice_opens_and_starts_nothing_twice(shell: Shell) -> None:
    """A settled invoice is history: it is paid on its day and needs no workflow."""
    words = ("invoice", "import", shell.write("in.csv", FILE), "-o", "json")
    first, again = shell(*words).json, shell(*words).json
    assert first == {
        "creditor": "acme", "read": 3, "opened": 3, "known": 0, "settled": 1, "started": 2,
    }  # fmt: skip
    assert (again["opened"], again["known"], again["settled"]) == (0, 3, 0)
    assert running(shell, "acme") == {"invoice/acme/0001", "invoice/acme/0003"}
    paid = shell("invoice", "show", "0002", "-o", "json").json
    assert (paid["outcome"], paid["paid"], paid["settled_at"]) == (
        "paid", "20.00", "2026-03-09T00:00:00Z",
    )  # fmt: skip
    assert shell("invoice", "show", "0003", "-o", "json").json["amount"] == "1200"


def test_a_crash_between_opening_and_starting_is_healed_by_repeating(shell: Shell) -> None:
    """Without Temporal nothing is opened at all; whatever was left out is started by a repeat."""
    name = shell.write("heal.csv", FILE)
    words = ("invoice", "import", name, "--creditor", "heal", "-o", "json")
    dead = Shell({**shell.env, "TEMPORAL_ADDRESS": "127.0.0.1:1"}, shell.folder, shell.many)
    assert "Temporal does not answer" in dead(*words, expect=1).err
    assert shell("invoice", "list", "--creditor", "heal", "-o", "json").json == []
    assert shell(*words).json["started"] == 2


def test_a_file_with_an_error_is_refused_whole(shell: Shell) -> None:
    bad = FILE.replace("119.00", "119.001").replace("2026-03-09", "9.3.26")
    ended = shell("invoice", "import", shell.write("bad.csv", bad), "--creditor", "b", expect=1)
    assert ended.out == ""
    assert "bad.csv:2: amount" in ended.err
    assert "bad.csv:3: settled" in ended.err
    assert shell("invoice", "list", "--creditor", "b", "-o", "json").json == []


def test_a_number_with_other_content_refuses_the_whole_file(shell: Shell) -> None:
    shell("invoice", "import", shell.write("c1.csv", FILE), "--creditor", "c")
    other = FILE.replace("119.00", "120.00").replace("0003", "0004")
    ended = shell("invoice", "import", shell.write("c2.csv", other), "--creditor", "c", expect=4)
    assert ": number: " in ended.err
    assert "invoice/c/0001" in ended.err
    assert shell("invoice", "show", "invoice/c/0004", expect=3).out == ""


def test_a_live_import_first_shows_what_would_be_sent_today(shell: Shell) -> None:
    live = Shell({**shell.env, "AMICABLE_LIVE": "1"}, shell.folder, shell.many)
    words = ("invoice", "import", shell.write("live.csv", FILE), "--creditor", "live")
    ended = live(*words, "--policy", "any_hour", expect=2)
    assert "0001" in ended.out
    assert "--yes" in ended.err
    assert live("invoice", "list", "--creditor", "live", "-o", "json").json == []


def test_payments_come_in_once_and_conflicts_refuse_the_file(shell: Shell) -> None:
    shell("invoice", "import", shell.write("p.csv", FILE), "--creditor", "p")
    bank = "id,customer,amount,currency,date,invoices\nB-1,C-1,19.00,EUR,2026-02-02,0001\n"
    words = ("payment", "import", shell.write("bank.csv", bank), "--creditor", "p", "-o", "json")
    assert shell(*words).json == {"read": 1, "posted": 1, "known": 0, "unallocated": 0, "woken": 1}
    assert shell(*words).json["posted"] == 0
    shell.write(
        "bank.csv", bank.replace("invoices\n", "invoices,name\n").replace("0001\n", "0001,Bob\n")
    )
    assert "not known here: name" in shell(*words).err
    shell.write("bank.csv", bank.replace("19.00", "20.00") + "B-2,C-1,1.00,EUR,2026-02-03,0001\n")
    assert "B-1" in shell(*words, expect=4).err
    assert shell("invoice", "show", "invoice/p/0001", "-o", "json").json["open"] == "100.00"


FAR = "number,customer,issued,due,currency,amount,country\n"


@pytest.mark.parametrize("known", ["file", "ledger"])
def test_a_due_date_beyond_the_known_holidays_refuses_the_file_before_anything_is_opened(
    shell: Shell, known: str
) -> None:
    """Without a country any date is fine; where it is known, each year needs its holidays."""
    country, creditor = "DE" if known == "file" else "", f"far-{known}"
    words = ("invoice", "import", "--creditor", creditor, "-o", "json")
    first = (
        FAR + "1,C-1,2026-01-05,2050-09-30,EUR,10.00,DE\n2,C-2,2026-01-05,2099-02-01,EUR,9.00,\n"
    )
    assert shell(*words, shell.write("near.csv", first)).json["opened"] == 2
    lines = [f"3,C-1,2026-01-05,{day},EUR,10.00,{country}" for day in ("2051-01-03", "2026-02-04")]
    path = shell.write("far.csv", FAR + "\n".join([lines[0], lines[1].replace("3,", "4,", 1)]))

    for more in ((), ("--dry-run",)):
        ended = shell(*words, path, *more, expect=1)
        assert "line 2: due: 2051-01-03 is too far away: holidays are not known" in ended.err
    shell("invoice", "show", f"invoice/{creditor}/4", expect=3)
    told = shell(*words, path, "--partial").json
    assert (told["opened"], len(told["left_over"])) == (1, 1)
