"""Money that lies on one invoice holds the customer's others: both engines agree on it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from domain.policy.model import MoneyRules, Policy
from domain.policy.policy_file import standard_policy
from starter.rehearsal.script import ScriptLine
from tests.rehearsal.stage import both, differences, event, invoice, script

POLICY = standard_policy()
ONE = {"customer": "C-1"}
INVOICES = [
    invoice("TWICE", **ONE),
    invoice("NEXT", **ONE, issued="2026-02-05", due="2026-03-06"),
    invoice("DOLLARS", **ONE, currency="USD", due="2026-03-06"),
    invoice("SOMEBODY", customer="C-2", due="2026-03-06"),
]
EVENTS = [
    event("2026-02-03", "TWICE", "payment", "1000.00"),
    event("2026-02-04", "TWICE", "payment", "1000.00"),
    event("2026-04-20T10:00:00Z", "TWICE", "refund", "1000.00"),
]


def played(folder: Path, policy: Policy = POLICY) -> dict[str, list[ScriptLine]]:
    """What happens to each invoice, told alike by both engines."""
    cast = script(folder, INVOICES, EVENTS, policy, date(2026, 6, 30))
    rules, temporal = both(cast, policy)
    assert differences(rules, temporal) == []
    return {
        number: [line for line in rules if line.invoice == number and line.at > "2026-03-01"]
        for number in ("TWICE", "NEXT", "DOLLARS", "SOMEBODY")
    }


def test_a_surplus_holds_the_other_invoices_of_the_customer_and_currency(tmp_path: Path) -> None:
    """1,000.00 came twice: the next invoice of 1,000.00 waits until the second is given back."""
    told = played(tmp_path)

    held = [line for line in told["NEXT"] if line.at < "2026-04-20"]
    assert {line.deed for line in held} == {"ask_person"}
    freed = [line for line in told["NEXT"] if line.at > "2026-04-20"]
    assert (freed[0].deed, freed[0].at[:10]) == ("remind", "2026-04-20")
    assert "hand_off" not in {line.deed for line in freed if line.at < "2026-05-01"}
    for other in ("DOLLARS", "SOMEBODY"):
        assert told[other][0].deed == "remind"


def test_a_policy_that_only_warns_holds_nothing(tmp_path: Path) -> None:
    told = played(tmp_path, replace(POLICY, money=MoneyRules(unallocated="warn")))

    steps = [(line.at[:10], line.step) for line in told["NEXT"]]
    assert steps[:3] == [(line.at[:10], line.step) for line in told["SOMEBODY"]][:3]
