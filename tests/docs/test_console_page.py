"""The page about the console states the points, roles and keys as they are."""

import re

from domain.parties.console import IDLE, INVITED_FOR, LONGEST_SESSION, ConsoleRole
from domain.policy.work_order import WORK_ORDER
from starter.console.acts.case_acts import CASE_ACTS
from starter.console.security.origin import CONTENT_POLICY
from starter.console.security.visit import LOOPBACK_COOKIE, PAGES
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs/console.md").read_text()
ROWS = dict(re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|$", PAGE, re.MULTILINE))


def test_the_points_are_those_that_are_given() -> None:
    told = {part: [int(n) for n in re.findall(r"-?\d+", words)] for part, words in ROWS.items()}

    rules = WORK_ORDER
    assert told["work"] == [rules.call, rules.task, rules.passed_on]
    assert told["money"] == [rules.each_doubling, rules.doubles_from, rules.money_at_most]
    assert told["lateness"] == [1, rules.days_for_a_point, rules.lateness_at_most]
    assert told["broken promises"] == [rules.broken_promise, rules.promises_at_most]
    assert told["class"] == [rules.risky, rules.late_payer, rules.good]


def test_roles_and_times_are_those_of_the_code() -> None:
    assert {name.strip("`") for name in ROWS if name.strip("`") in list(ConsoleRole)} == set(
        ConsoleRole
    )
    assert (IDLE.total_seconds(), LONGEST_SESSION.total_seconds()) == (1800, 43_200)
    assert INVITED_FOR.days == 1
    assert LOOPBACK_COOKIE in PAGE
    assert CONTENT_POLICY.startswith("default-src 'none'")


def test_every_key_that_there_is_stands_on_the_page() -> None:
    keys = {act.key for act in CASE_ACTS.values() if act.key} | {key for _, key, _ in PAGES}

    assert keys <= set(re.findall(r"`(.)`", PAGE))
