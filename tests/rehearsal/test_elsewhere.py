"""A reminder that somebody else had sent, played by both engines."""

from datetime import date
from pathlib import Path

from domain.policy.policy_file import standard_policy
from tests.rehearsal.stage import both, event, invoice, script

UNTIL = date(2026, 4, 30)


def test_both_engines_go_on_after_what_was_said_elsewhere(tmp_path: Path) -> None:
    """The second reminder was said elsewhere on 12 February; here the formal demand is next."""
    said = event("2026-02-13T08:00:00Z", "E-1", "reminded_elsewhere", day="2026-02-12")
    said["reason"] = "second"
    cast = script(tmp_path, [invoice("E-1")], [said], standard_policy(), UNTIL)
    rules, temporal = both(cast, standard_policy())

    assert rules == temporal
    after = [line.step for line in rules if line.at >= "2026-02-13"]
    assert "second" not in after
    assert after.index("formal") < after.index("final")
