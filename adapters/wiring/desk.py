"""Puts together what collectors look up and do to many at once."""

from __future__ import annotations

from activities.ports.clock import Clock
from activities.services.cases import CaseQueryService
from activities.services.console.looking import LookingService
from activities.services.console.worklist import WorklistService
from activities.services.policies import PolicyService
from adapters.ledger.core.engine import Engine
from adapters.ledger.stores.console.looking import SqlLookingStore
from adapters.ledger.stores.console.worklist import SqlWorklistStore


def looking_service(engine: Engine) -> LookingService:
    """Make the service for timeline, search and notes."""
    return LookingService(SqlLookingStore(engine))


def worklist_service(
    engine: Engine, cases: CaseQueryService, policies: PolicyService, clock: Clock
) -> WorklistService:
    """Make the service for the order in which customers are looked after."""
    return WorklistService(SqlWorklistStore(engine), cases, policies, clock)
