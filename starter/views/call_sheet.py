"""Who is to be called, as commands and programs are shown it."""

from __future__ import annotations

from domain.parties.people import Debtor


def whom(debtor: Debtor) -> dict[str, str]:
    """Who is to be called."""
    names = ("name", "email", "phone", "zone", "language", "sales_rep")
    return {"customer": debtor.id, **{name: getattr(debtor, name) for name in names}}
