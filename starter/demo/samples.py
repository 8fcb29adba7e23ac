"""Made-up invoices in every situation, with dates counted from today."""

from __future__ import annotations

from domain.message_types import Kind
from domain.money import Money
from starter.demo.sample import CREDITOR, DE, UK, US, Said, Sample, who

__all__ = ["CREDITOR", "SAMPLES", "Said", "Sample"]

_ORCHARD = who(17, "Orchard Restaurants", UK)

_MORE = (
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

SAMPLES = (
    Sample(
        number="D-1001",
        situation="not yet due",
        due=20,
        amount=Money(48000, "GBP"),
        debtor=who(1, "Birch Bakery", UK),
    ),
    Sample(
        number="D-1002",
        situation="due tomorrow",
        due=1,
        amount=Money(125050, "EUR"),
        debtor=who(2, "Linden Möbel GmbH", DE),
    ),
    Sample(
        number="D-1003",
        situation="due today",
        due=0,
        amount=Money(9900, "GBP"),
        debtor=who(3, "Willow Dental Practice", UK),
    ),
    Sample(
        number="D-1004",
        situation="5 days late",
        due=-5,
        amount=Money(76500, "USD"),
        debtor=who(4, "Maple Street Cafe", US),
    ),
    Sample(
        number="D-1005",
        situation="3 weeks late",
        due=-21,
        amount=Money(312000, "EUR"),
        debtor=who(5, "Eichen Bau AG", DE),
    ),
    Sample(
        number="D-1006",
        situation="6 weeks late",
        due=-42,
        amount=Money(88000, "GBP"),
        debtor=who(6, "Rowan Fitness Club", UK),
    ),
    Sample(
        number="D-1007",
        situation="promised for next week",
        due=-10,
        amount=Money(54000, "GBP"),
        debtor=who(7, "Hazel Studio", UK),
        said=(Said(Kind.PROMISE, day=7, rest={"by": "ann"}),),
    ),
    Sample(
        number="D-1008",
        situation="promise broken yesterday",
        due=-12,
        amount=Money(67500, "EUR"),
        debtor=who(8, "Tannen Hotel", DE),
        said=(Said(Kind.PROMISE, ago=6, day=-1, rest={"by": "ann"}),),
    ),
    Sample(
        number="D-1009",
        situation="disputed: wrong goods",
        due=-15,
        amount=Money(23900, "GBP"),
        debtor=who(9, "Cedar Garden Centre", UK),
        said=(Said(Kind.DISPUTE_OPENED, rest={"reason": "wrong goods", "by": "ann"}),),
    ),
    Sample(
        number="D-1010",
        situation="disputed in part",
        due=-8,
        amount=Money(100000, "EUR"),
        debtor=who(10, "Ahorn Logistik", DE),
        said=(Said(Kind.DISPUTE_OPENED, "400.00", rest={"reason": "damaged", "by": "ann"}),),
    ),
    Sample(
        number="D-1011",
        situation="partly paid",
        due=-9,
        amount=Money(150000, "USD"),
        debtor=who(11, "Aspen Print Works", US),
        said=(Said(Kind.PAYMENT, "1000.00", ago=2),),
    ),
    Sample(
        number="D-1012",
        situation="paid",
        due=-4,
        amount=Money(31050, "GBP"),
        debtor=who(12, "Alder Books", UK),
        said=(Said(Kind.PAYMENT, "310.50", ago=1),),
    ),
    Sample(
        number="D-1013",
        situation="bad e-mail address",
        due=-6,
        amount=Money(42000, "GBP"),
        debtor=who(
            13, "Elm Motors", UK, email="accounts@elm-motors.invalid", phone="+442079460113"
        ),
    ),
    Sample(
        number="D-1014",
        situation="only a phone number",
        due=-7,
        amount=Money(18000, "USD"),
        debtor=who(14, "Poplar Plumbing", US, email="", phone="+12025550114"),
    ),
    Sample(
        number="D-1015",
        situation="known late payer, due in 5 days",
        due=5,
        terms=7,
        amount=Money(205000, "GBP"),
        debtor=who(15, "Yew Events", UK, phone="+442079460115", customer_class="late_payer"),
    ),
    Sample(
        number="D-1016",
        situation="paused for two weeks",
        due=-11,
        amount=Money(73000, "EUR"),
        debtor=who(16, "Buchen Verlag", DE),
        said=(Said(Kind.PAUSE, day=14, rest={"reason": "owner in hospital"}),),
    ),
    *_MORE,
)
