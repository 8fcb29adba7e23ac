"""Rates of interest on the command line: listed, added by one person, confirmed by another."""

from dataclasses import replace

import pytest

from tests.starter.cli.conftest import Shell

POLICY = """
name = "by Swedish law"
[[step]]
id = "polite"
on = "due+1"
do = "remind"
[charges]
asked_from = "due"
interest = "law"
jurisdiction = "SE"
confirmed_by = "ann, 2026-01-02"
"""
ROWS = """code = "SE"
[[rate]]
from = 2026-07-01
percent = "2.00"
source = "riksbank.se"
recorded = 2026-07-02
"""
OPEN = ("--customer", "C-9", "--amount", "36500.00", "--currency", "EUR", "--issued", "2026-05-01")


def test_a_rate_is_added_and_confirmed_and_every_program_counts_with_it(shell: Shell) -> None:
    law = shell.write("swedish.toml", POLICY)
    shell("invoice", "open", "RATE-1", *OPEN, "--due", "2026-06-28", "--policy", law)
    before = shell("case", "statement", "RATE-1", "-o", "json").json
    (cost,) = before["costs"]
    assert (cost["name"], cost["amount"]) == ("interest", "20.00")  # 10 % a year, two days
    assert before["interest_left_out"][0]["from"] == "2026-07-01"
    assert before["interest_left_out"][0]["half_year"] == "2026H2"

    add = ("rates", "add", "SE", "2026H2", "2.00", "--source", "riksbank.se")
    added = shell(*add, "--by", "anna", "-o", "json")
    assert [row["counts"] for row in added.json] == [False]
    itself = shell("rates", "confirm", "SE", "2026H2", "--by", "Anna", expect=1)
    assert "another person" in itself.err
    done = shell("rates", "confirm", "SE", "2026H2", "--by", "ben", "-o", "json").json
    assert (done["counts"], done["added_by"], done["confirmed_by"]) == (True, "anna", "ben")

    after = shell("case", "statement", "RATE-1", "-o", "json").json
    assert "2026H2" not in {gap["half_year"] for gap in after["interest_left_out"]}
    assert float(after["costs"][0]["amount"]) > 20
    shown = shell("rates", "show", "SE", "-o", "json").json
    assert [(row["half_year"], row["counts"]) for row in shown[-2:]] == [
        ("2026H1", True),
        ("2026H2", True),
    ]


def test_the_rates_of_a_folder_wait_for_confirmation_like_any_other(shell: Shell) -> None:
    path = shell.write("fr.toml", ROWS.replace('"SE"', '"FR"'))
    with_files = replace(shell, env={**shell.env, "AMICABLE_RATES_DIR": path})
    listed = with_files("rates", "list", "-o", "json").json
    france = next(row for row in listed if row["jurisdiction"] == "FR")
    assert (france["known_until"], france["in_files"]) == ("2026-06-30", ["2026H2"])

    first = with_files("rates", "add", "--by", "anna", "-o", "json")
    again = with_files("rates", "add", "--by", "anna", "-o", "json")
    assert [row["half_year"] for row in first.json] == ["2026H2"]
    assert again.json == []
    listed = with_files("rates", "list", "-o", "json").json
    france = next(row for row in listed if row["jurisdiction"] == "FR")
    assert (france["waiting"], france["in_files"]) == (["2026H2"], [])


@pytest.mark.parametrize(
    ("code", "words", "said"),
    [
        (1, ("add", "SE", "2026H3", "2", "--source", "x"), "such as 2026H2"),
        (1, ("add", "SE", "2026H2", "2,5", "--source", "x"), "percent a year"),
        (1, ("add", "XX", "2026H2", "2", "--source", "x"), "'XX' is none of"),
        (1, ("add", "SE", "2027H1", "2"), "source is empty"),
        (2, ("add", "SE"), "name the half-year"),
        (2, ("add",), "AMICABLE_RATES_DIR"),
        (3, ("confirm", "IE", "2026H2", "--by", "ben"), "no rate of IE for 2026H2 waits"),
        (1, ("show", "XX"), "'XX'"),
    ],
)
def test_a_mistake_says_what_is_wrong_and_the_way_out(
    shell: Shell, code: int, words: tuple[str, ...], said: str
) -> None:
    ended = shell("rates", *words, expect=code)
    assert said in ended.err


def test_a_mistake_in_a_file_is_named_with_its_line(shell: Shell) -> None:
    path = shell.write("se.toml", ROWS.replace('"2.00"', "2.00"))
    ended = shell("rates", "add", "--from", path, expect=1)
    assert "se.toml:4: rate.1.percent" in ended.err
