"""Moves a running case to another version of its policy, by a message to the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from activities.cases.session import Session
from activities.ports.ports import Ledger
from activities.ports.types import CaseFile
from domain.case.model import Message
from domain.ids import CaseId
from domain.message_types import MessageType
from domain.policy.model import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What running cases are told: the policy, since when (UTC), by whom, and why in a word."""

    policy: Policy
    at: datetime
    by: str
    reason: str = ""


def move(ledger: Ledger, case_id: str, orders: Orders) -> bool:
    """Move one case to a policy; False if it follows it already.

    Nothing that was done is done again: a step's name is its key. The decision is made anew by
    whoever wakes the case next; the reconciler does, if nobody else does.

    Raises:
        LookupError: if there is no such case.
    """
    customer = ledger.customer_of(case_id)
    if customer is None:
        raise LookupError(f"there is no case {case_id}")
    with ledger.account(CaseId.parse(case_id).creditor, customer) as account:
        sha = account.cases.follow(case_id, orders.policy)
        if not sha:
            return False
        session = Session(account, case_id, orders.at)
        session.add(refused_parts(session.file, sha, orders))
        session.keep()
        return True


def refused_parts(file: CaseFile, sha: str, orders: Orders) -> Message:
    """What a case is told; a version that it was told before comes under a key of its own."""
    again = sum(
        known.kind is MessageType.POLICY_CHANGED and known.ref == sha for known in file.messages
    )
    return Message(
        key=f"policy/{sha}/{again}" if again else f"policy/{sha}",
        kind=MessageType.POLICY_CHANGED,
        at=orders.at,
        reason=orders.reason,
        ref=sha,
        by=orders.by,
    )
