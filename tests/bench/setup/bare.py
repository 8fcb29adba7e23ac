"""The least that a durable case could be: what ours are measured against."""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.wire import InvoiceInput

BARE = "Bare"
BARE_QUEUE = "bare"


@workflow.defn(name=BARE)
class BareWorkflow:
    """Takes the input of a case, and sleeps."""

    @workflow.run
    async def run(self, chase: InvoiceInput) -> None:
        """Wait for a month."""
        await workflow.sleep(timedelta(days=30))
