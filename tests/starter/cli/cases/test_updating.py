"""A later list of the same program: with --update what it owns changes, and nothing else."""

from typing import Any

from tests.starter.cli.conftest import Shell

HEADER = "number,customer,issued,due,currency,amount,paid,balance,status"


def listed(shell: Shell, creditor: str, *lines: str, more: tuple[str, ...] = ()) -> dict[str, Any]:
    file = shell.write(f"{creditor}.csv", "\n".join([HEADER, *lines, ""]))
    words = ("invoice", "import", file, "--creditor", creditor, "-o", "json", *more)
    told: dict[str, Any] = shell(*words).json
    return told


def line(number: str, sums: str, status: str, due: str = "01") -> str:
    amount, paid, balance = sums.split()
    return f"{number},C{number},2026-01-01,2035-02-{due},EUR,{amount},{paid},{balance},{status}"


def state(shell: Shell, creditor: str, number: str) -> tuple[str, str, str]:
    found = shell("invoice", "show", f"invoice/{creditor}/{number}", "-o", "json").json
    return found["amount"], found["paid"], found["open"]


FIRST = (
    line("A", "100.00 0.00 100.00", "Open"),
    line("B", "100.00 0.00 100.00", "Open"),
    line("C", "100.00 0.00 100.00", "Open"),
    line("D", "100.00 0.00 100.00", "Open"),
    line("E", "100.00 0.00 100.00", "Open"),
)
LATER = (
    line("A", "100.00 40.00 60.00", "Part paid"),
    line("B", "100.00 100.00 0.00", "Paid"),
    line("C", "100.00 0.00 100.00", "Void"),
    line("D", "90.00 0.00 90.00", "Open", due="15"),
    line("E", "100.00 0.00 80.00", "Open"),
)


def test_a_later_list_changes_what_it_owns_and_shows_it_before(shell: Shell) -> None:
    listed(shell, "up", *FIRST)
    foreseen = listed(shell, "up", *LATER, more=("--update", "--dry-run"))
    assert [(one["number"], one["what"]) for one in foreseen["would_change"]] == [
        ("A", "paid"),
        ("D", "corrected"),
        ("E", "credited"),
    ]
    assert [(one["number"], one["what"]) for one in foreseen["would_close"]] == [
        ("B", "paid"),
        ("C", "withdrawn"),
    ]
    assert state(shell, "up", "A")[2] == "100.00"
    told = listed(shell, "up", *LATER, more=("--update",))
    assert len(told["changed"]) == 5
    assert "differs" not in told
    assert state(shell, "up", "A") == ("100.00", "40.00", "60.00")
    assert state(shell, "up", "B") == ("100.00", "100.00", "0.00")
    assert shell("case", "why", "invoice/up/C", "-o", "json").json["next"] == "close"
    assert state(shell, "up", "D") == ("90.00", "0.00", "90.00")
    assert state(shell, "up", "E") == ("100.00", "0.00", "80.00")
    again = listed(shell, "up", *LATER, more=("--update",))
    assert "changed" not in again


def test_what_others_know_better_stays(shell: Shell) -> None:
    """Money that was posted here, and an invoice that a person put right."""
    listed(shell, "ot", *FIRST[:2])
    money = ("--id", "P-1", "--customer", "CA", "--amount", "70.00", "--currency", "EUR")
    shell("payment", "record", "A", *money, "--creditor", "ot")
    words = ("--amount", "95.00", "--id", "K-1")
    shell("invoice", "correct", "B", *words, "--creditor", "ot")
    told = listed(shell, "ot", LATER[0], FIRST[1], more=("--update",))
    assert told["kept"] == [
        {"number": "A", "why": "more_is_known"},
        {"number": "B", "why": "put_right"},
    ]
    assert state(shell, "ot", "A")[1] == "70.00"
    assert state(shell, "ot", "B")[0] == "95.00"
