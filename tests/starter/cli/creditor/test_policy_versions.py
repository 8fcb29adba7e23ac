"""Policies by version on the command line: looked at before and after, moved, shown."""

from datetime import date, timedelta

from tests.starter.cli.conftest import Shell

DUE = date.today() + timedelta(days=30)  # noqa: DTZ011 - only an invoice that is not due yet
OURS = """
name = "ours"
[[step]]
id = "later"
on = "due+40"
do = "remind"
"""


def opened(shell: Shell, number: str, customer: str, *more: str) -> None:
    dates = ("--due", DUE.isoformat(), "--creditor", "mover")
    money = ("--amount", "119.00", "--currency", "EUR")
    shell("invoice", "open", number, "--customer", customer, *money, *dates, *more)


def test_a_policy_is_applied_after_a_look_and_new_cases_get_it(shell: Shell) -> None:
    ours = shell.write("ours.toml", OURS)
    for number, customer in (("M-1", "C-1"), ("M-2", "C-1"), ("M-3", "C-2")):
        opened(shell, number, customer)
    apply = ("policy", "apply", ours, "--creditor", "mover")

    looked = shell(*apply, "-o", "json").json
    assert (looked["cases"], looked["different"], looked["moved"]) == (3, 3, 0)
    assert {row["after"]["step"] for row in looked["rows"]} == {"later"}
    assert all(row["before"]["step"] != "later" for row in looked["rows"])
    assert "Nothing was moved" in shell(*apply).err

    stranger = shell(*apply, "--customer", "C-9").err
    assert "mover has no customer C-9 yet" in stranger
    assert "0 cases would follow ours" in stranger
    only = shell(*apply, "--invoice", "M-3").err
    assert "1 case would follow ours" in only
    assert "1 time " in only

    one = shell(*apply, "--invoice", "M-3", "--yes", "-o", "json").json
    assert (one["cases"], one["moved"]) == (1, 1)
    moved = shell(*apply, "--yes", "-o", "json").json
    assert (moved["cases"], moved["moved"]) == (2, 2)
    again = shell(*apply, "--yes", "-o", "json").json
    assert (again["cases"], again["moved"]) == (0, 0)

    opened(shell, "M-4", "C-3")
    rows = shell("invoice", "list", "--creditor", "mover", "-o", "json").json
    assert {row["number"]: row["policy"] for row in rows} == dict.fromkeys(
        ("M-1", "M-2", "M-3", "M-4"), "ours"
    )


def test_an_import_gets_the_customers_own_policy_unless_one_is_named(shell: Shell) -> None:
    ours = shell.write("ours.toml", OURS)
    shell("policy", "apply", ours, "--creditor", "filer", "--customer", "C-1", "--yes")
    head = "number,customer,issued,due,currency,amount\n"
    issued, due = DUE - timedelta(days=60), DUE
    lines = [f"F-{n},C-{n},{issued},{due},EUR,10.00\n" for n in (1, 2)]
    shell("invoice", "import", shell.write("f.csv", head + "".join(lines)), "--creditor", "filer")
    named = shell.write("n.csv", head + lines[0].replace("F-1", "F-3"))
    shell("invoice", "import", named, "--creditor", "filer", "--policy", "any_hour")

    rows = shell("invoice", "list", "--creditor", "filer", "-o", "json").json
    found = {row["number"]: row["policy"] for row in rows}
    assert (found["F-1"], found["F-2"]) == ("ours", "standard")
    assert found["F-3"] not in ("ours", "standard")


def test_versions_are_listed_and_shown_by_the_beginning_of_their_name(shell: Shell) -> None:
    opened(shell, "V-1", "C-1", "--policy", "standard")
    rows = shell("policy", "list", "--creditor", "mover", "-o", "json").json
    standard = next(row for row in rows if row["name"] == "standard")

    shown = shell("policy", "show", standard["sha"], "-o", "json").json
    assert (shown["sha256"], shown["name"]) == (standard["sha256"], "standard")
    shell("policy", "show", "0" * 64, expect=3)
    shell("policy", "apply", "standard", "--creditor", "mover", "--invoice", "none", expect=3)


DEAR = """
name = "dear"
plan_b = { on = "due+60", do = "hand_off" }
[[step]]
id = "later"
on = "due+10"
do = "remind"
[[step]]
id = "late-fee"
on = "due+18"
do = "fee"
amount = { EUR = "10.00" }
[[step]]
id = "formal"
on = "due+20"
do = "demand_letter"
deadline_days = 10
"""


def test_a_look_shows_every_day_to_come_plan_b_and_costs(shell: Shell) -> None:
    ours = shell.write("early.toml", OURS.replace("due+40", "due+20"))
    dear = shell.write("dear.toml", DEAR)
    money = ("--amount", "119.00", "--currency", "EUR", "--creditor", "looker")
    shell("invoice", "open", "L-1", "--customer", "C-L", *money, "--due", DUE.isoformat())
    shell("customer", "contact", "C-L", "--creditor", "looker", "--email", "l@cust.example")
    shell("policy", "apply", ours, "--creditor", "looker", "--yes")

    looked = shell("policy", "apply", dear, "--creditor", "looker", "-o", "json").json
    (row,) = looked["rows"]
    steps = {one["step"]: one for one in row["steps"]}
    assert (looked["changed"], row["changes"]) == (1, True)
    assert steps["later"]["now"][:10] == str(DUE + timedelta(days=20))
    assert steps["later"]["then"][:10] < steps["later"]["now"][:10]
    assert steps["formal"]["now"] is None
    assert row["plan_b"]["then"] > row["plan_b"]["now"] > steps["formal"]["then"]
    assert (row["costs"]["now"], row["costs"]["then"]) == ("0.00", "10.00")
    assert looked["costs"] == {"EUR": {"now": "0.00", "then": "10.00"}}
    assert "formal" in shell("policy", "apply", dear, "--creditor", "looker").out


def test_an_invoice_that_was_opened_with_a_policy_of_its_own_keeps_it(shell: Shell) -> None:
    ours, own = shell.write("ours.toml", OURS), shell.write("own.toml", OURS.replace("40", "50"))
    money = ("--amount", "119.00", "--currency", "EUR", "--creditor", "owner")
    due = ("--due", DUE.isoformat(), "--customer", "C-1")
    shell("invoice", "open", "O-1", *due, *money, "--policy", own)
    shell("invoice", "open", "O-2", *due, *money)
    apply = ("policy", "apply", ours, "--creditor", "owner", "-o", "json")

    looked = shell(*apply).json
    assert (looked["cases"], looked["kept"]) == (1, 1)
    assert shell(*apply, "--yes").json["moved"] == 1
    also = shell(*apply, "--also-own").json
    assert (also["cases"], also["kept"]) == (1, 0)
    assert shell(*apply, "--also-own", "--yes").json["moved"] == 1
    assert shell(*apply).json["kept"] == 0
