"""The servers of a measurement, run as they are shipped, and the house on them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adapters.ledger.core import migrate
from infra.servers import postgres, temporal_server
from starter.application import Application, open_application
from tests import servers


@contextmanager
def servers_and_application() -> Iterator[Application]:
    """Temporal on a file and PostgreSQL with a safe disk, as `amicable up` runs them."""
    with servers.session_folder() as folder:
        temporal_folder = folder / "temporal"
        servers.leave_the_usual_ports(temporal_folder)
        temporal = temporal_server.start(temporal_folder, folder / "temporal.log")
        database = postgres.start(folder / "postgres", folder / "postgres.log")
        migrate.upgrade(database.url())
        _tell_everyone(folder, temporal.address, database.url())
        application = open_application(folder / "home")
        try:
            yield application
        finally:
            application.runner.close()
            application.engine.dispose()


def _tell_everyone(folder: Path, address: str, url: str) -> None:
    """Commands and workers find the servers as they always do: by their environment."""
    os.environ |= {
        "AMICABLE_HOME": str(folder / "home"),
        "AMICABLE_DATABASE_URL": url,
        "AMICABLE_OUTBOX_DIR": str(folder / "outbox"),
        "TEMPORAL_ADDRESS": address,
        "TEMPORAL_NAMESPACE": "default",
    }
    os.environ.pop("AMICABLE_LIVE", None)
