"""Gives files out so that a browser saves them, and never shows or runs them."""

from __future__ import annotations

from starlette.responses import Response


def to_be_saved(name: str, body: bytes) -> Response:
    """Answer with a file under a plain name."""
    plain = "".join(
        char if (char.isascii() and char.isalnum()) or char in "._-" else "_" for char in name
    )
    headers = {"content-disposition": f'attachment; filename="{plain or "file"}"'}
    return Response(body, media_type="application/octet-stream", headers=headers)
