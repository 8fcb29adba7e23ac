"""Reads and writes changes of letters as rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sqlalchemy import RowMapping, Select, exists, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, TEXT

from activities.ports.letters.changes import EndedChange
from adapters.ledger.tables.outbound import letter_change, letter_change_end, outbound_message
from domain.contact.letter_changes import (
    ChangeEnd,
    KeptChange,
    LetterChange,
    LetterGround,
    LetterPart,
)

_C, _E, _M = letter_change.c, letter_change_end.c, outbound_message.c


def waiting_about(case_ids: Collection[str], account: tuple[str, str]) -> Select[Any]:
    """Select the changes that did not end, of letters that speak of one of these cases."""
    creditor, customer = account
    mine = (_C.creditor == creditor) & (_C.customer == customer)
    ended = exists().where(_E.change_id == _C.id)
    about = _C.cases.overlap(literal(list(case_ids), ARRAY(TEXT)))
    return select(letter_change).where(mine, about, ~ended).order_by(_C.recorded_at, _C.id)


def ended_of(case_id: str) -> Select[Any]:
    """Select the changes of a case that ended, newest first."""
    told = (_E.how, _E.why, _E.by_whom.label("ended_by"), _E.at.label("ended_at"))
    query = select(letter_change, *told, _E.subject, _E.body).join(
        letter_change_end, _E.change_id == _C.id
    )
    return query.where(_C.case_id == case_id).order_by(_E.at.desc())


def reached(creditor: str, customer: str) -> Select[Any]:
    """Select whether any message ever got through to a customer."""
    mine = (_M.creditor == creditor) & (_M.customer == customer)
    through = _M.state.in_(("accepted", "unknown_closed")) & (_M.channel != "agency")
    return select(exists().where(mine & through))


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
