"""Addresses of pages about a customer or an invoice, whatever signs their ids hold."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from activities.ports.stores.console.views import SavedView


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


def sent_letter_address(number: str, message: str) -> str:
    """Make the address of a letter of a case that left."""
    return f"/sent/{quote(number)}#m-{quote(message)}"


def view_address(view: SavedView) -> str:
    """Make the address of a view that a person keeps."""
    if view.sought:
        return f"/search?{urlencode({'q': view.sought})}"
    return f"/?{urlencode({'view': view.view, 'order': view.order})}"
