"""Prepares the Temporal cluster that the environment names; also asks whether a worker is at work.

The connection comes from TEMPORAL_* variables or `temporal.toml`, as for every Temporal program.
"""

import asyncio
import os
import sys
from datetime import UTC, datetime

from temporalio.client import Client
from temporalio.envconfig import ClientConfig
from temporalio.service import RPCError

from domain.names import TASK_QUEUES
from infra import bootstrap
from infra.errors import InfraError

_PATIENCE = 60.0  # seconds for the cluster to answer


async def _run(*, only_ask: bool) -> str:
    """Make namespace and search attributes, or only ask for workers; answers in words.

    Raises:
        InfraError: the cluster does not answer, does not let us, or no worker is at work.

    """
    try:
        async with asyncio.timeout(_PATIENCE):
            client = await Client.connect(**ClientConfig.load_client_connect_config())
            return await (_ask(client) if only_ask else _prepare(client))
    except (RuntimeError, RPCError, TimeoutError) as error:
        raise InfraError(f"Temporal does not answer ({error}); check TEMPORAL_ADDRESS.") from error


async def _prepare(client: Client) -> str:
    await bootstrap.prepare(client)
    return f"Namespace {client.namespace} is ready."


async def _ask(client: Client) -> str:
    """Whether the duties of this process are served: each container answers for itself."""
    since = datetime.now(UTC) - bootstrap.LATELY
    mine = os.environ.get("AMICABLE_WORKER__QUEUES") or ",".join(TASK_QUEUES)
    duties = {duty: queue for duty, queue in TASK_QUEUES.items() if duty in mine.casefold()}
    left = await bootstrap.unserved(client, since, duties)
    if len(left) == len(duties):
        raise InfraError(f"No worker asks {client.namespace} for work.")
    if left:
        raise InfraError(f"No worker in {client.namespace} serves: {', '.join(left)}.")
    return f"Workers ask for work: {', '.join(duties)}"


def _main() -> None:
    """Ends at once, without taking the interpreter down: Temporal's client would abort there."""
    code = 0
    try:
        sys.stdout.write(asyncio.run(_run(only_ask="--healthy" in sys.argv)) + "\n")
    except InfraError as error:
        sys.stderr.write(f"{error}\n")
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _main()
