"""Starting a worker: what it needs is looked at first; what is missing is said in a sentence."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Coroutine
from typing import Any

import structlog
from pydantic import ValidationError
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from adapters.config.settings import Settings, SettingsError
from adapters.ledger.core.engine import make_engine
from adapters.ledger.core.readiness import ready
from adapters.temporal.client import connect
from adapters.temporal.queues import Duty
from adapters.temporal.versioning import BUILD

_log = structlog.get_logger("amicable.worker")


class NotStartedError(RuntimeError):
    """A worker cannot start; the text says what is missing and what to do about it."""


def run_or_say_why(main: Coroutine[Any, Any, None]) -> int:
    """Run a worker to its end; answers the exit code of the process.

    What a person can put right is told in one sentence; a fault of ours keeps its traceback.
    """
    try:
        asyncio.run(main)
    except (SettingsError, NotStartedError) as error:
        return _say(str(error))
    return 0


def read_settings() -> Settings:
    """Read what this worker is told.

    Raises:
        NotStartedError: naming each setting that cannot be read.
    """
    try:
        return Settings()
    except ValidationError as error:
        places = ("__".join(map(str, one["loc"])).upper() for one in error.errors())
        wrong = ", ".join(f"AMICABLE_{place}" for place in places)
        text = f"these settings cannot be read: {wrong}; see docs/settings.md"
        raise NotStartedError(text) from None


async def connected(settings: Settings) -> Client:
    """A client whose namespace is there, beside a ledger with the tables of this version.

    Raises:
        NotStartedError: naming what does not answer, is not there, or cannot be written.
        SettingsError: if figures cannot be shown where the settings want them.
    """
    _check_places(settings)
    await asyncio.to_thread(_check_ledger, settings)
    try:
        client = await connect(metrics=settings.metrics.worker)
        known = DescribeNamespaceRequest(namespace=client.namespace)
        await client.workflow_service.describe_namespace(known)
    except RPCError as error:
        raise NotStartedError(_refused(error, client.namespace)) from None
    except RuntimeError as error:
        first = str(error).splitlines()[0]
        raise NotStartedError(
            f"Temporal does not answer; check TEMPORAL_ADDRESS: {first}"
        ) from None
    return client


def _check_places(settings: Settings) -> None:
    """Look whether this worker can read and write where it is told to.

    Raises:
        NotStartedError: naming the setting and what is wrong with the place.
    """
    letters, heartbeat = settings.letters_dir, settings.worker.heartbeat
    if letters and not letters.is_dir():
        raise NotStartedError(f"AMICABLE_LETTERS_DIR: {letters} is no folder")
    try:
        if heartbeat:
            heartbeat.touch()
    except OSError as error:
        told = f"AMICABLE_WORKER__HEARTBEAT: {heartbeat} cannot be written: {error.strerror}"
        raise NotStartedError(told) from None
    try:
        if not settings.live:
            settings.outbox.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        told = f"AMICABLE_OUTBOX_DIR: {settings.outbox} cannot be made: {error.strerror}"
        raise NotStartedError(told) from None


def announce_start(client: Client, settings: Settings, duties: tuple[Duty, ...]) -> None:
    """Say in one line what this worker serves."""
    by = (settings.email.provider, settings.sms.provider, settings.voice.provider)
    email, sms, voice = by if settings.live else ("outbox",) * 3
    _log.info(
        "worker started",
        serves=", ".join(duties),
        queues=", ".join(duty.queue for duty in duties),
        temporal=client.service_client.config.target_host,
        namespace=client.namespace,
        build=os.environ.get(BUILD, ""),
        live=settings.live,
        email=email,
        sms=sms,
        voice=voice,
    )


def _check_ledger(settings: Settings) -> None:
    if not settings.database_url:
        raise NotStartedError("no ledger is named; set AMICABLE_DATABASE_URL")
    engine = make_engine(settings.database_url, pool_size=1)
    try:
        if not (found := ready(engine)).ok:
            raise NotStartedError(found.text)
    finally:
        engine.dispose()


def _refused(error: RPCError, namespace: str) -> str:
    if error.status is RPCStatusCode.NOT_FOUND:
        return (
            f"Temporal has no namespace {namespace!r}; check TEMPORAL_NAMESPACE, "
            "or make it: python -m infra.prepare"
        )
    return f"Temporal refused us in namespace {namespace!r}: {error.message}"


def _say(sentence: str) -> int:
    sys.stderr.write(f"✘ {sentence}\n")
    return 1
