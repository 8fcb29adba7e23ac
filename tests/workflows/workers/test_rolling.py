"""A new build takes over while cases live: nothing is lost, nothing is said twice."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
from datetime import UTC, datetime

import pytest
from temporalio.client import Client, WorkflowHandle
from temporalio.common import VersioningBehavior
from temporalio.contrib.pydantic import pydantic_data_converter

import worker
from adapters.config.environment import SettingsError
from adapters.temporal.versioning import BUILD, DEPLOYMENT, build_of
from infra import bootstrap
from tests.workflows.factories import WorkflowHarness
from tests.workflows.workers.pinned import PinnedInvoice
from tests.workflows.workers.rolling import RollingDeployment, worked
from workflows.registry import WORKFLOWS

BEFORE, MEANWHILE = 12, 24


@pytest.fixture
async def deployment(application: WorkflowHarness) -> RollingDeployment:
    """Workers whose builds are told apart: in a namespace of their own, with the shared ledger."""
    target = application.client.service_client.config.target_host
    client = await Client.connect(
        target, namespace=f"rolling-{os.getpid()}-{datetime.now(UTC):%f}",
        data_converter=pydantic_data_converter,
    )  # fmt: skip
    await bootstrap.prepare(client)
    return RollingDeployment(client, application)


async def test_a_deployment_that_rolls_under_load_loses_and_doubles_nothing(
    deployment: RollingDeployment,
) -> None:
    """Half of the cases begin on the old build, all others while one takes over from the other."""
    async with contextlib.AsyncExitStack() as new, contextlib.AsyncExitStack() as old:
        await old.enter_async_context(deployment.running("one"))
        await deployment.make_current("one")
        sleeping = await asyncio.gather(*(deployment.reminded() for _ in range(BEFORE)))

        load = asyncio.create_task(_load(deployment))
        await new.enter_async_context(deployment.running("two"))
        await deployment.ramp("two", 50)
        await asyncio.sleep(0)
        await deployment.make_current("two")
        await old.aclose()
        healthy = await bootstrap.unserved(deployment.client, datetime.min.replace(tzinfo=UTC))
        outcomes = await asyncio.gather(*(deployment.paid(one) for one in sleeping))
        meanwhile = await load

        assert healthy == []
        assert outcomes == ["paid"] * BEFORE
        for case in (*sleeping, *meanwhile):
            assert len(deployment.application.letters_about(case.id)) == 1, case.id
            assert deployment.application.steps(case.id) == ["polite", "close"]
        tasks = await asyncio.gather(*(worked(one) for one in (*sleeping, *meanwhile)))
        assert {one.failures for one in tasks} == {0}
        assert [one.builds for one in tasks[:BEFORE]] == [["one", "two"]] * BEFORE


async def _load(deployment: RollingDeployment) -> list[WorkflowHandle[object, object]]:
    """Cases that are opened, reminded and paid, one beginning after the other."""

    async def life() -> WorkflowHandle[object, object]:
        case = await deployment.reminded()
        assert await deployment.paid(case) == "paid"
        return case

    begun = []
    for _ in range(MEANWHILE):
        begun.append(asyncio.create_task(life()))
        await asyncio.sleep(0.05)
    return list(await asyncio.gather(*begun))


async def test_a_pinned_case_moves_when_it_is_woken_and_not_before(
    deployment: RollingDeployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Why this is not how we deploy: the old build has to live as long as its longest sleeper."""
    monkeypatch.setattr(worker, "WORKFLOWS", (PinnedInvoice, *WORKFLOWS[1:]))
    async with deployment.running("one"):
        await deployment.make_current("one")
        woken, asleep = await asyncio.gather(deployment.reminded(), deployment.reminded())
        async with deployment.running("two"):
            await deployment.make_current("two")
            first = (await woken.describe()).run_id
            await _woken_until_pinned(woken, "two")

            assert (await woken.describe()).run_id != first, "it moves between two runs"
            assert await _pinned_to(asleep) == "one"
            assert await deployment.paid(asleep) == "paid"
            assert deployment.application.steps(woken.id) == ["polite"]


async def _woken_until_pinned(handle: WorkflowHandle[object, object], build: str) -> None:
    """Whoever is woken before the server has told all its parts of the new build stays as it is."""
    for number in itertools.count():
        await handle.execute_update("payment", {"id": f"part-{number}", "amount": "0.01"})
        for _ in range(20):
            if await _pinned_to(handle) == build:
                return
            await asyncio.sleep(0.1)


async def _pinned_to(handle: WorkflowHandle[object, object]) -> str:
    info = (await handle.describe()).raw_info.versioning_info
    return str(info.deployment_version.build_id)


def test_a_build_has_a_name_and_a_deployment_or_neither() -> None:
    assert build_of({}) is None
    assert build_of({DEPLOYMENT: "", BUILD: ""}) is None
    for half in ({DEPLOYMENT: "amicable"}, {BUILD: "7"}):
        with pytest.raises(SettingsError, match="set both, or none"):
            build_of(half)
    both = build_of({DEPLOYMENT: "amicable", BUILD: "7"})
    assert both
    assert (both.version.deployment_name, both.version.build_id) == ("amicable", "7")
    assert both.default_versioning_behavior is VersioningBehavior.AUTO_UPGRADE
