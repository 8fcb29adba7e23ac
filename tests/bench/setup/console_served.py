"""The console in a process of its own, with a page that shows nothing: for the bench."""

from __future__ import annotations

import sys

from fastapi import FastAPI
from starlette.responses import HTMLResponse
from uvicorn import Server

from adapters.runtime.logs import set_up_logs
from adapters.runtime.machine import leave
from starter.application import open_application
from starter.console.app import console_app
from starter.console.security.visit import Visiting
from starter.console.server import console_config
from tests.starter.api.factories import Remembering

EMPTY_PAGE = "/bench"


def served_console() -> FastAPI:
    """The shipped application, and a page with its frame alone."""
    app = console_app(open_application(), Remembering().connect)

    def nothing(visit: Visiting) -> HTMLResponse:
        return visit.page("page.html", title="Nothing", here="")

    app.add_api_route(EMPTY_PAGE, nothing, methods=["GET"], include_in_schema=False)
    return app


def main(port: int) -> None:
    """Serve until the parent ends us."""
    set_up_logs(level="WARNING")
    config = console_config(served_console())
    config.port = port
    Server(config).run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
    leave()
