"""Runs the gateway as a process of its own, which ends what it has begun."""

from __future__ import annotations

import socket

from fastapi import APIRouter, FastAPI
from uvicorn import Config

from adapters.config.settings import Settings
from adapters.oidc.issuer import OpenIdIssuer
from adapters.runtime.metrics import serve_metrics
from adapters.runtime.tracing import start_tracing
from adapters.temporal.client import connect, namespace_of, ring_of
from adapters.temporal.payload_encryption import PayloadEncryption
from adapters.temporal.runs import Runs
from starter.api.app import THREADS, Parts, gateway
from starter.api.hooks.hooks import ProviderHooks
from starter.api.routes.codec import CodecCallers, codec
from starter.application import Application, open_ledger, unchecked
from starter.assistant.over_http import AssistantGate
from starter.serving import http_origin, listener_at, prepare_to_serve, quiet_config, serve

_PATIENCE = "3s"
"""How long a request waits for a busy account before its caller is asked to come again."""

_BACKLOG = 256
"""Connections that may wait to be taken; they are taken all at once, and each is an open file."""


def application_of(settings: Settings) -> Application:
    """Open the application behind the gateway.

    Raises:
        NotReadyError: if the ledger cannot be reached or is not of this version.
    """
    start_tracing("amicable-gateway")
    return Application(settings, open_ledger(settings.database_url, THREADS, _PATIENCE))


def listen_address(settings: Settings) -> str:
    """Find the address at which it listens."""
    return http_origin(settings.api.host, settings.api.port)


def gateway_app(application: Application) -> FastAPI:
    """Make the gateway with every part of it."""

    async def runs() -> Runs:
        return Runs(await connect(application.settings.home))

    outside, assistants = ProviderHooks(application), AssistantGate(application)
    rounds = (outside.processor, outside.connectors, outside.payments)
    routers = (*outside.routers, _codec(application.settings), assistants.router)
    return gateway(
        Parts(
            application=application,
            connect=runs,
            routers=routers,
            started=(*rounds, assistants.serve),
        )
    )


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
    """Configure the gateway's server."""
    return quiet_config(app, host=settings.api.host, port=settings.api.port, backlog=_BACKLOG)


def serve_gateway(application: Application) -> None:
    """Run until told to stop; then let requests end and wake whom they concern.

    Raises:
        NotReadyError: if nothing can listen there.
        SettingsError: if the ledger's figures cannot be shown where they are to be.
    """
    prepare_to_serve()
    settings = application.settings
    listener = _listener(settings)
    figures = serve_metrics(application.engine, settings.metrics.ledger)
    try:
        serve(configured(gateway_app(application), settings), listener)
    finally:
        if figures:
            figures.shutdown()
            figures.server_close()


def refuse_where_nothing_listens(settings: Settings) -> None:
    """Look whether it could listen now, and listen no longer than that.

    Raises:
        NotReadyError: if nothing can listen there.
    """
    _listener(settings).close()


def _listener(settings: Settings) -> socket.socket:
    way_out = "set AMICABLE_API__HOST and AMICABLE_API__PORT"
    address = listen_address(settings)
    return listener_at(settings.api.host, settings.api.port, address, way_out)


def schema() -> dict[str, object]:
    """Make the gateway's description, without any server or ledger."""
    return gateway_app(unchecked("postgresql://nobody@127.0.0.1:9/nothing")).openapi()
