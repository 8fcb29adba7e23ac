"""Serves figures for Prometheus: the ledger's, beside those of Temporal's own SDK."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIServer

import structlog
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from adapters.config.environment import SettingsError
from adapters.ledger.reports.gauges import Figures, read_gauges

_log = structlog.get_logger("amicable.metrics")


class LedgerCollector(Collector):
    """Reads the ledger whenever somebody scrapes; a ledger that is away is a figure, too."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Register without reading anything."""
        yield from ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Read all figures of this instant."""
        try:
            figures = read_gauges(self._engine)
        except SQLAlchemyError as error:
            _log.warning("no figures", error=type(error).__name__)
            yield _gauge("amicable_ledger_up", "Whether the ledger could be read.", 0)
            return
        yield _gauge("amicable_ledger_up", "Whether the ledger could be read.", 1)
        yield from _alone(figures)
        yield from _by_channel(figures)
        yield _desk(figures)


def serve_metrics(engine: Engine, address: str) -> WSGIServer | None:
    """Show the figures at an address such as 127.0.0.1:9465; nothing is served without one.

    Raises:
        SettingsError: if it is no address, or cannot be listened on.
    """
    if not address:
        return None
    host, port = split(address, "AMICABLE_METRICS__LEDGER")
    registry = CollectorRegistry()
    registry.register(LedgerCollector(engine))
    try:
        server, _ = start_http_server(port, addr=host, registry=registry)
    except OSError as error:
        raise SettingsError(f"AMICABLE_METRICS__LEDGER: {address}: {error.strerror}") from None
    return server


_LAST_PORT = 65535


def split(address: str, name: str) -> tuple[str, int]:
    """Split an address into host and port.

    Raises:
        SettingsError: if it is none.
    """
    host, colon, port = address.rpartition(":")
    if not (colon and host and port.isascii() and port.isdigit() and int(port) <= _LAST_PORT):
        raise SettingsError(f"{name}: {address!r} is no address; write 127.0.0.1:9464")
    return host.strip("[]"), int(port)


def _alone(figures: Figures) -> Iterator[GaugeMetricFamily]:
    made, kept, broken = figures.promises
    events, replies, webhooks = figures.incoming
    seconds, parts = figures.round
    told = {
        "amicable_due_steps": ("Steps that have been due for ten minutes.", figures.due_steps),
        "amicable_oldest_due_step_seconds": ("Since when.", figures.oldest_step),
        "amicable_unknown_sends": ("Messages nobody can tell left.", figures.unknown),
        "amicable_stuck_cases": ("Cases that do not go on by themselves.", figures.stuck),
        "amicable_providers_left_alone": ("Providers that fail.", figures.left_alone),
        "amicable_reconciler_seconds": ("Since a round of the reconciler ended.", seconds),
        "amicable_reconciler_failing_parts": ("Parts of its last round that failed.", parts),
        "amicable_promises_made": ("Promises to pay, over all cases.", made),
        "amicable_promises_kept": ("Promises kept in time.", kept),
        "amicable_promises_broken": ("Promises broken.", broken),
        "amicable_events_waiting": ("Providers' events no case has heard.", events),
        "amicable_replies_waiting": ("Answers that nobody has read yet.", replies),
        "amicable_webhooks_waiting": ("Happenings to be told to others.", webhooks),
    }
    for name, (help_text, value) in told.items():
        yield _gauge(name, help_text, value)
    if settled := kept + broken:
        yield _gauge("amicable_promise_kept_ratio", "Kept of kept and broken.", kept / settled)


def _by_channel(figures: Figures) -> Iterator[GaugeMetricFamily]:
    counts = {
        "sent": "Messages taken by the provider in 30 days.",
        "delivered": "Those known to be delivered.",
        "bounced": "Those that came back.",
        "unwanted": "Those answered by an opt-out or a complaint.",
    }
    for name, help_text in counts.items():
        family = GaugeMetricFamily(f"amicable_messages_{name}", help_text, labels=["channel"])
        for one in figures.channels:
            family.add_metric([one.channel], getattr(one, name))
        yield family
    yield from _rates(figures)
    yield _seconds(figures)


def _rates(figures: Figures) -> Iterator[GaugeMetricFamily]:
    for name, count in (("bounce", "bounced"), ("opt_out", "unwanted")):
        help_text = f"Share of 30 days' messages that were {count}."
        family = GaugeMetricFamily(f"amicable_{name}_ratio", help_text, labels=["channel"])
        for one in figures.channels:
            family.add_metric([one.channel], getattr(one, count) / one.sent)
        yield family


def _seconds(figures: Figures) -> GaugeMetricFamily:
    name, help_text = "amicable_delivery_seconds", "From sending to delivery, in 30 days."
    family = GaugeMetricFamily(name, help_text, labels=["channel", "quantile"])
    for one in figures.channels:
        for quantile, seconds in (("0.5", one.median), ("0.95", one.slowest)):
            if seconds is not None:
                family.add_metric([one.channel, quantile], seconds)
    return family


def _desk(figures: Figures) -> GaugeMetricFamily:
    family = GaugeMetricFamily("amicable_tasks", "Open tasks.", labels=["kind", "overdue"])
    for kind, waiting, overdue in figures.desk:
        family.add_metric([kind, "yes"], overdue)
        family.add_metric([kind, "no"], waiting - overdue)
    return family


def _gauge(name: str, help_text: str, value: Any) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, help_text, value=float(value))
