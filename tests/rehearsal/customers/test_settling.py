"""Invoices opened one after the other, rehearsed: one message about all, by both engines alike.

A rehearsal opens each invoice at the first moment of its day, so the wait is a day here.
"""

from datetime import date
from pathlib import Path

import pytest

from domain.policy.policy_file import parse_policy
from starter.rehearsal.script import ScriptLine
from tests.rehearsal.stage import both, differences, event, invoice, script

POLICY = parse_policy(
    """
name = "waits for a day"
[calendar]
window = "00:00-24:00"
working_days_only = false
[contact]
settle_minutes = 1440
[[step]]
id = "polite"
on = "due+1"
do = "remind"
[[step]]
id = "call"
on = "due+4"
do = "call_task"
[[step]]
id = "formal"
on = "due+8"
do = "demand_letter"
tone = "firm"
deadline_days = 7
[plan_b]
on = "deadline+1"
do = "hand_off"
"""
)
UNTIL = date(2026, 4, 30)


def row(number: str, day: str, customer: str) -> dict[str, str]:
    """An invoice that is due on the day on which it is issued, and opened."""
    return invoice(number, customer=customer, issued=day, due=day)


BURST = [row(f"B{n}", f"2026-02-0{n}", "burst") for n in range(1, 4)]
STREAM = [row(f"S{n:02}", f"2026-02-{n:02}", "stream") for n in range(1, 15)]
EVENTS = [
    event("2026-02-03T15:00:00Z", "B2", "promise", day="2026-02-12"),
    event("2026-02-20T15:00:00Z", "S03", "payment", "1000.00"),
]


def _messages(lines: list[ScriptLine], begins: str) -> list[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        if line.invoice.startswith(begins) and line.deed in ("remind", "demand_letter"):
            found.setdefault(line.at, []).append(line.invoice)
    return sorted(found.items())


@pytest.mark.timeout(300)
def test_both_engines_wait_alike_until_the_account_has_settled(tmp_path: Path) -> None:
    cast = script(tmp_path, [*BURST, *STREAM], EVENTS, POLICY, UNTIL)

    rules, temporal = both(cast, POLICY)

    assert differences(rules, temporal) == []
    # Due from the 2nd on; one more came that day and the next, and B2 was promised for meanwhile.
    assert _messages(rules, "B")[0] == ("2026-02-03T23:00:00Z", ["B1", "B3"])
    # One more comes every day: four days after its own hour the first goes, and takes all along.
    assert _messages(rules, "S")[0] == ("2026-02-05T23:00:00Z", ["S01", "S02", "S03", "S04", "S05"])
