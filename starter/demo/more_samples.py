"""Made-up invoices of agreements, hardship, a discount, and a customer with several of them."""

from __future__ import annotations

from domain.message_types import Kind
from domain.money import Money
from starter.demo.sample import DE, UK, Said, Sample, who

_ORCHARD = who(17, "Orchard Restaurants", UK)

MORE_SAMPLES = (
    Sample(
        number="D-1017",
        situation="three invoices, one customer",
        due=-9,
        amount=Money(64000, "GBP"),
        debtor=_ORCHARD,
    ),
    Sample(
        number="D-1018",
        situation="three invoices, one customer",
        due=-6,
        amount=Money(28050, "GBP"),
        debtor=_ORCHARD,
    ),
    Sample(
        number="D-1019",
        situation="three invoices, one customer",
        due=-3,
        amount=Money(19900, "EUR"),
        debtor=_ORCHARD,
    ),
    Sample(
        number="D-1020",
        situation="pays in three instalments",
        due=-20,
        amount=Money(90000, "EUR"),
        debtor=who(18, "Erlen Keramik", DE),
        said=(
            Said(
                Kind.PLAN_AGREED,
                day=10,
                rest={"every": "month", "count": "3", "by": "ann"},
            ),
        ),
    ),
    Sample(
        number="D-1021",
        situation="2 % within 10 days",
        due=24,
        amount=Money(180000, "EUR"),
        debtor=who(19, "Ulmen Werkstatt", DE),
        discount="2/10",
    ),
    Sample(
        number="D-1022",
        situation="hardship: an offer, not pressure",
        due=-13,
        amount=Money(36000, "GBP"),
        debtor=who(20, "Holly Nursery", UK),
        said=(Said(Kind.DISPUTE_OPENED, rest={"reason": "hardship", "by": "ann"}),),
    ),
)
"""Beside the ones in ``samples``."""
