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
    from adapters.temporal.client import (  # noqa: PLC0415 - slow to load
        DEFAULT_NAMESPACE,
        connect,
        temporal_settings,
    )

    embedded = embedded_env()
    named = str(with_files(os.environ).get(_DATABASE) or "")
    profile = temporal_settings(os.environ)
    address = embedded.get("TEMPORAL_ADDRESS", "")
    temporal = profile.get("target_host", "")
    # Whoever names a namespace or a key alone is no longer understood by the embedded server.
    own_temporal = (
        temporal not in ("", address)
        or profile.get("namespace", DEFAULT_NAMESPACE) != DEFAULT_NAMESPACE
        or bool(profile.get("api_key") or profile.get("tls"))
    )
    if not (own_temporal or named not in ("", embedded.get(_DATABASE))):
        return None
    return OwnServers(
        database_url=database_url(),
        temporal=temporal or address,
        connect=connect,
    )
