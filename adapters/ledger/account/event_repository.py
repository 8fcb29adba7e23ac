"""The events of one account for other systems, kept and queued with what made them happen."""

from __future__ import annotations

from activities.ports.events import DomainEvent
from adapters.ledger.account.scope import AccountScope
from adapters.ledger.core.events import insert_event


class SqlEvents:
    """The events of one account."""

    def __init__(self, scope: AccountScope) -> None:
        self._scope = scope

    def announce(self, event: DomainEvent) -> bool:
        """Announce an event to other systems, once per id; False if it is known.

        Raises:
            LookupError: if it is another account's.
        """
        self._scope.refuse_another(event.creditor, event.customer)
        if event.case:
            self._scope.own(event.case)
        return insert_event(self._scope.unflushed, event)
