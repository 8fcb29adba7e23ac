"""Gathers what one message carries: the step that is due, and what is due of the same customer."""

# One thing: a message and what it carries, from gathering to the look last and the record.

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from activities.cases.session import Session
from activities.ports.types import Carried, Outbound
from activities.sending.routing import used_ways
from domain.case.facts import Action
from domain.contact.contact_book import was_written
from domain.contact.routes import ContactRoute
from domain.decision.answering.steps import answer_named
from domain.decision.bundling import (
    JOINING,
    LOOKED_AT_TOGETHER,
    Sending,
    firmness,
    horizon,
    joining,
    kinds_with,
    may_be_shared,
    one_instant,
    sending_of,
    settling_for,
    shared_deadline,
    with_deadline,
)
from domain.decision.consumers.free_reminders import with_free_days
from domain.decision.deeds import moment_of
from domain.message_types import ActionType, Result
from domain.parties.customer import PlannedContact, Touch
from domain.parties.people import VOICE
from domain.wire import CaseActivityInput

WaysOf = Callable[[Session, Action], tuple[ContactRoute, ...]]
"""The ways that a case's message may go."""


@dataclass(frozen=True, slots=True)
class BundledCase:
    """One case in a message, and the step that it speaks of."""

    session: Session
    action: Action

    @property
    def carried(self) -> Carried:
        """The step as the ledger names it."""
        episode = self.session.case.episode
        return Carried(case=self.session.case_id, step=self.action.step, episode=episode)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A message with all steps that it speaks of.

    Attributes:
        mine: the case whose turn it is; it may have no part in the message any more.
        items: what the message speaks of; never empty.
        at: the instant at which it counts as sent.
    """

    mine: Session
    items: tuple[BundledCase, ...]
    at: datetime

    @property
    def lead(self) -> BundledCase:
        """The firmest step: it decides the words."""
        return max(self.items, key=lambda item: firmness(item.action, item.session.case))

    @property
    def deadline_days(self) -> int | None:
        """The days that the message gives for all it speaks of."""
        return shared_deadline(self.lead.action, (item.action for item in self.items))

    @property
    def has_mine(self) -> bool:
        """Whether it speaks of the case whose step is carried out."""
        return any(item.session is self.mine for item in self.items)

    def record(self, result: Result, outbound: Outbound) -> None:
        """Record that it went out: a deed for each case, one contact, and what comes next."""
        days, lead = self.deadline_days, self.lead
        count = len(self.items)
        what = was_written(lead.action)
        said = PlannedContact(at=self.at, what=what, channel=outbound.channel, cases=count)
        for item in self.items:
            item.session.record(with_deadline(item.action, days), result, outbound.channel)
        for key, contact in touches(said, outbound.id):
            self.mine.account.customer.touch(contact, key, lead.session.case_id)
            for session in {self.mine, *(item.session for item in self.items)}:
                session.hears_of(contact)
        self.decide_for_the_others()

    def record_unheard(self) -> None:
        """Record that none of it reached anybody."""
        for item in self.items:
            item.session.record(item.action, Result.REJECTED)
        self.decide_for_the_others()

    def decide_for_the_others(self) -> None:
        """Decide what comes next for each case but the one whose step is carried out."""
        for item in self.items:
            if item.session is not self.mine:
                item.session.decide()


@contextmanager
def gathered(
    session: Session, action: Action, way: ContactRoute, tried: tuple[str, ...], ways_of: WaysOf
) -> Iterator[Bundle]:
    """Gather a step with all that may go out with it now; without a route, all without one."""
    own, policy = BundledCase(session, action), session.file.policy
    sending = sending_of(action, policy, way, session.now)
    others: tuple[str, ...] = ()
    if may_be_shared(action, policy):
        until = horizon(sending, session.calendar)
        others = session.account.outbound.due_with(session.case_id, until, sending.kinds, tried)
    if not others:
        yield Bundle(session, (own,), sending.at)
        return
    with session.account.together(others):
        known = (Session(session.account, case_id, session.now) for case_id in others)
        found = [item for one in known if (item := _joined(one, sending))]
        if not way.channel:
            found = [item for item in found if not ways_of(item.session, item.action)]
        yield _at_one_instant(session, own, found, sending)


def _at_one_instant(
    mine: Session, own: BundledCase | None, joined: list[BundledCase], sending: Sending
) -> Bundle:
    """What goes out together counts as sent together."""
    at = one_instant(sending, (item.action for item in joined))
    items = [replace(item, action=replace(item.action, at=at)) for item in joined]
    if own:
        kept = own if at == sending.at else replace(own, action=replace(own.action, at=at))
        items.insert(0, kept)
    return Bundle(mine, tuple(items), at)


def _joined(session: Session, sending: Sending) -> BundledCase | None:
    """The look at another case: what it wants at this instant, if that may go along."""
    file = session.file
    if file.parked or file.on_hold or file.customer.human_only:
        return None
    state = session.state.seen(sending.at, file.customer.settled)
    action = joining(state.facts, file.policy, state.next_action, sending)
    if action is None or sending.way.as_used in used_ways(session, action.step):
        return None
    return BundledCase(session, action)


@contextmanager
def companions(
    mine: Session, outbound: Outbound
) -> Iterator[tuple[tuple[Carried, ...], dict[str, Session]]]:
    """Open the cases of a message together, and keep what is written at the end."""
    carried = mine.account.outbound.carried(outbound)
    others = [step.case for step in carried if step.case != mine.case_id]
    sessions = {mine.case_id: mine}
    if not others:
        yield carried, sessions
        return
    with mine.account.together(others):
        sessions |= {case_id: Session(mine.account, case_id, mine.now) for case_id in others}
        yield carried, sessions


def looked_at_last(
    mine: Session,
    wanted: Action | None,
    outbound: Outbound,
    carried: tuple[Carried, ...],
    sessions: dict[str, Session],
) -> Bundle | None:
    """Look last at every step of a message; None if nothing that is due is left."""
    policy, now = mine.file.policy, mine.now
    at = moment_of(wanted, now) if wanted else now
    way = ContactRoute(outbound.channel, outbound.recipient)
    kinds = kinds_with(wanted.do) if wanted else LOOKED_AT_TOGETHER
    days = policy.contact.bundle_days
    # Those that joined are looked at one by one: nobody is searched for, so no horizon counts.
    waited = settling_for(wanted, policy) if wanted and wanted.do not in JOINING else timedelta()
    answering = next((answer_named(step.step) for step in carried), "")
    sending = Sending(
        at=at, way=way, now=now, kinds=kinds, answering=answering, days=days, settling=waited
    )
    own = BundledCase(mine, wanted) if wanted else None
    items = list[BundledCase]()
    for step in carried:
        if step.case == mine.case_id:
            continue
        item = _joined(sessions[step.case], sending)
        if item and item.carried == step:
            items.append(item)
    goes = wanted or _any_due(items)
    return _at_one_instant(mine, own, items, sending) if goes else None


def _any_due(items: list[BundledCase]) -> bool:
    """Whether one of them would go by itself: what was only brought forward waits for its day."""
    return any(item.session.wants(item.action.step, item.carried.episode) for item in items)


def assumed(session: Session, carried: Carried, at: datetime) -> BundledCase:
    """Take a step of another case as sent, even if the rules want it no longer."""
    action = session.state.next_action
    if action.step != carried.step:
        action = _as_before(session, carried.step, ActionType.REMIND, at)
    return BundledCase(session, replace(action, at=at))


def as_it_was(
    mine: Session,
    turn: CaseActivityInput,
    carried: tuple[Carried, ...],
    sessions: dict[str, Session],
) -> Bundle:
    """Rebuild a message that may have gone out, with all that it spoke of."""
    own = step_of_message(turn)
    planned = as_planned(mine, turn) if own in carried else None
    at = moment_of(planned, mine.now) if planned else mine.now
    items = [
        BundledCase(mine, planned)
        if planned and step == own
        else assumed(sessions[step.case], step, at)
        for step in carried
    ]
    return Bundle(mine, tuple(items), at)


def step_of_message(turn: CaseActivityInput) -> Carried:
    """The step whose turn it is, as the ledger names it."""
    return Carried(case=turn.case, step=turn.step, episode=turn.episode)


def as_planned(session: Session, turn: CaseActivityInput) -> Action:
    """Rebuild the action of a message that may have gone out, wanted or not."""
    action = session.state.next_action
    if action.step == turn.step:
        return action
    return _as_before(session, turn.step, ActionType(turn.do), turn.at or session.now)


def _as_before(session: Session, name: str, do: ActionType, at: datetime) -> Action:
    """What went out, or was about to, as the policy has it; without such a step, that deed."""
    step = session.file.policy.step(name)
    said = Action(
        do=step.do if step else do,
        at=at,
        why="it was on its way before",
        step=name,
        channels=step.channels if step else (),
        tone=step.tone if step else "clear",
        deadline_days=step.deadline_days if step else None,
    )
    return with_free_days(said, session.state.facts, at)


def touches(said: PlannedContact, message_id: str) -> Iterator[tuple[str, PlannedContact]]:
    """List what the contact book records of a message that went out, each with its key."""
    yield message_id, said
    if said.channel == VOICE:
        yield f"{message_id}/call", replace(said, what=Touch.CALL)
