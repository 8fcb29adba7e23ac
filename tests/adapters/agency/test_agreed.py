"""What was agreed stands in the agency's file and on its page: plans and offers, too (P71)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from adapters.agency.agency import AgencyFolder
from adapters.agency.dossier import dossier_json
from domain.case.agreement_types import Plan, Settlement
from domain.case.invoice import InvoicePart
from tests.adapters.agency.dossiers import DOSSIER, PLAN_B
from tests.adapters.letters.samples import NOW


def plan() -> Plan:
    """Two instalments, of which nothing came."""
    parts = (
        InvoicePart(day=date(2026, 1, 20), minor=60000),
        InvoicePart(day=date(2026, 2, 20), minor=59000),
    )
    checks = tuple(datetime(2026, month, 21, tzinfo=UTC) for month in (1, 2))
    return Plan(
        key="pl",
        made_at=NOW - timedelta(days=30),
        accepted_at=NOW - timedelta(days=29),
        parts=parts,
        checks=checks,
        cures=tuple(at + timedelta(days=7) for at in checks),
        plan_b=PLAN_B,
    )


OFFER = Settlement(
    key="of",
    made_at=NOW - timedelta(days=3),
    day=date(2026, 2, 1),
    amount=80000,
    counts_from=NOW - timedelta(days=3),
    plan_b=PLAN_B,
)


def test_a_plan_and_an_offer_are_agreed_too(tmp_path: Path) -> None:
    """P71: the page for people never says "agreed: nothing" where there is a plan or an offer."""
    case = replace(DOSSIER.case, promises=(), plans=(plan(),), settlements=(OFFER,))
    dossier = replace(DOSSIER, case=case)
    data = dossier_json(dossier)["data"]
    AgencyFolder(tmp_path).deliver(dossier)
    (page,) = tmp_path.glob("*/summary.txt")
    text = page.read_text()

    assert data["plans"][0]["state"] == "over"
    assert data["offers"][0] == {
        "made_at": "2026-02-01T09:00:00Z",
        "pay_by": "2026-02-01",
        "amount": "800.00",
        "state": "lapsed",
    }
    assert "What was agreed:\n  nothing" not in text
    for words in (
        "plan of 2 instalments, accepted",
        "600.00 by 2026-01-20: missed",
        "offer: 800.00 settles it, if paid by 2026-02-01: lapsed",
        "To pay on this day, with costs: EUR 900.00",
    ):
        assert words in text
