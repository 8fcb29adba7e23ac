"""Prepares a Temporal cluster: the namespace, and the search attributes of cases."""

import asyncio
import socket
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import IndexedValueType, TaskQueueType
from temporalio.api.operatorservice.v1 import (
    AddSearchAttributesRequest,
    ListSearchAttributesRequest,
)
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import (
    DescribeNamespaceRequest,
    DescribeTaskQueueRequest,
    RegisterNamespaceRequest,
)
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from domain.names import SEARCH_ATTRIBUTES, TASK_QUEUES
from infra.errors import InfraError
from infra.servers import processes

RETENTION = timedelta(days=30)
"""How long Temporal shows a closed case; the ledger remembers for good."""
_LOOKS = 60
LATELY = timedelta(seconds=75)
"""How long ago somebody who asks for work has asked last: a worker asks once a minute or more."""

_EVER = datetime.min.replace(tzinfo=UTC)


async def prepare(
    client: Client,
    retention: timedelta = RETENTION,
    attributes: Mapping[str, str] = SEARCH_ATTRIBUTES,
) -> None:
    """Make the client's namespace and the search attributes, harmless when they exist.

    Raises:
        InfraError: one exists with another type, or the cluster does not let us.

    """
    await _ensure_namespace(client, retention)
    present = await registered(client)
    missing = {name: kind for name, kind in attributes.items() if name not in present}
    if missing:
        await _add(client, missing)
        present = await _after_adding(client, missing)
    if wrong := mismatches(present, attributes):
        raise InfraError(f"Namespace {client.namespace}: {' '.join(wrong)}")


async def registered(client: Client) -> dict[str, str]:
    """Read the namespace's own search attributes and the type of each."""
    request = ListSearchAttributesRequest(namespace=client.namespace)
    answer = await client.operator_service.list_search_attributes(request)
    return {name: _words(kind) for name, kind in answer.custom_attributes.items()}


def mismatches(
    present: Mapping[str, str],
    attributes: Mapping[str, str] = SEARCH_ATTRIBUTES,
) -> list[str]:
    """Describe which search attributes are missing or have another type."""
    return [
        f"Search attribute {name} should be {kind} but is {present.get(name, 'missing')}. "
        + ("Remove it in Temporal and run this again." if name in present else "")
        for name, kind in attributes.items()
        if present.get(name) != kind
    ]


async def pollers(
    client: Client,
    task_queue: str,
    since: datetime = _EVER,
    kind: TaskQueueType.ValueType = TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
) -> int:
    """Count the workers that asked this queue for work since then (aware UTC)."""
    return len(await asking(client, task_queue, since, kind))


async def asking(
    client: Client,
    task_queue: str,
    since: datetime = _EVER,
    kind: TaskQueueType.ValueType = TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
) -> list[str]:
    """List the workers that asked this queue for work since then (aware UTC), by identity.

    Temporal remembers whoever asked, also the dead: one of this machine counts only if it lives.
    """
    request = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=task_queue),
        task_queue_type=kind,
    )
    answer = await client.workflow_service.describe_task_queue(request)
    return [
        poller.identity
        for poller in answer.pollers
        if poller.last_access_time.ToDatetime(UTC) >= since and not _is_dead(poller.identity)
    ]


def _is_dead(identity: str) -> bool:
    """Whether it is a process of this machine (``4711@host``, as the SDK writes) that is gone."""
    number, _, host = identity.partition("@")
    if not number.isdecimal() or host != socket.gethostname():
        return False
    return processes.began(int(number)) is None


async def unserved(
    client: Client,
    since: datetime,
    duties: Mapping[str, str] = TASK_QUEUES,
    machine: str = "",
) -> list[str]:
    """The duties whose task queue no worker asked for work since then (aware UTC).

    With a machine's name only the workers of that machine count.
    """
    kind = TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY
    ours = f"@{machine}" if machine else ""

    async def served(queue: str) -> bool:
        asked = await asking(client, queue, since, kind)
        return any(identity.endswith(ours) for identity in asked)

    return [duty for duty, queue in duties.items() if not await served(queue)]


async def _ensure_namespace(client: Client, retention: timedelta) -> None:
    request = DescribeNamespaceRequest(namespace=client.namespace)
    try:
        await client.workflow_service.describe_namespace(request)
    except RPCError as error:
        if error.status != RPCStatusCode.NOT_FOUND:
            raise InfraError(f"Temporal did not describe {client.namespace}: {error}") from error
        await _register(client, retention)


async def _register(client: Client, retention: timedelta) -> None:
    keep = Duration()
    keep.FromTimedelta(retention)
    request = RegisterNamespaceRequest(
        namespace=client.namespace,
        workflow_execution_retention_period=keep,
        description="Amicable's cases",
    )
    try:
        await client.workflow_service.register_namespace(request)
    except RPCError as error:
        if error.status != RPCStatusCode.ALREADY_EXISTS:
            raise InfraError(
                f"Namespace {client.namespace} does not exist and could not be made ({error}). "
                "On Temporal Cloud make it in the console.",
            ) from error
    await _until_known(client)


async def _until_known(client: Client) -> None:
    """The cluster's hosts learn of a new namespace some seconds later."""
    for _ in range(_LOOKS):
        try:
            await registered(client)
        except RPCError as error:
            if error.status != RPCStatusCode.NOT_FOUND:
                raise
            await asyncio.sleep(0.5)
        else:
            return
    raise InfraError(f"Temporal made namespace {client.namespace} but does not show it yet.")


async def _after_adding(client: Client, missing: Mapping[str, str]) -> dict[str, str]:
    for _ in range(_LOOKS):
        present = await registered(client)
        if missing.keys() <= present.keys():
            break
        await asyncio.sleep(0.5)
    return present


async def _add(client: Client, missing: Mapping[str, str]) -> None:
    kinds = {name: _number(kind) for name, kind in missing.items()}
    request = AddSearchAttributesRequest(namespace=client.namespace, search_attributes=kinds)
    try:
        await client.operator_service.add_search_attributes(request)
    except RPCError as error:
        raise InfraError(
            f"Temporal did not register {', '.join(missing)} in {client.namespace}: {error}. "
            "SQL stores hold at most 10 Keyword and 3 of each other type.",
        ) from error


def _number(kind: str) -> IndexedValueType.ValueType:
    return IndexedValueType.Value(f"INDEXED_VALUE_TYPE_{kind.upper()}")


def _words(number: IndexedValueType.ValueType) -> str:
    return IndexedValueType.Name(number).removeprefix("INDEXED_VALUE_TYPE_").title()
