"""A billing system's own package, which is called as ours is: they do not meet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Bill:
    """An invoice as this billing system knows it."""

    number: str
    customer: str
    issued: date
    due: date
    gross: Decimal


@dataclass(frozen=True)
class Receipt:
    """Money that came in."""

    id: str
    customer: str
    gross: Decimal
    bill: str
