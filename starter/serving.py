"""Serves HTTP as a process of its own, which ends what it has begun before it leaves."""

from __future__ import annotations

import os
import signal
import socket
from typing import Any

from fastapi import FastAPI
from uvicorn import Config, Server

from adapters.runtime.logs import set_up_logs
from starter.api.connections import SECONDS_TO_ASK, allow_open_files, patient_protocol
from starter.missing import Missing, NotReadyError

DRAINING_SECONDS = 20
"""Seconds in which requests may end that are at work when the program is stopped."""


def http_origin(host: str, port: int) -> str:
    """Write where somebody listens, as a browser is told."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def quiet_config(app: FastAPI, **more: Any) -> Config:
    """Configure a server: quiet, and with no more than it needs."""
    return Config(
        app,
        log_config=None,  # our own logs, which tell nothing that was said
        access_log=False,
        http=patient_protocol(),
        proxy_headers=False,  # who is asking is read by ourselves, from proxies that we know
        server_header=False,
        ws="none",
        timeout_keep_alive=SECONDS_TO_ASK,
        timeout_graceful_shutdown=DRAINING_SECONDS,
        **more,
    )


def prepare_to_serve() -> None:
    """Set up what a process of its own needs before it listens."""
    set_up_logs()
    allow_open_files()
    for name in (signal.SIGTERM, signal.SIGINT):
        # The server raises again what ended it, when all is done: then it must end nothing more.
        signal.signal(name, lambda *_: None)


def serve(config: Config, listener: socket.socket) -> None:
    """Run until told to stop; then let requests end and wake whom they concern."""
    Server(config).run([listener])


def listener_at(host: str, port: int, where: str, way_out: str) -> socket.socket:
    """Begin to listen; what stands in the way is told with the way out.

    Raises:
        NotReadyError: if nothing can listen there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:
        code = error.errno or 0 if isinstance(error, OSError) else 0
        why = os.strerror(code) if code > 0 else error  # a name's errors are below zero
        told = f"nothing can listen at {where} ({why}); {way_out}"
        raise NotReadyError(Missing.PORT, told) from None
