"""Pending writes about cases that were read together, written down in one go."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, UpdateBase, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from activities.ports.types import RecordedMessage
from adapters.ledger.cases import cases, messages
from adapters.ledger.tables.cases import case_file, deed, message
from domain.case.model import Case, Deed, Message
from domain.parties.customer import InvoiceShare
from domain.wire import Decision

_C, _M = case_file.c, message.c
_JUDGE = update(message).where(_M.case_id == bindparam("of_case"), _M.key == bindparam("of_key"))
_MINE = _C.case_id == bindparam("of_case")
_NEWEST = (
    select(func.coalesce(func.max(_M.seq), 0))
    .where(_M.case_id == bindparam("of_case"))
    .scalar_subquery()
)
_KEEP = update(case_file).where(_MINE)
_DECIDE = _KEEP.values(seen_message=_NEWEST)

_Sort = tuple[bool, bool, bool]
"""Rows that are written alike: with a decision, corrected, with what they mean for the others."""


class PendingWrites:
    """Messages, deeds and decisions of many cases, not written down yet."""

    def __init__(self) -> None:
        self._messages: dict[tuple[str, str], dict[str, Any]] = {}
        self._judged: list[dict[str, Any]] = []
        self._deeds: list[dict[str, Any]] = []
        self._saved: dict[str, tuple[_Sort, dict[str, Any]]] = {}

    def has_saved(self, case_id: str) -> bool:
        """Tell whether a case waits to be saved: what it saw is settled when it is written."""
        return case_id in self._saved

    def add_message(self, case_id: str, new: Message, status: str, answer: str) -> None:
        """Keep a message."""
        self._messages[case_id, new.key] = messages.message_row(case_id, new, status, answer)

    def judge(self, case_id: str, judged: RecordedMessage) -> None:
        """Keep how a message counts: with itself, if it waits here, too."""
        how = {"status": judged.status, "answer": judged.answer, "code": judged.code}
        row = self._messages.get((case_id, judged.message.key))
        if row is None:
            self._judged.append({"of_case": case_id, "of_key": judged.message.key} | how)
        else:
            row |= how

    def add_deed(self, case_id: str, done: Deed) -> None:
        """Keep a deed."""
        self._deeds.append(messages.deed_row(case_id, done))

    def save(
        self,
        case: Case,
        decision: Decision | None,
        share: InvoiceShare | None,
        *,
        zone: str,
        parked: bool,
    ) -> None:
        """Keep a case's figures, what it means for the others, and its decision."""
        case_id = case.invoice.case_id
        row = {"of_case": case_id, "parked": parked} | cases.figures(case, zone)
        row |= {} if decision is None else cases.decided(decision)
        if share is not None:
            row |= {"small_rest": share.rest, "small_since": share.since}
        sort = (decision is not None, case.corrected_at is not None, share is not None)
        self._saved[case_id] = (sort, row)

    def write(self, connection: Connection) -> None:
        """Write everything down, in the order in which it has to be there."""
        if self._messages:
            _run(connection, insert(message), list(self._messages.values()))
        if self._judged:
            _run(connection, _JUDGE, self._judged)
        if self._deeds:
            _run(connection, insert(deed).on_conflict_do_nothing(), self._deeds)
        for sort in sorted({sort for sort, _ in self._saved.values()}):
            self._save(connection, sort)
        self.forget()

    def forget(self) -> None:
        """Drop what was not written down."""
        self._messages, self._judged, self._deeds, self._saved = {}, [], [], {}

    def _save(self, connection: Connection, wanted: _Sort) -> None:
        rows = [row for sort, row in self._saved.values() if sort == wanted]
        decides, is_corrected, _ = wanted
        how = _DECIDE if decides else _KEEP
        _run(connection, how.values(cases.FIRST) if is_corrected else how, rows)


def _run(connection: Connection, how: UpdateBase, rows: list[dict[str, Any]]) -> None:
    connection.execute(how, rows if len(rows) > 1 else rows[0])
