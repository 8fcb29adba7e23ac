"""What all models share: amounts are exact, and what the gateway learns to say later is kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer

__all__ = ["Amount", "Shown", "Told"]


def _exact(value: Any) -> Any:
    """A float is no amount: 0.1 has no end in it."""
    if isinstance(value, float | bool):
        raise ValueError("write an amount as text or as a Decimal, such as '119.00'")  # noqa: TRY004 - as pydantic asks for it
    return value


def _plain(value: Decimal) -> str:
    return f"{value:f}"


Amount = Annotated[Decimal, BeforeValidator(_exact), PlainSerializer(_plain, return_type=str)]
"""Decimal, written without an exponent; given as text or as a Decimal, never as a float."""


class Told(BaseModel):
    """What is told: a mistyped name is an error, before anything is sent."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Shown(BaseModel):
    """What is answered: fields that came later are kept, and change nothing."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)
