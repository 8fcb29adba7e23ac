"""The messages to one account's cases: recorded once, and judged by every fold."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import exists, select, update

from activities.ports.types import ConflictError, RecordedMessage
from adapters.ledger.account.scope import AccountScope
from adapters.ledger.cases.messages import message_row
from adapters.ledger.core.codec import message_content
from adapters.ledger.core.sql import added
from adapters.ledger.tables.cases import case_file, message
from domain.case.model import Message
from domain.message_types import MessageStatus

_C, _M = case_file.c, message.c


class SqlMessages:
    """The messages to one account's cases."""

    def __init__(self, scope: AccountScope) -> None:
        self._scope = scope

    def add(self, case_id: str, told: Message, status: str, answer: str) -> bool:
        """Record a message once; False if its key is there with the same content.

        Raises:
            ConflictError: if the key is there with other content.
        """
        scope = self._scope
        scope.changes(case_id)
        file = scope.files.get(case_id)
        if file is None or any(recorded.message.key == told.key for recorded in file.recorded):
            return self._added(case_id, told, status, answer)
        if scope.pending.has_saved(case_id):
            scope.write()
        scope.pending.add_message(case_id, told, status, answer)
        recorded = RecordedMessage(message=told, status=MessageStatus(status), answer=answer)
        scope.files[case_id] = replace(file, recorded=(*file.recorded, recorded))
        return True

    def judge(self, case_id: str, judged: RecordedMessage) -> None:
        """Change how a recorded message counts, after a new fold."""
        scope = self._scope
        scope.own(case_id)
        scope.pending.judge(case_id, judged)
        file = scope.files.get(case_id)
        if file is None:
            scope.write()
            return
        recorded = (
            judged if one.message.key == judged.message.key else one for one in file.recorded
        )
        scope.files[case_id] = replace(file, recorded=tuple(recorded))

    def overlook(self, case_id: str, key: str) -> None:
        """Count a case's last decision as made with a message, if it knew all before it."""
        self._scope.own(case_id)
        own = select(_M.seq).where(_M.case_id == case_id, _M.key == key).scalar_subquery()
        earlier = exists().where(_M.case_id == case_id, _M.seq > _C.seen_message, _M.seq < own)
        mine = update(case_file).where(_C.case_id == case_id, ~earlier, own > _C.seen_message)
        self._scope.connection.execute(mine.values(seen_message=own))

    def _added(self, case_id: str, told: Message, status: str, answer: str) -> bool:
        connection = self._scope.connection
        if added(connection, message, **message_row(case_id, told, status, answer)):
            return True
        known = select(_M.content_sha).where(_M.case_id == case_id, _M.key == told.key)
        if connection.execute(known).scalar_one() != message_content(told):
            raise ConflictError(
                f"{case_id}: the message id {told.key!r} was used before with other content; "
                "give this message an id of its own"
            )
        return False
