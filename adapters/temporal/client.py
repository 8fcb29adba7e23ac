"""Connects to Temporal by the ecosystem's own variables and files, never by ours."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.envconfig import ClientConfig
from temporalio.runtime import (
    LogForwardingConfig,
    LoggingConfig,
    PrometheusConfig,
    Runtime,
    TelemetryConfig,
    TelemetryFilter,
)

from adapters.config.environment import SettingsError, embedded_env


async def connect(home: Path | str | None = None, *, metrics: str = "") -> Client:
    """Connect by TEMPORAL_* and temporal.toml, else to the embedded server in ``home``.

    With an address for ``metrics`` the SDK's own figures are shown there for Prometheus.

    Raises:
        RuntimeError: if nothing answers there, or no address is set.
        SettingsError: if figures cannot be shown at that address.
    """
    environ = {**embedded_env(home), **os.environ}
    profile = ClientConfig.load_client_connect_config(override_env_vars=environ)
    if not profile.get("target_host"):
        raise RuntimeError("no address: set TEMPORAL_ADDRESS or run Amicable's own servers")
    return await Client.connect(
        **profile, data_converter=pydantic_data_converter, runtime=temporal_runtime(metrics)
    )


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
