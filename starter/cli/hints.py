"""Hints which command helps on, given by the command line alone, never by a service."""

from __future__ import annotations

from activities.ports.stores.errors import NotKnownError, Sought

_HINTS = {
    Sought.BANK_ACCOUNT: "; `amicable bank accounts` shows what there is",
    Sought.BANK_ENTRY: "; `amicable bank list` shows what there is",
    Sought.CASE: "; `amicable invoice list` shows what there is",
    Sought.COLLEAGUE: "; `amicable team list` shows who is",
    Sought.CONNECTOR: "; `amicable connector list` shows what there is",
    Sought.CREDITOR: "; look at --creditor",
    Sought.CUSTOMER: "; look at --creditor",
    Sought.ENDPOINT: "; `amicable webhook list` shows what there is",
    Sought.EXPERIMENT: "; `amicable experiment list` shows what there is",
    Sought.FILE: "; see `amicable evidence list`",
    Sought.KEY: "; `amicable key list` shows what there is",
    Sought.LINK: "; `amicable customer link list` shows what there is",
    Sought.PAYMENT: "; `amicable payment list --unallocated` shows what there is",
    Sought.POINT: "; look at the list",
    Sought.RATE: "; `amicable rates list` shows what there is",
    Sought.REPLY: "; `amicable reply list` shows what there is",
    Sought.TASK: "; `amicable task list` shows what there is",
    Sought.VERSION: "; `amicable policy list` shows them",
}


def with_hint(error: NotKnownError) -> str:
    """Say what is not there, and which command shows what is."""
    return f"{error}{_HINTS.get(error.sought, '')}"
