"""Which of the database's errors mean "somebody else is at it, come again", and which do not."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from activities.ports.types import BusyError
from adapters.ledger.core.sql import locking

LOCK_NOT_HAD = psycopg.errors.LockNotAvailable
DEADLOCK = psycopg.errors.DeadlockDetected


def _failing(cause: type[psycopg.OperationalError]) -> None:
    with locking():
        raise OperationalError("SELECT 1", {}, cause("from the server"))


@pytest.mark.parametrize("cause", [LOCK_NOT_HAD, DEADLOCK])
def test_a_lock_that_is_not_had_and_a_deadlock_are_busy(
    cause: type[psycopg.OperationalError],
) -> None:
    with pytest.raises(BusyError):
        _failing(cause)


@pytest.mark.parametrize("cause", [psycopg.errors.QueryCanceled, psycopg.errors.AdminShutdown])
def test_a_query_that_was_stopped_is_no_lock(cause: type[psycopg.OperationalError]) -> None:
    with pytest.raises(OperationalError):
        _failing(cause)
