"""C10: invoices with several due dates, read from a file; both engines print the same lines."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from domain.policy.policy_file import standard_policy
from starter.importing.files.problems import FileError
from tests.rehearsal.stage import Rows, both, differences, event, invoice, script

POLICY = standard_policy()


def in_parts(number: str, *parts: tuple[str, str], **more: str) -> Rows:
    """A line for each due date."""
    return [invoice(number, due=due, amount=amount, **more) for due, amount in parts]


FAR = (("2026-02-04", "500.00"), ("2026-03-18", "500.00"))
NEAR = (("2026-02-04", "500.00"), ("2026-02-25", "500.00"))
INVOICES = [
    *in_parts("SILENT", *NEAR),
    *in_parts("FIRST", *FAR),
    *in_parts("AGENCY", *FAR),
    *in_parts("SHARED", *NEAR, customer="C-1"),
    invoice("BESIDE", customer="C-1", due="2026-02-20"),
    *in_parts("BACK", *FAR),
]
EVENTS = [
    event("2026-02-03T10:00:00Z", "FIRST", "payment", "500.00"),
    event("2026-04-01T10:00:00Z", "AGENCY", "payment", "500.00"),
    event("2026-02-20T10:00:00Z", "SHARED", "payment", "300.00"),
    event("2026-02-04T10:00:00Z", "BACK", "payment", "500.00"),
    event("2026-02-12T10:00:00Z", "BACK", "payment_reversed", "500.00"),
]


@pytest.mark.timeout(300)
def test_both_engines_tell_the_same_of_invoices_in_parts(tmp_path: Path) -> None:
    """C10: silent, paid in time, with the agency, beside another invoice, and money back."""
    cast = script(tmp_path, INVOICES, EVENTS, POLICY, date(2026, 5, 31))

    rules, temporal = both(cast, POLICY)

    assert differences(rules, temporal) == []
    steps = {
        part.number: [line.step for line in rules if line.invoice == part.number] for part in cast
    }
    assert "renewed-part-due-1" in steps["SILENT"]
    assert "renewed-part-due-1" not in steps["FIRST"]
    assert steps["AGENCY"].index("plan-b") < steps["AGENCY"].index("part-due-2026-03-18")
    handed = [line.open for line in rules if line.step == "plan-b" and line.invoice != "BESIDE"]
    assert set(handed) == {"500.00", "700.00", "1000.00"}


def test_a_line_that_differs_in_more_than_date_and_amount_is_another_invoice(
    tmp_path: Path,
) -> None:
    """C10: a second customer under one number is a mistake, whatever its due date."""
    rows = [invoice("X"), invoice("X", due="2026-03-04", customer="C-9")]

    with pytest.raises(FileError, match="another invoice of this number"):
        script(tmp_path, rows, [], POLICY, date(2026, 3, 31))
