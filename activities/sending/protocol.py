"""The send protocol: effectively once to a debtor, over providers without an idempotency key.

T1 marks the message in flight and commits before anything else. T2 takes the account lock again,
looks last, calls, and records. Whoever finds a message in flight that is not its own never calls:
it waits until nothing can be on the wire any more and reconciles. The lock is held across the call
on purpose: "payment recorded" and "message accepted" are totally ordered. A process that stood
still between look and call has lost the lock without knowing: its message is held back at the last
byte, and the mark is taken back, since nobody knows better that nothing left.
"""

# One thing: what may be done with one message between its mark and its end, in one order.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from activities.cases.hearing import hear
from activities.cases.session import Session
from activities.ports.callback_urls import CLOSED, CallbackUrls
from activities.ports.clock import Clock, LastLook
from activities.ports.failpoints import Failpoint, no_failpoints
from activities.ports.letter_data import Letter
from activities.ports.ports import Channel, Ledger, Letters
from activities.ports.sending_ports import Breakers, NoBreakers, NoPaces, Paces
from activities.ports.types import Found, LetterError, Outbound, OutboundState, Receipt, Sent
from activities.sending.account_statements import is_statement_let_go
from activities.sending.bundle import (
    Bundle,
    as_it_was,
    companions,
    gathered,
    looked_at_last,
    step_of_message,
)
from activities.sending.changed_letters import (
    LeavingLetter,
    change_for,
    may_have_left_with,
    still_changed,
    takes_change,
)
from activities.sending.holding_back import (
    ComeBackLaterError,
    Handover,
    ended_afterwards,
    same_attempt,
)
from activities.sending.kept_letters import without_link
from activities.sending.letters import ask_about_unknown_rates, envelope_for, letter_for
from activities.sending.putting_off import put_off_until
from activities.sending.routing import is_open, ways
from activities.sending.send_outcomes import (
    LANDED,
    accepted,
    close_unknown,
    failed_there,
    nobody_reached,
    not_written,
    waits_for_provider,
)
from domain.case.facts import Action
from domain.contact.letter_changes import NOTHING_CHANGED, KeptChange
from domain.contact.routes import NOWHERE, ContactRoute
from domain.message_types import Result
from domain.wire import Answer, CaseActivityInput, Decision

CALL_TIMEOUT = timedelta(seconds=10)
GRACE = timedelta(minutes=15)
"""Without evidence for this long a message counts as sent, and a person is told."""

OVER = {
    OutboundState.ACCEPTED: Result.ACCEPTED,
    OutboundState.UNKNOWN_CLOSED: Result.UNKNOWN_CLOSED,
    OutboundState.REJECTED: Result.REJECTED,
}


@dataclass(frozen=True, slots=True)
class MarkedMessage:
    """The result of T1: the decision that ends this deed, or the message to go on with."""

    decision: Decision | None = None
    outbound: Outbound | None = None
    owner: bool = False
    account: tuple[str, str] = ("", "")


class Sender:
    """Sends one step's message to the debtor, at most once, whatever crashes."""

    def __init__(  # noqa: PLR0913 - the parts of sending
        self,
        ledger: Ledger,
        channels: Mapping[str, Channel],
        letters: Letters,
        points: Failpoint = no_failpoints,
        callback_urls: CallbackUrls = CLOSED,
        *,
        breakers: Breakers | None = None,
        paces: Paces | None = None,
    ) -> None:
        self._ledger = ledger
        self._channels = channels
        self._letters = letters
        self._point = points
        self._callback_urls = callback_urls
        self._breakers = breakers or NoBreakers()
        self._paces = paces or NoPaces()

    def send(self, turn: CaseActivityInput, clock: Clock) -> Decision:
        """Carry out one message step and decide what comes next."""
        answers: dict[str, Answer] = {}
        while True:
            claim = self._take_off(turn, clock, answers)
            self._point("after_T1")
            decision = claim.decision or self._call(turn, clock, claim)
            if decision:
                return replace(decision, answers=answers)

    def find_out(self, turn: CaseActivityInput, clock: Clock) -> None:
        """Find out about the message of a step that was left in flight, and never call.

        Raises:
            ComeBackLaterError: if nobody can know yet.
            BusyError: if another holds the account.
        """
        with self._ledger.account_of(turn.case) as account:
            outbound = account.outbound.of_step(turn.case, turn.step, turn.episode)
            if outbound and outbound.state is OutboundState.IN_FLIGHT:
                self._reconcile(Session(account, turn.case, clock()), turn, outbound)

    def _take_off(
        self, turn: CaseActivityInput, clock: Clock, answers: dict[str, Answer]
    ) -> MarkedMessage:
        """T1: choose channel and bundle, and mark in flight before anything else happens."""
        self._point("before_T1")
        with self._ledger.account_of(turn.case) as account:
            session = Session(account, turn.case, clock())
            answers |= hear(session, turn.heard)
            outbound = account.outbound.of_step(turn.case, turn.step, turn.episode)
            return self._claimed(session, turn, outbound)

    def _claimed(
        self, session: Session, turn: CaseActivityInput, outbound: Outbound | None
    ) -> MarkedMessage:
        if outbound and outbound.state in OVER:
            return MarkedMessage(decision=session.decide())
        if outbound and outbound.state is OutboundState.IN_FLIGHT:
            return MarkedMessage(
                outbound=session.account.outbound.in_flight(), account=session.account.id
            )
        session.close_or_reopen()
        action = session.wants(turn.step, turn.episode)
        if action is None:
            return MarkedMessage(decision=session.decide())
        flying = session.account.outbound.in_flight()
        if flying:  # about other invoices: one message at a time
            return MarkedMessage(outbound=flying, account=session.account.id)
        later = put_off_until(session, action, outbound)
        if later:
            return MarkedMessage(decision=session.decide(not_before=later))
        return self._choose(session, action, outbound)

    def _choose(self, session: Session, action: Action, outbound: Outbound | None) -> MarkedMessage:
        tried = outbound.tried if outbound else ()

        def ways_of(mine: Session, wanted: Action) -> tuple[ContactRoute, ...]:
            return ways(mine, wanted, self._channels, tried)

        let_go = is_statement_let_go(session, action)
        way = NOWHERE if let_go else next(iter(ways_of(session, action)), NOWHERE)
        with gathered(session, action, way, tried, ways_of) as bundle:
            if not way.channel:
                return MarkedMessage(decision=nobody_reached(bundle, outbound))
            until = self._breakers.wait(self._provider(way.channel), session.now)
            until = until or self._paces.turn(way.channel, session.case_id, session.now)
            if until:  # nothing is marked: a provider's bad or busy hour costs nobody a step
                return MarkedMessage(decision=session.decide(not_before=until))
            kept = change_for(bundle, way, lambda: ways_of(session, action))
            point = (kept.change.recipient if kept else "") or way.point
            steps = [item.carried for item in bundle.items]
            taken = session.account.outbound.take_off_together(steps, way.channel, point)
            return MarkedMessage(outbound=taken, owner=True, account=session.account.id)

    def _call(self, turn: CaseActivityInput, clock: Clock, claim: MarkedMessage) -> Decision | None:
        with ended_afterwards(self._ledger) as handover:
            return self._look_and_call(turn, clock, claim, handover)

    def _look_and_call(
        self, turn: CaseActivityInput, clock: Clock, claim: MarkedMessage, handover: Handover
    ) -> Decision | None:
        """T2: under the lock again, look last and call, or reconcile what another left behind.

        Who has marked a message waits for the lock: were it given up, the message would have to be
        found out about, and a customer's other cases often look in at the same moment.
        """
        with self._ledger.account(*claim.account) as account:
            # Before anything is read: what is read later is only newer.
            look = LastLook(is_held=account.is_held)
            session = Session(account, turn.case, clock())
            outbound = account.outbound.in_flight()
            if outbound is None:
                return None  # somebody found out meanwhile: look anew
            mine = claim.outbound is not None and same_attempt(claim.outbound, outbound)
            if not (claim.owner and mine):
                return self._reconcile(session, turn, outbound)
            if not is_open(session, outbound):
                account.outbound.land(outbound, OutboundState.NEW, None)
                return None  # a STOP, a bounce or a talk came meanwhile: another way, or none
            session.close_or_reopen()
            action = session.wants(turn.step, turn.episode)
            with companions(session, outbound) as (carried, sessions):
                bundle = looked_at_last(session, action, outbound, carried, sessions)
                if bundle is None or is_statement_let_go(session, action):
                    account.outbound.land(outbound, OutboundState.NEW, None)
                    return session.decide()
                left = {item.carried for item in bundle.items}
                account.outbound.set_aside(outbound, [step for step in carried if step not in left])
                return self._post(bundle, outbound, look, handover)

    def _post(
        self, bundle: Bundle, outbound: Outbound, look: LastLook, handover: Handover
    ) -> Decision | None:
        ask_about_unknown_rates(bundle)
        goes, kept = still_changed(bundle, outbound)
        try:
            letter = self._letter(bundle, outbound, kept)
        except LetterError as error:
            return not_written(bundle, outbound, error)
        if not goes or not takes_change(bundle, kept, letter):
            bundle.mine.account.outbound.land(outbound, OutboundState.NEW, None)
            return None  # what was changed of it counts no longer: it is chosen anew
        envelope = envelope_for(bundle, outbound, letter, self._callback_urls)
        left = without_link(letter, self._callback_urls.page(outbound.id))
        leaving = LeavingLetter(replace(envelope, look=look), left, kept)
        return self._hand_over(bundle, outbound, leaving, handover)

    def _hand_over(
        self, bundle: Bundle, outbound: Outbound, leaving: LeavingLetter, handover: Handover
    ) -> Decision | None:
        provider, now = self._provider(outbound.channel), bundle.mine.now
        if until := self._breakers.enter(provider, now):
            return waits_for_provider(bundle, outbound, until)
        self._point("before_POST")
        receipt = self._channels[outbound.channel].send(leaving.envelope)
        self._point("after_POST")
        if receipt.sent is Sent.STALE:
            account = bundle.mine.account
            raise handover.hold_back(account.id, outbound, lambda now: now.outbound.in_flight())
        if failed_there(receipt):
            self._breakers.failed(provider, now, receipt.detail)
        else:
            self._breakers.answered(provider)
        if receipt.sent is Sent.UNKNOWN:
            raise handover.may_have_left(
                bundle.mine.account.id,
                lambda now: now.letters.keep(outbound.id, outbound.attempt, leaving.letter),
                self._fence(outbound),
            )
        decision = LANDED[receipt.sent](bundle, outbound, receipt)
        leaving.keep(bundle.mine.account, outbound, receipt)
        self._point("before_commit")
        return decision

    def _reconcile(
        self, session: Session, turn: CaseActivityInput, outbound: Outbound
    ) -> Decision | None:
        """Somebody called, or was about to: find out, never call again on a guess."""
        fence = self._fence(outbound)
        if outbound.age < fence:
            raise ComeBackLaterError(fence - outbound.age)
        with companions(session, outbound) as (carried, sessions):
            if step_of_message(turn) in carried:
                session.close_or_reopen()
            bundle = as_it_was(session, turn, carried, sessions)
            decision = self._find_out(bundle, outbound)
        return decision if bundle.has_mine else None

    def _find_out(self, bundle: Bundle, outbound: Outbound) -> Decision:
        found = Found.YES if outbound.seen_by_provider else self._look_up(bundle, outbound)
        self._point("looked_up")
        if found is Found.YES:
            decision = accepted(bundle, outbound, Receipt(sent=Sent.ACCEPTED))
            may_have_left_with(bundle, outbound)
            return decision
        complete = self._complete_after(outbound)
        if found is Found.NO and complete is not None and outbound.age >= complete:
            bundle.mine.account.outbound.land(outbound, OutboundState.NEW, None)
            return bundle.mine.decide()
        if outbound.age < GRACE or (found is Found.NO and complete is not None):
            raise ComeBackLaterError(timedelta(minutes=1))
        decision = close_unknown(bundle, outbound)
        may_have_left_with(bundle, outbound)
        return decision

    def _complete_after(self, outbound: Outbound) -> timedelta | None:
        """How old a message must be for a no to be a no; None if it never is."""
        channel = self._channels.get(outbound.channel)
        if channel is None:
            return None
        if not channel.index_lag:
            return timedelta()
        return max(channel.complete_after, GRACE) if channel.complete_after else None

    def _provider(self, channel: str) -> str:
        known = self._channels.get(channel)
        return f"{channel}/{known.provider}" if known else channel

    def _look_up(self, bundle: Bundle, outbound: Outbound) -> Found:
        channel = self._channels.get(outbound.channel)
        if channel is None or outbound.since is None:
            return Found.CANNOT_TELL
        ask_about_unknown_rates(bundle)
        try:
            letter = self._letter(bundle, outbound, None)
        except LetterError:
            return Found.CANNOT_TELL
        envelope = envelope_for(bundle, outbound, letter, self._callback_urls)
        return channel.look_up(envelope, outbound.since)

    def _letter(self, bundle: Bundle, outbound: Outbound, kept: KeptChange | None) -> Letter:
        change = kept.change if kept else NOTHING_CHANGED
        return letter_for(bundle, outbound, self._letters, self._callback_urls, change)

    def _fence(self, outbound: Outbound) -> timedelta:
        channel = self._channels.get(outbound.channel)
        return CALL_TIMEOUT + (channel.index_lag if channel else GRACE)
