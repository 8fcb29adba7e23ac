"""Workflows of which none is missing, for tests of what a round does beside them."""

from activities.watching.ports import Trouble
from domain.case.model import Case


class NobodyIsMissing:
    """All workflows run; remembers who was woken."""

    def __init__(self) -> None:
        self.woken: list[str] = []

    async def is_running(self, case_id: str) -> bool:
        """Always."""
        return True

    async def was_cancelled(self, case_id: str) -> bool:
        """Never."""
        return False

    async def wake(self, case: Case, stage: str) -> None:
        """Remember it."""
        self.woken.append(case.invoice.case_id)

    async def trouble(self, workflow_id: str) -> Trouble:
        """None."""
        return Trouble()

    async def reported(self) -> set[str]:
        """None."""
        return set()
