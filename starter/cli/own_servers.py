"""Finds out whether somebody configured servers in place of the embedded ones."""

from __future__ import annotations

import os

from adapters.config.environment import PREFIX, database_url, embedded_env, with_files
from infra.doctor import OwnServers

_DATABASE = f"{PREFIX}DATABASE_URL"


def own_servers() -> OwnServers | None:
    """Find the servers of one's own; None if no setting names any, or only the embedded ones.

    Raises:
        SettingsError: if a setting is impossible.
    """
    from temporalio.envconfig import ClientConfig  # noqa: PLC0415 - slow to load

    from adapters.temporal.client import connect  # noqa: PLC0415 - slow to load

    embedded = embedded_env()
    named = str(with_files(os.environ).get(_DATABASE) or "")
    profile = ClientConfig.load_client_connect_config(override_env_vars=dict(os.environ))
    temporal = profile.get("target_host", "")
    own_database = named not in ("", embedded.get(_DATABASE))
    own_temporal = temporal not in ("", embedded.get("TEMPORAL_ADDRESS"))
    if not (own_database or own_temporal):
        return None
    return OwnServers(
        database_url=database_url(),
        temporal=temporal or embedded.get("TEMPORAL_ADDRESS", ""),
        connect=connect,
    )
