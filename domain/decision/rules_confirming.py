"""Confirms agreements in writing (P50), and reminds of them before the money is due."""

# One thing: what is put in writing about agreements, and what puts that right.

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.agreements.numbering import InstalmentStep, number_of_agreement, plan_number
from domain.agreements.promises import PromiseState, state_of, still_missing
from domain.agreements.reducer import Agreement
from domain.agreements.status import (
    agreed_until,
    current_plan,
    missed_part,
    missing_of,
    open_offer,
)
from domain.case.agreement_types import Plan, Promise, TakenBack
from domain.case.correcting import is_disregarded
from domain.case.facts import Action, Facts
from domain.case.model import Case, Deed
from domain.case.promised import part_promise
from domain.contact.contact_book import free_for_call_task, free_for_message, free_for_urgent
from domain.decision.answering.steps import ONE_SITTING
from domain.decision.review import is_done
from domain.deed import CORRECTED
from domain.fold.taking_back import told_of
from domain.ladder.holds import free_from, unpaused_from
from domain.message_types import ActionType
from domain.payments.pending import on_its_way
from domain.policy.model import Policy

IN_WRITING = ("email", "sms")
CONFIRMS = "agreement-"
"""How the steps begin that speak of an agreement as such."""


@dataclass(frozen=True, slots=True)
class Look:
    """A look at a case's agreements at one instant."""

    facts: Facts
    policy: Policy
    now: datetime

    @property
    def case(self) -> Case:
        """The case that is looked at."""
        return self.facts.case

    def within(self, instant: datetime) -> datetime:
        """Find the first instant in a contact window at which no pause holds the case."""
        free = free_from(self.facts) or self.case.released_at
        return self.facts.calendar.within(max(instant, free))

    def at_once(self, instant: datetime) -> datetime:
        """Find the first instant in a contact window for what answers the customer.

        Only a person's pause holds it: an answer that is to be read, money on its way, or the time
        of their own approval does not.
        """
        free = unpaused_from(self.facts, beside_approval=True) or self.case.released_at
        return self.facts.calendar.within(max(instant, free))

    def with_the_sitting(self, instant: datetime) -> datetime:
        """Find when an answer goes that waits for what else is said in the same sitting.

        It never waits for the next day: then it goes at once.
        """
        at_once, later = self.at_once(instant), self.at_once(instant + ONE_SITTING)
        day = self.facts.calendar.local_date
        return later if day(later) == day(at_once) else at_once

    def free_to_write(self, at: datetime) -> datetime:
        """Find when an urgent message may go: no gap, but weekly limit and quiet days (P82)."""
        facts = self.facts
        return max(at, free_for_urgent(facts.customer, self.policy, facts.calendar) or at)

    def free_to_call(self, at: datetime) -> datetime:
        """Find when the contact book allows that somebody is asked to call."""
        facts = self.facts
        return max(at, free_for_call_task(facts.customer, self.policy, facts.calendar) or at)

    def comes_at(self, at: datetime) -> datetime:
        """Find when a message planned for an instant can really go out."""
        return self.facts.calendar.within(max(at, self.now))


@dataclass(frozen=True, slots=True)
class OwedCorrection:
    """What was taken back, the agreement that it had made, and what had told the customer of it."""

    back: TakenBack
    agreed: Promise | Plan
    told: Deed

    @property
    def since(self) -> datetime:
        """From when on the customer believes what is not so."""
        return max(self.back.at, self.told.at)


@dataclass(frozen=True, slots=True)
class ConfirmationDue:
    """Money that is agreed on and still to come: its day, since when, and its reminder's step.

    Attributes:
        missing: what of it has not come yet; minor units.
    """

    day: date
    since: datetime
    step: str
    missing: int


def confirm_in_writing(look: Look) -> Action | None:
    """Confirm an agreement to the customer, once, in the next contact window (P50).

    It waits a little for what is agreed on in the same sitting for the customer's other invoices.
    """
    agreed = newest_agreement(look.case) if look.policy.agreements.confirm_in_writing else None
    if agreed is None:
        return None
    part, since = part_promise(look.case), agreed_at(agreed)
    holds = part.plan_b.check_at if part == agreed and part else agreed_until(look.case)
    if any(deed.at >= since for deed in _confirmations(look.case)):
        return None
    at, step = look.with_the_sitting(since), _confirmation_of(look.case, agreed)
    if holds is None or look.comes_at(at) >= holds or is_done(look.case, step):
        return None
    return Action(
        do=ActionType.ACKNOWLEDGE,
        at=at,
        why=f"{_named(agreed)} is confirmed in writing",
        ahead=f"{_named(agreed)} is to be confirmed in writing",
        step=step,
        channels=IN_WRITING,
        tone="warm",
    )


def correct_what_was_taken_back(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """Put right, in one letter, what the customer was told of a slip that was taken back.

    It waits a little, for whoever takes something back records what was meant soon after: then the
    letter that confirms that says so, and no second one goes out.
    """
    case, look = facts.case, Look(facts, policy, now)
    owed = owed_correction(case) if case.taken_back else None
    if owed is None or case.outcome or (case.paused and case.paused_until is None):
        return None
    anew = newest_agreement(case)
    if anew and agreed_at(anew) >= owed.back.at and confirm_in_writing(look):
        return None
    return Action(
        do=ActionType.ACKNOWLEDGE,
        at=look.at_once(max(owed.back.at + ONE_SITTING, owed.told.at)),
        why="what had been confirmed was a mistake of ours: one letter says so",
        ahead="what was confirmed was a mistake of ours: one letter is to say so",
        step=f"{about_agreement(case, owed.agreed)}{CORRECTED}",
        channels=IN_WRITING,
        tone="warm",
    )


def owed_correction(case: Case) -> OwedCorrection | None:
    """Find what the customer was told of a slip, as long as no letter has put it right."""
    owed = [one for back in case.taken_back if (one := _told(case, back))]
    if not owed:
        return None
    newest = max(owed, key=lambda one: one.since)
    if is_disregarded(case, newest.told):
        return None
    said = (deed for deed in case.deeds if deed.step.endswith(f"-{CORRECTED}"))
    right = (*said, *_confirmations(case))
    return None if any(deed.at >= newest.since for deed in right) else newest


def tells_of_a_slip(case: Case, letter: Deed) -> bool:
    """Whether a letter told the customer of an agreement that was taken back."""
    backs = (steps_about(case, back.agreed) for back in case.taken_back if back.agreed)
    return any(letter.step.startswith(begins) for begins in backs)


def _told(case: Case, back: TakenBack) -> OwedCorrection | None:
    """What the customer was told of an agreement that was taken back; None if nothing."""
    agreed = back.agreed
    told = told_of(case, steps_about(case, agreed)) if agreed else None
    return OwedCorrection(back, agreed, told) if agreed and told else None


def steps_about(case: Case, agreed: Agreement) -> tuple[str, ...]:
    """List how the steps begin that tell the customer of an agreement."""
    about = about_agreement(case, agreed)
    begins = tuple(f"{about}{what}" for what in ("confirmed", "moved", "reminder"))
    if isinstance(agreed, Plan):
        return (*begins, f"instalment-{plan_number(case, agreed)}-")
    return begins


def _confirmation_of(case: Case, agreed: Agreement) -> str:
    """Name its step; what a dispute or a pause has moved is confirmed with its new day.

    A first instalment that came in time keeps its day: then the last one's tells the letters apart.
    """
    about = about_agreement(case, agreed)
    if not agreed.moved_at:
        return f"{about}confirmed"
    days = [part.day for part in agreed.parts] if isinstance(agreed, Plan) else [agreed.day]
    said = {deed.step for deed in case.deeds if deed.episode == case.episode}
    names = [f"{about}moved-{day}" for day in (days[0], days[-1])]
    return next((name for name in names if name not in said), names[-1])


def _confirmations(case: Case) -> Iterator[Deed]:
    """What was confirmed of the agreements that count; not what was taken back since."""
    gone = {about_agreement(case, back.agreed) for back in case.taken_back if back.agreed}
    for deed in case.deeds:
        confirms = deed.do is ActionType.ACKNOWLEDGE and deed.step.startswith(CONFIRMS)
        if confirms and not deed.step.startswith(tuple(gone)):
            yield deed


def about_agreement(case: Case, agreed: Agreement) -> str:
    """Begin the name of a step that speaks of an agreement as such."""
    return f"{CONFIRMS}{number_of_agreement(case, agreed)}-"


def remind_before(look: Look) -> Action | None:
    """Remind the customer some days before the money is due, never within the gap.

    Not of money that is on its way already: who has given us a debit has nothing left to do.
    """
    ahead = look.policy.agreements.remind_before_days
    due = _due(look) if ahead else None
    if due is None or any(deed.step == due.step for deed in look.case.deeds):
        return None
    if due.missing <= on_its_way(look.case, look.now):
        return None
    calendar = look.facts.calendar
    heard = [deed.at for deed in look.case.deeds if deed.reached_debtor]
    last = calendar.local_date(max([due.since, *heard]))
    gap = timedelta(days=look.policy.minimum_gap_days)
    at = look.within(calendar.opening(max(due.day - timedelta(days=ahead), last + gap)))
    at = max(at, free_for_message(look.facts.customer, look.policy, calendar) or at)
    if calendar.local_date(look.comes_at(at)) >= due.day:
        return None
    why = f"a friendly word before {due.day}, on which the money is due"
    return Action(
        do=ActionType.REMIND, at=at, why=why, step=due.step, channels=IN_WRITING, tone="warm"
    )


def agreed_at(agreed: Agreement) -> datetime:
    """Find when an agreement began to count."""
    made = agreed.made_at
    if isinstance(agreed, Plan):
        made = agreed.accepted_at or made
    return agreed.moved_at or made


def _named(agreed: Agreement) -> str:
    """An agreement in a few words."""
    if isinstance(agreed, Plan):
        return f"the plan of {len(agreed.parts)} instalments until {agreed.parts[-1].day}"
    what = "promise for" if isinstance(agreed, Promise) else "offer until"
    return f"the {what} {agreed.day}"


def unpaid_promise(case: Case) -> Promise | None:
    """Find the promise whose money is still to come, checked or not."""
    promise = case.running_promise
    if promise is None or promise.suspended:
        return None
    kept = state_of(case, promise, promise.plan_b.check_at) is PromiseState.KEPT
    return None if kept else promise


def unpaid_plan(case: Case) -> tuple[Plan, int] | None:
    """Find the plan that counts, and its first instalment (from 0) that is still to come."""
    plan = current_plan(case) if case.plans else None
    missed = missed_part(case, plan) if plan else None
    return None if plan is None or missed is None or plan.suspended else (plan, missed)


def step_of(case: Case, plan: Plan, number: int, what: str) -> str:
    """Name the step about an instalment (from 0)."""
    return str(InstalmentStep(plan_number(case, plan), number, what))


def newest_agreement(case: Case) -> Agreement | None:
    """Find the newest agreement whose money is still to come."""
    plan = unpaid_plan(case)
    offer = open_offer(case)
    if offer and offer.suspended:
        offer = None
    standing = (unpaid_promise(case), plan[0] if plan else None, offer)
    return max((agreed for agreed in standing if agreed), key=agreed_at, default=None)


def _due(look: Look) -> ConfirmationDue | None:
    case = look.case
    promise, plan = unpaid_promise(case), unpaid_plan(case)
    if promise:
        step = f"{about_agreement(case, promise)}reminder"
        missing = still_missing(case, promise, look.now)
        return ConfirmationDue(promise.day, promise.made_at, step, missing)
    if plan is None:
        return None
    step, missing = step_of(case, *plan, "reminder"), missing_of(case, *plan)
    return ConfirmationDue(plan[0].parts[plan[1]].day, agreed_at(plan[0]), step, missing)
