"""When customers get an overview of all that they have open without asking for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRules:
    """The monthly statement of account.

    Attributes:
        day: the day of the month on which it goes out, 1 to 28; 0 is never.
        apart_days: calendar days that it keeps from any other letter, before and after: 7 means
            D and D+7.
    """

    day: int = 0
    apart_days: int = 7


NO_STATEMENTS = StatementRules()
"""What holds where a policy says nothing."""
