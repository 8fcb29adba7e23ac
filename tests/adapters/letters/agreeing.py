"""Agreements of each kind, as the letters' tests use them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from domain.case.agreement_types import Plan, PlanBAgreed, Promise, Settlement
from domain.case.invoice import InvoicePart
from tests.adapters.letters.samples import CASE, NOW

PLAN_B = PlanBAgreed(check_at=datetime(2026, 3, 1, tzinfo=UTC), then="we write the same day")
FIRST, SECOND = date(2026, 2, 28), date(2026, 3, 31)
PLAN = Plan(
    key="plan",
    made_at=NOW,
    accepted_at=NOW,
    parts=(InvoicePart(day=FIRST, minor=60000), InvoicePart(day=SECOND, minor=59000)),
    checks=(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)),
    cures=(datetime(2026, 3, 8, tzinfo=UTC), datetime(2026, 4, 8, tzinfo=UTC)),
    plan_b=PLAN_B,
)
PROMISE = Promise(
    key="promise", made_at=NOW, day=FIRST, amount=40000, counts_from=NOW, plan_b=PLAN_B
)
OFFER = Settlement(
    key="offer", made_at=NOW, day=FIRST, amount=90000, counts_from=NOW, plan_b=PLAN_B
)
WAIVER = replace(OFFER, amount=None)

IN_INSTALMENTS = replace(CASE, plans=(PLAN,))
PROMISED = replace(CASE, promises=(PROMISE,))
OFFERED = replace(CASE, settlements=(OFFER,))
WAIVED = replace(CASE, settlements=(WAIVER,))
