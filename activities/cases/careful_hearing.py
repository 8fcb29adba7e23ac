"""Taking in much at once: a few messages at a time, and alone where one cannot be applied.

Between two transactions the account is free: whoever wants to pay or to send gets in.
"""

from __future__ import annotations

import time

import structlog

from activities.cases.hearing import hear, refuse
from activities.cases.session import Session
from activities.ports.clock import Clock
from activities.ports.ports import Ledger
from activities.ports.types import BusyError
from domain.wire import Answer, CaseActivityInput, ReceivedMessage

AT_ONCE = 20
"""Messages of one transaction."""

_LONG = 1.0
"""Seconds after which a transaction was a long one: the next gets half as many messages."""

log = structlog.get_logger("amicable.hearing")


def take_in(ledger: Ledger, turn: CaseActivityInput, clock: Clock) -> dict[str, Answer]:
    """Record what was heard, a few messages in each transaction, and answer each sender."""
    answers: dict[str, Answer] = {}
    waiting, size = turn.heard, AT_ONCE
    while waiting:
        few, waiting = waiting[:size], waiting[size:]
        began = time.monotonic()
        answers |= _heard(ledger, turn.case, few, clock)
        if time.monotonic() - began > _LONG:
            size = max(1, size // 2)
    return answers


def take_in_one_by_one(ledger: Ledger, turn: CaseActivityInput, clock: Clock) -> dict[str, Answer]:
    """Record each message by itself; one that cannot be applied is refused, the others count."""
    answers: dict[str, Answer] = {}
    for item in turn.heard:
        try:
            answers |= _heard(ledger, turn.case, (item,), clock)
        except BusyError:
            raise
        except Exception as error:
            if ledger.is_out_of_reach(error) or not _is_sound(ledger, turn.case, clock):
                raise  # not the message's fault: it waits until the ledger or the case is mended
            log.exception("not applied", case=turn.case, kind=item.kind)
            answers[item.key] = _refused(ledger, turn.case, item, clock, type(error).__name__)
    return answers


def refuse_all(
    ledger: Ledger, turn: CaseActivityInput, clock: Clock, why: str
) -> dict[str, Answer]:
    """Put everything that was heard on the desk, for a case that cannot be read any more."""
    return {item.key: _refused(ledger, turn.case, item, clock, why) for item in turn.heard}


def _heard(
    ledger: Ledger, case_id: str, few: tuple[ReceivedMessage, ...], clock: Clock
) -> dict[str, Answer]:
    with ledger.account_of(case_id) as book:
        session = Session(book, case_id, clock())
        answers = hear(session, few)
        session.keep()
        return answers


def _is_sound(ledger: Ledger, case_id: str, clock: Clock) -> bool:
    """Whether the case can be folded and kept as it stands."""
    try:
        _heard(ledger, case_id, (), clock)
    except BusyError:
        raise
    except Exception as error:
        if ledger.is_out_of_reach(error):
            raise
        return False
    return True


def _refused(ledger: Ledger, case_id: str, item: ReceivedMessage, clock: Clock, why: str) -> Answer:
    reason = f"it cannot be applied ({why}); a person will look"
    with ledger.account_of(case_id) as book:
        return refuse(book, case_id, clock(), item, reason)
