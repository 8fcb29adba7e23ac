"""Runs the console as a process of its own, on this machine only."""

from __future__ import annotations

import os
import signal
import socket

from fastapi import FastAPI
from uvicorn import Config, Server

from adapters.config.settings import Settings
from adapters.runtime.logs import set_up_logs
from adapters.temporal.client import connect
from adapters.temporal.runs import Runs
from starter.api.app import THREADS
from starter.api.connections import SECONDS_TO_ASK, allow_open_files, patient_protocol
from starter.application import Application, open_ledger
from starter.console.app import console_app
from starter.missing import Missing, NotReadyError

LISTENING_AT = "127.0.0.1"
"""A proxy with TLS may stand before it, on this machine; nobody else reaches it."""

_PATIENCE = "3s"
"""How long an act waits for a busy account before the person is asked to try again."""

_LAST_ACTS = 20
"""Seconds in which acts may end that are at work when the console is stopped."""


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
    """Configure the server: quiet, and with no more than it needs."""
    return Config(
        app,
        log_config=None,  # our own logs, which tell nothing that was said
        access_log=False,
        http=patient_protocol(),
        proxy_headers=False,
        server_header=False,
        ws="none",
        timeout_keep_alive=SECONDS_TO_ASK,
        timeout_graceful_shutdown=_LAST_ACTS,
    )


def serve_console(application: Application) -> None:
    """Run until told to stop; then let acts end and wake whom they concern."""
    set_up_logs()
    allow_open_files()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: None)  # the server raises again what ended it
    listener = _console_listener(application.settings.console.port)
    Server(console_config(console_with_everything(application))).run([listener])


def _console_listener(port: int) -> socket.socket:
    try:
        return socket.create_server((LISTENING_AT, port))
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else error
        told = f"nothing can listen at port {port} ({why}); set AMICABLE_CONSOLE__PORT"
        raise NotReadyError(Missing.PORT, told) from None
