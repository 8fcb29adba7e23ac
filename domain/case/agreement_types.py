"""Types of agreements and disputes; no agreement can be made without its Plan B."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.case.chosen_plan_b import ChosenPlanB
from domain.case.invoice import InvoicePart

HARDSHIP = "hardship"
"""The reason of a customer who would pay, but cannot."""


def may_be_missing(agreed: int | None, slack: int) -> int:
    """Compute how much of an agreed sum may be missing; minor units.

    Nothing of one that is no larger than the tolerance: nobody keeps a word by doing nothing.
    """
    return 0 if agreed is not None and agreed <= slack else slack


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBAgreed:
    """When an agreement is checked and what happens then if it was not kept (P51, P53).

    Attributes:
        then: in words, for people.
        chosen: who goes on, where the agreement names it; None leaves it to the ladder.
    """

    check_at: datetime
    then: str
    chosen: ChosenPlanB | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A promise to pay by a date; none can be made without its Plan B.

    Attributes:
        counts_from: money from this instant on may be its money: the start of the day it was made.
        amount: minor units; None means all that is open.
        before: minor units of that money which were there when it was made: they do not keep it.
        owed: minor units that were meant when it was made: so much keeps it, whatever the invoice
            turns out to be later.
        beside: minor units that were open beside it when it was made: they go on being asked for.
        is_whole: a promise of part that holds all that is open all the same: so large that the
            policy lets it, or of somebody in hardship.
        above_open: minor units by which more was promised than was open.
        by: who promised or recorded it, as the recorder wrote it.
        channel: how it was said.
        approved_by: the supervisor who allowed it, where the policy asks for one.
        confirmed_at: when the customer accepted it in writing (P50); None if not yet.
        also: other keys under which the same promise was told.
        first_day: the day that was promised, and first_check its check, before a dispute or a
            pause moved them; None where nothing was looked at yet.
        moved_at: when the last of those ended, so that ``day`` is a new one; None if none did.
        suspended: a dispute or a pause lies on its day and has no end yet.
    """

    key: str
    made_at: datetime
    day: date
    amount: int | None
    counts_from: datetime
    plan_b: PlanBAgreed
    before: int = 0
    owed: int = 0
    beside: int = 0
    is_whole: bool = False
    above_open: int = 0
    by: str = ""
    channel: str = ""
    approved_by: str = ""
    confirmed_at: datetime | None = None
    also: tuple[str, ...] = ()
    first_day: date | None = None
    first_check: datetime | None = None
    moved_at: datetime | None = None
    suspended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An instalment plan; each part is watched by itself, and none is without its Plan B.

    Attributes:
        parts: the instalments in the order of their days.
        accepted_at: when the customer accepted it in writing; None while it is only proposed.
        ended_at: when it was given up; None while it stands.
        checks: for each part the instant (UTC) at which it is checked.
        cures: for each part the instant (UTC) at which a missed one ends the plan.
        plan_b: the check of its first day, and the default clause.
        first_parts: its instalments before a dispute or a pause moved them; empty where nothing was
            looked at yet; first_checks and first_cures the same of their instants.
        moved_at: when the last dispute or pause ended that moved them; None if none did.
        suspended: a dispute or a pause lies on one of its days and has no end yet.
        approved_by: the supervisor who allowed it, where it went beyond the policy's limits.
    """

    key: str
    made_at: datetime
    parts: tuple[InvoicePart, ...]
    checks: tuple[datetime, ...]
    cures: tuple[datetime, ...]
    plan_b: PlanBAgreed
    accepted_at: datetime | None = None
    ended_at: datetime | None = None
    confirmed_at: datetime | None = None
    by: str = ""
    first_parts: tuple[InvoicePart, ...] = ()
    first_checks: tuple[datetime, ...] = ()
    first_cures: tuple[datetime, ...] = ()
    moved_at: datetime | None = None
    suspended: bool = False
    approved_by: str = ""

    def left_after(self, number: int) -> int:
        """Compute what may be open when so many instalments (from 1) are paid; minor units."""
        return sum(part.minor for part in self.parts[number:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """An offer to accept less, or no costs, if it is paid by a day.

    Attributes:
        amount: minor units that settle it all; None waives the costs only.
        day: the last day, in the debtor's calendar, on which the money may come.
        counts_from: money from this instant on may be its money: the start of the day it was made.
        before: minor units of that money which were there when it was made.
        by: who made the offer.
        approved_by: the supervisor who allowed it, where it went beyond the policy's limits.
        first_day: the day that was offered, and first_check its check, before a dispute or a pause
            moved them; None if nothing was looked at yet.
        moved_at: when the dispute or pause ended that moved it last.
        suspended: a dispute or a pause lies on its day and has no end yet; what comes counts.
    """

    key: str
    made_at: datetime
    day: date
    amount: int | None
    counts_from: datetime
    before: int = 0
    plan_b: PlanBAgreed
    confirmed_at: datetime | None = None
    by: str = ""
    approved_by: str = ""
    first_day: date | None = None
    first_check: datetime | None = None
    moved_at: datetime | None = None
    suspended: bool = False

    def has_lapsed(self, now: datetime) -> bool:
        """Tell whether its day is over; while it is suspended it stands."""
        return now >= self.plan_b.check_at and not self.suspended

    def is_paid(self, whole: int, moves: tuple[tuple[datetime, int], ...], slack: int = 0) -> bool:
        """Whether the money came in time and was not taken back since; minor units.

        ``slack`` may be missing of an offer that is larger.
        """
        missing = self.missing_by(None, whole, moves)
        if not self.suspended:
            missing = max(missing, self.missing_by(self.plan_b.check_at, whole, moves))
        return missing <= may_be_missing(self.amount, slack)

    def missing_by(
        self, by: datetime | None, whole: int, moves: tuple[tuple[datetime, int], ...]
    ) -> int:
        """Compute what it lacked of its sum at an instant, or lacks now (None); minor units."""
        came = sum(
            minor
            for at, minor in moves
            if (by is None or at < by) and (self.amount is None or at >= self.counts_from)
        )
        return (whole if self.amount is None else self.amount + self.before) - came


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What was recorded by mistake and taken back: it counts as never said.

    Attributes:
        key: of the message that took it back.
        at: when that was said (UTC).
        keys: the messages that count no more.
        agreed: the promise or plan that they had made; None if none.
    """

    key: str
    at: datetime
    keys: tuple[str, ...]
    agreed: Promise | Plan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingPayment:
    """Money on its way (a direct debit, a card payment): not chased until it should be here.

    Attributes:
        amount: minor units; None means all that is open.
        check_at: the instant (UTC) at which it should have come.
        ref: the id under which the payment will come, if it is known.
    """

    key: str
    at: datetime
    amount: int | None
    check_at: datetime
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """What the customer contests: all of it, or an amount in minor units.

    Attributes:
        reason: a code, or the words that were given.
        owner: who looks after it.
        deadline: the day by which it should be settled, in the debtor's calendar.
        is_minor: a reason that is put right at once: the clock goes on (P41).
        number: the how-manieth of its case, from 1.
        watched: whether somebody is asked when the deadline has passed.
        settled_at: when it was settled; None while it is open.
        ended: for whom it was settled, where that was said.
        conceded: minor units that were credited for it.
        channel: how the customer said it: page, email, phone; empty where nobody told.
    """

    key: str
    opened_at: datetime
    amount: int | None
    reason: str = ""
    owner: str = ""
    deadline: date | None = None
    is_minor: bool = False
    number: int = 1
    watched: bool = False
    settled_at: datetime | None = None
    ended: str = ""
    conceded: int = 0
    channel: str = ""

    @property
    def is_hardship(self) -> bool:
        """Whether the customer cannot pay: an offer is due, not pressure (P42)."""
        return self.reason == HARDSHIP
