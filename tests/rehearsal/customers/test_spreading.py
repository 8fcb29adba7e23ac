"""A morning that is spread, rehearsed: the invoices of a customer stay together, as announced."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from domain.policy.policy_file import standard_policy
from starter.rehearsal.by_rules import rehearse_by_rules
from starter.rehearsal.script import ScriptLine
from tests.rehearsal.stage import both, invoice, script

STANDARD = standard_policy()
SPREAD = replace(STANDARD, contact=replace(STANDARD.contact, spread_minutes=60))
UNTIL = date(2026, 4, 30)
ROWS = [
    invoice(f"R-{number}-{customer}", customer=customer, timezone="Europe/Berlin")
    for customer in ("C-1", "C-2", "C-3")
    for number in (1, 2)
]


def _days(lines: list[ScriptLine]) -> list[tuple[str, ...]]:
    return [(line.at[:10], line.invoice, line.deed, line.step or "") for line in lines]


def _instants(lines: list[ScriptLine], customer: str, deed: str) -> list[str]:
    mine = (line for line in lines if line.invoice.endswith(customer) and line.deed == deed)
    return [line.at for line in mine]


def test_all_happens_on_the_same_days_and_both_engines_agree(tmp_path: Path) -> None:
    plain = rehearse_by_rules(script(tmp_path, ROWS, [], STANDARD, UNTIL), STANDARD)
    rules, temporal = both(script(tmp_path, ROWS, [], SPREAD, UNTIL), SPREAD)
    assert rules == temporal
    assert sorted(_days(rules)) == sorted(_days(plain))


def test_the_invoices_of_a_customer_share_their_instants_and_customers_do_not(
    tmp_path: Path,
) -> None:
    lines = rehearse_by_rules(script(tmp_path, ROWS, [], SPREAD, UNTIL), SPREAD)
    reminded = {each: _instants(lines, each, "remind") for each in ("C-1", "C-2", "C-3")}
    assert all(found and found[0::2] == found[1::2] for found in reminded.values())
    assert len({found[0] for found in reminded.values()}) == 3
