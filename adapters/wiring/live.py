"""Going live: the first worker that could really send holds everything until a person agrees."""

from __future__ import annotations

from sqlalchemy import Engine

from activities.ports.stores.holds import EVERYONE
from adapters.ledger.cases.holds import agreed_to_live, set_hold


def wait_for_a_word(engine: Engine, *, live: bool) -> bool:
    """Hold everything where an installation is live and nobody has agreed to that yet.

    Taking everything off hold shows what would be sent today and takes the word. Answers whether
    it waits.
    """
    if not live or agreed_to_live(engine):
        return False
    set_hold(engine, EVERYONE, on=True, by="going live")
    return True
