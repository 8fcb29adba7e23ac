"""The send protocol: effectively once to a debtor, over providers without an idempotency key.

T1 marks the message in flight and commits before anything else. T2 takes the account lock again,
looks last, calls, and records. Whoever finds a message in flight that is not its own never calls:
it waits until nothing can be on the wire any more and reconciles. The lock is held across the call
on purpose: "payment recorded" and "message accepted" are totally ordered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from activities.clock import Clock
from activities.hearing import hear
from activities.landing import (
    LANDED,
    accepted,
    as_planned,
    close_unknown,
    nobody_reached,
    not_written,
)
from activities.letters import envelope_for
from activities.papers import Found, LetterError, Outbound, OutboundState, Receipt, Sent
from activities.points import Points, quiet
from activities.ports import Channel, Ledger, Letters
from activities.session import Session
from domain.facts import Action
from domain.kinds import Result
from domain.wire import Answer, Decision, Turn

CALL_TIMEOUT = timedelta(seconds=10)
GRACE = timedelta(minutes=15)
"""Without evidence for this long a message counts as sent, and a person is told."""

OVER = {
    OutboundState.ACCEPTED: Result.ACCEPTED,
    OutboundState.UNKNOWN_CLOSED: Result.UNKNOWN_CLOSED,
    OutboundState.REJECTED: Result.REJECTED,
}


class ComeBackLaterError(RuntimeError):
    """A message may still be on the wire; nobody may call until that is over.

    Attributes:
        wait: how long until it is worth asking again.
    """

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"a message may be on the wire; ask again in {wait.total_seconds():.0f} s")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Claim:
    """What T1 found: the decision that ends this deed, or the message to go on with."""

    decision: Decision | None = None
    outbound: Outbound | None = None
    owner: bool = False


class Sender:
    """Sends one step's message to the debtor, at most once, whatever crashes."""

    def __init__(
        self,
        ledger: Ledger,
        channels: Mapping[str, Channel],
        letters: Letters,
        points: Points = quiet,
    ) -> None:
        self._ledger = ledger
        self._channels = channels
        self._letters = letters
        self._point = points

    def send(self, turn: Turn, clock: Clock) -> Decision:
        """Carry out one message step and say what comes next."""
        answers: dict[str, Answer] = {}
        while True:
            claim = self._take_off(turn, clock, answers)
            self._point("after_T1")
            decision = claim.decision or self._call(turn, clock, claim)
            if decision:
                return replace(decision, answers=answers)

    def _take_off(self, turn: Turn, clock: Clock, answers: dict[str, Answer]) -> Claim:
        """T1: choose the channel and mark in flight, committed before anything else happens."""
        self._point("before_T1")
        with self._ledger.account_of(turn.case) as book:
            session = Session(book, turn.case, clock())
            answers |= hear(session, turn.heard)
            outbound = session.book.outbound(turn.case, turn.step, turn.episode)
            if outbound and outbound.state is OutboundState.IN_FLIGHT:
                return Claim(outbound=outbound)
            if outbound and outbound.state in OVER:
                return Claim(decision=session.decide())
            action = session.wants(turn.step, turn.episode)
            if action is None:
                return Claim(decision=session.decide())
            return self._choose(session, turn, action, outbound)

    def _choose(
        self, session: Session, turn: Turn, action: Action, outbound: Outbound | None
    ) -> Claim:
        tried = outbound.tried if outbound else ()
        debtor = session.file.debtor
        for channel in action.channels:
            to = debtor.reach(channel) if channel in self._channels else ""
            if to and channel not in tried:
                book, episode = session.book, turn.episode
                taken = book.take_off(turn.case, turn.step, episode, channel, to)
                return Claim(outbound=taken, owner=True)
        return Claim(decision=nobody_reached(session, action, outbound))

    def _call(self, turn: Turn, clock: Clock, claim: Claim) -> Decision | None:
        """T2: under the lock again, look last and call, or reconcile what another left behind."""
        with self._ledger.account_of(turn.case) as book:
            session = Session(book, turn.case, clock())
            outbound = session.book.outbound(turn.case, turn.step, turn.episode)
            if outbound is None or outbound.state is not OutboundState.IN_FLIGHT:
                return session.decide()
            mine = claim.outbound is not None and claim.outbound.attempt == outbound.attempt
            if not (claim.owner and mine):
                return self._reconcile(session, turn, outbound)
            action = session.wants(turn.step, turn.episode)
            if action is None:
                session.book.land(outbound, OutboundState.NEW, None)
                return session.decide()
            return self._post(session, action, outbound)

    def _post(self, session: Session, action: Action, outbound: Outbound) -> Decision | None:
        try:
            envelope = envelope_for(session, action, outbound, self._letters)
        except LetterError as error:
            return not_written(session, outbound, error)
        self._point("before_POST")
        receipt = self._channels[outbound.channel].send(envelope)
        self._point("after_POST")
        if receipt.sent is Sent.UNKNOWN:
            raise ComeBackLaterError(self._fence(outbound))
        decision = LANDED[receipt.sent](session, action, outbound, receipt)
        self._point("before_commit")
        return decision

    def _reconcile(self, session: Session, turn: Turn, outbound: Outbound) -> Decision:
        """Somebody called, or was about to: find out, never call again on a guess."""
        fence = self._fence(outbound)
        if outbound.age < fence:
            raise ComeBackLaterError(fence - outbound.age)
        action = as_planned(session, turn)
        found = self._evidence(session, action, outbound)
        self._point("looked_up")
        if found is Found.YES:
            return accepted(session, action, outbound, Receipt(sent=Sent.ACCEPTED))
        if found is Found.NO and not self._channels[outbound.channel].index_lag:
            session.book.land(outbound, OutboundState.NEW, None)
            return session.decide()
        if outbound.age < GRACE:
            raise ComeBackLaterError(timedelta(minutes=1))
        return close_unknown(session, action, outbound)

    def _evidence(self, session: Session, action: Action, outbound: Outbound) -> Found:
        if outbound.seen_by_provider:
            return Found.YES
        channel = self._channels.get(outbound.channel)
        if channel is None or outbound.since is None:
            return Found.CANNOT_TELL
        try:
            envelope = envelope_for(session, action, outbound, self._letters)
        except LetterError:
            return Found.CANNOT_TELL
        return channel.look_up(envelope, outbound.since)

    def _fence(self, outbound: Outbound) -> timedelta:
        channel = self._channels.get(outbound.channel)
        return CALL_TIMEOUT + (channel.index_lag if channel else GRACE)
