"""A collector of traces: takes what OpenTelemetry's exporters post, and remembers it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.trace.v1.trace_pb2 import Span


@dataclass
class Collector:
    """What was posted: the spans by their process, and every byte."""

    address: str
    spans: list[tuple[str, Span]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def take(self, body: bytes) -> None:
        """Take in one export."""
        told = ExportTraceServiceRequest.FromString(body)
        self.bodies.append(body)
        for process in told.resource_spans:
            named = {one.key: one.value.string_value for one in process.resource.attributes}
            for scope in process.scope_spans:
                self.spans += [(named["service.name"], one) for one in scope.spans]

    def line(self, name: str) -> list[tuple[str, str]]:
        """From the first span of that name up to its root: each with its process."""
        known = {one.span_id: (service, one) for service, one in self.spans}
        found = next((pair for pair in self.spans if pair[1].name == name), None)
        told = []
        while found:
            told.append((found[0], found[1].name))
            found = known.get(found[1].parent_span_id)
        return told


@contextmanager
def collecting() -> Iterator[Collector]:
    """A collector that listens on this machine as long as the block lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    collector = Collector(f"http://127.0.0.1:{server.server_address[1]}")
    server.collector = collector  # type: ignore[attr-defined]  # for the handler
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield collector
    server.shutdown()
    thread.join()
    server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        """Take one export in."""
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.collector.take(body)  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("content-type", "application/x-protobuf")
        self.end_headers()
        self.wfile.write(ExportTraceServiceResponse().SerializeToString())

    def log_message(self, *_: object) -> None:
        """Say nothing."""
