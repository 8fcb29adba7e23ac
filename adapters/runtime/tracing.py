"""Traces for OpenTelemetry: off unless its own variables name a collector.

A span holds names of parts, methods and states, and ids of cases; never what anybody said or is
called.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from adapters.config.environment import SettingsError

if TYPE_CHECKING:  # the packages of the extra `otel` are imported only where traces are wanted
    from opentelemetry.trace import Span, Tracer
    from sqlalchemy import Connection, Engine
    from temporalio.contrib.opentelemetry import TracingInterceptor

WANTED = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
"""OpenTelemetry's own variables; every other one of them counts as well."""

_NAME = "amicable"
_TRANSACTION = "amicable.span"


class _Tracing:
    """The tracing of this process: none until it is started."""

    provider: Any = None
    tracer: Tracer | None = None


def start_tracing(service: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Send traces to the collector that the environment names; tells whether there is one.

    Raises:
        SettingsError: if one is named and the packages for it are not installed.
    """
    if not any(environ.get(name) for name in WANTED) or _Tracing.tracer:
        return bool(_Tracing.tracer)
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415 - only where traces are wanted
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - as above
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - as above
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - as above
    except ImportError:
        text = f"{WANTED[0]} is set, but traces need more packages: pip install 'amicable[otel]'"
        raise SettingsError(text) from None
    named = {"service.name": environ.get("OTEL_SERVICE_NAME") or service}
    _Tracing.provider = TracerProvider(resource=Resource.create(named))
    _Tracing.provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    # Never the global provider: the web framework would add spans of its own, with whole queries.
    _Tracing.tracer = _Tracing.provider.get_tracer(_NAME)
    return True


def is_tracing() -> bool:
    """Tell whether this process sends traces."""
    return _Tracing.tracer is not None


def stop_tracing() -> None:
    """Send what was not sent yet; harmless where nothing is traced."""
    if _Tracing.provider:
        _Tracing.provider.shutdown()


@contextmanager
def span(name: str, **attributes: str | int) -> Iterator[Span | None]:
    """Trace a piece of work; its errors are named by their kind, never by their words."""
    if not _Tracing.tracer:
        yield None
        return
    made = _Tracing.tracer.start_as_current_span(
        name, attributes=attributes, record_exception=False, set_status_on_exception=False
    )
    with made as current:
        try:
            yield current
        except BaseException as error:
            current.set_attribute("error.type", type(error).__name__)
            raise


def temporal_interceptors() -> list[TracingInterceptor]:
    """What carries a trace through Temporal: from who starts a workflow to its activities."""
    if not _Tracing.tracer:
        return []
    from temporalio.contrib.opentelemetry import TracingInterceptor  # noqa: PLC0415 - needs the extra

    return [TracingInterceptor(_Tracing.tracer)]


def trace_transactions(engine: Engine) -> None:
    """Trace each transaction of the ledger: how long, and of how many statements; no statement."""
    if not _Tracing.tracer:
        return
    from sqlalchemy import event  # noqa: PLC0415 - only where traces are wanted

    spans = _TransactionSpans(_Tracing.tracer)
    event.listen(engine, "begin", spans.begin)
    event.listen(engine, "after_cursor_execute", spans.executed)
    event.listen(engine, "commit", spans.end)
    event.listen(engine, "rollback", spans.end)


class _TransactionSpans:
    """One span for each transaction, kept with its connection until it ends."""

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer

    def begin(self, connection: Connection) -> None:
        """Open the span of a transaction."""
        system = {"db.system.name": "postgresql"}
        opened = self._tracer.start_span("ledger transaction", attributes=system)
        connection.info[_TRANSACTION] = [opened, 0]

    def executed(self, connection: Connection, *_: object) -> None:
        """Count a statement."""
        if running := connection.info.get(_TRANSACTION):
            running[1] += 1

    def end(self, connection: Connection) -> None:
        """Close the span."""
        if running := connection.info.pop(_TRANSACTION, None):
            running[0].set_attribute("db.operation.batch.size", running[1])
            running[0].end()
