"""Connections to the ledger: bounded waits, checked before use, always in UTC."""

from __future__ import annotations

from sqlalchemy import URL, Engine, create_engine, event, make_url

from adapters.ledger.core.errors import without_rows

__all__ = ["Engine", "ledger_url", "make_engine"]

_OPTIONS = {
    "timezone": "UTC",
    "lock_timeout": "30s",  # a payment waits for a sender, whose call ends after 10 s
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "60s",  # a frozen worker must not keep an account
}


def ledger_url(url: str) -> URL:
    """Complete the address with our driver, whichever spelling of ``postgresql://`` was given."""
    return make_url(url).set(drivername="postgresql+psycopg")


def make_engine(url: str, pool_size: int = 20, patience: str = "") -> Engine:
    """Make a process's connections; ``pool_size`` is at least the number of its activity slots.

    ``patience`` is how long it waits for a lock, where that is another time than usual.

    Session settings travel with the connection itself: a ``SET`` as a statement would open the
    transaction early, and what looks like a commit would only end a savepoint.
    """
    chosen = _OPTIONS | ({"lock_timeout": patience} if patience else {})
    options = " ".join(f"-c {name}={value}" for name, value in chosen.items())
    engine = create_engine(
        ledger_url(url),
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=4,
        pool_timeout=30,
        pool_pre_ping=True,
        connect_args={"options": options, "connect_timeout": 10, "application_name": "amicable"},
    )
    event.listen(engine, "handle_error", without_rows)
    return engine
