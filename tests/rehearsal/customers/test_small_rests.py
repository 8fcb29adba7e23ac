"""Small rests of one customer: silent alone, one message together; both engines agree on it."""

from datetime import date
from pathlib import Path

import pytest

from domain.policy.policy_file import standard_policy
from tests.rehearsal.stage import both, differences, event, invoice, script

POLICY = standard_policy()
NUMBERS = ("T1", "T2", "T3")


def paid(number: str, day: str, amount: str = "999.80") -> dict[str, str]:
    """Nearly all of it came."""
    return event(f"{day}T10:00:00Z", number, "payment", amount)


INVOICES = [
    *(invoice(number, customer="C-1") for number in NUMBERS),
    invoice("ALONE", customer="C-2"),
    invoice("DOLLARS", customer="C-1", currency="USD"),
]
EVENTS = [
    paid("T1", "2026-02-10"),
    paid("T2", "2026-02-16"),
    paid("T3", "2026-02-24"),
    paid("ALONE", "2026-02-10"),
    paid("DOLLARS", "2026-02-10"),
    paid("T3", "2026-03-20", "0.20"),
]


@pytest.mark.timeout(200)
def test_three_rests_of_one_customer_are_asked_for_in_one_word(tmp_path: Path) -> None:
    """0.20 of each: two make 0.40, the third 0.60, on 24 February; others of 0.20 stay silent."""
    cast = script(tmp_path, INVOICES, EVENTS, POLICY, date(2026, 5, 31))

    rules, temporal = both(cast, POLICY)

    assert differences(rules, temporal) == []
    told = {
        number: [(line.at, line.deed, line.step) for line in rules if line.invoice == number]
        for number in (*NUMBERS, "ALONE", "DOLLARS")
    }
    words = [line.at for line in rules if line.step and line.step.startswith("renewed-rests")]
    assert len(words) == 3
    assert len(set(words)) == 1
    assert words[0] > "2026-02-24"
    for number in ("ALONE", "DOLLARS"):
        after = [step for at, _, step in told[number] if at > "2026-02-10T10"]
        assert after == ["small-rest", None]
    for number in ("T1", "T2"):
        later = [step for at, _, step in told[number] if at > "2026-03-20T10"]
        assert later == [None], "two rests of 0.20 are too little again"
