"""Logs: events on stderr, without secrets."""

from __future__ import annotations

import io
import json
import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO

import structlog
from structlog.typing import ExcInfo, Processor

from adapters.http.calls import silence_vendor_logs
from domain.harmless import escaped_for_json, harmless

SECRET = re.compile(
    r"secret|token|passw|api_?key|authorization|credential|database_?url|dsn|signature|cookie",
    re.IGNORECASE,
)


def set_up_logs(*, as_json: bool | None = None, level: str = "INFO") -> None:
    """Send all logs to stderr: lines for people on a terminal, JSON for machines elsewhere."""
    if as_json is None:
        as_json = not sys.stderr.isatty()
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_secrets,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    root = logging.getLogger()
    root.handlers[:] = [_handler(shared, as_json=as_json)]
    root.setLevel(level.upper())
    silence_vendor_logs()
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells of each look at the tables


def drop_secrets(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Leave out whatever is named like a secret, at any depth."""
    return {key: _clean(value) for key, value in event.items() if not SECRET.search(str(key))}


def _clean(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _clean(item) for key, item in value.items() if not SECRET.search(str(key))}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value


def spell_out(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Spell out what a terminal would obey, and line breaks: a stranger's id may hold them."""
    return {key: _spelt(value) for key, value in event.items()}


def _spelt(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(value).replace("\n", "\\n")
    if isinstance(value, Mapping):
        return {_spelt(key): _spelt(item) for key, item in value.items()}
    return [_spelt(item) for item in value] if isinstance(value, list | tuple) else value


def _traceback(out: TextIO, exc_info: ExcInfo) -> None:
    """Write a traceback; the usual one prints letters, addresses and keys where it can."""
    told = io.StringIO()
    structlog.dev.plain_traceback(told, exc_info)
    out.write(harmless(told.getvalue()))


def _json(event: Any, **more: Any) -> str:
    return escaped_for_json(json.dumps(event, ensure_ascii=False, **more))


def _handler(shared: list[Processor], *, as_json: bool) -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    renderer: Processor = (
        structlog.processors.JSONRenderer(_json)
        if as_json
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(),
            exception_formatter=_traceback,
        )
    )
    tail: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    tail.append(structlog.processors.format_exc_info if as_json else spell_out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[*tail, renderer])
    )
    return handler
