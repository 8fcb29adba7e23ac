"""What the tests of the Python client tell."""

from __future__ import annotations

from decimal import Decimal

from amicable_client import NewCase, Retries

from tests.starter.api.factories import day

NOW = Retries(attempts=4, first=0, longest=0)
"""No test waits."""


def bill(number: str = "R-1", **changes: object) -> NewCase:
    """An invoice of 119.00 EUR that is due in ten days."""
    given = {"customer": "C-1", "issued": day(0), "due": day(10), "amount": Decimal("119.00")}
    return NewCase.model_validate({"number": number, "currency": "EUR", **given, **changes})
