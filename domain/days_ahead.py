"""Days that lie ahead: what is announced or agreed is neither past nor too far away."""

from __future__ import annotations

from datetime import date, timedelta

from domain.errors import RefusedError


def refuse_past(day: date, today: date, why: str) -> None:
    """Refuse a day before today, in the debtor's calendar."""
    if day < today:
        raise RefusedError(f"{day} is already past; {why}", field="date")


def refuse_far(day: date, today: date, longest: int, way_out: str) -> None:
    """Refuse a day that lies more than so many calendar days ahead."""
    if day > today + timedelta(days=longest):
        raise RefusedError(f"{day} is more than {longest} days away; {way_out}", field="date")
