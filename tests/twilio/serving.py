"""A real HTTP server on this machine for routes of ours."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import APIRouter, FastAPI


def listening() -> socket.socket:
    """A free port of the loopback interface, taken already: its number is known before the app."""
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    return sock


@contextmanager
def serving(router: APIRouter, sock: socket.socket) -> Iterator[str]:
    """Serve the routes until the block ends; answers where."""
    app = FastAPI()
    app.include_router(router)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))

    def run() -> None:
        asyncio.run(server.serve(sockets=[sock]))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    sock.listen()
    yield f"http://127.0.0.1:{sock.getsockname()[1]}"
    server.should_exit = True
    thread.join(100)
    sock.close()
