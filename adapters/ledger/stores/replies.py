"""Answers of debtors in PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Engine

from activities.ports.stores.replies import AnswerFilter, AnswerRow
from adapters.ledger.core.engine import reading
from adapters.ledger.inbound import heard_back


class SqlReplyStore:
    """The answers that came in."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def answers(self, wanted: AnswerFilter) -> tuple[AnswerRow, ...]:
        """List answers, newest first."""
        return heard_back.list_answers(self._engine, wanted)

    def about(self, case_id: str) -> tuple[AnswerRow, ...]:
        """List what the customer wrote about a case, oldest first."""
        with reading(self._engine) as connection:
            return heard_back.answers_about(connection, case_id)

    def answer(self, key: str) -> AnswerRow | None:
        """Read one answer; None if there is none."""
        return heard_back.find_answer(self._engine, key)

    def content(self, key: str, sha256: str) -> bytes | None:
        """Read a file that came with an answer, here or with its case; None if there is none."""
        return heard_back.content_of(self._engine, key, sha256)
