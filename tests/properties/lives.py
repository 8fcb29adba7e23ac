"""Random lives of an invoice: who says what, when, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st

from domain.agreements.reducer import AGREEING
from domain.case.model import Case, Deed
from domain.case.news import CONTACT_NEWS, OPTED_IN
from domain.fold.steering import STEERING
from domain.message_types import MESSAGES_TO_DEBTOR, ActionType, AgencyNews, MessageType
from domain.policy.model import CatchUp, MoneyRules, Policy
from domain.policy.policy_file import parse_policy, standard_policy
from tests.stories.story import Story

QUICK = settings(derandomize=True, deadline=None, database=None, max_examples=180)
"""The same lives in every run: a red test is red for everybody."""

LADDERS = """
name = "odd"
minimum_gap_days = 3
tolerance = { EUR = "5.00" }
review_days = 10
[calendar]
window = "00:00-24:00"
working_days_only = false
[[step]]
id = "early"
on = "due-5"
do = "remind"
channels = ["sms", "email"]
[[step]]
id = "first"
on = "due+2"
do = "remind"
deadline_days = 4
[[step]]
id = "hold"
on = "due+3"
do = "hold_credit"
[[step]]
id = "next"
on = "previous+3"
do = "remind"
for = ["new", "late_payer"]
[[step]]
id = "letter"
on = "deadline+2"
end_of_month = true
do = "demand_letter"
deadline_days = 7
[[step]]
id = "desk"
on = "previous+1"
do = "ask_person"
[plan_b]
on = "due+40"
do = "ask_person"
"""
STANDARD = standard_policy()
ODD = parse_policy(LADDERS)
EAGER = replace(STANDARD.agreements, remind_before_days=3, cure_days=2, promises_allowed=5)
POLICIES = (
    STANDARD,
    ODD,
    replace(STANDARD, catch_up=CatchUp.MOST_SEVERE, agreements=EAGER),
    replace(ODD, catch_up=CatchUp.MOST_SEVERE, minimum_gap_days=0),
    replace(ODD, money=MoneyRules(write_off_below=(("EUR", 40000),), reversal_grace_days=4)),
    replace(
        ODD,
        steps=tuple(replace(s, channels=s.channels and ("email", "sms")) for s in ODD.steps),
        contact=replace(ODD.contact, silence_days=6),
    ),
)

NEWS = tuple(word for word in CONTACT_NEWS if word != OPTED_IN)

GIVEN_A_REASON = (
    MessageType.DISPUTE_OPENED,
    MessageType.DISPUTE_SETTLED,
    MessageType.CALL_RESULT,
)


@dataclass(frozen=True)
class Said:
    """One message: how many hours after the one before, and what."""

    hours: int
    kind: MessageType
    amount: str
    days: int | None
    reason: str
    schedule: str


@dataclass(frozen=True)
class Life:
    """How a case begins and what is said to it."""

    policy: Policy
    customer_class: str
    opened: str
    place: tuple[str, str]
    reach: frozenset[str]
    said: tuple[Said, ...]


amounts = st.sampled_from(["", "0.40", "250.00", "400.00", "999.60", "1000.00", "1200.00"])
messages = st.builds(
    Said,
    hours=st.one_of(st.integers(0, 30), st.integers(0, 24 * 25)),
    kind=st.sampled_from(list(MessageType)),
    amount=amounts,
    days=st.one_of(st.none(), st.integers(-1, 40)),
    reason=st.sampled_from(["", "invoice_error", "hardship", "paid_claim", "split"]),
    schedule=st.sampled_from(["", "1 weekly", "2 weekly", "4 weekly", "3 monthly", "costs"]),
)
lives = st.builds(
    Life,
    policy=st.sampled_from(POLICIES),
    customer_class=st.sampled_from(["new", "late_payer"]),
    opened=st.sampled_from(["2026-01-05", "2026-02-03 20:00", "2026-04-11"]),
    place=st.sampled_from(
        [("Europe/Berlin", "DE"), ("Australia/Lord_Howe", "AU"), ("America/Santiago", "")]
    ),
    reach=st.sampled_from([frozenset({"email", "sms"}), frozenset({"email"}), frozenset[str]()]),
    said=st.lists(messages, max_size=9).map(tuple),
)


def told(said: Said) -> tuple[str, str]:
    """News about a message, and its channel."""
    return NEWS[said.hours % len(NEWS)], ("email", "sms")[said.hours // 24 % 2]


class Witness(Story):
    """A story that writes down how the case stood whenever something was done."""

    def __init__(self, life: Life) -> None:
        self.seen: list[tuple[Case, ActionType]] = []
        super().__init__(
            opened=life.opened,
            policy=life.policy,
            customer_class=life.customer_class,
            reach=life.reach,
            place=life.place,
        )
        for said in life.said:
            self._hear(said)

    def _hear(self, said: Said) -> None:
        at = self.now + timedelta(hours=said.hours)
        day = self.calendar.local_date(at) + timedelta(days=said.days) if said.days else None
        amount = said.amount
        if said.kind in (MessageType.PAYMENT, MessageType.CREDIT_NOTE) and not amount:
            amount = "400.00"
        reason, ref = self._words(said)
        self.hears(at, said.kind, amount, str(day or ""), reason=reason, ref=ref)

    def _words(self, said: Said) -> tuple[str, str]:
        """The reason that is given, and what it refers to."""
        if said.kind is MessageType.AGENCY_NEWS:
            return tuple(AgencyNews)[(said.days or 0) % len(AgencyNews)].value, ""
        if said.kind in GIVEN_A_REASON:
            return said.reason, ""
        if said.kind in AGREEING:
            return said.schedule, ""
        if said.kind is MessageType.CONTACT_NEWS:
            return told(said)
        if said.kind in (MessageType.TAKEN_BACK, *STEERING):
            return "met", self._meant(said)
        return "", ""

    def _meant(self, said: Said) -> str:
        """The message just before, or one of the policy's steps."""
        if said.kind is MessageType.TAKEN_BACK:
            return f"m{len(self.messages) - 1}"
        return self.policy.steps[said.hours % len(self.policy.steps)].id

    def does(self, deed: Deed) -> None:
        """Note how the case stood."""
        super().does(deed)
        self.seen.append((self.case, deed.do))

    @property
    def spoken(self) -> list[Case]:
        """How the case stood each time the debtor was written to."""
        return [case for case, do in self.seen if do in MESSAGES_TO_DEBTOR]
