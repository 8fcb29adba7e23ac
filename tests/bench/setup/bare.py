"""The least that a durable case could be: what ours are measured against."""

import os
from datetime import timedelta

from temporalio import activity, workflow

with workflow.unsafe.imports_passed_through():
    from domain.wire import InvoiceInput

BARE = "Bare"
BARE_STEP = "BareStep"
BARE_QUEUE = "bare"
DONE_FILE = "BENCH_DONE_FILE"
"""The variable that names the file into which an empty activity writes one byte."""

_MONTH = timedelta(days=30)


@workflow.defn(name=BARE)
class BareWorkflow:
    """Takes the input of a case, and sleeps."""

    @workflow.run
    async def run(self, chase: InvoiceInput) -> None:
        """Wait for a month."""
        await workflow.sleep(_MONTH)


@workflow.defn(name=BARE_STEP)
class BareStepWorkflow:
    """Takes the input of a case, does one empty activity, and waits for the next."""

    @workflow.run
    async def run(self, chase: InvoiceInput) -> None:
        """Do one step: an activity that does nothing, and the timer of the step after it."""
        await workflow.execute_activity(nothing, start_to_close_timeout=timedelta(minutes=1))
        await workflow.sleep(_MONTH)


@activity.defn(name="nothing")
def nothing() -> None:
    """Do nothing but leave a trace of one byte, so that somebody can count."""
    file = os.open(os.environ[DONE_FILE], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    try:
        os.write(file, b".")
    finally:
        os.close(file)
