"""Runs the gateway as a process of its own, which ends what it has begun."""

from __future__ import annotations

import os
import signal
import socket

from fastapi import APIRouter, FastAPI
from uvicorn import Config, Server

from adapters.config.settings import Settings
from adapters.oidc.issuer import OpenIdIssuer
from adapters.runtime.logs import set_up_logs
from adapters.runtime.tracing import start_tracing
from adapters.temporal.client import connect, namespace_of, ring_of
from adapters.temporal.payload_encryption import PayloadEncryption
from adapters.temporal.runs import Runs
from starter.api.app import THREADS, Parts, gateway
from starter.api.connections import SECONDS_TO_ASK, allow_open_files, patient_protocol
from starter.api.hooks.hooks import ProviderHooks
from starter.api.routes.codec import CodecCallers, codec
from starter.application import Application, open_ledger, unchecked
from starter.missing import Missing, NotReadyError

_PATIENCE = "3s"
"""How long a request waits for a busy account before its caller is asked to come again."""

_BACKLOG = 256
"""Connections that may wait to be taken; they are taken all at once, and each is an open file."""

_LAST_CALL = 20
"""Seconds in which requests may end that are at work when the gateway is stopped."""


def application_of(settings: Settings) -> Application:
    """Open the application behind the gateway.

    Raises:
        NotReadyError: if the ledger cannot be reached or is not of this version.
    """
    start_tracing("amicable-gateway")
    return Application(settings, open_ledger(settings.database_url, THREADS, _PATIENCE))


def listen_address(settings: Settings) -> str:
    """Find the address at which it listens."""
    host = settings.api.host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.api.port}"


def gateway_app(application: Application) -> FastAPI:
    """Make the gateway with every part of it."""

    async def runs() -> Runs:
        return Runs(await connect(application.settings.home))

    outside = ProviderHooks(application)
    others = (outside.processor, outside.figures)
    routers = (*outside.routers, _codec(application.settings))
    return gateway(Parts(application=application, connect=runs, routers=routers, started=others))


def _codec(settings: Settings) -> APIRouter:
    ring, namespace = ring_of(settings.home), namespace_of(settings.home)
    encryption = PayloadEncryption(ring, namespace) if ring else None
    return codec(encryption, namespace, _codec_callers(settings))


def _codec_callers(settings: Settings) -> CodecCallers:
    chosen, oidc = settings.encryption, settings.oidc
    return CodecCallers(
        secret=chosen.codec_secret,
        origins=chosen.origins,
        issuer=OpenIdIssuer(oidc) if oidc.issuer else None,
        group=oidc.codec_group,
    )


def configured(app: FastAPI, settings: Settings) -> Config:
    """Configure the server: quiet, and with no more than it needs."""
    return Config(
        app,
        host=settings.api.host,
        port=settings.api.port,
        log_config=None,  # our own logs, which tell nothing that was said
        access_log=False,
        http=patient_protocol(),
        backlog=_BACKLOG,
        proxy_headers=False,  # who is asking is read by ourselves, from proxies that we know
        server_header=False,
        ws="none",
        timeout_keep_alive=SECONDS_TO_ASK,
        timeout_graceful_shutdown=_LAST_CALL,
    )


def serve_gateway(application: Application) -> None:
    """Run until told to stop; then let requests end and wake whom they concern."""
    set_up_logs()
    allow_open_files()
    for name in (signal.SIGTERM, signal.SIGINT):
        # The server raises again what ended it, when all is done: then it must end nothing more.
        signal.signal(name, lambda *_: None)
    listener = _listener(application.settings)
    Server(configured(gateway_app(application), application.settings)).run([listener])


def _listener(settings: Settings) -> socket.socket:
    host, port = settings.api.host, settings.api.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        where, why = listen_address(settings), os.strerror(error.errno) if error.errno else error
        way_out = "set AMICABLE_API__HOST and AMICABLE_API__PORT"
        told = f"nothing can listen at {where} ({why}); {way_out}"
        raise NotReadyError(Missing.PORT, told) from None


def schema() -> dict[str, object]:
    """Make the gateway's description, without any server or ledger."""
    return gateway_app(unchecked("postgresql://nobody@127.0.0.1:9/nothing")).openapi()
