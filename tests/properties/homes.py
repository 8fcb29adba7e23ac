"""Random customers with several invoices, and everything that can be said about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import strategies as st

from domain.message_types import MessageType
from domain.policy.model import CatchUp, Charges, InterestBy, Leftover, MoneyRules, Policy
from domain.policy.policy_file import parse_policy, standard_policy
from tests.properties.lives import LADDERS

STANDARD = standard_policy()
FEES = parse_policy(
    LADDERS.replace(
        'id = "hold"',
        'id = "fine"\non = "due+3"\ndo = "fee"\namount = { EUR = "12.00" }\npercent = "1"\n'
        '[[step]]\nid = "hold"',
    )
)


def charging(policy: Policy, order: tuple[str, ...], leftover: Leftover) -> Policy:
    """A policy that charges all there is, with money paying it in an order."""
    charges = Charges(
        interest=InterestBy.CONTRACT,
        contract_percent=Decimal(9),
        jurisdiction="DE",
        confirmed_by="the board, 2026-01-01",
        compensation=True,
        order=order,
        leftover=leftover,
        waive_below=(("EUR", 300),),
    )
    return replace(policy, charges=charges)


GENTLE = replace(STANDARD.agreements, remind_before_days=3, cure_days=3, promises_allowed=4)
POLICIES = (
    STANDARD,
    charging(FEES, ("principal", "interest", "costs"), Leftover.CHASE),
    charging(
        replace(STANDARD, agreements=GENTLE), ("costs", "interest", "principal"), Leftover.CHASE
    ),
    charging(FEES, ("interest", "principal", "costs"), Leftover.WRITE_OFF),
    replace(
        STANDARD,
        agreements=GENTLE,
        contact=replace(STANDARD.contact, messages_per_week=2, bundle_days=3),
        catch_up=CatchUp.MOST_SEVERE,
    ),
    replace(FEES, money=MoneyRules(write_off_below=(("EUR", 4000),), reversal_grace_days=4)),
    charging(
        replace(FEES, money=MoneyRules(unallocated="warn", write_off_below=(("EUR", 1500),))),
        ("principal", "costs", "interest"),
        Leftover.CHASE,
    ),
)


@dataclass(frozen=True)
class Word:
    """One thing that is said: to which invoice, how many hours after the one before."""

    hours: int
    invoice: int
    kind: MessageType
    amount: str
    days: int | None
    reason: str
    schedule: str
    approved: bool
    lag: int
    flag: str


@dataclass(frozen=True)
class Home:
    """A customer with some invoices, and all that is said about them.

    Attributes:
        parts: for each invoice the days between its due dates; 0 is one due date for all of it.
    """

    policy: Policy
    dues: tuple[tuple[int, int, bool], ...]
    reach: frozenset[str]
    words: tuple[Word, ...]
    parts: tuple[int, ...] = ()


AMOUNTS = ("", "", "0.40", "20.00", "250.00", "400.00", "980.00", "1000.00", "1040.00", "1200.00")
REASONS = (
    "",
    "price",
    "invoice_error",
    "hardship",
    "paid_claim",
    "split",
    "for_customer",
    "reached",
)
FLAGS = ("", "", "", "", "", "vulnerable", "do_not_contact", "free", "lies", "placed")
OFTEN = (
    MessageType.PAYMENT,
    MessageType.PROMISE,
    MessageType.PLAN_AGREED,
    MessageType.SETTLEMENT,
    MessageType.PAYMENT_REVERSED,
)
RARE = (
    MessageType.NUDGE,
    MessageType.POLICY_CHANGED,
    MessageType.WITHDRAWN,
    MessageType.AGENCY_NEWS,
)
words = st.builds(
    Word,
    hours=st.one_of(st.integers(0, 30), st.integers(0, 24 * 25)),
    invoice=st.integers(0, 2),
    kind=st.sampled_from(
        [*OFTEN, *OFTEN, *(kind for kind in MessageType if kind not in RARE), *RARE]
    ),
    amount=st.sampled_from(AMOUNTS),
    days=st.one_of(st.none(), st.integers(-1, 40)),
    reason=st.sampled_from(REASONS),
    schedule=st.sampled_from(["", "", "2 weekly", "4 weekly", "3 monthly", "costs"]),
    approved=st.booleans(),
    lag=st.sampled_from([0, 0, 0, 1, 30, 80]),
    flag=st.sampled_from(FLAGS),
)
homes = st.builds(
    Home,
    policy=st.sampled_from(POLICIES),
    dues=st.lists(
        st.tuples(st.integers(0, 20), st.sampled_from([0, 14, 30]), st.booleans()),
        min_size=1,
        max_size=3,
    ).map(tuple),
    reach=st.sampled_from([frozenset({"email", "sms"}), frozenset({"email"}), frozenset[str]()]),
    words=st.lists(words, max_size=10).map(tuple),
    parts=st.lists(st.sampled_from([0, 0, 0, 9, 40]), max_size=3).map(tuple),
)
