"""Thanks for payments: both engines of a rehearsal agree on them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from domain.policy.policy_file import standard_policy
from tests.rehearsal.stage import both, differences, event, invoice, script

POLICY = replace(standard_policy(), thank_you="reminded")
INVOICES = [*map(invoice, ("EVENING", "AGAIN", "BACK", "PAUSED"))]
EVENTS = [
    event("2026-02-13T19:30:00Z", "EVENING", "payment", "1000.00"),
    event("2026-02-13T19:30:00Z", "AGAIN", "payment", "1000.00"),
    event("2026-02-14T10:00:00Z", "AGAIN", "payment", "30.00"),
    event("2026-02-13T19:30:00Z", "BACK", "payment", "1000.00"),
    event("2026-02-14T10:00:00Z", "BACK", "refund", "1000.00"),
    event("2026-02-12T12:00:00Z", "PAUSED", "pause"),
    event("2026-02-13T19:30:00Z", "PAUSED", "payment", "1000.00"),
]


def test_both_engines_agree_on_who_is_thanked_and_when(tmp_path: Path) -> None:
    cast = script(tmp_path, INVOICES, EVENTS, POLICY, date(2026, 3, 31))

    rules, temporal = both(cast, POLICY)

    assert differences(rules, temporal) == []
    told = [(line.at[:10], line.invoice) for line in rules if line.step == "thanks"]
    assert told == [("2026-02-16", "AGAIN"), ("2026-02-16", "EVENING")]
