"""Puts together the service for experiments with policies."""

from __future__ import annotations

from activities.ports.clock import Clock
from activities.services.experiments.experiments import ExperimentService
from adapters.ledger.core.engine import Engine
from adapters.ledger.experiments.experiments import SqlExperimentStore
from adapters.ledger.stores.cases import SqlCaseFiles
from adapters.ledger.stores.policies import SqlPolicyStore


def experiment_service(engine: Engine, clock: Clock) -> ExperimentService:
    """Make the service on one ledger."""
    store, policies = SqlExperimentStore(engine), SqlPolicyStore(engine)
    return ExperimentService(store, policies, SqlCaseFiles(engine), clock)
