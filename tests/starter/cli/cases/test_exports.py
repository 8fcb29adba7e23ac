"""Exports on the command line: what is settled stays closed, what is left over is listed."""

from pathlib import Path

import pytest

from tests.starter.cli.conftest import Shell

HEADER = "number,customer,issued,due,currency,amount"
LINE = "{number},{customer},2026-01-01,2099-02-01,EUR,100.00"


def line(number: str, customer: str = "") -> str:
    return LINE.format(number=number, customer=customer or f"C{number}")


@pytest.fixture
def handed_in(shared_data: Path) -> Path:
    """The folder with the small files that were refused, or read wrongly, once."""
    return shared_data / "faults"


def shown(shell: Shell, creditor: str, number: str) -> dict[str, object]:
    case: dict[str, object] = shell(
        "invoice", "show", f"invoice/{creditor}/{number}", "-o", "json"
    ).json
    return case


def test_open_items_are_opened_with_what_is_open_and_settled_ones_not(
    shell: Shell, handed_in: Path
) -> None:
    """Paid and void invoices are not opened, and of the third only the rest is chased."""
    path = str(handed_in / "06-accounting-export" / "open-items.csv")
    words = ("invoice", "import", path, "--creditor", "oi", "-o", "json")
    told = shell(*words).json
    assert (told["read"], told["opened"], told["started"]) == (1, 1, 1)
    assert told["left_out"] == [
        {"line": 3, "number": "X-2", "why": "paid ('Paid')"},
        {"line": 4, "number": "X-3", "why": "void ('Void')"},
    ]
    one = shown(shell, "oi", "X-1")
    assert (one["amount"], one["paid"], one["open"]) == ("100.00", "40.00", "60.00")
    shell("invoice", "show", "invoice/oi/X-2", expect=3)
    shell("invoice", "show", "invoice/oi/X-3", expect=3)
    again = shell(*words).json
    assert (again["opened"], again["known"], again["started"]) == (0, 1, 0)
    assert shown(shell, "oi", "X-1")["open"] == "60.00"


def test_what_the_file_knows_better_than_the_ledger_is_named_and_not_posted(shell: Shell) -> None:
    """Next week's list says that more was paid: money comes by `payment`, never by a list."""
    first = f"{HEADER},balance,status\n{line('B-1')},60.00,Open\n{line('B-2')},100.00,Open\n"
    later = f"{HEADER},balance,status\n{line('B-1')},20.00,Open\n{line('B-2')},0.00,Paid\n"
    shell("invoice", "import", shell.write("b1.csv", first), "--creditor", "b")
    words = ("invoice", "import", shell.write("b2.csv", later), "--creditor", "b", "-o", "json")
    assert shell(*words).json["differs"] == [
        {"number": "B-1", "file": "20.00", "ledger": "60.00"},
        {"number": "B-2", "file": "0", "ledger": "100.00"},
    ]
    assert shown(shell, "b", "B-1")["open"] == "60.00"


def test_a_xero_export_needs_no_word_of_explanation(shell: Shell, handed_in: Path) -> None:
    path = str(handed_in / "06-accounting-export" / "xero-shaped.csv")
    ended = shell("invoice", "import", path, "--creditor", "x", "-o", "json")
    assert (ended.json["opened"], len(ended.json["left_out"])) == (1, 3)
    assert "read as an export of Xero" in ended.err
    one = shown(shell, "x", "INV-1")
    assert (one["amount"], one["open"], one["due"]) == ("1495.00", "1000.00", "2026-04-23")


@pytest.mark.parametrize("folder", ["10-two-addresses", "15-exports-as-they-come"])
def test_what_was_refused_once_comes_in(shell: Shell, handed_in: Path, folder: str) -> None:
    for path in sorted((handed_in / folder).glob("*.csv")):
        creditor = path.stem
        told = shell("invoice", "import", str(path), "--creditor", creditor, "-o", "json").json
        assert told["opened"] == (2 if folder.startswith("10") else 1), path.name
    if folder.startswith("10"):
        ways = shell("customer", "contact", "list", "XC5", "--creditor", "invoices", "-o", "json")
        assert [way["point"] for way in ways.json] == ["a@x.example", "b@x.example"]


def test_a_column_that_nobody_knows_is_asked_about(shell: Shell) -> None:
    name = shell.write("unknown.csv", f"{HEADER},name,Cancelled?\n{line('U-1')},Birch,\n")
    words = ("invoice", "import", name, "--creditor", "u", "-o", "json")
    told = shell(*words, expect=1).err
    assert "unknown.csv:1: name: is not known here" in told
    assert "--map customer_name=name says which column holds a field" in told
    assert "--ignore name leaves it out" in told
    assert "Cancelled" not in told  # it holds nothing
    assert shell(*words, "--map", "customer_name=name").json["opened"] == 1
    shown_name = shell("customer", "show", "CU-1", "--creditor", "u", "-o", "json").json["name"]
    assert shown_name == "Birch"
    ignored = shell(*words, "--ignore", "name")
    assert ignored.json["ignored"] == ["name"]
    assert "left out as you said: name" in ignored.err


def test_exactly_our_own_form_is_read_without_finding_anything_out(shell: Shell) -> None:
    german = f"{HEADER}\n{line('E-1')}\n".replace(",", ";").replace("100.00", "1.100,00")
    name = shell.write("exact.csv", german)
    words = ("invoice", "import", name, "--creditor", "e", "-o", "json")
    assert "is no plain amount" in shell(*words, "--exact", expect=1).err
    assert shell(*words).json["opened"] == 1
    assert shown(shell, "e", "E-1")["amount"] == "1100.00"
    more = shell.write("more.csv", f"{HEADER},name\n{line('E-2')},Birch\n")
    told = shell("invoice", "import", more, "--creditor", "e", "--exact", expect=1).err
    assert "name: is not known here" in told


def test_all_or_nothing_unless_the_rest_may_go_in(shell: Shell) -> None:
    content = (
        f"{HEADER},email,last_step,last_step_on\n"
        f"{line('P-1')},a@x.example,,\n"
        f"{line('P-2')},nobody,,\n"
        f"{line('P-3')},,polit,2026-01-10\n"
    )
    words = ("invoice", "import", shell.write("part.csv", content), "--creditor", "p", "-o", "json")
    assert "part.csv:3: email: 'nobody'" in shell(*words, expect=1).err
    assert shell("invoice", "list", "--creditor", "p", "-o", "json").json == []
    told = shell(*words, "--partial").json
    assert told["opened"] == 1
    assert "part.csv:3: email: 'nobody' is no e-mail address" in told["left_over"][0]
    assert "did you mean polite?" in told["left_over"][1]
    other = content.replace("100.00", "120.00").replace("P-2", "P-4").replace("nobody", "")
    shell.write("part.csv", other)
    shell(*words, "--ignore", "x", expect=1)
    rest = shell(*words, "--partial").json
    assert (rest["opened"], rest["known"]) == (1, 0)
    assert any("P-1 was opened before with other content" in one for one in rest["left_over"])


def test_credit_notes_are_named_and_recorded_where_they_name_their_invoice(shell: Shell) -> None:
    """CN-1 belongs to an invoice of the file, CN-2 to an older one, CN-3 to none."""
    old = shell.write("old.csv", f"{HEADER}\n{line('K-0', 'C')}\n")
    shell("invoice", "import", old, "--creditor", "k")
    credit = line("CN-{at}", "C").replace("100.00", "-30.00")
    content = "\n".join(
        (
            f"{HEADER},credits",
            f"{line('K-1', 'C')},",
            f"{credit.format(at=1)},K-1",
            f"{credit.format(at=2)},K-0",
            f"{credit.format(at=3)},",
        )
    )
    words = ("invoice", "import", shell.write("k.csv", content), "--creditor", "k", "-o", "json")
    told = shell(*words).json
    assert [one["number"] for one in told["left_out"]] == ["CN-1", "CN-2", "CN-3"]
    assert (shown(shell, "k", "K-1")["open"], shown(shell, "k", "K-0")["open"]) == (
        "100.00",
        "100.00",
    )


def test_credit_notes_lower_what_is_owed_before_anything_is_decided(shell: Shell) -> None:
    shell(
        "invoice", "import", shell.write("o.csv", f"{HEADER}\n{line('K-0')}\n"), "--creditor", "l"
    )
    credit = line("CN-{at}", "C").replace("100.00", "-30.00")
    content = "\n".join(
        (f"{HEADER},credits", f"{line('K-1')},", f"{credit.format(at=1)},K-1",
         f"{credit.format(at=2)},K-0", f"{credit.format(at=3)},", f"{credit.format(at=4)},K-9")
    )  # fmt: skip
    words = ("invoice", "import", shell.write("l.csv", content), "--creditor", "l")
    told = shell(*words, "--credits", "-o", "json").json
    assert told["credit_notes"] == 2
    assert [one["number"] for one in told["left_out"]] == ["CN-3", "CN-4"]
    assert "which is not open here" in told["left_out"][1]["why"]
    for number in ("K-0", "K-1"):
        one = shown(shell, "l", number)
        assert (one["credited"], one["open"]) == ("30.00", "70.00")
    shell(*words, "--credits")
    assert shown(shell, "l", "K-0")["open"] == "70.00"


def test_a_wrong_option_is_refused_with_the_nearest(shell: Shell) -> None:
    name = shell.write("w.csv", f"{HEADER}\n{line('W-1')}\n")
    words = ("invoice", "import", name, "--creditor", "w")
    assert "did you mean void?" in shell(*words, "--status", "x=voidd", expect=2).err
    assert "did you mean total?" in shell(*words, "--lines", "totl", expect=2).err
    assert "did you mean stripe?" in shell(*words, "--profile", "strip", expect=1).err
    assert (
        "cannot both be right" in shell(*words, "--decimal-comma", "--decimal-point", expect=2).err
    )


def test_a_spreadsheet_comes_in_like_any_file(shell: Shell) -> None:
    from tests.starter.importing.exports.exporting import workbook  # noqa: PLC0415 - only here

    rows: list[list[str | int | float | None]] = [
        ["number", "customer", "issued", "due", "currency", "amount"],
        ["S-1", 10001, 46024, 72686, "EUR", 119.5],
    ]
    (shell.folder / "s.xlsx").write_bytes(workbook({"Open": rows}, dates=frozenset({2, 3})))
    assert shell("invoice", "import", "s.xlsx", "--creditor", "s", "-o", "json").json["opened"] == 1
    assert shown(shell, "s", "S-1")["amount"] == "119.50"


def test_who_was_reminded_elsewhere_is_not_greeted_as_if_for_the_first_time(shell: Shell) -> None:
    """The last step that was said and its day are a fact of the case; the ladder goes on after."""
    content = (
        f"{HEADER},email,last_step,last_step_on\n"
        "V-1,CV,2026-01-01,2026-02-01,EUR,100.00,a@x.example,second,2026-02-16\n"
    )
    name = shell.write("v.csv", content)
    shell("invoice", "import", name, "--creditor", "v")
    case = shell("case", "show", "invoice/v/V-1", "-o", "json").json
    (done,) = case["done"]
    assert (done["step"], done["at"][:10]) == ("second", "2026-02-16")
    assert done["why"] == "said elsewhere, before the invoice came here"
    assert case["messages"] == []
    ahead = shell("case", "preview", "invoice/v/V-1", "-o", "json").json
    steps = [one["step"] for one in ahead]
    assert not {"gentle", "polite", "second"} & {*steps}
    assert "formal" in steps
