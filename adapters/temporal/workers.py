"""The workers of one process: one for each of its duties, started and stopped together."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

from temporalio.client import Client
from temporalio.worker import Worker, WorkerDeploymentConfig
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from adapters.runtime.machine import LAST_CALL
from adapters.temporal.queues import Activities, Duty, RoutedActivities, served_by


class Workers:
    """Asks Temporal for work on the queues of some duties.

    Each duty has threads of its own, so that deeds which wait for a provider take none from those
    that decide and record.
    """

    def __init__(
        self,
        client: Client,
        workflows: Sequence[type],
        activities: Activities,
        duties: Sequence[Duty],
        build: WorkerDeploymentConfig | None = None,
    ) -> None:
        self._workers = [
            _worker(client, duty, workflows, served_by(duty, duties, activities), build)
            for duty in duties
        ]

    async def run(self) -> None:
        """Work until cancelled, or until one of them cannot go on: then all stop."""
        async with asyncio.TaskGroup() as group:
            for one in self._workers:
                group.create_task(one.run())

    async def __aenter__(self) -> Self:
        """Start working."""
        for one in self._workers:
            await one.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take no more work, and let running deeds end, all at the same time.

        Raises:
            Exception: what a worker could not go on with, as the SDK's own worker does.
        """
        leaving = (one.__aexit__(kind, error, trace) for one in self._workers)
        for ended in await asyncio.gather(*leaving, return_exceptions=True):
            if isinstance(ended, BaseException):
                raise ended


def _worker(
    client: Client,
    duty: Duty,
    workflows: Sequence[type],
    activities: Activities,
    build: WorkerDeploymentConfig | None,
) -> Worker:
    return Worker(
        client,
        task_queue=duty.queue,
        workflows=workflows if duty is Duty.DECIDE else (),
        activities=activities,
        activity_executor=ThreadPoolExecutor(duty.slots, thread_name_prefix=duty.value),
        max_concurrent_activities=duty.slots,
        graceful_shutdown_timeout=LAST_CALL,
        interceptors=[RoutedActivities()],
        deployment_config=build,
        workflow_runner=workflow_runner(),
    )


def workflow_runner() -> SandboxedWorkflowRunner:
    """Make the sandbox of the workflows, which loads our modules once and not for each run.

    The reason and its price: docs/decisions/0041.
    """
    ours = SandboxRestrictions.default.with_passthrough_modules("workflows", "domain")
    return SandboxedWorkflowRunner(restrictions=ours)
