"""Calls by a machine: each is a message and an attempt by telephone, and keeps both limits (B4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from activities.session import Session
from domain.contact_book import free_for_call
from domain.customer import Contact, Touch
from domain.people import VOICE


def wait_to_call(session: Session, channel: str) -> datetime | None:
    """Until when the customer must not be called; None if now is free, or it is no call."""
    if channel != VOICE:
        return None
    free = free_for_call(session.file.customer, session.file.policy, session.calendar)
    return free if free and free > session.now else None


def touches(said: Contact, message_id: str) -> Iterator[tuple[str, Contact]]:
    """What the contact book keeps of a message that went out, each with its key."""
    yield message_id, said
    if said.channel == VOICE:
        yield f"{message_id}/call", replace(said, what=Touch.CALL)
