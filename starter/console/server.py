"""Runs the console as a process of its own, on this machine only unless told otherwise."""

from __future__ import annotations

from fastapi import FastAPI
from uvicorn import Config

from adapters.config.settings import Settings
from adapters.http.address_checks import LOOPBACK_NAMES
from adapters.temporal.client import connect
from adapters.temporal.runs import Runs
from starter.api.app import THREADS
from starter.application import Application, open_ledger
from starter.console.app import console_app
from starter.missing import Missing, NotReadyError
from starter.serving import http_origin, listener_at, prepare_to_serve, quiet_config, serve

_KEPT_SAFE = ("https://", "http://localhost:")
"""How an address begins over which no session can be overheard."""
_PATIENCE = "3s"
"""How long an act waits for a busy account before the person is asked to try again."""


def console_application(settings: Settings) -> Application:
    """Open the application behind the console.

    Raises:
        NotReadyError: if others could overhear it, the ledger cannot be reached or is not of this
            version.
    """
    refuse_to_be_overheard(settings)
    return Application(settings, open_ledger(settings.database_url, THREADS, _PATIENCE))


def console_with_everything(application: Application) -> FastAPI:
    """Make the console with all that it needs."""

    async def runs() -> Runs:
        return Runs(await connect(application.settings.home))

    return console_app(application, runs)


def console_config(app: FastAPI) -> Config:
    """Configure the console's server."""
    return quiet_config(app)


def refuse_to_be_overheard(settings: Settings) -> None:
    """Refuse to listen for other machines before it is known how people reach the console safely.

    Raises:
        NotReadyError: if it is to listen beyond this machine without a safe address for people.
    """
    chosen = settings.console
    if chosen.host in LOOPBACK_NAMES or chosen.public_url.startswith(_KEPT_SAFE):
        return
    raise NotReadyError(
        Missing.PUBLIC_ADDRESS,
        f"the console would listen at {chosen.host} for other machines, and nobody said how people "
        "reach it: set AMICABLE_CONSOLE__PUBLIC_URL to the https address of the proxy before it",
    )


def serve_console(application: Application) -> None:
    """Run until told to stop; then let acts end and wake whom they concern."""
    prepare_to_serve()
    chosen = application.settings.console
    where = http_origin(chosen.host, chosen.port)
    way_out = "set AMICABLE_CONSOLE__HOST and AMICABLE_CONSOLE__PORT"
    listener = listener_at(chosen.host, chosen.port, where, way_out)
    serve(console_config(console_with_everything(application)), listener)
