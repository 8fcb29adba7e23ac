"""The namespace and the search attributes, on a real server."""

import asyncio
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from domain.names import SEARCH_ATTRIBUTES
from infra import bootstrap
from infra.errors import InfraError

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def elsewhere(temporal_env: WorkflowEnvironment) -> Client:
    """A client for a namespace that does not exist yet."""
    target = temporal_env.client.service_client.config.target_host
    return await Client.connect(target, namespace=f"amicable-{uuid4()}")


async def test_a_new_namespace_is_made_with_everything_and_twice_is_harmless(
    elsewhere: Client,
) -> None:
    await bootstrap.prepare(elsewhere)
    await bootstrap.prepare(elsewhere)

    assert dict(SEARCH_ATTRIBUTES) == await bootstrap.registered(elsewhere)


async def test_an_attribute_of_another_type_is_named(elsewhere: Client) -> None:
    await bootstrap.prepare(elsewhere, attributes={"DueDate": "Text"})

    with pytest.raises(InfraError, match="DueDate should be Datetime but is Text"):
        await bootstrap.prepare(elsewhere)


async def test_the_image_makes_the_namespace_and_sees_that_no_worker_asks(
    elsewhere: Client,
) -> None:
    made = await _start("namespace", _connection(elsewhere))
    health = await _start("healthy", _connection(elsewhere))

    assert made == (0, f"Namespace {elsewhere.namespace} is ready.\n")
    here = socket.gethostname()
    assert health == (1, f"No worker of {here} asks {elsewhere.namespace} for work.\n")


async def test_the_image_makes_the_ledgers_tables(fresh_database_url: Callable[[], str]) -> None:
    url = fresh_database_url()

    assert await _start("migrate", {"AMICABLE_DATABASE_URL": url}) == (0, "")
    with psycopg.connect(url.replace("+psycopg", "")) as link:
        assert link.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)


async def test_the_image_refuses_what_it_does_not_know() -> None:
    code, words = await _start("dance", {})

    assert code == 2
    assert "'dance' is not one of worker, api, console, migrate" in words


def _connection(client: Client) -> dict[str, str]:
    target = client.service_client.config.target_host
    return {"TEMPORAL_ADDRESS": target, "TEMPORAL_NAMESPACE": client.namespace}


async def _start(what: str, settings: dict[str, str]) -> tuple[int | None, str]:
    """Run the image's start script with this environment's Python."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    child = await asyncio.create_subprocess_exec(
        ROOT / "infra/docker/start",
        what,
        cwd=ROOT,
        env={"PATH": path, **settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await child.communicate()
    return child.returncode, out.decode()
