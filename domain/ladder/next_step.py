"""The ladder: which step of the policy comes next for this case, and at which instant."""

# One thing: the look at one case's ladder, whose dates all hang on each other.

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cached_property

from domain.case.facts import Facts
from domain.case.model import Deed
from domain.case.news import received_at
from domain.contact.contact_book import (
    free_for_message,
    limits_of,
    quiet_until,
    why_not_before,
)
from domain.ladder.answered import after_answers
from domain.ladder.completed_steps import settled_steps
from domain.ladder.deadlines import after_the_deadline, latest_deadline
from domain.ladder.demand import first_word_since, said_demands
from domain.ladder.left_out import is_unwritten, written_instead
from domain.ladder.never_heard import never_heard
from domain.ladder.schedule import Rung, anchored, rung_on, schedule_of
from domain.message_types import PRESSING, ActionType
from domain.parties.people import VOICE
from domain.policy.model import Base, CatchUp, Policy, Step

NEVER = date.max
_A_DAY = timedelta(days=1)
SOON = 3
"""Calendar days that a task keeps from a late word, where its policy sets them further apart."""

NOT_FOR_RESTS = (*PRESSING, ActionType.FEE)
"""Rests too small alone are asked for in words: no call, note, hold or fee is worth them."""

SPOKEN = (VOICE,)
"""The channels of a message that is a call, and keeps what holds for calls."""


class Ladder:
    """One case's ladder: what is done, what has expired, what comes next."""

    def __init__(self, facts: Facts, policy: Policy, now: datetime, still: datetime) -> None:
        self._case = facts.case
        self._customer = facts.customer
        self._is_small_rest = facts.together_since is not None
        self._calendar = facts.calendar
        self._policy = policy
        self.now = now
        self._settled = settled_steps(facts.case, policy)
        self._never_heard = never_heard(facts, policy)
        for name in self._never_heard:
            self._settled.pop(name, None)
        self._facts = facts
        self.deadline = latest_deadline(facts.case)
        self._deadline_over = self._after(self.deadline) if self.deadline else None
        self._still = self._calendar.within(still)
        self._spaced = self._spaced_until()
        self._own_quiet = self._quiet = self._quiet_until()
        self._calls = self._call_tasks = self._questions = self._still
        if facts.customer.contacts:
            self._heed_the_contact_book()
        self._free = max(self._quiet, self._call_tasks, self._questions)
        self._schedule = schedule_of(facts, policy)
        self._let_other_words_stand_for_the_mildest()
        self._tasks: list[Rung] = []
        self._messages: list[Rung] = []
        self._sort_open_rungs()

    def next_rung(self) -> Rung | None:
        """Find the next step: tasks as they fall due, messages one at a time in their order."""
        message = self.next_message()
        rungs = [*self._tasks, message] if message else self._tasks
        return min(rungs, key=_at_and_order, default=None)

    def next_task(self) -> Rung | None:
        """Find the next step that is no message, if any is still to come."""
        return min(self._tasks, key=_at_and_order, default=None)

    def next_message(self) -> Rung | None:
        """Find the next message to the debtor, if any is still to come."""
        confirm = ActionType.CONFIRM
        ahead = [r for r in self._messages if r.step.do is not confirm or not self._gives_way(r)]
        if not ahead:
            return None
        if self._policy.catch_up is CatchUp.ONE_BY_ONE:
            return next(filter(self._is_its_turn, sorted(ahead, key=_day_and_order)), None)
        first = min(ahead, key=_day_and_order)
        reached = self._calendar.local_date(first.at)
        due = [rung for rung in ahead if rung.day <= reached] or [first]
        return max(due, key=_day_and_order)

    def _gives_way(self, rung: Rung) -> bool:
        """Whether a question whether the invoice arrived would come after a word about it."""
        words = [word.at for word in self._messages if word.step.do is not ActionType.CONFIRM]
        if self._questions > self._own_quiet:  # other invoices hold it up: the word may be in time
            return any(at <= rung.at for at in words)
        return any(at < rung.at for at in words)

    def _is_its_turn(self, rung: Rung) -> bool:
        """Whether a message whose date moves has none before it in the policy that moves as well.

        What was said late moves the one on and not the other, so their dates may change places.
        """
        if not _moves(rung.step):
            return True
        ahead = {message.step.id for message in self._messages}
        return not any(
            _moves(step) and (step.id in ahead or self._is_waiting(step, fixed))
            for step, fixed in self._schedule
            if step.order < rung.step.order
        )

    def calls_before(self, instant: datetime) -> bool:
        """Tell whether a call is due before an instant."""
        return any(r.step.do is ActionType.CALL_TASK and r.at < instant for r in self._tasks)

    def why(self, rung: Rung) -> str:
        """Describe why a step falls when it does: its date, and what moved it on from there."""
        day = self._calendar.local_date(rung.at) if rung.moved else rung.day
        if rung.step.id in self._never_heard:
            return f"{rung.step.id} reached nobody before, and there is a way to the customer now"
        if day == rung.day:
            return rung.why
        return f"{rung.step.on} is {rung.day}; {self._moved_by(rung.step, day)}"

    def _moved_by(self, step: Step, day: date) -> str:
        last, over = self._case.last_message, self._deadline_over
        if self._quiet > self._own_quiet and step.is_message:
            return why_not_before(self._customer, self._policy, self._calendar)
        if step.on.base is Base.DEADLINE and over and day == self._calendar.local_date(over):
            return f"the deadline of {self.deadline} is waited for"
        if not step.is_message or self._quiet == self._still or last is None:
            return self._held_by(day)
        if self.deadline and self.deadline >= self._calendar.local_date(last.at):
            return f"the deadline of {self.deadline} is waited for"
        return f"{self._policy.minimum_gap_days} days are kept after {last.step}"

    def _held_by(self, day: date) -> str:
        money, answer = self._case.quiet_until, self._case.answer_until
        held = day == self._calendar.local_date(self._still)
        if money and held and self._still == self._calendar.within(money):
            return f"money is on its way or went back: it is waited up to {day}"
        if answer and held and self._still == self._calendar.within(answer):
            return f"an answer came: it is waited up to {day}"
        return f"caught up on {day}"

    def messages_are_over(self, by: date = NEVER) -> bool:
        """Tell whether no message dated up to a day is still to come."""
        if any(rung.day <= by for rung in self._messages):
            return False
        return by is not NEVER or not any(self._is_waiting(*entry) for entry in self._schedule)

    def message_at(self, day: date) -> datetime:
        """Find the first instant from a day on that keeps away from this case's messages.

        What is said about other invoices does not hold it back, or it might never come.
        """
        at = max(self._calendar.opening(day), self._own_quiet)
        return max(at, quiet_until(self._customer, self._policy, self._calendar) or at)

    @property
    def free_at(self) -> datetime:
        """Find the first instant at which the debtor may be written to about this case."""
        return self._quiet

    @property
    def free_beside_a_deadline(self) -> datetime:
        """The first instant for a word that need not wait for a deadline that was set before."""
        if not self._customer.contacts:
            return self._spaced
        free = free_for_message(self._customer, self._policy, self._calendar)
        return max(self._spaced, free or self._spaced)

    @property
    def own_quiet(self) -> datetime:
        """Find the first instant that holds, gap and deadlines of this very case leave free."""
        return self._own_quiet

    def previous_day(self, before: int | None = None) -> date | None:
        """Find the date at which the step before was done, expired or closed, if it has come."""
        ahead = [
            (step, rung) for step, rung in self._schedule if before is None or step.order < before
        ]
        if not ahead:
            return None
        step, fixed = ahead[-1]
        deed = self._settled.get(step.id) or self._stands_for(step)
        if deed:
            return self._calendar.local_date(deed.at)
        rung = self._placed(step, fixed)
        return self._case.due if rung and self.has_expired(rung) else None

    def _sort_open_rungs(self) -> None:
        """Tasks and messages that are still to come, each in the order of the policy."""
        due, skips = self._case.due, self._policy.catch_up is CatchUp.MOST_SEVERE
        settled, tasks = self._settled, self._tasks
        for step, fixed in self._schedule:
            if step.id in settled or (skips and self._stands_for(step)):
                continue
            rung = self._placed(step, fixed)
            if rung is None:
                continue
            safe = rung.day > due and step.do is not ActionType.CONFIRM
            if safe or not self.has_expired(rung):
                (self._messages if step.is_message else tasks).append(rung)
        if tasks:
            words = min((message.step.order for message in self._messages), default=None)
            self._tasks = [rung for task in tasks if (rung := self._in_its_place(task, words))]

    def _in_its_place(self, task: Rung, first_word: int | None) -> Rung | None:
        """A task as it comes beside the messages; None while a word is to come before it."""
        do, pressing = task.step.do, task.step.do in PRESSING
        if self._is_small_rest and do in NOT_FOR_RESTS:
            return None
        if not pressing and do is not ActionType.FEE:
            return task
        if first_word is not None and self._waits_for(first_word, task.step):
            return None
        return self._after_its_word(task) if pressing else task

    def _waits_for(self, word: int, task: Step) -> bool:
        """Nobody is pressed, or charged a fee, before the word that comes first was said."""
        return word < task.order or is_unwritten(task, self._schedule, self._facts)

    def _after_its_word(self, rung: Rung) -> Rung:
        """A task that presses comes after the word before it, once that has had its time.

        In time, a policy's dates are kept as they are; after a late start the task keeps a
        distance of a few days from the word.
        """
        ready = self._word_had_its_time(rung)
        if ready is None or rung.at >= ready:
            return rung
        return Rung(rung.step, rung.day, ready, rung.open_day, moved=True)

    def _word_had_its_time(self, rung: Rung) -> datetime | None:
        """From when on a task may follow what was said before it; None if nothing delays it."""
        calendar, ready = self._calendar, None
        word = self._word
        if word and word.deadline:
            ready = self._after(word.deadline)
        before = (entry for entry in reversed(self._schedule) if entry[0].order < rung.step.order)
        words = (entry for entry in before if entry[0].is_message and entry[0].id in self._settled)
        step, planned = next(words, (None, None))
        if step is None or planned is None:
            return ready
        said = written_instead(rung.step, self._schedule, self._facts) or self._settled[step.id]
        gap, day = self._policy.minimum_gap_days, calendar.local_date(said.at)
        if not said.reached_debtor or day <= calendar.local_date(planned.at) + gap * _A_DAY:
            return ready
        distance = max(gap, min(SOON, (rung.day - planned.day).days))
        late = calendar.opening(day + distance * _A_DAY)
        return max(ready, late) if ready else late

    @cached_property
    def _word(self) -> Deed | None:
        """The first message that asked for the money after it last fell due once more."""
        return first_word_since(self._facts, self.now)

    def _let_other_words_stand_for_the_mildest(self) -> None:
        """Who was told that money came back, or a promise broke, hears of no oversight after it."""
        settled, due = self._settled, self._case.due
        words = [s for s, rung in self._schedule if s.is_message and not (rung and rung.day <= due)]
        if not words or words[0].do is not ActionType.REMIND or words[0].id in settled:
            return
        asked = said_demands(self._facts)
        other = [deed for deed in asked if self._policy.step(deed.step) is None]
        if not other:
            return
        said = other[-1]
        known = (settled.get(step.id) for step in words)
        if not any(deed and deed.at <= said.at for deed in known):
            self._settled = {words[0].id: said} | settled

    def _placed(self, step: Step, fixed: Rung | None) -> Rung | None:
        """The rung at the instant that holds, gap and deadlines leave it."""
        rung = fixed or rung_on(step, self._moving_day(step), self._calendar)
        if rung is None or rung.at >= self._free:
            return rung
        waits = step.is_message or step.do is ActionType.FEE
        not_before = self._quiet if waits else self._still
        if step.on.base is Base.DEADLINE and self._deadline_over:
            not_before = max(not_before, self._deadline_over)
        if step.do is ActionType.CALL_TASK:
            not_before = max(not_before, self._call_tasks)
        elif step.channels == SPOKEN:
            not_before = max(not_before, self._calls)
        elif step.do is ActionType.CONFIRM:
            not_before = max(not_before, self._questions)
        return (
            rung
            if rung.at >= not_before
            else Rung(step, rung.day, not_before, rung.open_day, moved=True)
        )

    def _moving_day(self, step: Step) -> date | None:
        by_deadline = step.on.base is Base.DEADLINE
        base = self.deadline if by_deadline else self.previous_day(step.order)
        if base is None and by_deadline and not self._deadline_may_come(step):
            first = step.order == self._schedule[0][0].order
            base = self._case.due if first else self.previous_day(step.order)
        return anchored(step.on, base) if base else None

    def _deadline_may_come(self, step: Step) -> bool:
        """Whether a message before this step is still to come that would set a deadline."""
        return any(
            before.is_message
            and before.deadline_days is not None
            and not self._is_settled(before)
            and not self._is_missed(before, fixed)
            for before, fixed in self._schedule
            if before.order < step.order
        )

    def _is_missed(self, step: Step, fixed: Rung | None) -> bool:
        """Whether a message was to be said before the due date only, and was not."""
        rung = self._placed(step, fixed)
        return rung is not None and rung.day <= self._case.due and self.has_expired(rung)

    def _is_settled(self, step: Step) -> bool:
        if step.id in self._settled:
            return True
        return self._stands_for(step) is not None

    def _stands_for(self, step: Step) -> Deed | None:
        """Under most-severe a firmer message that went out stands for the milder ones before it."""
        if self._policy.catch_up is CatchUp.ONE_BY_ONE or not step.is_message:
            return None
        later = (s.id for s, _ in self._schedule if s.order > step.order and s.is_message)
        return next((self._settled[name] for name in later if name in self._settled), None)

    def _is_waiting(self, step: Step, fixed: Rung | None) -> bool:
        """Whether a message will come, but on a date that is not known yet."""
        if fixed or not step.is_message or self._is_settled(step):
            return False
        return self._moving_day(step) is None

    def has_expired(self, rung: Rung) -> bool:
        """Tell whether a step dated before due+1 has expired: it is never said late.

        Nobody is asked either whether the invoice arrived once it is due or was written about.
        """
        due = self._case.due
        if rung.step.do is ActionType.CONFIRM and (self._case.last_message or self._has_arrived()):
            return True
        if rung.day > due:
            return rung.step.do is ActionType.CONFIRM
        falls_on = self._calendar.local_date(max(rung.at, self.now))
        return falls_on >= due if rung.day < due else falls_on > due

    def _has_arrived(self) -> bool:
        """Whether it is known already that the customer has the invoice (P02)."""
        return received_at(self._case.news) is not None if self._case.news else False

    def _heed_the_contact_book(self) -> None:
        """Over all invoices of the customer: the gap, the most in a week, quiet after a talk."""
        free = limits_of(self._customer, self._policy, self._calendar)
        self._quiet = max(self._quiet, free.message or self._quiet)
        self._calls = max(self._calls, free.call or self._calls)
        self._call_tasks = max(self._calls, free.call_task or self._calls)
        self._questions = max(self._quiet, free.question or self._quiet)

    def _quiet_until(self) -> datetime:
        """Messages keep the minimum gap, and a deadline once set is waited for to its end."""
        return max(self._spaced, self._deadline_over or self._spaced)

    def _after(self, deadline: date) -> datetime:
        return after_the_deadline(self._facts, self._policy, deadline)

    def _spaced_until(self) -> datetime:
        """The end of what holds the case, and of the minimum gap after its last message."""
        until, calendar = self._still, self._calendar
        last = self._case.last_message
        if last:
            gap = timedelta(days=self._policy.minimum_gap_days)
            after = calendar.opening(calendar.local_date(last.at) + gap)
            until = max(until, after if last.at <= after else calendar.within(last.at))
        return max([until, *after_answers(self._facts, self._policy)])


def _moves(step: Step) -> bool:
    """Whether a step's date hangs on what was done, or on a deadline that was set."""
    return step.on.base in (Base.PREVIOUS, Base.DEADLINE)


def _at_and_order(rung: Rung) -> tuple[datetime, int]:
    return rung.at, rung.step.order


def _day_and_order(rung: Rung) -> tuple[date, int]:
    return rung.day, rung.step.order
