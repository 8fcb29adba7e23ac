"""The desk on the command line: team, owners, calls with their script, and what they mean."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from activities.ports.types import Task
from adapters.ledger.core.engine import make_engine
from adapters.ledger.tasks.desk import put_task
from domain.calls.results import RESULTS
from domain.parties.tasks import TaskKind
from tests.starter.cli.conftest import Shell

OPEN = ("--amount", "100.00", "--currency", "EUR", "--issued", "2026-01-01", "--due", "2026-01-31")
TOMORROW = (datetime.now(UTC) + timedelta(days=5)).date().isoformat()


@pytest.fixture(scope="module")
def engine(shell: Shell) -> Iterator[Engine]:
    engine = make_engine(shell.env["AMICABLE_DATABASE_URL"])
    yield engine
    engine.dispose()


def invoice(shell: Shell, number: str) -> str:
    """An open case of a customer of its own."""
    shell("invoice", "open", number, "--customer", f"C-{number}", *OPEN)
    return number


def call(engine: Engine, number: str, owner: str = "", days: int = 0) -> str:
    """A call on the desk."""
    case, due = f"invoice/acme/{number}", datetime.now(UTC) + timedelta(days=days)
    key = f"call/{case}/1/call"
    put_task(
        engine, Task(key=key, kind=TaskKind.CALL, case=case, title="call", owner=owner, due_at=due)
    )
    return key


def test_a_team_is_kept_and_whoever_is_away_hands_over(shell: Shell, engine: Engine) -> None:
    """P81."""
    number = invoice(shell, "K-1")
    assert shell("team", "list", "-o", "json").json == []
    for name in ("ann", "bob"):
        shell("team", "add", name)
    told = shell("team", "add", "eva", "--role", "supervisor", "-o", "json").json
    assert told == {"name": "eva", "role": "supervisor", "away": False, "tasks": 0}
    shell("customer", "owner", "C-K-1", "--owner", "ann")
    assert shell("customer", "show", "C-K-1", "-o", "json").json["owner"] == "ann"
    assert "no colleague tom" in shell("customer", "owner", "C-K-1", "--owner", "tom", expect=3).err
    shell("customer", "owner", "C-K-1", expect=2)
    shell("customer", "owner", "nobody", "--nobody", expect=3)

    key = call(engine, number, "ann")
    assert "1 tasks were passed on" in shell("team", "away", "ann").err
    (mine,) = shell("task", "list", "--owner", "bob", "-o", "json").json
    assert mine["key"] == key
    assert "ann is away" in shell("customer", "owner", "C-K-1", "--owner", "ann").err
    shell("team", "back", "ann")
    assert shell("team", "away", "tom", expect=3).out == ""
    assert shell("task", "take", key, "--by", "ann", "-o", "json").json["owner"] == "ann"
    gone = shell("team", "remove", "bob", "-o", "json").json
    assert gone == {"name": "bob", "removed": True, "passed_on": 0}
    assert [one["name"] for one in shell("team", "list", "-o", "json").json] == ["ann", "eva"]


def test_a_list_of_what_is_not_there_says_so_and_is_not_just_empty(shell: Shell) -> None:
    invoice(shell, "L-1")
    shell("team", "add", "lena")
    nowhere = (
        ("task", "list", "--case", "nope"),
        ("task", "list", "--case", "invoice/acme/nope"),
        ("invoice", "list", "--customer", "nope"),
        ("payment", "list", "--customer", "nope"),
        ("customer", "link", "list", "nope"),
    )
    for command in nowhere:
        assert "nope" in shell(*command, expect=3).err, command
    assert "No task fits." in shell("task", "list", "--case", "L-1", "--kind", "call").err
    assert shell("payment", "list", "--customer", "C-L-1", "-o", "json").json == []
    assert "did you mean --owner lena?" in shell("task", "list", "--owner", "lenna").err


def test_a_call_is_shown_with_its_hours_and_its_script(shell: Shell, engine: Engine) -> None:
    """P30 P40 P42: who to ask for, what to ask, what to offer, and one command for each end."""
    number = invoice(shell, "K-2")
    shell("customer", "contact", "C-K-2", "--zone", "Asia/Tokyo", "--phone", "+81312345678")
    key = call(engine, number, days=1)
    page = shell("task", "show", key).out
    for words in (
        "(Asia/Tokyo)",
        "at +81312345678",
        "K-2 of 2026-01-01, due 2026-01-31",
        "Has the invoice arrived?",
        "When will they pay, and how?",
        "Who cannot pay gets an offer, not pressure",
        "amicable call record K-2 --creditor acme --result in_approval --date YYYY-MM-DD",
    ):
        assert words in page, words
    told = shell("task", "show", key, "-o", "json").json
    assert [one["result"] for one in told["script"]["outcomes"]] == list(RESULTS)
    assert told["due_there"].endswith("(Asia/Tokyo)")
    assert "100.00" not in " ".join(told["script"]["voicemail"])
    assert "How it went" in shell("briefing", number).out
    shell("task", "show", "nothing", expect=3)


def test_a_call_is_done_by_saying_how_it_went(shell: Shell, engine: Engine) -> None:
    """P50: a promise told with it is a promise, with its check."""
    number = invoice(shell, "K-3")
    key = call(engine, number)
    assert "how did the call go?" in shell("task", "done", key, expect=2).err
    assert (
        "promised needs --date" in shell("task", "done", key, "--result", "promised", expect=2).err
    )
    words = ("--result", "promised", "--date", TOMORROW, "--by", "ann", "-o", "json")
    done = shell("task", "done", key, *words)
    assert "call_result and promise accepted" in done.err
    assert (done.json["status"], done.json["done_note"]) == ("done", "promised")
    assert shell("task", "done", key, *words).json == done.json
    agreed = shell("briefing", number, "-o", "json").json["agreed"]
    assert agreed[0]["text"] == f"all promised for {TOMORROW}: running"
    assert len(agreed) == 2, "one promise, and what stands now"


def test_one_command_records_a_call_and_what_was_said(shell: Shell) -> None:
    number = invoice(shell, "K-4")
    record = ("call", "record", number, "--id", "c-1")
    told = shell(*record, "--result", "promised", "--date", TOMORROW, "-o", "json").json
    assert told["accepted"]
    assert told["check_at"] > TOMORROW
    assert told["plan_b"].startswith("we write and call")
    other = shell(*record, "--result", "promised", "--date", "2027-12-31", expect=4)
    assert "used before with other content" in other.err
    past = shell("call", "record", number, "--result", "promised", "--date", "2026-01-01", expect=1)
    assert "the call is recorded, the promise is not" in past.err
    assert (
        "disputed needs --about"
        in shell("call", "record", number, "--result", "disputed", expect=2).err
    )
    both = ("--result", "call_back", "--date", "2027-01-04", "--again", "2027-01-05")
    assert "two days" in shell("call", "record", number, *both, expect=2).err
    part = ("--result", "disputed", "--about", "goods", "--amount", "30.00", "-o", "json")
    said = shell("call", "record", number, *part).json
    assert "70.00 EUR chased meanwhile" in said["text"]


def test_what_is_overdue_is_listed_by_itself(shell: Shell, engine: Engine) -> None:
    late = call(engine, invoice(shell, "K-5"), days=-3)
    call(engine, invoice(shell, "K-6"), days=3)
    keys = [one["key"] for one in shell("task", "list", "--overdue", "-o", "json").json]
    assert late in keys
    assert "call/invoice/acme/K-6/1/call" not in keys
