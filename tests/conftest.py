"""What every test may ask for: real servers, started once, and real data where it is at hand."""

import itertools
import os
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment

from infra.servers import binaries, postgres
from tests import servers

_numbers = itertools.count(1)

# A busy machine may make a test slow, never red.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with real invoices, scenarios and vendors' API descriptions."""
    folder = Path(os.environ.get("AMICABLE_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no shared data at {folder}; set AMICABLE_SHARED_DATA")
    return folder


@pytest.fixture(scope="session")
def session_folder() -> Iterator[Path]:
    """A folder for this session's servers; they end with it, or when the next session begins."""
    with servers.session_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def postgres_server(session_folder: Path) -> postgres.PostgresServer:
    """A real PostgreSQL for the whole session."""
    return servers.start_postgres(session_folder / "postgres")


@pytest.fixture(scope="session")
def postgres_url(postgres_server: postgres.PostgresServer) -> str:
    """The SQLAlchemy address of the session's one shared database."""
    return postgres_server.url()


@pytest.fixture
def fresh_database_url(postgres_server: postgres.PostgresServer) -> Iterator[Callable[[], str]]:
    """Call it for the address of a new, empty database; it is dropped after the test."""
    made: list[str] = []
    admin = postgres_server.conninfo("postgres")

    def fresh() -> str:
        name = f"test_{next(_numbers)}"
        with psycopg.connect(admin, autocommit=True) as link:
            link.execute(f"CREATE DATABASE {name}".encode())
        made.append(name)
        return postgres_server.url(name)

    yield fresh
    with psycopg.connect(admin, autocommit=True) as link:
        for name in made:
            link.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(scope="session")
async def temporal_env(session_folder: Path) -> AsyncIterator[WorkflowEnvironment]:
    """The real dev server with a clock per workflow that moves only when a test says so."""
    env = await WorkflowEnvironment.start_time_skipping_v2(
        ts_config=TimeSkippingConfig(enabled=False),
        data_converter=pydantic_data_converter,
        dev_server_existing_path=str(binaries.temporal()),
        dev_server_log_level="error",
        dev_server_extra_args=servers.flags(),
    )
    servers.note_children(session_folder)
    yield env
    await env.shutdown()


@pytest.fixture(scope="session")
def temporal_client(temporal_env: WorkflowEnvironment) -> Client:
    """A client of the time-skipping server; every case it starts has its own clock."""
    return temporal_env.client
