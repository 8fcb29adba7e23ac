"""The cases of one account in PostgreSQL: opened once, read whole, saved with what was decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from activities.ports.types import CaseFile
from adapters.ledger.account.scope import AccountScope
from adapters.ledger.cases import cases
from adapters.ledger.cases.messages import deed_row, nudge_row
from adapters.ledger.core.sql import added, among
from adapters.ledger.outbound.bundles import wanting
from adapters.ledger.tables.cases import case_file, deed, message
from domain.case.model import Case, Deed, Invoice, Message
from domain.message_types import ActionType, MessageType
from domain.parties.customer import InvoiceShare
from domain.policy.model import Policy
from domain.wire import Decision

_C = case_file.c


class SqlCases:
    """One account's cases; a case of another account is never found here."""

    def __init__(self, scope: AccountScope) -> None:
        self._scope = scope

    def read(self, case_id: str) -> CaseFile | None:
        """Read everything about a case of this account; None if it was never opened.

        What was read beforehand is read no more: nothing else can change it under the lock.
        """
        scope = self._scope
        known = scope.files.get(case_id)
        if known:
            return replace(known, debtor=scope.debtor, customer=scope.customer)
        whose = (scope.creditor, scope.debtor, case_id, scope.customer)
        is_new = scope.is_untouched(case_id)
        file = cases.read_case(scope.connection, *whose, is_new=is_new)
        if file:
            scope.know_currency(case_id, file.invoice.amount.currency)
        return file

    def open(self, invoice: Invoice, policy: Policy, *, own: bool = False) -> bool:
        """Add a case with its policy, perhaps its own; False if it is there with the same content.

        Raises:
            ConflictError: if the number was opened with other content.
            LookupError: if the invoice is another account's.
        """
        self._scope.refuse_another(invoice.creditor, invoice.customer)
        connection = self._scope.connection
        row = cases.new_row(invoice, cases.put_policy(connection, policy)) | {"own_policy": own}
        if added(connection, case_file, **row):
            self._scope.opened(invoice.case_id, invoice.amount.currency)
            return True
        known = select(_C.content_sha).where(_C.case_id == invoice.case_id)
        if connection.execute(known).scalar_one_or_none() != row["content_sha"]:
            raise cases.conflict(invoice.case_id)
        return False

    def add_deed(self, case_id: str, done: Deed) -> bool:
        """Record a deed once per (case, step, episode); False if it is there."""
        file = self._scope.files.get(case_id)
        if file is None:
            self._scope.changes(case_id)
            return added(self._scope.connection, deed, **deed_row(case_id, done))
        if any((one.step, one.episode) == (done.step, done.episode) for one in file.deeds):
            return False
        self._scope.pending.add_deed(case_id, done)
        self._scope.files[case_id] = replace(file, deeds=(*file.deeds, done))
        return True

    def save(
        self,
        case: Case,
        decision: Decision | None,
        share: InvoiceShare | None = None,
        *,
        parked: bool = False,
    ) -> None:
        """Keep the folded case and the decision made from it; without one the last stays."""
        scope, case_id = self._scope, case.invoice.case_id
        scope.changes(case_id)
        if scope.pending.has_saved(case_id):
            scope.write()
        scope.pending.save(case, decision, share, zone=scope.debtor.zone, parked=parked)
        if share is not None:
            scope.shares(share)
        file = scope.files.get(case_id)
        if file is None:
            scope.write()
        else:
            scope.files[case_id] = replace(file, decision=decision or file.decision, parked=parked)

    def park(self, case_id: str) -> None:
        """Leave a case alone without folding it; what was kept of it stays as it is."""
        scope = self._scope
        scope.changes(case_id)
        file = scope.files.get(case_id)
        if file is not None:
            scope.write()
            scope.files[case_id] = replace(file, parked=True)
        mine = update(case_file).where(_C.case_id == case_id)
        scope.connection.execute(mine.values(parked=True))

    def numbers_alike(self, case_id: str) -> tuple[str, ...]:
        """List the numbers with the same digits that the creditor had opened before a case."""
        return cases.numbers_alike(self._scope.connection, case_id)

    def open_invoices(self) -> tuple[str, ...]:
        """List the account's case ids with something open, oldest due date first."""
        still = select(_C.case_id).where(self._mine(), _C.open + _C.costs_left > 0, ~_C.withdrawn)
        query = still.order_by(_C.due, _C.case_id)
        return tuple(self._scope.connection.execute(query).scalars())

    def planned(
        self, case_id: str, before: datetime, kinds: tuple[ActionType, ...]
    ) -> tuple[tuple[datetime, date], ...]:
        """List such deeds that the account's other cases plan before an instant, with due dates."""
        scope = self._scope
        mine = wanting(scope.creditor, scope.customer_id, case_id, kinds)
        query = select(_C.next_at, _C.due).where(mine, _C.next_at < before)
        rows = scope.connection.execute(query.order_by(_C.next_at, _C.case_id))
        return tuple((row.next_at, row.due) for row in rows)

    def planned_steps(
        self, case_id: str, up_to: datetime, kinds: tuple[ActionType, ...]
    ) -> tuple[str, ...]:
        """List the steps of such deeds that the account's other cases plan up to an instant."""
        scope = self._scope
        mine = wanting(scope.creditor, scope.customer_id, case_id, kinds)
        query = select(_C.next_step).where(mine, _C.next_at <= up_to)
        return tuple(scope.connection.execute(query.order_by(_C.case_id)).scalars())

    def nudge_all(  # noqa: PLR0913 - the mark and whom it is for
        self,
        key: str,
        why: str,
        by: str,
        at: datetime,
        *,
        ref: str = "",
        but: str = "",
        only: tuple[str, ...] = (),
    ) -> tuple[str, ...]:
        """Put a mark on every running case of the account, once per key; answers their ids."""
        told = Message(key=key, kind=MessageType.NUDGE, at=at, reason=why, ref=ref, by=by)
        given = nudge_row(told)
        running = self._mine() & (_C.outcome == "") & ~_C.parked & _C.decision.is_not(None)
        running &= _C.case_id != but
        if only:
            running &= among(_C.case_id, only)
        values = (literal(value, message.c[name].type) for name, value in given.items())
        rows = select(_C.case_id, *values).where(running).order_by(_C.due)
        new = insert(message).from_select(["case_id", *given], rows).on_conflict_do_nothing()
        query = new.returning(message.c.case_id)
        marked = tuple(self._scope.connection.execute(query).scalars())
        self._scope.read_anew(marked)
        return marked

    def follow(self, case_id: str, policy: Policy) -> str:
        """Let a case follow a policy from now on; answers its SHA-256, empty if it does already."""
        connection = self._scope.connection
        sha = cases.put_policy(connection, policy)
        mine = (_C.case_id == case_id) & (_C.creditor == self._scope.creditor)
        fresh = {"policy_sha": sha, "own_policy": False}
        moved = update(case_file).where(mine, _C.policy_sha != sha).values(**fresh)
        self._scope.read_anew([case_id])
        return sha if connection.execute(moved.returning(_C.case_id)).first() else ""

    def _mine(self) -> ColumnElement[bool]:
        return (_C.creditor == self._scope.creditor) & (_C.customer == self._scope.customer_id)
