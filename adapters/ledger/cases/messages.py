"""The rows of messages and deeds: recorded once, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, select

from activities.ports.types import RecordedMessage
from adapters.ledger.core.codec import message_content
from adapters.ledger.core.sql import among_given
from adapters.ledger.tables.cases import deed as deed_table
from adapters.ledger.tables.cases import message as message_table
from domain.answer_codes import AnswerCode
from domain.case.invoice import InvoicePart
from domain.case.model import Deed, Message
from domain.message_types import ActionType, MessageStatus, MessageType, Outcome, Result
from domain.money import Money

_FROM_NEWS = ("failed_at", "receipt_at")
_OF_DEED = tuple(field.name for field in fields(Deed) if field.name not in _FROM_NEWS)
_BY_STATUS = {
    MessageStatus.APPLIED: AnswerCode.ACCEPTED,
    MessageStatus.REFUSED: AnswerCode.REFUSED,
}
_MESSAGES = (
    select(message_table)
    .where(message_table.c.case_id == bindparam("case"))
    .order_by(message_table.c.seq)
)
_DEEDS = (
    select(deed_table).where(deed_table.c.case_id == bindparam("case")).order_by(deed_table.c.id)
)
_MESSAGES_OF_MANY = (
    select(message_table)
    .where(among_given(message_table.c.case_id, "cases"))
    .order_by(message_table.c.seq)
)
_DEEDS_OF_MANY = (
    select(deed_table).where(among_given(deed_table.c.case_id, "cases")).order_by(deed_table.c.id)
)


def deed_row(case_id: str, deed: Deed) -> dict[str, Any]:
    """Make the row of a deed."""
    return {"case_id": case_id} | {name: getattr(deed, name) for name in _OF_DEED}


def nudge_row(told: Message) -> dict[str, Any]:
    """Make the row of a mark that says nothing, without the case that it is put on."""
    return {
        "key": told.key,
        "kind": told.kind.value,
        "at": told.at,
        "reason": told.reason,
        "ref": told.ref,
        "by_whom": told.by,
        "content_sha": message_content(told),
    }


def recorded_messages(connection: Connection, case_id: str) -> tuple[RecordedMessage, ...]:
    """Read the case's messages in the order they were recorded."""
    rows = connection.execute(_MESSAGES, {"case": case_id}).mappings()
    return tuple(_recorded(row) for row in rows)


def deeds(connection: Connection, case_id: str) -> tuple[Deed, ...]:
    """Read the case's deeds in the order they were recorded."""
    rows = connection.execute(_DEEDS, {"case": case_id}).mappings()
    return tuple(_deed(row) for row in rows)


def recorded_by_case(
    connection: Connection, case_ids: Sequence[str]
) -> dict[str, tuple[RecordedMessage, ...]]:
    """Read the messages of many cases, each in the order they were recorded."""
    found: dict[str, list[RecordedMessage]] = {}
    for row in connection.execute(_MESSAGES_OF_MANY, {"cases": list(case_ids)}).mappings():
        found.setdefault(row["case_id"], []).append(_recorded(row))
    return {case_id: tuple(entries) for case_id, entries in found.items()}


def deeds_by_case(connection: Connection, case_ids: Sequence[str]) -> dict[str, tuple[Deed, ...]]:
    """Read the deeds of many cases, each in the order they were recorded."""
    found: dict[str, list[Deed]] = {}
    for row in connection.execute(_DEEDS_OF_MANY, {"cases": list(case_ids)}).mappings():
        found.setdefault(row["case_id"], []).append(_deed(row))
    return {case_id: tuple(entries) for case_id, entries in found.items()}


def message_row(case_id: str, message: Message, status: str, answer: str) -> dict[str, Any]:
    """Make the row of a message."""
    money = message.amount
    return {
        "case_id": case_id,
        "status": status,
        "answer": answer,
        "code": None,
        "content_sha": message_content(message),
        "key": message.key,
        "kind": message.kind,
        "at": message.at,
        "amount": money.minor if money else None,
        "currency": money.currency if money else "",
        "day": message.day,
        "reason": message.reason,
        "note": message.note,
        "ref": message.ref,
        "by_whom": message.by,
        "channel": message.channel,
        "owner": message.owner,
        "approved_by": message.approved_by,
        "parts": [[part.day.isoformat(), part.minor] for part in message.parts] or None,
        "check_at": message.check_at,
        "plan_b": message.plan_b,
    }


def _recorded(row: RowMapping) -> RecordedMessage:
    status = MessageStatus(row["status"])
    # Rows of ledgers that kept no code yet tell by their status alone what became of them.
    code = AnswerCode(row["code"]) if row["code"] else _BY_STATUS.get(status)
    return RecordedMessage(message=_message(row), status=status, answer=row["answer"], code=code)


def _message(row: RowMapping) -> Message:
    amount = None if row["amount"] is None else Money(row["amount"], row["currency"])
    return Message(
        key=row["key"],
        kind=MessageType(row["kind"]),
        at=row["at"],
        amount=amount,
        day=row["day"],
        reason=row["reason"],
        note=row["note"],
        ref=row["ref"],
        by=row["by_whom"],
        channel=row["channel"],
        owner=row["owner"],
        approved_by=row["approved_by"],
        parts=tuple(
            InvoicePart(day=date.fromisoformat(day), minor=minor)
            for day, minor in row["parts"] or ()
        ),
        check_at=row["check_at"],
        plan_b=row["plan_b"],
    )


def _deed(row: RowMapping) -> Deed:
    return Deed(
        step=row["step"],
        do=ActionType(row["do"]),
        at=row["at"],
        episode=row["episode"],
        result=Result(row["result"]),
        deadline=row["deadline"],
        channel=row["channel"],
        why=row["why"],
        open=row["open"],
        asked=row["asked"],
        charged=row["charged"],
        ground=row["ground"],
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
    )
