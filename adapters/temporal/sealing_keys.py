"""Counts what each key sealed, so that nobody drops one which a history still needs."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from temporalio.client import Client, WorkflowExecution, WorkflowExecutionStatus

_AT_ONCE = 8
"""Histories that are read at once: a server under load serves cases first."""

# How protobuf writes this entry of a payload's metadata: two fields, each with its length. What is
# sealed holds it by no chance that matters, and JSON spells such signs out.
_MARK = re.compile(rb"\x0a\x11encryption-key-id\x12([\x01-\x20])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class KeyUse:
    """How many histories need a key.

    Attributes:
        open: those of workflows that still run; without the key they stop.
        closed: those that Temporal still keeps; without the key nobody can read them.
    """

    key: str
    open: int
    closed: int


async def key_uses(
    client: Client, ring: Iterable[str] = (), query: str = "", *, closed: bool = True
) -> tuple[KeyUse, ...]:
    """Count the histories of a namespace by the keys in them; one in the clear counts nowhere.

    Each history is read once, some at a time, and nothing is opened.

    Args:
        client: of the namespace.
        ring: ids of keys that are named even if no history has them, in their order.
        query: which workflows, in Temporal's own words; all unless given.
        closed: whether those that ended are read, too.
    """
    wanted = query if closed else " AND ".join(filter(None, (query, "ExecutionStatus = 'Running'")))
    found: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    places = asyncio.Semaphore(_AT_ONCE)

    async def count(one: WorkflowExecution) -> None:
        try:
            keys = await _keys_in(client, one)
        finally:
            places.release()
        found[one.status is WorkflowExecutionStatus.RUNNING].update(keys)

    async with asyncio.TaskGroup() as group:
        async for one in client.list_workflows(wanted or None):
            await places.acquire()
            group.create_task(count(one))
    known = list(dict.fromkeys([*ring, *sorted({*found[True], *found[False]})]))
    return tuple(KeyUse(key, found[True][key], found[False][key]) for key in known)


async def _keys_in(client: Client, one: WorkflowExecution) -> set[str]:
    """The ids of all keys in one history; what was deleted meanwhile needs none."""
    handle = client.get_workflow_handle(one.id, run_id=one.run_id)
    keys: set[str] = set()
    async for event in handle.fetch_history_events():
        keys |= keys_named(event.SerializeToString())
    return keys


def keys_named(message: bytes) -> set[str]:
    """Read the ids of the keys that sealed anything in a serialised message."""
    found = ((match, match[1][0]) for match in _MARK.finditer(message))
    return {
        message[match.end() : match.end() + length].decode(errors="replace")
        for match, length in found
    }
