"""Puts a message off: its provider asks for time, a question or a letter gives way to a word."""

from __future__ import annotations

from datetime import datetime

from activities.cases.session import Session
from activities.ports.types import Outbound
from domain.case.facts import Action
from domain.decision.bundling import (
    BEFORE_A_BROKEN_WORD,
    JOINING,
    gives_way_until,
    minute_after,
    waits_for_what_was_broken,
    words_count_until,
)
from domain.message_types import ActionType


def put_off_until(session: Session, action: Action, outbound: Outbound | None) -> datetime | None:
    """Find until when a message has to wait; None if it may go now."""
    if outbound and outbound.not_before and outbound.not_before > session.now:
        return outbound.not_before
    return _question_waits_until(session, action) or _letter_waits_until(session, action)


def _letter_waits_until(session: Session, action: Action) -> datetime | None:
    if action.do not in JOINING:
        return None
    until = minute_after(action, session.now)
    planned = session.account.cases.planned_steps(session.case_id, until, BEFORE_A_BROKEN_WORD)
    return waits_for_what_was_broken(action, session.now, planned)


def _question_waits_until(session: Session, action: Action) -> datetime | None:
    if action.do is not ActionType.CONFIRM:
        return None
    facts, policy, now = session.state.facts, session.file.policy, session.now
    until = words_count_until(now, facts, policy)
    planned = session.account.cases.planned(session.case_id, until, JOINING)
    later = gives_way_until(now, facts, policy, planned)
    return later if later and later > now else None
