"""Connects to Temporal by the ecosystem's own variables and files, never by ours."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from pathlib import Path

from temporalio.client import Client
from temporalio.envconfig import ClientConfig, ClientConnectConfig
from temporalio.runtime import (
    LogForwardingConfig,
    LoggingConfig,
    PrometheusConfig,
    Runtime,
    TelemetryConfig,
    TelemetryFilter,
)

from adapters.config.environment import SettingsError, embedded_env, read_environment
from adapters.runtime.tracing import temporal_interceptors
from adapters.temporal.payload_encryption import KEYS, KeyRing, data_converter_for, key_ring

DEFAULT_NAMESPACE = "default"


async def connect(home: Path | str | None = None, *, metrics: str = "") -> Client:
    """Connect by TEMPORAL_* and temporal.toml, else to the embedded server in ``home``.

    With an address for ``metrics`` the SDK's own figures are shown there for Prometheus. What is
    stored there is sealed if AMICABLE_ENCRYPTION__KEYS holds keys.

    Raises:
        RuntimeError: if nothing answers there, or no address is set.
        SettingsError: if Temporal's settings cannot be used, figures cannot be shown at that
            address, or a key cannot be one.
    """
    profile = _profile(home)
    if not profile.get("target_host"):
        raise RuntimeError("no address: set TEMPORAL_ADDRESS or run Amicable's own servers")
    converter = data_converter_for(ring_of(home), namespace_of(home))
    runtime = temporal_runtime(metrics)
    try:
        return await Client.connect(
            **profile,
            data_converter=converter,
            runtime=runtime,
            interceptors=temporal_interceptors(),
        )
    except ValueError as error:
        target = profile.get("target_host")
        raise SettingsError(
            f"TEMPORAL_ADDRESS: {target} is no address ({error}); write it like 127.0.0.1:7233"
        ) from None


def namespace_of(home: Path | str | None = None) -> str:
    """Find the namespace that the cases live in."""
    return _profile(home).get("namespace") or DEFAULT_NAMESPACE


def ring_of(home: Path | str | None = None) -> KeyRing | None:
    """Read the keys that seal what Temporal stores; None if it is stored in the clear.

    Raises:
        SettingsError: if a key cannot be one.
    """
    return key_ring(read_environment(home).get(KEYS.lower(), ""))


def _profile(home: Path | str | None) -> ClientConnectConfig:
    return temporal_settings({**embedded_env(home), **os.environ})


def temporal_settings(environ: Mapping[str, str]) -> ClientConnectConfig:
    """Read Temporal's own variables and file.

    Raises:
        SettingsError: if they cannot be read, whichever of them it is.
    """
    try:
        return ClientConfig.load_client_connect_config(override_env_vars=dict(environ))
    except Exception as error:  # noqa: BLE001 - files, profiles and flags: each raises its own
        raise SettingsError(
            f"Temporal's settings (TEMPORAL_* and temporal.toml) cannot be read: {error}"
        ) from None


def temporal_runtime(metrics: str = "") -> Runtime:
    """Make a runtime whose warnings go to our log: the core would print them on stdout.

    Raises:
        SettingsError: if figures cannot be shown at that address.
    """
    forwarding = LogForwardingConfig(logger=logging.getLogger("temporal.core"))
    telemetry = TelemetryFilter(core_level="WARN", other_level="ERROR")
    config = LoggingConfig(filter=telemetry, forwarding=forwarding)
    shown = PrometheusConfig(bind_address=metrics) if metrics else None
    try:
        return Runtime(telemetry=TelemetryConfig(logging=config, metrics=shown))
    except ValueError as error:
        raise SettingsError(
            f"AMICABLE_METRICS__WORKER: {metrics}: {error}; "
            "write an address such as 127.0.0.1:9464, and one of its own for each worker"
        ) from None
