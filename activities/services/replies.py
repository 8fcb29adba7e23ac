"""The service for answers of debtors, read by people and never acted on by itself."""

from __future__ import annotations

from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.stores.replies import AnswerRow, ReplyStore


class ReplyService:
    """Shows the answers that came in."""

    def __init__(self, replies: ReplyStore) -> None:
        self._replies = replies

    def list(
        self, creditor: str = "", *, unrouted: bool = False, limit: int = 100
    ) -> tuple[AnswerRow, ...]:
        """List answers, newest first; if asked, only those that name none of our messages."""
        return self._replies.answers(creditor=creditor, unrouted=unrouted, limit=limit)

    def show(self, key: str) -> AnswerRow:
        """Show one answer.

        Raises:
            NotKnownError: if there is none.
        """
        found = self._replies.answer(key)
        if found is None:
            raise NotKnownError(Sought.REPLY, f"there is no answer {key}")
        return found
