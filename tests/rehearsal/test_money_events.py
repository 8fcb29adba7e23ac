"""Refunds, money on its way and corrected invoices: both engines of a rehearsal agree on them."""

from datetime import date
from pathlib import Path

from domain.policy.policy_file import standard_policy
from starter.rehearsal.script import ScriptLine
from tests.rehearsal.stage import both, differences, event, invoice, script

DISCOUNT = {"discount_percent": "2", "discount_days": "10"}
INVOICES = [invoice("DISCOUNT", **DISCOUNT), *map(invoice, ("FLIGHT", "REFUND", "RIGHT"))]
EVENTS = [
    event("2026-01-15", "DISCOUNT", "payment", "980.00"),
    event("2026-02-03T10:00:00Z", "FLIGHT", "in_flight", day="2026-02-10"),
    event("2026-02-12T10:00:00Z", "FLIGHT", "in_flight", "400.00", "2026-02-20"),
    event("2026-02-16", "FLIGHT", "payment", "400.00"),
    event("2026-02-05", "REFUND", "payment", "1050.00"),
    event("2026-02-12T12:00:00Z", "REFUND", "refund", "70.00"),
    event("2026-02-06T12:00:00Z", "RIGHT", "invoice_corrected", "800.00", "2026-02-11"),
]


def test_both_engines_agree_on_money(tmp_path: Path) -> None:
    cast = script(tmp_path, INVOICES, EVENTS, standard_policy(), date(2026, 3, 31))

    rules, temporal = both(cast, standard_policy())

    assert differences(rules, temporal) == []
    told = [(line.at[:10], line.invoice, line.deed, line.open) for line in rules]
    assert ("2026-01-14", "DISCOUNT", "close", "0.00") in told
    assert first(rules, "FLIGHT", "2026-02-04T23")[0] == "2026-02-11"
    assert first(rules, "REFUND", "2026-02-12")[1] == "20.00"
    assert first(rules, "RIGHT", "2026-02-11T23")[1] == "800.00"


def first(lines: list[ScriptLine], invoice: str, after: str) -> tuple[str, str]:
    """Day and open amount of the first step that an invoice has after an instant."""
    mine = (line for line in lines if line.invoice == invoice and line.step and line.at > after)
    found = next(mine)
    return found.at[:10], found.open
