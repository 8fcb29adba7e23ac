"""Asks agencies that have an interface how their cases stand: by itself, each at its own pace."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

import structlog

from activities.agencies.attaching import AgencyAttaching, files_task, given_now
from activities.ports.clock import Clock
from activities.ports.types import LONGEST_TITLE, Task
from activities.services.agencies.polling import AgencyPollingService, Polled, Walk
from activities.watching.parts import Finish, Put
from activities.watching.ports import RoundLog
from domain.agencies.agency_file import AgencyProfile
from domain.errors import DomainError
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic

SILENT_ROUNDS = 3
"""Tries running without an answer, until a person hears of it."""

_LONGEST = timedelta(days=1)
_ANSWERS = "it answers again"
_log = structlog.get_logger("amicable.agencies")


class AgencyWatch:
    """Asks each agency again and again, more seldom while it is silent; a person hears of that.

    Where it got to, and when it may be asked next, is kept in the ledger: another worker goes on.
    """

    def __init__(  # noqa: PLR0913 - whom it asks, for whom, and where what it finds goes
        self,
        polling: AgencyPollingService,
        attaching: AgencyAttaching,
        creditors: Callable[[], Iterable[str]],
        *,
        rounds: RoundLog,
        put: Put,
        finish: Finish,
        clock: Clock,
    ) -> None:
        self._polling, self._attaching, self._creditors = polling, attaching, creditors
        self._rounds, self._put, self._finish, self._clock = rounds, put, finish, clock

    def look(self, beat: Callable[[], None] = lambda: None) -> list[str]:
        """Ask whoever may be asked now; answers the cases that should be woken."""
        woken: list[str] = []
        for creditor, agency in self._agencies():
            polled = self._ask(creditor, agency, beat)
            woken += [one.case.invoice.case_id for one in polled.woken]
        return list(dict.fromkeys(woken))

    def _agencies(self) -> Iterator[tuple[str, AgencyProfile]]:
        for creditor in self._creditors():
            try:
                known = self._polling.can_be_asked(creditor)
            except DomainError as error:
                self._tell(creditor, "files", f"an agency's file cannot be read: {error}")
                continue
            yield from ((creditor, one) for one in known)

    def _ask(self, creditor: str, agency: AgencyProfile, beat: Callable[[], None]) -> Polled:
        name, polled = f"agency {creditor}/{agency.id}", Polled(beat=beat)
        after, due = self._rounds.place(name)
        if due and self._clock() < due:
            return polled
        self._polling.ask(polled, agency, Walk(creditor, after, agency.reached.most_a_round))
        if polled.stopped:
            self._note_silence(name, creditor, agency, polled)
        else:
            self._give_files(polled)
            self._note_answer(name, creditor, agency, polled)
        for case_id in polled.unknown:
            title = f"{agency.name} does not know this case: does it have it under another name?"
            self._put(_task(case_id, title, "unknown", agency.id))
        _log.info("asked", agency=agency.id, asked=polled.asked, failed=len(polled.failed))
        return polled

    def _note_silence(
        self, name: str, creditor: str, agency: AgencyProfile, polled: Polled
    ) -> None:
        """It is left alone for longer and longer; a person hears of it before long."""
        count = self._rounds.failed(name, "silent")
        until = self._clock() + _patience(agency, count, polled.wait)
        self._rounds.keep_place(name, polled.next, until)
        if count >= SILENT_ROUNDS:
            told = f"{agency.name} does not answer, {count} tries running: {polled.stopped}"
            self._tell(creditor, agency.id, told)

    def _note_answer(self, name: str, creditor: str, agency: AgencyProfile, polled: Polled) -> None:
        """The next round goes on with the rest, or begins anew once its time has come."""
        now, every = self._clock(), timedelta(minutes=agency.reached.ask_every_minutes)
        self._rounds.ended(name)
        self._rounds.keep_place(name, polled.next, now if polled.next else now + every)
        self._finish(_key(creditor, agency.id), _ANSWERS)

    def _give_files(self, polled: Polled) -> None:
        for placed in polled.placed:
            polled.beat()
            lost = given_now(self._attaching, placed.agency, placed.case)
            if lost:
                self._put(files_task(placed.case, placed.agency, lost))

    def _tell(self, creditor: str, about: str, title: str) -> None:
        key = f"{_key(creditor, about)}{self._clock():%Y-%m-%d}"
        self._put(Task(key=key, kind=TaskKind.QUESTION, case="", title=title[:LONGEST_TITLE]))


def _task(case_id: str, title: str, *about: str) -> Task:
    key = str(TaskKey.of(TaskTopic.AGENCY, case_id, *about))
    return Task(key=key[:200], kind=TaskKind.QUESTION, case=case_id, title=title[:LONGEST_TITLE])


def _key(creditor: str, about: str) -> str:
    return TaskKey.beginning(TaskTopic.AGENCY, "interface", creditor, about)


def _patience(agency: AgencyProfile, count: int, wait: timedelta | None) -> timedelta:
    """How long an agency is left alone: longer each time, and never less than it asked for."""
    minutes = agency.reached.ask_every_minutes << min(count - 1, 6)
    ours = min(timedelta(minutes=minutes), _LONGEST)
    return max(ours, wait) if wait else ours
