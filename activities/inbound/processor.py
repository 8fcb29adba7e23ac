"""The processor: applies what providers and debtors sent back to the cases that it is about.

Everything that comes in is one row before anybody understands it. The processor takes the rows up
one by one, under the lock of the account that they belong to; one that cannot be applied is shown
to a person and holds up no other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import structlog

from activities.inbound import bounces_and_receipts, replies, report_tasks
from activities.ports.clock import Clock
from activities.ports.failpoints import Failpoint, no_failpoints
from activities.ports.incoming import ReplyKind, ReportKind
from activities.ports.incoming_ports import UNREAD, AccountId, Inbox, Kept, ProviderReports, State
from activities.ports.ports import AccountRepository, Ledger
from activities.ports.types import BusyError
from domain.parties.people import EMAIL

_GRACE = timedelta(days=1)
"""An event may be faster than our own commit; after a day it is not ours."""

Wake = Callable[[Sequence[str]], None]
_log = structlog.get_logger("amicable.inbound")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessedRound:
    """The result of one round.

    Attributes:
        done: events and answers that were dealt with.
        told: cases that got news.
        left: rows that wait for the next round; ``busy`` of them only for somebody to let go.
    """

    done: int = 0
    told: int = 0
    left: int = 0
    busy: int = 0


class InboundProcessor:
    """Applies what came in; everything it does is safe to repeat."""

    def __init__(
        self,
        ledger: Ledger,
        inbox: Inbox,
        clock: Clock,
        wake: Wake = lambda _: None,
        points: Failpoint = no_failpoints,
    ) -> None:
        self._ledger = ledger
        self._inbox = inbox
        self._clock = clock
        self._wake = wake
        self._point = points
        self._counts = dict.fromkeys(("done", "told", "left", "busy"), 0)

    def round(self, beat: Callable[..., None] = lambda *_: None) -> ProcessedRound:
        """Apply all that waits: wishes to be left alone, other answers, then events."""
        self._counts = dict.fromkeys(self._counts, 0)
        applied: set[str] = set()
        for kept in self._inbox.replies():
            beat()
            self._safely(kept.reply.key, partial(self._answer, kept))
        for told in self._inbox.events(_GRACE):
            beat()
            if told.message_id not in applied or told.kind is ReportKind.CHANNEL_DOWN:
                self._safely(told.key, partial(self._event, told, applied))
        done = ProcessedRound(**self._counts)
        if done != ProcessedRound():
            _log.info("incoming", done=done.done, told=done.told, left=done.left)
        return done

    def _safely(self, key: str, act: Callable[[], Sequence[str] | None]) -> None:
        """One row that cannot be applied, or an account that is busy, holds up no other."""
        try:
            cases = act()
        except BusyError:
            cases = None
            self._counts["busy"] += 1
        except Exception as error:  # noqa: BLE001 - whatever a row does to us, the next one counts
            cases = None
            _log.warning("not applied", error=type(error).__name__)
            self._inbox.complain(report_tasks.unappliable(key))
        if cases is None:
            self._counts["left"] += 1
            return
        self._counts["done"] += 1
        self._counts["told"] += len(cases)
        self._point("processor_committed")
        if cases:
            self._wake(cases)

    def _event(self, told: ProviderReports, applied: set[str]) -> Sequence[str] | None:
        if told.kind is ReportKind.CHANNEL_DOWN:
            return self._channel_is_down(told, applied)
        if told.reason == UNREAD:
            task = report_tasks.unread_report(told, self._clock)
            self._inbox.set_aside(told, State.UNMATCHED, task)
        elif not told.message_id:
            return self._about_an_address(told)
        else:
            return self._about_a_message(told, applied)
        return ()

    def _channel_is_down(self, told: ProviderReports, applied: set[str]) -> Sequence[str] | None:
        """A person looks at the account; the message did not arrive, so its cases hear of it."""
        self._inbox.complain(report_tasks.channel_down(told))
        cases = self._about_a_message(told, applied) if told.message_id else ()
        if cases is not None:
            self._inbox.set_aside(told, State.APPLIED)
        return cases

    def _about_a_message(self, told: ProviderReports, applied: set[str]) -> Sequence[str] | None:
        owner = self._inbox.owner_of(told.message_id)
        if owner is None:
            if told.age < _GRACE:
                return None
            task = report_tasks.unmatched_report(told, self._clock)
            self._inbox.set_aside(told, State.UNMATCHED, task)
            return ()
        applied.add(told.message_id)
        with self._opened(owner, told.message_id) as account:
            return bounces_and_receipts.apply_provider_events(
                account, told.message_id, self._clock(), self._point
            )

    def _about_an_address(self, told: ProviderReports) -> Sequence[str] | None:
        """A late bounce often names nothing but the address: it is that of whoever has it."""
        newest = self._inbox.newest_to(EMAIL, told.recipient)
        owners = set(self._inbox.known_by(told.recipient)) | ({newest[0]} if newest else set())
        cases = list[str]()
        for owner in sorted(owners) if told.kind in bounces_and_receipts.OF_ADDRESSES else ():
            about = newest[1] if newest and newest[0] == owner else ""
            with self._opened(owner, about) as account:
                heard = bounces_and_receipts.apply_address_report(
                    account, told, about, self._clock()
                )
            if heard is None:
                return None
            cases += heard
        self._inbox.set_aside(told, State.APPLIED if owners else State.IGNORED)
        return cases

    def _answer(self, kept: Kept) -> Sequence[str] | None:
        reply = kept.reply
        if reply.sort in {ReplyKind.STOP, ReplyKind.START}:
            return self._wish(kept)
        if reply.sort is ReplyKind.UNROUTED:
            self._inbox.lay_aside(reply.key, State.UNMATCHED, replies.unrouted(reply))
            return ()
        if reply.sort is not ReplyKind.REPLY:
            self._inbox.lay_aside(reply.key, State.APPLIED)
            return ()
        owner, message_id = self._routed(kept)
        if owner is None:
            self._inbox.lay_aside(reply.key, State.UNMATCHED, replies.unrouted(reply))
            return ()
        with self._opened(owner, message_id) as account:
            about = replies.case_of_reply(account, message_id, self._inbox.a_case_of(owner))
            return replies.apply_reply(account, reply, about, self._clock(), self._point)

    def _wish(self, kept: Kept) -> Sequence[str]:
        """Who wants no texts any more gets none, from whichever account the number is known to."""
        reply, told = kept.reply, list[str]()
        # The hook keeps a row for each account: none hears of another's.
        known = (kept.account,) if kept.account else self._inbox.known_by(reply.sender)
        owners = sorted(known)
        if not owners:
            self._inbox.lay_aside(reply.key, State.UNMATCHED, replies.unrouted(reply))
        newest = self._inbox.newest_to(reply.channel, reply.sender)
        for owner in owners:
            message_id = newest[1] if newest and newest[0] == owner else ""
            with self._opened(owner, message_id) as account:
                about = replies.case_of_reply(account, message_id, None)
                is_last = owner == owners[-1]
                told += replies.heed(account, reply, about, self._clock(), settle=is_last)
        return told

    def _routed(self, kept: Kept) -> tuple[AccountId | None, str]:
        """Whose answer it is, by our own id before anything else, never by who says they wrote."""
        reply = kept.reply
        if reply.message_id:
            return self._inbox.owner_of(reply.message_id) or kept.account, reply.message_id
        if reply.channel == "email":
            return kept.account, ""
        newest = self._inbox.newest_to(reply.channel, reply.sender)
        if newest and kept.account in {None, newest[0]}:
            return newest
        return kept.account, ""

    def _opened(
        self, owner: AccountId, message_id: str
    ) -> AbstractContextManager[AccountRepository]:
        """The account, opened at once or not at all, where any case of it is known."""
        case = self._inbox.a_case_of(owner, message_id) or self._inbox.a_case_of(owner)
        return self._ledger.account_of(case) if case else self._ledger.account(*owner)
