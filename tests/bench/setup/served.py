"""The gateway in a process of its own, with an empty route beside its own: for the bench."""

from __future__ import annotations

import sys

from fastapi import FastAPI
from uvicorn import Server

from adapters.config.settings import Settings
from adapters.runtime.logs import set_up_logs
from adapters.runtime.machine import leave
from starter.api.server import application_of, configured, gateway_app

EMPTY = "/bench/empty"


def served(settings: Settings) -> FastAPI:
    """The shipped application, and a route that does nothing at all."""
    app = gateway_app(application_of(settings))

    async def nothing() -> dict[str, str]:
        return {"status": "ok"}

    bare = FastAPI()
    bare.add_api_route("/empty", nothing)
    app.mount("/bench", bare)
    return app


def main(port: int) -> None:
    """Serve until the parent ends us."""
    set_up_logs(level="WARNING")
    settings = Settings()
    told = settings.model_copy(
        update={"api": settings.api.model_copy(update={"port": port, "per_minute": 10**9})}
    )
    Server(configured(served(told), told)).run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
    leave()
