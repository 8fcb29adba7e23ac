"""Prepares the Temporal cluster that the environment names; also asks whether a worker is at work.

The connection comes from TEMPORAL_* variables or `temporal.toml`, as for every Temporal program.
"""

import asyncio
import os
import socket
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from temporalio.client import Client
from temporalio.envconfig import ClientConfig
from temporalio.service import RPCError

from domain.names import TASK_QUEUES
from infra import bootstrap
from infra.errors import InfraError

_PATIENCE = 60.0  # seconds for the cluster to answer


async def _run(options: Sequence[str]) -> str:
    """Make namespace and search attributes, or only ask for workers; answers in words.

    ``--healthy`` asks whether anybody serves the duties of this process, with ``--here`` whether
    a worker of this very machine (a container is one) does.

    Raises:
        InfraError: the cluster does not answer, does not let us, or no worker is at work.

    """
    try:
        async with asyncio.timeout(_PATIENCE):
            client = await Client.connect(**ClientConfig.load_client_connect_config())
            if "--healthy" not in options:
                return await _prepare(client)
            return await _ask(client, socket.gethostname() if "--here" in options else "")
    except (RuntimeError, RPCError, TimeoutError) as error:
        raise InfraError(f"Temporal does not answer ({error}); check TEMPORAL_ADDRESS.") from error


async def _prepare(client: Client) -> str:
    await bootstrap.prepare(client)
    return f"Namespace {client.namespace} is ready."


async def _ask(client: Client, machine: str) -> str:
    """Whether the duties of this process are served: each container answers for itself."""
    since = datetime.now(UTC) - bootstrap.LATELY
    mine = os.environ.get("AMICABLE_WORKER__QUEUES") or ",".join(TASK_QUEUES)
    duties = {duty: queue for duty, queue in TASK_QUEUES.items() if duty in mine.casefold()}
    left = await bootstrap.unserved(client, since, duties, machine)
    worker = f"worker of {machine}" if machine else "worker"
    if len(left) == len(duties):
        raise InfraError(f"No {worker} asks {client.namespace} for work.")
    if left:
        raise InfraError(f"No {worker} in {client.namespace} serves: {', '.join(left)}.")
    return f"Workers ask for work: {', '.join(duties)}"


def _main() -> None:
    """Ends at once, without taking the interpreter down: Temporal's client would abort there."""
    code = 0
    try:
        sys.stdout.write(asyncio.run(_run(sys.argv[1:])) + "\n")
    except InfraError as error:
        sys.stderr.write(f"{error}\n")
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _main()
