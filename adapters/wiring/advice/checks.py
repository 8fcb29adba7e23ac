"""Puts together what is known of customers before credit is given."""

from __future__ import annotations

from activities.ports.clock import Clock
from activities.services.customers.checks import CreditCheckService
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core.engine import Engine
from adapters.ledger.customers.limits import SqlLimitStore, TypedReports
from adapters.ledger.stores.cases import SqlCaseFiles
from adapters.ledger.stores.customers import SqlCustomerStore
from adapters.ledger.stores.policies import SqlPolicyStore


def check_service(engine: Engine, clock: Clock) -> CreditCheckService:
    """Make the service; reports come from people, no bureau is asked."""
    typed = TypedReports(engine)
    return CreditCheckService(
        ledger=SqlLedger(engine),
        customers=SqlCustomerStore(engine),
        files=SqlCaseFiles(engine),
        policies=SqlPolicyStore(engine),
        limits=SqlLimitStore(engine),
        bureau=typed,
        reports=typed,
        clock=clock,
    )
