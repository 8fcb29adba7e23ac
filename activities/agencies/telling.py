"""Says something to a case on behalf of an agency or of whoever deals with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from uuid import uuid4

from activities.cases.filing import keep
from activities.cases.hearing import hear
from activities.cases.session import Session
from activities.cases.waking import ToWake, to_wake
from activities.ports.clock import Clock
from activities.ports.ports import Ledger
from activities.ports.stores.errors import NotKnownError, Sought
from domain.evidence.model import Filed
from domain.ids import CaseId
from domain.message_types import MessageType
from domain.wire import Answer, ReceivedMessage

Files = Callable[[Session], tuple[Filed, ...]]
"""Makes the files that are kept with what is said, from the case as it stands then."""


class CaseTelling:
    """Records a message with its files in one transaction."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    def say(
        self,
        case_id: str,
        kind: MessageType,
        body: Mapping[str, str],
        files: Files | None = None,
    ) -> tuple[Answer, ToWake]:
        """Record one message, and its files if it is accepted; said again it counts once.

        Raises:
            NotKnownError: if there is no such case.
        """
        customer = self._ledger.customer_of(case_id)
        if customer is None:
            raise NotKnownError(Sought.CASE, f"there is no case {case_id}")
        told = {name: value for name, value in body.items() if value}
        key = told.get("id") or str(uuid4())
        heard = ReceivedMessage(kind=kind.value, body=json.dumps(told), key=key, keyed="id" in told)
        with self._ledger.account(CaseId.parse(case_id).creditor, customer) as account:
            session = Session(account, case_id, self._clock())
            answer = hear(session, (heard,))[key]
            if answer.accepted and files:
                for one in files(session):
                    keep(account.evidence, session.case, one)
            session.keep()
            return answer, to_wake(session)
