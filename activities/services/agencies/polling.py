"""The service that asks agencies how their cases stand, where they have a way to be asked (P72)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from activities.cases.waking import ToWake
from activities.ports.agencies.book import AgencyBook, AgencySource, PolledCase
from activities.ports.agencies.store import Placed
from activities.ports.stores.cases import CaseFiles
from activities.services.agencies.money import AgencyMoneyService, MoneySaid
from activities.services.agencies.progress import AgencyProgressService, AgencyReport
from domain.errors import DomainError

_PAGE = 200


@dataclass(slots=True, kw_only=True)
class Polled:
    """What came of a round.

    Attributes:
        asked: cases that were asked about.
        news: of them those whose state was reported.
        payments: payments that were reported, known ones among them.
        failed: cases of which nothing could be learned, with the reason.
        woken: cases that must hear of it.
    """

    asked: int = 0
    news: int = 0
    payments: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    woken: list[ToWake] = field(default_factory=list)


class AgencyPollingService:
    """Asks for the state and the payments of every placed case; what is known changes nothing."""

    def __init__(
        self,
        book: AgencyBook,
        source: AgencySource,
        files: CaseFiles,
        progress: AgencyProgressService,
        money: AgencyMoneyService,
    ) -> None:
        self._book, self._source, self._files = book, source, files
        self._progress, self._money = progress, money

    def poll(self, creditor: str, agency: str = "") -> Polled:
        """Ask about the cases of a creditor that agencies have, or one agency alone."""
        round_ = Polled()
        for known in self._book.profiles(creditor):
            if agency in ("", known.id) and self._source.can_be_asked(known):
                for placed in self._placed(creditor, known.id):
                    self._ask(round_, placed)
        return round_

    def _placed(self, creditor: str, agency: str) -> Iterator[Placed]:
        after = ""
        while page := self._progress.cases(creditor, agency, after, _PAGE):
            yield from page
            after = page[-1].case

    def _ask(self, round_: Polled, placed: Placed) -> None:
        known = self._book.profile(placed.agency)
        if known is None:
            return
        round_.asked += 1
        try:
            found = self._source.state(known, placed.case)
            if found:
                self._take_in(round_, placed, found)
        except (DomainError, ConnectionError, ValueError) as error:
            round_.failed[placed.case] = str(error)[:200]

    def _take_in(self, round_: Polled, placed: Placed, found: PolledCase) -> None:
        """Money first: whoever is paid ends a case before the agency's last word does."""
        file = self._files.file(placed.case)
        for one in found.payments if file else ():
            said = MoneySaid(id=one.id, collected=one.collected.plain, fee=one.fee.plain, at=one.at)
            if file and (one.collected.minor or one.fee.minor):
                _, woken = self._money.record(file, placed.agency, said, placed.agency)
                round_.woken += woken
                round_.payments += 1
        if found.state:
            told = AgencyReport(id=found.id, state=found.state.value, note=found.note)
            answer, woken_case = self._progress.report(placed.case, placed.agency, told)
            round_.news += answer.accepted
            round_.woken.append(woken_case)
