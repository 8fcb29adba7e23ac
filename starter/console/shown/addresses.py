"""Addresses of pages about a customer or an invoice, whatever signs their ids hold."""

from __future__ import annotations

from urllib.parse import quote, urlencode


def customer_address(customer: str) -> str:
    """Make the address of a customer's page."""
    return f"/customers/{quote(customer)}"


def case_address(number: str, **more: str) -> str:
    """Make the address of a case's page."""
    return f"/cases/{quote(number)}" + (f"?{urlencode(more)}" if more else "")


def letter_address(number: str, **more: str) -> str:
    """Make the address of the letter that leaves next; what is empty is left out."""
    given = {name: value for name, value in more.items() if value}
    return f"/letter/{quote(number)}" + (f"?{urlencode(given)}" if given else "")
