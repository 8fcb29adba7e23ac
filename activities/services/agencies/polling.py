"""The service that asks agencies how their cases stand, where they have a way to be asked (P72)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from activities.cases.waking import ToWake
from activities.ports.agencies.book import AgencyBook, AgencySource, AskLaterError, PolledCase
from activities.ports.agencies.store import Placed
from activities.ports.clock import Clock
from activities.ports.stores.cases import CaseFiles
from activities.ports.types import CaseFile
from activities.services.agencies.money import AgencyMoneyService, MoneySaid
from activities.services.agencies.progress import AgencyProgressService, AgencyReport, said_at
from domain.agencies.agency_file import AgencyProfile
from domain.agencies.progress import ASKS
from domain.case.agency_standing import standing_at_agency
from domain.decision.state import case_state
from domain.errors import DomainError
from domain.message_types import AgencyNews

ASKED_AT_ONCE = 200
_LONGEST_WORD = 2000


@dataclass(slots=True, kw_only=True)
class Polled:
    """What came of a round.

    Attributes:
        asked: cases that were asked about.
        news: of them those of which something was reported, known news among them.
        payments: payments that were reported, known ones among them.
        failed: cases of which nothing could be learned, with the reason.
        unknown: cases that the agency does not know; placed: those that it knows.
        woken: cases that must hear of it.
        next: after which case it goes on; empty once all were asked about.
        stopped: why it was left alone for now; empty if it was not.
        wait: how long it wants to be left alone; None if it did not say.
        beat: says between two cases that whoever asks is alive.
    """

    asked: int = 0
    news: int = 0
    payments: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    woken: list[ToWake] = field(default_factory=list)
    next: str = ""
    stopped: str = ""
    wait: timedelta | None = None
    beat: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Walk:
    """The part of a creditor's cases that is asked about at once: so many after one."""

    creditor: str
    after: str = ""
    most: int = ASKED_AT_ONCE


class AgencyPollingService:
    """Asks for the state and the payments of every placed case; what is known changes nothing."""

    def __init__(  # noqa: PLR0913 - what is asked, and where the answers go
        self,
        book: AgencyBook,
        source: AgencySource,
        files: CaseFiles,
        progress: AgencyProgressService,
        money: AgencyMoneyService,
        *,
        clock: Clock,
    ) -> None:
        self._book, self._source, self._files = book, source, files
        self._progress, self._money, self._clock = progress, money, clock

    def can_be_asked(self, creditor: str) -> tuple[AgencyProfile, ...]:
        """List the agencies of a creditor that can be asked.

        Raises:
            DomainError: naming the file and line that cannot be read.
        """
        return tuple(filter(self._source.can_be_asked, self._book.profiles(creditor)))

    def poll(self, creditor: str, agency: str = "") -> Polled:
        """Ask about all cases of a creditor that agencies have, or one agency alone.

        An agency that does not answer is asked no more in this round.
        """
        round_ = Polled()
        for known in self.can_be_asked(creditor):
            if agency in ("", known.id):
                round_.stopped = ""
                self.ask(round_, known, Walk(creditor))
                while round_.next and not round_.stopped:
                    self.ask(round_, known, Walk(creditor, round_.next))
        return round_

    def poll_named(self, creditor: str, agency: str, names: Iterable[str]) -> Polled:
        """Ask one agency about the cases that it names; about a page of them if it names none.

        However many cases it has, its word costs no more calls than that.
        """
        round_ = Polled()
        for known in self.can_be_asked(creditor):
            if known.id != agency:
                continue
            meant = self._progress.named(creditor, agency, names)
            for placed in meant:
                if not self._ask(round_, known, placed):
                    break
            if not meant:
                self.ask(round_, known, Walk(creditor, most=known.reached.most_a_round))
        return round_

    def ask(self, round_: Polled, agency: AgencyProfile, walk: Walk) -> None:
        """Ask one agency about so many cases after one; the first silence ends it."""
        round_.next = walk.after
        page = self._progress.cases(walk.creditor, agency.id, walk.after, walk.most)
        for placed in page:
            round_.beat()
            if not self._ask(round_, agency, placed):
                return
            round_.next = placed.case
        if len(page) < walk.most:
            round_.next = ""

    def _ask(self, round_: Polled, agency: AgencyProfile, placed: Placed) -> bool:
        """Ask about one case; answers whether to go on with the next."""
        round_.asked += 1
        try:
            found = self._source.state(agency, placed.case)
            if found is None:
                round_.unknown.append(placed.case)
            else:
                round_.placed.append(placed)
                self._take_in(round_, placed, found)
        except AskLaterError as error:
            round_.failed[placed.case] = round_.stopped = str(error)[:200]
            round_.wait = error.wait
            return False
        except (DomainError, ValueError) as error:
            round_.failed[placed.case] = str(error)[:200]
        return True

    def _take_in(self, round_: Polled, placed: Placed, found: PolledCase) -> None:
        """Money first: whoever is paid ends a case before the agency's last word does."""
        file = self._files.file(placed.case)
        if file is None:
            return
        self._take_money(round_, placed, file, found)
        for word in found.words:
            if word.at is None or word.at >= placed.at:
                text, at = word.text[:_LONGEST_WORD], said_at(word.at)
                told = AgencyReport(id=word.id, state=AgencyNews.MESSAGE.value, note=text, at=at)
                self._report(round_, placed, told)
        if found.state and not self._asks_already(file, found.state):
            told = AgencyReport(id=found.id, state=found.state.value, note=found.note)
            self._report(round_, placed, told)

    def _take_money(
        self, round_: Polled, placed: Placed, file: CaseFile, found: PolledCase
    ) -> None:
        for one in found.payments:
            said = MoneySaid(id=one.id, collected=one.collected.plain, fee=one.fee.plain, at=one.at)
            if one.collected.minor or one.fee.minor:
                _, woken = self._money.record(file, placed.agency, said, placed.agency)
                round_.woken += woken
                round_.payments += 1

    def _report(self, round_: Polled, placed: Placed, told: AgencyReport) -> None:
        answer, woken = self._progress.report(placed.case, placed.agency, told)
        round_.news += answer.accepted
        round_.woken.append(woken)

    def _asks_already(self, file: CaseFile, state: AgencyNews) -> bool:
        """Whether that very question was put to us before, and nothing else was said since."""
        if state not in ASKS:
            return False
        standing = standing_at_agency(case_state(file, self._clock()).case)
        return standing is not None and standing.state is state
