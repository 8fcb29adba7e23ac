"""Made-up invoices in every situation, with dates counted from today."""

from __future__ import annotations

from domain.message_types import MessageType
from domain.money import Money
from starter.demo.bank import SETTLED, UNCLEAR
from starter.demo.sample import DE, DEMO_CREDITOR, UK, US, DemoInvoice, SampleMessage, sample_debtor

__all__ = ["DEMO_CREDITOR", "SAMPLES", "DemoInvoice", "SampleMessage"]

_ORCHARD = sample_debtor(17, "Orchard Restaurants", UK)

_MORE = (
    DemoInvoice(
        number="D-1017",
        situation="three invoices, one customer",
        due=-9,
        amount=Money(64000, "GBP"),
        debtor=_ORCHARD,
    ),
    DemoInvoice(
        number="D-1018",
        situation="three invoices, one customer",
        due=-6,
        amount=Money(28050, "GBP"),
        debtor=_ORCHARD,
    ),
    DemoInvoice(
        number="D-1019",
        situation="three invoices, one customer",
        due=-3,
        amount=Money(19900, "EUR"),
        debtor=_ORCHARD,
    ),
    DemoInvoice(
        number="D-1020",
        situation="pays in three instalments",
        due=-20,
        amount=Money(90000, "EUR"),
        debtor=sample_debtor(18, "Erlen Keramik", DE),
        said=(
            SampleMessage(
                MessageType.PLAN_AGREED,
                day=10,
                rest={"every": "month", "count": "3", "by": "ann"},
            ),
        ),
    ),
    DemoInvoice(
        number="D-1021",
        situation="2 % within 10 days",
        due=24,
        amount=Money(180000, "EUR"),
        debtor=sample_debtor(19, "Ulmen Werkstatt", DE),
        discount="2/10",
    ),
    DemoInvoice(
        number="D-1023",
        situation="two due dates: the first half is late",
        due=-8,
        amount=Money(240000, "EUR"),
        debtor=sample_debtor(21, "Pappel Druckerei", DE),
        second_half=30,
    ),
    DemoInvoice(
        number="D-1022",
        situation="hardship: an offer, not pressure",
        due=-13,
        amount=Money(36000, "GBP"),
        debtor=sample_debtor(20, "Holly Nursery", UK),
        said=(SampleMessage(MessageType.DISPUTE_OPENED, rest={"reason": "hardship", "by": "ann"}),),
    ),
    SETTLED,
    UNCLEAR,
)
"""Beside the ones in ``samples``."""

SAMPLES = (
    DemoInvoice(
        number="D-1001",
        situation="not yet due",
        due=20,
        amount=Money(48000, "GBP"),
        debtor=sample_debtor(1, "Birch Bakery", UK),
    ),
    DemoInvoice(
        number="D-1002",
        situation="due tomorrow",
        due=1,
        amount=Money(125050, "EUR"),
        debtor=sample_debtor(2, "Linden Möbel GmbH", DE),
    ),
    DemoInvoice(
        number="D-1003",
        situation="due today",
        due=0,
        amount=Money(9900, "GBP"),
        debtor=sample_debtor(3, "Willow Dental Practice", UK),
    ),
    DemoInvoice(
        number="D-1004",
        situation="5 days late",
        due=-5,
        amount=Money(76500, "USD"),
        debtor=sample_debtor(4, "Maple Street Cafe", US),
    ),
    DemoInvoice(
        number="D-1005",
        situation="3 weeks late",
        due=-21,
        amount=Money(312000, "EUR"),
        debtor=sample_debtor(5, "Eichen Bau AG", DE),
    ),
    DemoInvoice(
        number="D-1006",
        situation="6 weeks late",
        due=-42,
        amount=Money(88000, "GBP"),
        debtor=sample_debtor(6, "Rowan Fitness Club", UK),
    ),
    DemoInvoice(
        number="D-1007",
        situation="promised for next week",
        due=-10,
        amount=Money(54000, "GBP"),
        debtor=sample_debtor(7, "Hazel Studio", UK),
        said=(SampleMessage(MessageType.PROMISE, day=7, rest={"by": "ann"}),),
    ),
    DemoInvoice(
        number="D-1008",
        situation="promise broken yesterday",
        due=-12,
        amount=Money(67500, "EUR"),
        debtor=sample_debtor(8, "Tannen Hotel", DE),
        said=(SampleMessage(MessageType.PROMISE, ago=6, day=-1, rest={"by": "ann"}),),
    ),
    DemoInvoice(
        number="D-1009",
        situation="disputed: wrong goods",
        due=-15,
        amount=Money(23900, "GBP"),
        debtor=sample_debtor(9, "Cedar Garden Centre", UK),
        said=(
            SampleMessage(MessageType.DISPUTE_OPENED, rest={"reason": "wrong goods", "by": "ann"}),
        ),
    ),
    DemoInvoice(
        number="D-1010",
        situation="disputed in part",
        due=-8,
        amount=Money(100000, "EUR"),
        debtor=sample_debtor(10, "Ahorn Logistik", DE),
        said=(
            SampleMessage(
                MessageType.DISPUTE_OPENED, "400.00", rest={"reason": "damaged", "by": "ann"}
            ),
        ),
    ),
    DemoInvoice(
        number="D-1011",
        situation="partly paid",
        due=-9,
        amount=Money(150000, "USD"),
        debtor=sample_debtor(11, "Aspen Print Works", US),
        said=(SampleMessage(MessageType.PAYMENT, "1000.00", ago=2),),
    ),
    DemoInvoice(
        number="D-1012",
        situation="paid",
        due=-4,
        amount=Money(31050, "GBP"),
        debtor=sample_debtor(12, "Alder Books", UK),
        said=(SampleMessage(MessageType.PAYMENT, "310.50", ago=1),),
    ),
    DemoInvoice(
        number="D-1013",
        situation="bad e-mail address",
        due=-6,
        amount=Money(42000, "GBP"),
        debtor=sample_debtor(
            13, "Elm Motors", UK, email="accounts@elm-motors.invalid", phone="+442079460113"
        ),
    ),
    DemoInvoice(
        number="D-1014",
        situation="only a phone number",
        due=-7,
        amount=Money(18000, "USD"),
        debtor=sample_debtor(14, "Poplar Plumbing", US, email="", phone="+12025550114"),
    ),
    DemoInvoice(
        number="D-1015",
        situation="known late payer, due in 5 days",
        due=5,
        terms=7,
        amount=Money(205000, "GBP"),
        debtor=sample_debtor(
            15, "Yew Events", UK, phone="+442079460115", customer_class="late_payer"
        ),
    ),
    DemoInvoice(
        number="D-1016",
        situation="paused for two weeks",
        due=-11,
        amount=Money(73000, "EUR"),
        debtor=sample_debtor(16, "Buchen Verlag", DE),
        said=(SampleMessage(MessageType.PAUSE, day=14, rest={"reason": "owner in hospital"}),),
    ),
    *_MORE,
)
