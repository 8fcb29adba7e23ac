"""Letters as they left, in PostgreSQL: written under the account's lock, read with or without."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, RowMapping, Text, and_, bindparam, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, insert

from activities.ports.letter_data import Letter
from activities.ports.letters.sent import SentLetter
from adapters.ledger.core.engine import reading
from adapters.ledger.letters.rows import HAS_LEFT
from adapters.ledger.tables.outbound import (
    outbound_attempt,
    outbound_item,
    outbound_message,
    sent_letter,
)

_I, _M, _A, _S = outbound_item.c, outbound_message.c, outbound_attempt.c, sent_letter.c

# Built once: putting a query together costs more than asking it.
_KEEP = insert(sent_letter).on_conflict_do_nothing()
_other = outbound_item.alias("other")
_CASES = (
    select(
        func.array_agg(aggregate_order_by(_other.c.case_id, _other.c.case_id), type_=ARRAY(Text))
    )
    .where(_other.c.message_id == _M.id)
    .scalar_subquery()
    .label("cases")
)
_ABOUT = (
    select(
        cast(_M.id, Text).label("message"),
        _CASES,
        *(_I.step, _A.at, _A.channel, _A.recipient, _A.result),
        *(_S.subject, _S.body, _S.files, _S.language),
    )
    .join(outbound_message, _M.id == _I.message_id)
    .join(outbound_attempt, _A.message_id == _M.id)
    .outerjoin(sent_letter, and_(_S.message_id == _A.message_id, _S.attempt == _A.attempt))
    .where(_I.case_id == bindparam("case"), _A.result.in_(HAS_LEFT), _M.channel != "agency")
    .order_by(_A.at, _A.id)
)


class SqlSentLetters:
    """The letters of one account."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, message_id: str, attempt: int, letter: Letter) -> None:
        """Keep the words of an attempt; what is kept of it stays as it is."""
        row = {
            "message_id": message_id,
            "attempt": attempt,
            "subject": letter.subject,
            "body": letter.text,
            "files": [one.name for one in letter.attachments if not one.cid],
            "language": letter.language,
        }
        self._connection.execute(_KEEP, row)

    def about(self, case_id: str) -> tuple[SentLetter, ...]:
        """List what left about a case, oldest first."""
        return _about(self._connection, case_id)


class SqlSentLetterStore:
    """The letters of all accounts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def about(self, case_id: str) -> tuple[SentLetter, ...]:
        """List what left about a case, oldest first."""
        with reading(self._engine) as connection:
            return _about(connection, case_id)


def _about(connection: Connection, case_id: str) -> tuple[SentLetter, ...]:
    return tuple(map(_letter, connection.execute(_ABOUT, {"case": case_id}).mappings()))


def _letter(row: RowMapping) -> SentLetter:
    return SentLetter(
        message=row["message"],
        cases=tuple(row["cases"]),
        step=row["step"],
        at=row["at"],
        channel=row["channel"],
        recipient=row["recipient"],
        result=row["result"],
        subject=row["subject"] or "",
        text=row["body"] or "",
        files=tuple(row["files"] or ()),
        language=row["language"] or "",
    )
