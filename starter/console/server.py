"""Runs the console as a process of its own, on this machine only."""

from __future__ import annotations

from fastapi import FastAPI
from uvicorn import Config

from adapters.config.settings import Settings
from adapters.temporal.client import connect
from adapters.temporal.runs import Runs
from starter.api.app import THREADS
from starter.application import Application, open_ledger
from starter.console.app import console_app
from starter.serving import listener_at, prepare_to_serve, quiet_config, serve

LISTENING_AT = "127.0.0.1"
"""A proxy with TLS may stand before it, on this machine; nobody else reaches it."""

_PATIENCE = "3s"
"""How long an act waits for a busy account before the person is asked to try again."""


def console_application(settings: Settings) -> Application:
    """Open the application behind the console.

    Raises:
        NotReadyError: if the ledger cannot be reached or is not of this version.
    """
    return Application(settings, open_ledger(settings.database_url, THREADS, _PATIENCE))


def console_with_everything(application: Application) -> FastAPI:
    """Make the console with all that it needs."""

    async def runs() -> Runs:
        return Runs(await connect(application.settings.home))

    return console_app(application, runs)


def console_config(app: FastAPI) -> Config:
    """Configure the console's server."""
    return quiet_config(app)


def serve_console(application: Application) -> None:
    """Run until told to stop; then let acts end and wake whom they concern."""
    prepare_to_serve()
    port = application.settings.console.port
    listener = listener_at(LISTENING_AT, port, f"port {port}", "set AMICABLE_CONSOLE__PORT")
    serve(console_config(console_with_everything(application)), listener)
