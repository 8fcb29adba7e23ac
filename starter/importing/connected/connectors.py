"""Pulls from connected billing systems, hears their calls, and pushes back how cases stand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog

from activities.ports.connectors.connector import (
    CaseNews,
    ConnectorError,
    NamedConnector,
    PulledInvoices,
    UnsignedCallError,
)
from activities.ports.stores.cases import CaseFilter, CaseRow
from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.types import LONGEST_TITLE, Task
from adapters.wiring.billing.connectors import (
    ConnectorDesk,
    ConnectorLog,
    connector_desk,
    connector_log,
)
from domain.message_types import Stage
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic
from starter.application import Application
from starter.importing.connected.taking_in_connected import take_in_connected
from starter.importing.intake.taking_in import CaseStarter

FAILED_PULLS = 3
"""Tries running that failed, until a person hears of it."""

_LEFT_ALONE = 5
"""Cases that a system could not be told of, until it is left alone for this time."""

_MOST = 10_000
_log = structlog.get_logger("amicable.connectors")


@dataclass(frozen=True)
class Connectors:
    """The billing systems of an installation.

    Attributes:
        starter: starts and wakes the workflows of cases.
    """

    application: Application
    every: Sequence[NamedConnector]
    starter: CaseStarter
    clock: Callable[[], datetime]

    @property
    def _desk(self) -> ConnectorDesk:
        return connector_desk(self.application.engine)

    @property
    def _rounds(self) -> ConnectorLog:
        return connector_log(self.application.engine)

    def named(self, name: str) -> NamedConnector:
        """Find a connector.

        Raises:
            NotKnownError: if there is none of that name.
        """
        for one in self.every:
            if one.name == name:
                return one
        raise NotKnownError(Sought.CONNECTOR, f"no connector is called {name}")

    def pull(self, one: NamedConnector) -> dict[str, Any]:
        """Take in what changed since the last time, and tell back how cases stand.

        The place is kept after everything was taken in: what a crash cut off comes again.

        Raises:
            ConnectorError: if the system cannot be asked; the next pull asks for the same.
        """
        place = _place(one)
        since, _ = self._rounds.place(place)
        try:
            pulled = one.connector.pull(since)
            told = self._take_in(one, pulled)
            self._rounds.keep_place(place, pulled.since, self.clock())
            pushed = self.push(one) if one.pushes else 0
        except Exception as error:
            is_told = isinstance(error, ConnectorError)
            self._note_failure(one, str(error) if is_told else type(error).__name__)
            raise
        self._rounds.ended(place)
        self._desk.finish_tasks_beginning(_tasks(one), "it answers again")
        return told | ({"pushed": pushed} if one.pushes else {})

    def _note_failure(self, one: NamedConnector, failure: str) -> None:
        """A person hears of what fails again and again, once a day."""
        count = self._rounds.failed(_place(one), failure)
        if count >= FAILED_PULLS:
            now = self.clock()
            title = f"the billing system {one.name} failed, {count} tries running: {failure}"
            self._desk.put_task(
                Task(
                    key=f"{_tasks(one)}{now:%Y-%m-%d}",
                    kind=TaskKind.QUESTION,
                    case="",
                    title=title[:LONGEST_TITLE],
                    due_at=now,
                )
            )

    def heard(self, name: str, body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
        """Take in what a signed call is about.

        Raises:
            UnsignedCallError: if nobody of that name signed it.
            ConnectorError: if it cannot be understood, or the system cannot be asked.
        """
        one = next((one for one in self.every if one.name == name), None)
        if one is None:
            raise UnsignedCallError
        return self._take_in(one, one.connector.heard(body, headers))

    def push(self, one: NamedConnector) -> int:
        """Tell back how each case stands; answers how many were news there.

        What was told is remembered, so that only changes go out; what ended is told once more.
        A case that cannot be told of stops none of the others, and is tried again.

        Raises:
            ConnectorError: saying why the first of those that failed did, once all were tried.
        """
        place = f"{_place(one)}/told"
        before: dict[str, str] = json.loads(self._rounds.place(place)[0] or "{}")
        rows = self.application.cases.list(CaseFilter(creditor=one.creditor, limit=_MOST))
        telling = Telling(before)
        for row in rows:
            telling.tell(one, row)
        if telling.after != before:
            self._rounds.keep_place(place, json.dumps(telling.after), self.clock())
        if telling.failed:
            more = len(telling.failed) - 1
            others = f" (and {more} more)" if more else ""
            raise ConnectorError(f"{telling.failed[0]}{others}")
        return telling.fresh

    def status(self) -> list[dict[str, Any]]:
        """Show when each was last heard, and what failed since."""
        known = {part.name: part for part in self._rounds.parts()}
        lines = []
        for one in self.every:
            part = known.get(_place(one))
            lines.append(
                {
                    "name": one.name,
                    "kind": one.connector.kind,
                    "creditor": one.creditor,
                    "pushes": one.pushes,
                    "pulled_at": part.ended_at if part else None,
                    "failures": part.failures if part else 0,
                    "failure": part.failure if part and part.failures else "",
                }
            )
        return lines

    def pull_all(self) -> None:
        """Pull from each; one that fails stops none of the others."""
        for one in self.every:
            try:
                told = self.pull(one)
                _log.info("pulled", connector=one.name, opened=told["opened"])
            except Exception as error:  # noqa: BLE001 - the next one counts as much
                _log.warning("a connector failed", connector=one.name, error=type(error).__name__)

    def _take_in(self, one: NamedConnector, pulled: PulledInvoices) -> dict[str, Any]:
        now = self.clock()
        return take_in_connected(self.application, one, pulled, self.starter, now)


_HELD = frozenset({Stage.DISPUTED, Stage.PAUSED})


@dataclass
class Telling:
    """One round of telling a billing system how cases stand.

    Attributes:
        before, after: by number, the mark of what it was told last.
        fresh: how many were news there.
        failed: the cases that it could not be told of, and why; after a few it is left alone.
    """

    before: Mapping[str, str]
    after: dict[str, str] = field(default_factory=dict)
    fresh: int = 0
    failed: list[str] = field(default_factory=list)

    def tell(self, one: NamedConnector, row: CaseRow) -> None:
        """Tell it of one case, if that is news."""
        news, known = _news(row), self.before.get(row.number)
        if row.outcome and known is None:
            return
        mark = hashlib.sha256(news.remark.encode()).hexdigest()[:8]
        if known != mark and not self._told(one, news):
            if known is not None:
                self.after[row.number] = known
            return
        if not row.outcome:
            self.after[row.number] = mark

    def _told(self, one: NamedConnector, news: CaseNews) -> bool:
        if len(self.failed) >= _LEFT_ALONE:
            return False
        try:
            self.fresh += one.connector.push(news)
        except ConnectorError as error:
            self.failed.append(f"{news.number}: {error}")
            return False
        return True


def _place(one: NamedConnector) -> str:
    return f"connector/{one.name}"


def _tasks(one: NamedConnector) -> str:
    """How the keys of the tasks about a connector begin."""
    return TaskKey.beginning(TaskTopic.CONNECTOR, one.creditor, one.name)


def _news(row: CaseRow) -> CaseNews:
    held = bool(row.disputed.minor) or row.parked or row.stage in _HELD
    return CaseNews(
        number=row.number,
        stage=row.outcome or row.stage,
        open=row.open.plain,
        currency=row.open.currency,
        held=held and not row.outcome,
        next_on=row.next_at.date() if row.next_at and not row.outcome else None,
    )
