"""Taking in much at once: a few messages at a time, and alone where one cannot be applied.

Between two transactions the account is free: whoever wants to pay or to send gets in.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import structlog

from activities.cases.hearing import hear, refuse
from activities.cases.session import Session
from activities.ports.clock import Clock
from activities.ports.ports import Ledger
from activities.ports.types import BusyError
from activities.watching.faults import place_of
from domain.errors import RefusedError
from domain.wire import Answer, CaseActivityInput, ReceivedMessage

AT_ONCE = 20
"""Messages of one transaction."""

FEWEST = 5

_LONG = 2.0
"""Seconds after which a transaction was a long one: the next gets half as many messages."""

Heard = tuple[ReceivedMessage, ...]
_log = structlog.get_logger("amicable.hearing")


def take_in(
    ledger: Ledger, turn: CaseActivityInput, clock: Clock, *, one_may_fail: bool = False
) -> dict[str, Answer]:
    """Record what was heard, a few messages in each transaction, and answer each sender.

    Where ``one_may_fail``, a message that cannot be applied is found and refused, and the others
    count.
    """
    hearing = _Hearing(ledger, turn.case, clock, one_may_fail)
    answers: dict[str, Answer] = {}
    waiting, size = turn.heard, AT_ONCE
    while waiting:
        few, waiting = waiting[:size], waiting[size:]
        began = time.monotonic()
        answers |= hearing.of(few)
        if time.monotonic() - began > _LONG:
            size = max(FEWEST, size // 2)
    return answers


@dataclass(frozen=True, slots=True)
class _Hearing:
    """Takes messages of one case in, in a transaction of their own."""

    ledger: Ledger
    case_id: str
    clock: Clock
    one_may_fail: bool

    def of(self, few: Heard) -> dict[str, Answer]:
        """Record these, or halve them until it is known which of them cannot be applied."""
        try:
            return self._together(few)
        except BusyError:
            raise
        except Exception as error:
            if not self.one_may_fail or self.ledger.is_out_of_reach(error):
                raise
            if len(few) > 1:
                half = len(few) // 2
                return self.of(few[:half]) | self.of(few[half:])
            if not self._is_sound():
                raise  # not the message's fault: it waits until the case is mended
            (item,) = few
            why = type(error).__name__
            _log.error("not applied", case=self.case_id, error=why, where=place_of(error))
            return {item.key: _refused(self.ledger, self.case_id, item, self.clock, why)}

    def _together(self, few: Heard) -> dict[str, Answer]:
        with self.ledger.account_of(self.case_id) as account:
            session = Session(account, self.case_id, self.clock())
            answers = hear(session, few)
            session.keep()
            return answers

    def _is_sound(self) -> bool:
        """Whether the case can be folded and kept as it stands."""
        try:
            self._together(())
        except BusyError:
            raise
        except Exception as error:
            if self.ledger.is_out_of_reach(error):
                raise
            return False
        return True


def refuse_all(
    ledger: Ledger, turn: CaseActivityInput, clock: Clock, why: str
) -> dict[str, Answer]:
    """Put everything that was heard on the desk, for a case that cannot be read any more."""
    return {item.key: _refused(ledger, turn.case, item, clock, why) for item in turn.heard}


def _refused(ledger: Ledger, case_id: str, item: ReceivedMessage, clock: Clock, why: str) -> Answer:
    reason = RefusedError(f"something went wrong with it ({why}); a person will look")
    with ledger.account_of(case_id) as account:
        return refuse(account, case_id, clock(), item, reason)
