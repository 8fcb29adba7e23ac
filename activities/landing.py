"""What follows from how a message landed: on the way, refused, put off, lost, or never written."""

from __future__ import annotations

from datetime import timedelta

from activities.papers import LetterError, Outbound, OutboundState, Receipt, Sent, Task
from activities.session import Session, deferred
from domain.facts import Action
from domain.kinds import Result
from domain.wire import Decision, Turn

A_PERSON_MENDS = timedelta(hours=4)
"""How long a deed waits for a person who was asked to put something right."""


def as_planned(session: Session, turn: Turn) -> Action:
    """The action of a message that may have gone out, even if the rules want it no longer."""
    action = session.next()
    if action.step == turn.step:
        return action
    step = session.file.policy.step(turn.step)
    from_step = (step.channels, step.tone, step.deadline_days) if step else ((), "clear", None)
    channels, tone, deadline_days = from_step
    return Action(
        do=step.do if step else type(action.do)(turn.do),
        at=turn.at or session.now,
        why="it was on its way before",
        step=turn.step,
        channels=channels,
        tone=tone,
        deadline_days=deadline_days,
    )


def accepted(session: Session, action: Action, outbound: Outbound, receipt: Receipt) -> Decision:
    """The provider has it: it counts, and a deadline in it runs from now."""
    session.book.land(outbound, OutboundState.ACCEPTED, receipt)
    session.record(action, Result.ACCEPTED, outbound.channel)
    return session.decide()


def _rejected(session: Session, action: Action, outbound: Outbound, receipt: Receipt) -> None:
    """The contact point is bad or unwanted: remember it and try the next channel (P14)."""
    if receipt.bad_point or receipt.opted_out:
        session.book.mark_point(
            session.file.debtor.id,
            outbound.recipient,
            bad=receipt.bad_point,
            opted_out=outbound.channel if receipt.opted_out else "",
        )
    session.book.turn_down(outbound, receipt)


def _not_sent(session: Session, action: Action, outbound: Outbound, receipt: Receipt) -> Decision:
    session.book.land(outbound, OutboundState.NEW, receipt)
    if receipt.channel_down:
        session.book.add_task(_task(session, "channel", outbound, receipt.detail))
    wait = deferred(outbound.attempt, receipt.retry_after)
    return session.decide(not_before=session.now + wait)


def not_written(session: Session, outbound: Outbound, error: LetterError) -> Decision:
    """A message without its words is not sent; a person mends the text, then it goes."""
    session.book.land(outbound, OutboundState.NEW, None)
    session.book.add_task(_task(session, "letter", outbound, str(error)))
    return session.decide(not_before=session.now + A_PERSON_MENDS)


LANDED = {Sent.ACCEPTED: accepted, Sent.REJECTED: _rejected, Sent.NOT_SENT: _not_sent}
"""What follows from each answer of a provider; a rejection leaves the next channel to try."""


def close_unknown(session: Session, action: Action, outbound: Outbound) -> Decision:
    """No evidence either way: it counts as sent, because twice is an insult; a person is told."""
    session.book.land(outbound, OutboundState.UNKNOWN_CLOSED, None)
    session.record(action, Result.UNKNOWN_CLOSED, outbound.channel)
    session.book.add_task(_task(session, "unknown", outbound, "no proof that it arrived"))
    return session.decide()


def nobody_reached(session: Session, action: Action, outbound: Outbound | None) -> Decision:
    """No channel is left: a person must find another way to the customer (P14)."""
    if outbound:
        session.book.land(outbound, OutboundState.REJECTED, None)
    session.record(action, Result.REJECTED)
    session.book.add_task(_task(session, "contact", outbound, f"{action.step} reached nobody"))
    return session.decide()


def _task(session: Session, kind: str, outbound: Outbound | None, title: str) -> Task:
    which = outbound.id if outbound else f"{session.case_id}/{session.case.episode}"
    return Task(
        key=f"{kind}/{which}",
        kind="unknown" if kind == "unknown" else "question",
        case=session.case_id,
        title=f"{session.case.invoice.number}, {session.case.open_money} open: {title}"[:300],
        due_at=session.now,
    )
