"""The service for answers of debtors, read by people and never acted on by itself."""

from __future__ import annotations

from activities.ports.stores.errors import AmbiguousError, NotKnownError, Sought
from activities.ports.stores.replies import AnswerFilter, AnswerRow, ReplyStore
from activities.services.evidence import SHORT
from domain.evidence.received import ReceivedFile


class ReplyService:
    """Shows the answers that came in."""

    def __init__(self, replies: ReplyStore) -> None:
        self._replies = replies

    def list(self, wanted: AnswerFilter) -> tuple[AnswerRow, ...]:
        """List answers, newest first."""
        return self._replies.answers(wanted)

    def about(self, case_id: str) -> tuple[AnswerRow, ...]:
        """List what the customer wrote about a case, oldest first."""
        return self._replies.about(case_id)

    def show(self, key: str) -> AnswerRow:
        """Show one answer.

        Raises:
            NotKnownError: if there is none.
        """
        found = self._replies.answer(key)
        if found is None:
            raise NotKnownError(Sought.REPLY, f"there is no answer {key}")
        return found

    def file(self, key: str, word: str) -> tuple[ReceivedFile, bytes]:
        """Read a file that came with an answer, by its name or the beginning of its hash.

        Raises:
            NotKnownError: if there is none, or it was not kept, or was erased.
            AmbiguousError: if there are several.
        """
        sought = [
            one
            for one in self.show(key).files
            if one.name == word or (len(word) >= SHORT and one.sha256.startswith(word))
        ]
        if len(sought) > 1:
            raise AmbiguousError(f"{len(sought)} files of {key} are called {word}; name its hash")
        body = self._replies.content(key, sought[0].sha256) if sought else None
        if not sought or not body:
            fate = f" ({sought[0].fate})" if sought else ""
            raise NotKnownError(Sought.FILE, f"no file {word} is kept of answer {key}{fate}")
        return sought[0], body
