"""The invoice workflow as it would be if each run stayed on the build that began it."""

from __future__ import annotations

from temporalio import workflow
from temporalio.common import VersioningBehavior
from temporalio.workflow import ContinueAsNewVersioningBehavior

with workflow.unsafe.imports_passed_through():
    from domain.names import INVOICE_WORKFLOW
    from domain.wire import InvoiceInput
    from workflows.invoice import InvoiceWorkflow


@workflow.defn(name=INVOICE_WORKFLOW, versioning_behavior=VersioningBehavior.PINNED)
class PinnedInvoice(InvoiceWorkflow):
    """Goes on in a new run as soon as it notices that another build is current."""

    @workflow.init
    def __init__(self, given: InvoiceInput) -> None:
        """Take over what the opener or the run before knew."""
        super().__init__(given)

    @workflow.run
    async def run(self, given: InvoiceInput) -> str:
        """Live as every invoice does."""
        return await super().run(given)

    def _ripe_for_a_new_run(self) -> bool:
        other = workflow.info().is_target_worker_deployment_version_changed()
        quiet = not self._inbox.news and workflow.all_handlers_finished()
        return (other and quiet) or super()._ripe_for_a_new_run()

    def _go_on_in_a_new_run(self) -> None:
        workflow.continue_as_new(
            InvoiceInput(next=self._next),
            initial_versioning_behavior=ContinueAsNewVersioningBehavior.AUTO_UPGRADE,
        )
