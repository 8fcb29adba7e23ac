"""The port to whoever judges the Plan B that an agreement names."""

from __future__ import annotations

from typing import Protocol


class PlanBChecks(Protocol):
    """Judges the Plan B that an agreement names, before anything is locked."""

    def check(self, case_id: str, plan_b: str, message_id: str = "") -> None:
        """Refuse one that nobody could carry out, in words.

        Raises:
            RefusedError: naming what is wrong with it.
        """
        ...
