"""The case: everything known about one unpaid invoice, as frozen facts."""

# One thing: the frozen dataclass of the case and the figures that follow from its fields alone.

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.case.agreement_types import (
    Dispute,
    PendingPayment,
    Plan,
    PlanBAgreed,
    Promise,
    Settlement,
    TakenBack,
)
from domain.case.corrections import Correction
from domain.case.invoice import Invoice, InvoicePart, Message
from domain.case.news import DeliveryNews
from domain.deed import Deed
from domain.message_types import ActionType, AgencyNews, MessageType, Outcome
from domain.money import Money

__all__ = ["Case", "Deed", "Dispute", "Invoice", "Message", "PlanBAgreed", "Promise"]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One unpaid invoice and all that happened to it; sums in minor units of its currency.

    Attributes:
        received: payments less their reversals.
        credited: credit notes less their cancellations.
        write_off: what was asked to be written off; None means nothing, -1 all that is open.
        moves: (instant, minor units) of all money that came in or went back.
        payments: (key, minor units, instant) of those not reversed; credits: the same.
        money: (instant, minor units) of payments, and of what went back of them.
        discount: the early-payment discount that was earned; a part of what is credited.
        to_costs: how much of what was received settled costs and interest.
        costs_left: what of them is still to be chased when the principal is settled.
        costs_given_up: those that the policy or a person let go.
        rolled_due: the last day on which it is paid in time, where the due date rolls on.
        discount_day: the last day on which money earns its discount: of a day off, the next one on
            which banks move money.
        elsewhere: what others had said before the invoice came here; among the deeds, too.
        news: what became of our messages; answer_until: an answer lets the next step wait.
        disputes: those that are open; the others are among ``settled_disputes``.
        corrections: letters of ours that were wrong, in the order in which that was said.
        claimed_at: when the customer first said that it was paid.
        came_as_announced: what was on its way and came, with its sum (minor units) and its instant.
        flight_failed_at: when money on its way was last said to fail to come.
        rounded: the rest was too small to keep and written off by itself: it counts as paid.
        quiet_until: nothing is chased before: money is on its way, or has just gone back.
        gave_up_at: when a person last wrote something off.
        agency_said: (instant, what) of all that went between an agency and us, in order.
        agency_chosen: the agency that a person approved the handoff to; empty where none was named.
        corrected_at: when the invoice was put right last; ``invoice`` is the one that holds now.
        due_moved_at: when its due date was last moved out.
        grew_at: when what may be chased last grew; grew_by: the message that made it grow.
        resumed_at: when a person last let the case go on.
        freed_at: when money, credit notes or surpluses of the customer ceased to hold it last.
        refunded_at: when money of ours went back and is owed again, and nobody has said why yet.
        released_at: the last instant at which something that held the ladder still went away.
        pauses: all of them: since when, their last day if they had one, and when they were ended.
        paused_until: last day of a pause; with ``paused`` and no date it is open-ended.
        awaits_approval: the pause is the time of the customer's own approval, as a call told.
        people_paused_until: last day of a person's pause that it came after, if that lasts still.
        let_go: minor units of a rest that the policy writes off by itself.
        slack: minor units by which an agreement may be missed without being broken.
        episode: 1, and one more for each time a closed case was opened again.
        last_days: of terms in parts, the last day on which each part is paid in time.
        part: the oldest part (from 0) of which something may be asked; the last one if none.
        parts_due: how many parts have fallen due, of what we chase; of what the agency has, those
            that had fallen due when it took the case.
        part_late_from: the instant at which that part is late (UTC); None without terms.
        part_since: when a part before was paid, so that ``part`` is the oldest one.
        later: minor units that are not asked for yet, because their parts fall due later.
        later_parts: those parts, each with what is left of it; due_parts: the same of those that
            are asked for, or come next.
        taken_back: what was recorded by mistake, and counts as never said.
        skipped: the steps that a person left out, among the deeds, too.
        wanted_now: the step that a person wants out today, and since when; None if none.
    """

    invoice: Invoice
    received: int = 0
    credited: int = 0
    write_off: int | None = None
    moves: tuple[tuple[datetime, int], ...] = ()
    payments: tuple[tuple[str, int, datetime], ...] = ()
    credits: tuple[tuple[str, int, datetime], ...] = ()
    money: tuple[tuple[datetime, int], ...] = ()
    discount: int = 0
    to_costs: int = 0
    costs_left: int = 0
    costs_given_up: int = 0
    costs_waived: tuple[tuple[datetime, int | None], ...] = ()
    pending_payments: tuple[PendingPayment, ...] = ()
    came_as_announced: tuple[tuple[PendingPayment, int, datetime], ...] = ()
    flight_failed_at: datetime | None = None
    rounded: bool = False
    quiet_until: datetime | None = None
    gave_up_at: datetime | None = None
    corrected_at: datetime | None = None
    due_moved_at: datetime | None = None
    grew_at: datetime | None = None
    grew_by: MessageType | None = None
    resumed_at: datetime | None = None
    freed_at: datetime | None = None
    refunded_at: datetime | None = None
    promises: tuple[Promise, ...] = ()
    plans: tuple[Plan, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    settled_disputes: tuple[Dispute, ...] = ()
    corrections: tuple[Correction, ...] = ()
    claimed_at: datetime | None = None
    paused: bool = False
    paused_at: datetime | None = None
    paused_until: date | None = None
    awaits_approval: bool = False
    people_paused_until: date | None = None
    pauses: tuple[tuple[datetime, date | None, datetime | None], ...] = ()
    released_at: datetime
    withdrawn_at: datetime | None = None
    approved_at: datetime | None = None
    agency_chosen: str = ""
    returned_at: datetime | None = None
    agency_said: tuple[tuple[datetime, AgencyNews], ...] = ()
    heard_at: datetime
    deeds: tuple[Deed, ...] = ()
    elsewhere: tuple[Deed, ...] = ()
    rolled_due: date | None = None
    discount_day: date | None = None
    news: tuple[DeliveryNews, ...] = ()
    answer_until: datetime | None = None
    let_go: int = 0
    slack: int = 0
    episode: int = 1
    closed: bool = False
    last_days: tuple[date, ...] = ()
    part: int = 0
    parts_due: int = 0
    part_late_from: datetime | None = None
    part_since: datetime | None = None
    later: int = 0
    later_parts: tuple[InvoicePart, ...] = ()
    due_parts: tuple[InvoicePart, ...] = ()
    taken_back: tuple[TakenBack, ...] = ()
    skipped: tuple[Deed, ...] = ()
    wanted_now: tuple[str, datetime] | None = None

    @property
    def due(self) -> date:
        """The last day on which it is paid in time: the printed date, or the one it rolls to."""
        return self.rolled_due or self.invoice.due

    @property
    def discount_until(self) -> date | None:
        """The last day on which money earns the discount; None if it has none."""
        offer = self.invoice.discount
        return (self.discount_day or offer.until) if offer else None

    @property
    def printed_due(self) -> date:
        """The due date as printed: of terms in parts, that of the oldest part that is unpaid."""
        terms = self.invoice.terms
        return terms[self.part].day if terms else self.invoice.due

    @property
    def due_sum(self) -> int:
        """What is left after money and credit, before write-offs; negative is a surplus."""
        return self.invoice.amount.minor - self.received + self.to_costs - self.credited

    @property
    def written_off(self) -> int:
        """What was given up of what is left; money that comes later reduces it."""
        left = max(0, self.due_sum)
        if self.settlements and self.settled_for is not None:
            return left
        if self.write_off is None:
            return 0
        return left if self.write_off < 0 else min(left, self.write_off)

    @property
    def open(self) -> int:
        """What the debtor still owes."""
        # The same as `due_sum`, which is asked several times in each decision.
        left = self.invoice.amount.minor - self.received + self.to_costs - self.credited
        if left <= 0:
            return 0
        if self.write_off is None and not self.settlements:
            return left
        return left - self.written_off

    @property
    def settled_for(self) -> Settlement | None:
        """The offer that was paid in time: the rest is given up, and the case counts as paid.

        A later offer takes the place of an earlier one.
        """
        offer = self.settlements[-1] if self.settlements else None
        paid = offer and offer.is_paid(self.invoice.amount.minor, self.moves, self.slack)
        return offer if paid else None

    @property
    def surplus(self) -> int:
        """Money beyond the invoice, kept in a bucket of its own."""
        return max(0, -self.due_sum)

    @property
    def paid(self) -> int:
        """What money settled; invoice = paid + credited + written off + open, always."""
        return self.received - self.to_costs - self.surplus

    @property
    def open_now(self) -> int:
        """What of the open principal counts now: not what falls due with a later part."""
        return self.open - self.later

    @property
    def open_money(self) -> Money:
        """What the debtor still owes, as money."""
        return Money(self.open, self.invoice.amount.currency)

    @property
    def disputed(self) -> int:
        """The part of what is left to collect that is contested."""
        contested = self.contested
        if not contested:
            return 0
        whole = any(dispute.amount is None for dispute in contested)
        left = self.to_chase
        return left if whole else min(left, sum(d.amount or 0 for d in contested))

    @property
    def contested(self) -> tuple[Dispute, ...]:
        """The open disputes that stop chasing (P41)."""
        if not self.disputes:
            return ()
        return tuple(dispute for dispute in self.disputes if not dispute.is_minor)

    @property
    def in_hardship(self) -> bool:
        """Whether the customer has said that they cannot pay (P42)."""
        return any(dispute.is_hardship for dispute in self.disputes)

    @property
    def undisputed(self) -> int:
        """The part of what is left that may be chased: neither contested nor due later."""
        return self.to_chase - self.disputed - self.later

    @property
    def to_chase(self) -> int:
        """What is left to collect: the principal, or costs that are left when it is paid."""
        return self.open + self.costs_left

    @property
    def outcome(self) -> Outcome | None:
        """How the case has ended, if nothing is left to collect."""
        if self.withdrawn_at:
            return Outcome.WITHDRAWN
        return self._settled_by if self.open + self.costs_left <= 0 else None

    @property
    def _settled_by(self) -> Outcome:
        """Whether money, credit notes alone, or a write-off left nothing to collect."""
        if self.written_off and not self.rounded and not self.settled_for:
            return Outcome.WRITTEN_OFF
        by_credit = self.credited > self.discount and self.paid <= 0
        return Outcome.CREDITED if by_credit else Outcome.PAID

    @property
    def came_back_undecided(self) -> bool:
        """Whether the agency gave the case back and no person has said yet what becomes of it."""
        if self.returned_at is None or not self._returned(self.last_deed(ActionType.HAND_OFF)):
            return False
        return not self._decided_since(self.returned_at)

    def _decided_since(self, instant: datetime) -> bool:
        """Whether a person let the case go on, handed it over again, or agreed on something."""
        promised = (promise.made_at for promise in self.promises)
        planned = (plan.accepted_at for plan in self.plans)
        offered = (offer.made_at for offer in self.settlements)
        decided = (self.resumed_at, self.approved_at, *promised, *planned, *offered)
        return any(at and at > instant for at in decided)

    @property
    def with_agency(self) -> bool:
        """Whether the agency has the case now."""
        taken = self.last_deed(ActionType.HAND_OFF)
        if taken is None or self._returned(taken):
            return False
        back = self.last_deed(ActionType.RECALL)
        return back is None or back.at < taken.at

    def _returned(self, taken: Deed | None) -> bool:
        """Only what the agency has can come back from it."""
        return bool(taken and self.returned_at and self.returned_at >= taken.at)

    @property
    def credit_held(self) -> bool:
        """Whether this case holds the customer's credit."""
        held = self.last_deed(ActionType.HOLD_CREDIT)
        if held is None:
            return False
        freed = self.last_deed(ActionType.RELEASE_CREDIT)
        return freed is None or freed.at < held.at

    @property
    def last_attempt(self) -> Deed | None:
        """The last message of any episode, delivered or not; confirmations do not count."""
        for deed in reversed(self.deeds):
            if deed.is_message and deed.do is not ActionType.ACKNOWLEDGE:
                return deed
        return None

    @property
    def last_message(self) -> Deed | None:
        """The last message, of any episode, that counts as read; confirmations do not count."""
        for deed in reversed(self.deeds):
            if deed.reached_debtor and deed.do is not ActionType.ACKNOWLEDGE:
                return deed
        return None

    @property
    def running_promise(self) -> Promise | None:
        """The promise that counts: a later promise, plan or offer replaces an earlier one.

        One that was checked before the case was closed is history when the case opens again.
        """
        if not self.promises:
            return None
        promise, closed = self.promises[-1], self.closed_at
        if closed and closed >= promise.plan_b.check_at:
            return None
        plans = (plan.accepted_at for plan in self.plans)
        later = [*plans, *(offer.made_at for offer in self.settlements)]
        return None if any(at and at >= promise.made_at for at in later) else promise

    @property
    def closed_at(self) -> datetime | None:
        """When the case was last closed (UTC)."""
        closed = self.last_deed(ActionType.CLOSE)
        return closed.at if closed else None

    def last_deed(self, do: ActionType) -> Deed | None:
        """Find the last deed of an action type, of any episode."""
        for deed in reversed(self.deeds):
            if deed.do is do:
                return deed
        return None

    def received_between(self, start: datetime, end: datetime) -> int:
        """Add up money from one instant up to, not including, another; minor units."""
        return sum(minor for at, minor in self.moves if start <= at < end)

    def left_at(self, instant: datetime) -> int:
        """Compute what money and credit had left open at an instant, less what was written off."""
        came = sum(minor for at, minor in self.moves if at < instant)
        gave_up = 0 if self.settlements and self.settled_for else self.written_off
        return self.invoice.amount.minor - came - gave_up - self.discount
