"""A deployment of workers that rolls from one build to the next, in a namespace of its own."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.api.workflowservice.v1 import (
    DescribeWorkerDeploymentRequest,
    SetWorkerDeploymentCurrentVersionRequest,
    SetWorkerDeploymentRampingVersionRequest,
)
from temporalio.client import Client, WorkflowHandle
from temporalio.service import RPCError, RPCStatusCode

import worker
from adapters.temporal.runs import Runs
from adapters.temporal.versioning import BUILD, DEPLOYMENT
from starter.client.client import AsyncAmicable
from tests.workflows.factories import BRISK, PATIENCE, WorkflowHarness

_numbers = itertools.count(1)


@dataclass
class RollingDeployment:
    """Workers by their build, and cases that live while it rolls."""

    client: Client
    application: WorkflowHarness
    name: str = field(default_factory=lambda: f"amicable-{next(_numbers)}")

    @contextlib.asynccontextmanager
    async def running(self, build: str) -> AsyncIterator[None]:
        """A worker of that build, as it is shipped; known to the server when the block begins."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(worker, "make_engine", lambda *_, **__: self.application.engine)
            patch.setitem(os.environ, DEPLOYMENT, self.name)
            patch.setitem(os.environ, BUILD, build)
            built = worker.build(self.client, self.application.settings)
        async with built:
            await self._until_known(build)
            yield

    async def make_current(self, build: str) -> None:
        """Send every new case, and every one that may move, to that build."""
        request = SetWorkerDeploymentCurrentVersionRequest(
            namespace=self.client.namespace, deployment_name=self.name, build_id=build
        )
        service = self.client.workflow_service
        await _taken(lambda: service.set_worker_deployment_current_version(request))

    async def ramp(self, build: str, percent: int) -> None:
        """Send some of the cases to that build."""
        request = SetWorkerDeploymentRampingVersionRequest(
            namespace=self.client.namespace,
            deployment_name=self.name,
            build_id=build,
            percentage=percent,
        )
        service = self.client.workflow_service
        await _taken(lambda: service.set_worker_deployment_ramping_version(request))

    async def _until_known(self, build: str) -> None:
        request = DescribeWorkerDeploymentRequest(
            namespace=self.client.namespace, deployment_name=self.name
        )
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(RPCError):
                told = await self.client.workflow_service.describe_worker_deployment(request)
                known = told.worker_deployment_info.version_summaries
                if build in {one.deployment_version.build_id for one in known}:
                    return
            await asyncio.sleep(0.1)
        raise AssertionError(f"the server never heard of build {build}")

    @property
    def amicable(self) -> AsyncAmicable:
        """The client of billing systems, in this namespace."""
        return AsyncAmicable(self.application.desk, Runs(self.client))

    async def reminded(self) -> WorkflowHandle[object, object]:
        """Open a case that is overdue, and wait until its first reminder left."""
        self.application.now = datetime.now(UTC)
        invoice = self.application.invoice(due_in=-3)
        await self.amicable.open_case(invoice, BRISK)
        case = invoice.case_id
        await self.application.until(lambda: self.application.steps(case) == ["polite"])
        return self.client.get_workflow_handle(case)

    async def paid(self, handle: WorkflowHandle[object, object]) -> str:
        """Pay a case, and wait for its end; answers its outcome."""
        body = {"id": f"pay-{handle.id}", "amount": "119.00"}
        await handle.execute_update("payment", body)
        return str(await self.client.get_workflow_handle(handle.id).result())


async def _taken(change: Callable[[], Awaitable[object]]) -> None:
    """Ask until all task queues of the build have been seen; so long the server refuses."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            await change()
        except RPCError as error:
            if error.status is not RPCStatusCode.FAILED_PRECONDITION or time.monotonic() > end:
                raise
            await asyncio.sleep(0.2)
        else:
            return


_TOO_SLOW = "TMPRL1101"
"""Temporal's code for a workflow task that took more than two seconds."""


@dataclass(frozen=True)
class Worked:
    """Which builds worked on a run, in the order of its history, and how often one failed at it.

    That a busy machine needed longer than the SDK waits for is no failure of a build.
    """

    builds: list[str]
    failures: int


async def worked(handle: WorkflowHandle[object, object]) -> Worked:
    """Read who worked on a run."""
    builds, failures = [], 0
    async for event in handle.fetch_history_events():
        done = event.workflow_task_completed_event_attributes
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
            builds.append(done.deployment_version.build_id)
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED:
            why = event.workflow_task_failed_event_attributes.failure.message
            failures += _TOO_SLOW not in why
    return Worked([build for build, _ in itertools.groupby(builds)], failures)
