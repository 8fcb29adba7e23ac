"""What calls mean: both engines of a rehearsal agree on it."""

from datetime import date
from pathlib import Path

from domain.policy.policy_file import standard_policy
from tests.rehearsal.stage import both, differences, event, invoice, script

POLICY = standard_policy()
NUMBERS = ("KEPT", "BROKEN", "PART", "ASKED", "MISSING", "GOODS", "NUMBER", "PAST")


def call(number: str, reason: str, day: str = "", amount: str = "") -> dict[str, str]:
    """A call on the Thursday on which the ladder asks for one."""
    return event("2026-02-12T13:00:00Z", number, "call_result", amount, day) | {"reason": reason}


EVENTS = [
    call("KEPT", "promised", "2026-02-20"),
    event("2026-02-19T10:00:00Z", "KEPT", "payment", "1000.00"),
    call("BROKEN", "promised", "2026-02-20"),
    call("PART", "promised", "2026-02-20", "400.00"),
    call("ASKED", "in_approval", "2026-02-24"),
    call("MISSING", "invoice_not_received"),
    call("GOODS", "disputed", "", "250.00"),
    call("NUMBER", "wrong_number"),
    call("PAST", "promised", "2026-02-01"),
]


def test_both_engines_agree_on_what_was_said_in_a_call(tmp_path: Path) -> None:
    cast = script(tmp_path, map(invoice, NUMBERS), EVENTS, POLICY, date(2026, 3, 31))

    rules, temporal = both(cast, POLICY)

    assert differences(rules, temporal) == []
    after = {
        number: [line.step for line in rules if line.invoice == number and line.at > "2026-02-13"]
        for number in NUMBERS
    }
    assert after["KEPT"][-1] is None
    assert "promise-broken-1" in after["BROKEN"]
    assert "promise-broken-1" in after["PART"]
    assert "promise-broken-1" not in after["PAST"]
    asked = [line.at[:10] for line in rules if line.invoice == "ASKED" and line.at > "2026-02-14"]
    assert asked[0] == "2026-02-25", "the day after the approval was to come"
