"""Figures for Prometheus, read from the ledger: sums over everybody, nothing about anyone."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text

from activities.watching.parts import WHOLE
from activities.watching.ports import FAILED_ATTEMPTS, ROUNDS_IN_VAIN
from adapters.ledger.core.engine import snapshot

_LONGEST = 5_000
"""Milliseconds that one look may take: a scrape must never be what slows the ledger down."""

_WINDOW = "make_interval(days => :days)"

_BACKLOG = text("""
SELECT count(*) AS cases,
  coalesce(max(extract(epoch FROM clock_timestamp() - next_at)), 0) AS seconds
FROM case_file
WHERE outcome = '' AND NOT parked AND next_at < clock_timestamp() - interval '10 minutes'
""")
_UNKNOWN = text("""
SELECT count(*) FILTER (WHERE state = 'in_flight'
    AND in_flight_since < clock_timestamp() - interval '15 minutes') AS flying,
  count(*) FILTER (WHERE state = 'unknown_closed' AND EXISTS (SELECT FROM task
    WHERE task.key = 'unknown/' || outbound_message.id AND task.status = 'open')) AS closed
FROM outbound_message WHERE state IN ('in_flight', 'unknown_closed')
""")
_CHANNELS = text(f"""
WITH sent AS (
  SELECT channel, message_id::text AS id, at FROM outbound_attempt
  WHERE result = 'accepted' AND channel <> 'agency' AND at > clock_timestamp() - {_WINDOW}
), told AS (
  SELECT message_id AS id, min(at) FILTER (WHERE kind = 'delivered') AS delivered,
    bool_or(kind = 'bounced') AS bounced, bool_or(kind IN ('opted_out', 'complained')) AS unwanted
  FROM provider_event WHERE recorded_at > clock_timestamp() - {_WINDOW} GROUP BY message_id
)
SELECT channel, count(*) AS sent, count(delivered) AS delivered,
  count(*) FILTER (WHERE bounced) AS bounced, count(*) FILTER (WHERE unwanted) AS unwanted,
  percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (
    ORDER BY greatest(0, extract(epoch FROM delivered - at))) FILTER (WHERE delivered IS NOT NULL)
    AS seconds
FROM sent LEFT JOIN told USING (id) GROUP BY channel ORDER BY channel
""")  # noqa: S608 - put together from a constant of this file
_PROMISES = text("""
SELECT coalesce(sum(promises_made), 0) AS made, coalesce(sum(promises_kept), 0) AS kept,
  coalesce(sum(broken_promises), 0) AS broken FROM case_file
""")
_DESK = text("""
SELECT kind, count(*) AS waiting, count(*) FILTER (WHERE due_at < clock_timestamp()) AS overdue
FROM task WHERE status = 'open' GROUP BY kind ORDER BY kind
""")
_INCOMING = text("""
SELECT (SELECT count(*) FROM provider_event AS e WHERE NOT EXISTS (
    SELECT FROM event_outcome AS o WHERE o.dedupe_key = e.dedupe_key)) AS events,
  (SELECT count(*) FROM reply WHERE state = 'new') AS replies,
  (SELECT count(*) FROM webhook_delivery WHERE state = 'pending') AS webhooks
""")


_LIMITS = {"rounds": ROUNDS_IN_VAIN, "attempts": FAILED_ATTEMPTS, "whole": WHOLE}
_WATCH = text("""
SELECT (SELECT count(*) FROM stuck_case WHERE rounds >= :rounds OR attempts >= :attempts) AS stuck,
  count(*) FILTER (WHERE failures > 0 AND name <> :whole) AS failed,
  coalesce(extract(epoch FROM clock_timestamp() - max(ended_at) FILTER (WHERE name = :whole)), 0)
    AS seconds
FROM round_part
""")
_LEFT_ALONE = text("SELECT count(*) FROM provider_breaker WHERE opened_at IS NOT NULL")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelFigures:
    """One channel over the last days.

    Attributes:
        sent: messages that the provider took.
        unwanted: those after which the recipient opted out or complained.
        median: seconds from sending to delivery, half of them at most; None if none was delivered.
        slowest: the same for 95 of 100.
    """

    channel: str
    sent: int
    delivered: int
    bounced: int
    unwanted: int
    median: float | None
    slowest: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All figures of the ledger at one instant.

    Attributes:
        due_steps: running cases whose step has been due for more than ten minutes.
        oldest_step: seconds since the oldest of them was due.
        unknown: messages of which nobody can tell yet whether they left.
        promises: made, kept and broken, over all cases.
        desk: per kind of task, how many are open and how many of them overdue.
        incoming: what providers and debtors told that no case has heard yet; and what other
            systems were not told yet.
        stuck: cases that do not go on by themselves.
        left_alone: providers that are left alone because they failed again and again.
        round: seconds since a round of the reconciler ended, and how many parts fail.
    """

    due_steps: int
    oldest_step: float
    unknown: int
    channels: tuple[ChannelFigures, ...]
    promises: tuple[int, int, int]
    desk: tuple[tuple[str, int, int], ...]
    incoming: tuple[int, int, int]
    stuck: int
    left_alone: int
    round: tuple[float, int]


def read_gauges(engine: Engine, days: int = 30) -> Figures:
    """Read all figures at one instant, in eight queries however large the ledger is."""
    with snapshot(engine) as connection:
        limit = text("SELECT set_config('statement_timeout', :most, true)")
        connection.execute(limit, {"most": str(_LONGEST)})
        return _read(connection, days)


def _read(connection: Connection, days: int) -> Figures:
    backlog = connection.execute(_BACKLOG).one()
    unknown = connection.execute(_UNKNOWN).one()
    promises = connection.execute(_PROMISES).one()
    incoming = connection.execute(_INCOMING).one()
    watch = connection.execute(_WATCH, _LIMITS).one()
    return Figures(
        due_steps=backlog.cases,
        oldest_step=float(backlog.seconds),
        unknown=unknown.flying + unknown.closed,
        channels=tuple(_channel(row) for row in connection.execute(_CHANNELS, {"days": days})),
        promises=(int(promises.made), int(promises.kept), int(promises.broken)),
        desk=tuple((row.kind, row.waiting, row.overdue) for row in connection.execute(_DESK)),
        incoming=(incoming.events, incoming.replies, incoming.webhooks),
        stuck=watch.stuck,
        left_alone=connection.execute(_LEFT_ALONE).scalar_one(),
        round=(float(watch.seconds), watch.failed),
    )


def _channel(row: object) -> ChannelFigures:
    told = row._mapping  # type: ignore[attr-defined]  # noqa: SLF001 - SQLAlchemy's public name for it
    median, slowest = told["seconds"] or (None, None)
    names = ("channel", "sent", "delivered", "bounced", "unwanted")
    return ChannelFigures(**{name: told[name] for name in names}, median=median, slowest=slowest)
