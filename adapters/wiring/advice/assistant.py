"""Puts together what assistants do for people of the team."""

from __future__ import annotations

from activities.ports.clock import Clock
from activities.ports.types import Task
from activities.services.assistant.proposals import ProposalService
from adapters.ledger.assistant.acts import SqlAssistantActs
from adapters.ledger.core.engine import Engine
from adapters.ledger.queries.case_watch import SqlCaseWatch
from adapters.ledger.stores.tasks import SqlTaskStore
from adapters.wiring.desk import looking_service


def proposal_service(engine: Engine, clock: Clock) -> ProposalService:
    """Make the service on one ledger."""
    tasks = SqlTaskStore(engine)

    def find_task(key: str) -> Task | None:
        row = tasks.task(key)
        return row.task if row else None

    return ProposalService(
        put_task=SqlCaseWatch(engine).put_task,
        find_task=find_task,
        notes=looking_service(engine),
        acts=SqlAssistantActs(engine),
        clock=clock,
    )
