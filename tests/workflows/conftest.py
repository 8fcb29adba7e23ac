"""One worker for all workflow tests, over one migrated ledger."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, delete
from temporalio.testing import WorkflowEnvironment

import worker
from adapters.config.settings import Settings
from adapters.config.settings_groups import WebhookSettings
from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from adapters.ledger.tables.watching import provider_breaker
from infra.servers import postgres
from tests.workflows.factories import Switch, WorkflowHarness


@pytest.fixture(scope="session")
def harness_engine(postgres_server: postgres.PostgresServer) -> Iterator[Engine]:
    """A ledger of the workflow tests' own."""
    with psycopg.connect(postgres_server.conninfo("postgres"), autocommit=True) as link:
        link.execute("CREATE DATABASE workflows")
    url = postgres_server.url("workflows")
    migrate.upgrade(url)
    engine = make_engine(url, pool_size=32)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
async def shared_harness(
    temporal_env: WorkflowEnvironment, harness_engine: Engine, session_folder: Path
) -> AsyncIterator[WorkflowHarness]:
    """The worker as it is shipped, put together by its own composition root."""
    url = harness_engine.url.render_as_string(hide_password=False)
    webhook = WebhookSettings(secret=SecretStr("only-for-tests-0123456789"), allow="127.0.0.1")
    settings = Settings(home=session_folder / "home", database_url=url, webhook=webhook)
    switch = Switch()
    with pytest.MonkeyPatch.context() as patch:  # so that the pool can be closed in the end
        patch.setattr(worker, "make_engine", lambda *_, **__: harness_engine)
        built = worker.build(temporal_env.client, settings, switch)
    async with built:
        yield WorkflowHarness(temporal_env, harness_engine, settings, switch)


@pytest.fixture
def application(shared_harness: WorkflowHarness) -> Iterator[WorkflowHarness]:
    """The house, whole again after each test; what failed in an earlier one is forgotten."""
    shared_harness.now = datetime.now(UTC)
    with shared_harness.engine.begin() as link:
        link.execute(delete(provider_breaker))
    yield shared_harness
    shared_harness.switch.broken.clear()
