"""Starts, wakes and asks the workflows of cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowExecutionStatus,
    WorkflowHandle,
)
from temporalio.common import (
    SearchAttributeKey,
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
)
from temporalio.service import RPCError, RPCStatusCode

from activities.watching.ports import Trouble
from adapters.temporal.troubles import trouble_in
from domain.case.model import Case
from domain.decision.describing import case_summary
from domain.names import INVOICE_WORKFLOW, TASK_QUEUE
from domain.wire import Answer, Decision, InvoiceInput

_STAGE = SearchAttributeKey.for_keyword("Stage")
_CREDITOR = SearchAttributeKey.for_keyword("Creditor")
_CUSTOMER = SearchAttributeKey.for_keyword("Customer")
_CURRENCY = SearchAttributeKey.for_keyword("Currency")
DUE_DATE = SearchAttributeKey.for_datetime("DueDate")


@dataclass(frozen=True, slots=True)
class Runs:
    """The workflows of cases in one Temporal namespace.

    Attributes:
        offset: added to every clock of a case; only rehearsals use it.
    """

    client: Client
    task_queue: str = TASK_QUEUE
    offset: timedelta = timedelta()

    async def start(self, case: Case, decision: Decision, now: datetime) -> None:
        """Start a case's run with its first decision; it sleeps, unstarted, until that is due.

        Starting it twice is harmless: the running one stays.
        """
        wait = decision.at - now if decision.at else timedelta()
        await self.client.start_workflow(
            INVOICE_WORKFLOW,
            self._chase(decision),
            start_delay=max(wait, timedelta()) or None,
            **self._options(case, decision.stage),
        )

    async def wake(self, case: Case, stage: str) -> None:
        """Tell a case's run that the ledger has news; starts it if there is none.

        A plain signal would not end a start delay: signal-with-start does.
        """
        await self.client.start_workflow(
            INVOICE_WORKFLOW,
            self._chase(None),
            start_signal="nudge",
            **self._options(case, stage),
        )

    async def ask(self, case: Case, stage: str, kind: str, body: Mapping[str, Any]) -> Answer:
        """Say something to a case and wait for the ledger's answer, at most 20 seconds."""
        operation: WithStartWorkflowOperation[Any, Any] = WithStartWorkflowOperation(
            INVOICE_WORKFLOW, self._chase(None), **self._options(case, stage)
        )
        answer: Answer = await self.client.execute_update_with_start_workflow(
            kind,
            body,
            start_workflow_operation=operation,
            id=str(body.get("id")) if body.get("id") else None,
            result_type=Answer,
        )
        return answer

    async def status(self, case_id: str) -> WorkflowExecutionStatus | None:
        """Read how the newest run of a case stands; None if there never was one."""
        try:
            return (await self._handle(case_id).describe()).status
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return None
            raise

    async def is_running(self, case_id: str) -> bool:
        """Tell whether a case's newest run is running."""
        return await self.status(case_id) is WorkflowExecutionStatus.RUNNING

    async def was_cancelled(self, case_id: str) -> bool:
        """Tell whether somebody cancelled a case's newest run."""
        return await self.status(case_id) is WorkflowExecutionStatus.CANCELED

    async def trouble(self, workflow_id: str) -> Trouble:
        """What keeps the newest run of a workflow from going on, as far as Temporal knows."""
        try:
            found = (await self._handle(workflow_id).describe()).raw_description
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return Trouble()
            raise
        return trouble_in(found)

    async def reported(self) -> set[str]:
        """The ids of workflows that Temporal itself reports as failing, as visibility knows them.

        Empty where the server is too old to report any.
        """
        query = (
            f"TaskQueue = '{self.task_queue}' AND ExecutionStatus = 'Running' "
            "AND TemporalReportedProblems IS NOT NULL"
        )
        try:
            return {found.id async for found in self.client.list_workflows(query)}
        except RPCError as error:
            if error.status is RPCStatusCode.INVALID_ARGUMENT:
                return set()
            raise

    async def running(self, creditor: str | None = None) -> set[str]:
        """List the ids of all cases with a running workflow; visibility may lag behind."""
        query = f"WorkflowType = '{INVOICE_WORKFLOW}' AND ExecutionStatus = 'Running'"
        if creditor:
            query += f" AND Creditor = '{creditor}'"
        return {found.id async for found in self.client.list_workflows(query)}

    def _handle(self, case_id: str) -> WorkflowHandle[Any, Any]:
        return self.client.get_workflow_handle(case_id)

    def _chase(self, decision: Decision | None) -> InvoiceInput:
        return InvoiceInput(next=decision, offset_seconds=int(self.offset.total_seconds()))

    def _options(self, case: Case, stage: str) -> dict[str, Any]:
        return {
            "id": case.invoice.case_id,
            "task_queue": self.task_queue,
            "id_conflict_policy": WorkflowIDConflictPolicy.USE_EXISTING,
            "search_attributes": _attributes(case, stage),
            "static_summary": case_summary(case),
            "static_details": _facts(case),
        }


def _attributes(case: Case, stage: str) -> TypedSearchAttributes:
    invoice = case.invoice
    due = datetime.combine(invoice.due, time(), UTC)
    return TypedSearchAttributes(
        [
            SearchAttributePair(_STAGE, stage),
            SearchAttributePair(_CREDITOR, invoice.creditor),
            SearchAttributePair(_CUSTOMER, invoice.customer),
            SearchAttributePair(_CURRENCY, invoice.amount.currency),
            SearchAttributePair(DUE_DATE, due),
        ]
    )


def _facts(case: Case) -> str:
    """What does not change about a case, for the head of its page: ids, dates and money only."""
    invoice = case.invoice
    return "\n".join(
        [
            f"# Invoice {invoice.number}",
            f"- creditor `{invoice.creditor}`, customer `{invoice.customer}`",
            f"- issued {invoice.issued}, due {invoice.due}",
            f"- amount {invoice.amount}",
        ]
    )
