"""Decides when a failed delivery is tried again, and what a person is told."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import timedelta

from activities.ports.events import DeliveryEnd, EndpointReply, Leased
from activities.ports.types import Task
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic
from domain.suggestion import Act, Suggestion

GONE = 410
"""HTTP's word for: do not call here again."""

BUSY = frozenset({0, 429, 502, 503, 504})
"""No answer, or one that asks for rest: what else waits for this endpoint need not try now."""

WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""After each failed attempt; after the last of them it is given up, some three days later."""

_IN_ALL = 100_000
"""Thousandths of the share, and hundredths of the wait."""

SPREAD = 10
"""Per cent by which a wait is longer at most: what failed together does not come back together."""


def ending_of(done: Leased, reply: EndpointReply) -> DeliveryEnd:
    """Decide what follows from the reply to an attempt."""
    told = DeliveryEnd(status=reply.status, detail=reply.detail)
    if reply.taken:
        return replace(told, delivered=True)
    if reply.status == GONE:
        question = _task(done, "gone", _GONE, _switch_on(done))
        return replace(told, gone=True, wait=timedelta(), task=question)
    wait = pause_after(done.attempt, done.event.id)
    if wait is None:
        day = f"{done.event.at:%Y-%m-%d}"
        return replace(told, task=_task(done, f"given-up/{day}", _GIVEN_UP, _retry(done)))
    return replace(told, wait=max(wait, reply.retry_after or wait))


def pause_after(attempt: int, seed: str) -> timedelta | None:
    """Compute how long to wait after an attempt (from 1); None if it was the last.

    The jitter is the seed's own, so that a delivery decided twice is put off alike.
    """
    if attempt > len(WAITS):
        return None
    share = zlib.crc32(f"{seed}/{attempt}".encode()) % 1000
    return WAITS[attempt - 1] * (1 + share * SPREAD / _IN_ALL)


_GONE = "answered 410 (gone) and was switched off"
_GIVEN_UP = "did not take events for three days"


def _switch_on(done: Leased) -> Suggestion:
    creditor, name = done.endpoint.place
    told = {"name": name, "url": done.endpoint.url}
    told |= {"kinds": " ".join(done.endpoint.kinds)} if done.endpoint.kinds else {}
    return Suggestion(act=Act.SWITCH_WEBHOOK_ON, creditor=creditor, fields=told)


def _retry(done: Leased) -> Suggestion:
    creditor, name = done.endpoint.place
    return Suggestion(act=Act.RETRY_WEBHOOK, creditor=creditor, fields={"name": name})


def _task(done: Leased, what: str, title: str, way: Suggestion) -> Task:
    creditor, name = done.endpoint.place
    return Task(
        key=str(TaskKey.of(TaskTopic.WEBHOOK, creditor, name, what)),
        kind=TaskKind.QUESTION,
        case=done.event.case if way.act is Act.RETRY_WEBHOOK else "",
        title=f"webhook {name} of {creditor} {title}",
        due_at=None,
        suggestions=(way,),
    )
