"""Calls by a machine: each is a message and an attempt by telephone, and keeps both limits (B4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from domain.parties.customer import Contact, Touch
from domain.parties.people import VOICE


def touches(said: Contact, message_id: str) -> Iterator[tuple[str, Contact]]:
    """What the contact book keeps of a message that went out, each with its key."""
    yield message_id, said
    if said.channel == VOICE:
        yield f"{message_id}/call", replace(said, what=Touch.CALL)
