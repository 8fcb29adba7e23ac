"""The unit of work: one account under its lock, with repositories that share a transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import literal, select
from sqlalchemy.exc import SQLAlchemyError

from adapters.ledger.account.case_repository import SqlCases
from adapters.ledger.account.customer_repository import SqlCustomer
from adapters.ledger.account.event_repository import SqlEvents
from adapters.ledger.account.evidence_repository import SqlEvidence
from adapters.ledger.account.inbound_repository import SqlInbound
from adapters.ledger.account.message_repository import SqlMessages
from adapters.ledger.account.outbound_repository import SqlOutbound
from adapters.ledger.account.payment_repository import SqlPayments
from adapters.ledger.account.scope import AccountScope
from adapters.ledger.account.task_repository import SqlTasks
from adapters.ledger.cases.read_many import read_cases
from adapters.ledger.letters.repository import SqlLetterChanges
from adapters.ledger.letters.sent import SqlSentLetters

_STILL_THERE = select(literal(1))


class SqlAccount:
    """The unit of work of one account; a case of another account is never found in it.

    Attributes:
        id: creditor and customer.
    """

    def __init__(self, scope: AccountScope) -> None:
        self._scope = scope
        self.id = (scope.creditor, scope.customer_id)
        self.cases = SqlCases(scope)
        self.messages = SqlMessages(scope)
        self.payments = SqlPayments(scope)
        self.outbound = SqlOutbound(scope)
        self.inbound = SqlInbound(scope)
        self.tasks = SqlTasks(scope)
        self.customer = SqlCustomer(scope)
        self.evidence = SqlEvidence(scope)
        self.changes = SqlLetterChanges(scope.unflushed, self.id)
        self.letters = SqlSentLetters(scope.unflushed)
        self.events = SqlEvents(scope)

    def is_held(self) -> bool:
        """Ask the ledger whether the lock is held still; False if it cannot be asked."""
        try:
            self._scope.unflushed.execute(_STILL_THERE)
        except SQLAlchemyError:
            return False
        return True

    @contextmanager
    def together(self, case_ids: Sequence[str]) -> Iterator[None]:
        """Read many cases at once; until it ends, what is written about them is kept back.

        Raises:
            RuntimeError: if cases are read together already: what ends first would write for both.
        """
        scope = self._scope
        if scope.files:
            raise RuntimeError("cases of this account are read together already")
        if not case_ids:
            yield
            return
        whose = (scope.creditor, scope.debtor, scope.customer)
        scope.read_ahead(read_cases(scope.connection, *whose, case_ids))
        try:
            yield
            scope.write()
        finally:
            scope.end_together()
