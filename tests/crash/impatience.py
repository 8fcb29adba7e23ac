"""What makes a crash test short: a dead worker's deed is tried again after seconds, not 45."""

from datetime import timedelta
from typing import Any

from temporalio.client import Interceptor as ClientInterceptor
from temporalio.client import OutboundInterceptor, StartWorkflowInput, WorkflowHandle
from temporalio.common import RetryPolicy
from temporalio.plugin import SimplePlugin
from temporalio.worker import (
    Interceptor,
    StartActivityInput,
    UnsandboxedWorkflowRunner,
    WorkerConfig,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)
from temporalio.workflow import ActivityHandle

ONE_TRY = timedelta(seconds=3)
RETRIES = RetryPolicy(
    initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=1)
)
ONE_TASK = timedelta(seconds=2)
STICKY = timedelta(seconds=1)
"""How long a workflow task waits for the worker that knew the case, which may be dead."""


class _Outbound(WorkflowOutboundInterceptor):
    def start_activity(self, input: StartActivityInput) -> ActivityHandle[Any]:  # noqa: A002 - its name in the SDK
        input.start_to_close_timeout = ONE_TRY
        input.retry_policy = RETRIES
        return super().start_activity(input)


class _Inbound(WorkflowInboundInterceptor):
    def init(self, outbound: WorkflowOutboundInterceptor) -> None:
        super().init(_Outbound(outbound))


class _Impatient(Interceptor):
    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002 - its name in the SDK
    ) -> type[WorkflowInboundInterceptor]:
        return _Inbound


class _Starting(OutboundInterceptor):
    async def start_workflow(self, input: StartWorkflowInput) -> WorkflowHandle[Any, Any]:  # noqa: A002 - its name in the SDK
        input.task_timeout = ONE_TASK
        return await super().start_workflow(input)


class ImpatientClient(ClientInterceptor):
    """Starts cases whose workflow tasks are given to another worker after seconds."""

    def intercept_client(self, next: OutboundInterceptor) -> OutboundInterceptor:  # noqa: A002 - its name in the SDK
        """Stand between the client and the server."""
        return _Starting(next)


class Impatience(SimplePlugin):
    """Shortens what only costs time; what is sent, and when, is untouched.

    One try is shorter than a deed's patience with a busy account, so that now and then an attempt
    is given up that still runs: two attempts at one deed, side by side.
    """

    def __init__(self, slots: int) -> None:
        """Let a worker do that many deeds at once: with one, its death hits nobody else."""
        super().__init__("impatience", interceptors=[_Impatient()])
        self._slots = slots

    def configure_worker(self, config: WorkerConfig) -> WorkerConfig:
        """Give the worker a short memory for dead colleagues, and a quick start.

        The sandbox loads every workflow anew in each worker; determinism is not the question here.
        """
        config["max_concurrent_activities"] = self._slots
        config["workflow_runner"] = UnsandboxedWorkflowRunner()
        config["sticky_queue_schedule_to_start_timeout"] = STICKY
        return super().configure_worker(config)
