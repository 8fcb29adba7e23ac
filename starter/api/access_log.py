"""Logs one line for each request: its id, the kind of address, how it ended; no content."""

from __future__ import annotations

import re
import secrets
import traceback
from typing import TYPE_CHECKING

import structlog
from starlette.requests import Request
from starlette.types import Scope

if TYPE_CHECKING:  # installed only with the extra `otel`
    from opentelemetry.trace import Span

log = structlog.get_logger("amicable.gateway")

_SANE = re.compile(r"[A-Za-z0-9._-]{8,64}")


def request_id(given: str) -> str:
    """Choose the request's id: the caller's own if it is a plain one, else one of ours."""
    return given if _SANE.fullmatch(given) else secrets.token_hex(12)


def learned(request: Request, **facts: str) -> None:
    """Remember whose request it is, or about which case, for the line at its end."""
    request.scope.setdefault("amicable.facts", {}).update(facts)


def broke(request: Request, error: Exception) -> None:
    """Log a fault of ours: its name and place, never its words, which may quote a request."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    log.error(
        "failed",
        request=request.scope.get("amicable.id", ""),
        error=type(error).__name__,
        at=f"{place.filename.rpartition('/')[2]}:{place.lineno}",
    )


def log_line(scope: Scope, status: int, seconds: float) -> None:
    """Write the line of a request."""
    log.info(
        "request",
        request=scope.get("amicable.id", ""),
        method=_method(scope),
        route=_route(scope),
        status=status,
        ms=round(seconds * 1000),
        **scope.get("amicable.facts", {}),
    )


def trace_line(traced: Span | None, scope: Scope, status: int) -> None:
    """Name the span of a request by its route, which holds no id of anybody."""
    if traced:
        traced.update_name(f"{_method(scope)} {_route(scope)}")
        traced.set_attribute("http.request.method", _method(scope))
        traced.set_attribute("http.route", _route(scope))
        traced.set_attribute("http.response.status_code", status)


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in _METHODS else "other"


def _route(scope: Scope) -> str:
    route = scope.get("route")
    return str(getattr(route, "path_format", None) or getattr(route, "path", "none"))


_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
