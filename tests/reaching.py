"""A customer of whom nothing is known but the channels that reach them."""

from __future__ import annotations

from collections.abc import Collection

from domain.parties.people import CHANNELS, EMAIL, Debtor


def reached_by(channels: Collection[str], debtor_id: str = "C-1") -> Debtor:
    """A stand-in for a customer of whom nothing is known but the channels that reach them."""
    phone = [channel for channel in channels if channel != EMAIL]
    return Debtor(
        id=debtor_id,
        email="customer@stand-in.invalid" if EMAIL in channels else "",
        phone="+15555550100" if phone else "",
        opted_out=tuple(c for c in CHANNELS if phone and c not in channels and c != EMAIL),
    )
