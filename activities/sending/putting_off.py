"""Puts a message off: its provider asks for time, or a question gives way to a word about money."""

from __future__ import annotations

from datetime import datetime

from activities.cases.session import Session
from activities.ports.types import Outbound
from domain.case.facts import Action
from domain.decision.bundling import JOINING, gives_way_until, words_count_until
from domain.message_types import ActionType


def put_off_until(session: Session, action: Action, outbound: Outbound | None) -> datetime | None:
    """Find until when a message has to wait; None if it may go now."""
    if outbound and outbound.not_before and outbound.not_before > session.now:
        return outbound.not_before
    return _question_waits_until(session, action)


def _question_waits_until(session: Session, action: Action) -> datetime | None:
    if action.do is not ActionType.CONFIRM:
        return None
    facts, policy, now = session.state.facts, session.file.policy, session.now
    until = words_count_until(now, facts, policy)
    planned = session.account.cases.planned(session.case_id, until, JOINING)
    later = gives_way_until(now, facts, policy, planned)
    return later if later and later > now else None
