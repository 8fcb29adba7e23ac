"""The files beside the pages: style, script and icon."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from starter.console.shown.templates import STATIC, static_file

_FOR_GOOD = "public, max-age=31536000, immutable"
"""Their address names their content."""


def static_files() -> APIRouter:
    """Make the addresses that anybody may ask."""
    router = APIRouter()
    router.add_api_route("/static/{name}", give_static, methods=["GET"])
    return router


def give_static(name: str) -> Response:
    """Give out one of our own files, and nothing else."""
    kind = STATIC.get(name)
    if kind is None:
        raise HTTPException(404)
    return Response(static_file(name), media_type=kind, headers={"cache-control": _FOR_GOOD})
