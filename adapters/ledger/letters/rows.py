"""Reads and writes changes of letters as rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sqlalchemy import (
    Connection,
    RowMapping,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    exists,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, TEXT

from activities.ports.letters.changes import EndedChange
from activities.ports.types import OutboundState
from adapters.ledger.tables.outbound import (
    letter_change,
    letter_change_end,
    outbound_message,
    sent_letter,
)
from domain.contact.letter_changes import (
    ChangeEnd,
    KeptChange,
    LetterChange,
    LetterGround,
    LetterPart,
)

_C, _E, _M, _S = letter_change.c, letter_change_end.c, outbound_message.c, sent_letter.c
_newer = sent_letter.alias("newer")
HAS_LEFT = (OutboundState.ACCEPTED.value, OutboundState.UNKNOWN_CLOSED.value)
"""How a message or an attempt ends that left, or may have."""


# Both are built once: they are asked about every message that leaves.
_WAITING = (
    select(letter_change)
    .where(_C.creditor == bindparam("creditor"), _C.customer == bindparam("customer"))
    .where(_C.cases.overlap(bindparam("cases", type_=ARRAY(TEXT))))
    .where(~exists().where(_E.change_id == _C.id))
    .order_by(_C.recorded_at, _C.id)
)
WAS_REACHED = select(
    exists().where(
        _M.creditor == bindparam("creditor"),
        _M.customer == bindparam("customer"),
        _M.state.in_(HAS_LEFT) & (_M.channel != "agency"),
    )
)
"""Whether any message about any invoice ever got through to a customer."""


def waiting_about(
    connection: Connection, case_ids: Collection[str], account: tuple[str, str]
) -> tuple[KeptChange, ...]:
    """List the changes that did not end, of letters that speak of one of these cases."""
    creditor, customer = account
    given = {"creditor": creditor, "customer": customer, "cases": list(case_ids)}
    return tuple(map(change_of, connection.execute(_WAITING, given).mappings()))


def ended_of(case_id: str) -> Select[Any]:
    """Select the changes of a case that ended, newest first."""
    told = (_E.how, _E.why, _E.by_whom.label("ended_by"), _E.at.label("ended_at"))
    words = (
        func.coalesce(_S.subject, "").label("subject"),
        func.coalesce(_S.body, "").label("body"),
    )
    newest = select(func.max(_newer.c.attempt)).where(_newer.c.message_id == _S.message_id)
    left = (cast(_S.message_id, Text) == _E.message_id, _S.attempt == newest.scalar_subquery())
    query = (
        select(letter_change, *told, *words)
        .join(letter_change_end, _E.change_id == _C.id)
        .outerjoin(sent_letter, and_(*left))
    )
    return query.where(_C.case_id == case_id).order_by(_E.at.desc())


def row_of(kept: KeptChange, creditor: str, customer: str) -> dict[str, object]:
    """Write a change as a row."""
    return {
        "id": kept.id,
        "creditor": creditor,
        "customer": customer,
        "case_id": kept.case,
        "passage": kept.change.passage,
        "instead": kept.change.instead,
        "recipient": kept.change.recipient,
        "ground": asdict(kept.ground),
        "cases": [part.case for part in kept.ground.parts],
        "by_whom": kept.by,
        "at": kept.at,
    }


def change_of(row: RowMapping) -> KeptChange:
    """Read the change of a row."""
    ground = row["ground"]
    return KeptChange(
        id=row["id"],
        case=row["case_id"],
        change=LetterChange(
            passage=row["passage"], instead=row["instead"], recipient=row["recipient"]
        ),
        ground=LetterGround(
            parts=tuple(LetterPart(**part) for part in ground["parts"]),
            channel=ground["channel"],
            language=ground["language"],
        ),
        by=row["by_whom"],
        at=row["at"],
    )


def ended_change_of(row: RowMapping) -> EndedChange:
    """Read a change that ended, with the letter that left."""
    return EndedChange(
        kept=change_of(row),
        end=ChangeEnd(row["how"]),
        why=row["why"],
        by=row["ended_by"],
        at=row["ended_at"],
        subject=row["subject"],
        text=row["body"],
    )
