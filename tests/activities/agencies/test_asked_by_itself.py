"""Agencies with an interface are asked by itself, at their pace; a person hears of silence."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from activities.agencies.attaching import AgencyAttaching
from activities.agencies.telling import CaseTelling
from activities.ports.agencies.book import (
    AskLaterError,
    GivenFile,
    PolledCase,
    PolledPayment,
    PolledWord,
)
from activities.ports.types import Task
from activities.services.agencies.money import AgencyMoneyService
from activities.services.agencies.polling import AgencyPollingService
from activities.services.agencies.progress import AgencyProgressService
from activities.services.agencies.watch import AgencyWatch
from adapters.agency.book import AgencyFolderBook
from adapters.ledger.agencies.store import SqlAgencyStore
from adapters.ledger.letters.sent import SqlSentLetterStore
from adapters.ledger.queries.rounds import SqlRoundLog
from adapters.ledger.stores.cases import SqlCaseFiles
from adapters.ledger.stores.evidence import SqlEvidenceStore
from domain.agencies.agency_file import AgencyProfile
from domain.case.agency_standing import standing_at_agency
from domain.decision.state import case_state
from domain.evidence.model import filed
from domain.message_types import AgencyNews
from domain.money import Money
from tests.activities.sending_harness import NINE, Office
from tests.starter.api.agencies.placed import place

FILE = 'name = "Far"\n[reached]\nby = "debitura"\nask_every_minutes = 60\nmost_a_round = 1\n'


@dataclass
class Far:
    """An agency that says what the test wants, and remembers what it was asked and given."""

    says: PolledCase | None = None
    silent: timedelta | None = None
    is_silent: bool = False
    asked: list[str] = field(default_factory=list)
    given: dict[str, bytes] = field(default_factory=dict)
    refuses: str = ""

    def can_be_asked(self, agency: AgencyProfile) -> bool:
        """It alone has an interface."""
        return agency.id == "far"

    def state(self, agency: AgencyProfile, case_id: str) -> PolledCase | None:
        """Say what the test wants."""
        self.asked.append(case_id)
        if self.is_silent:
            raise AskLaterError("far: no answer", self.silent)
        return self.says

    def attach(
        self, agency: AgencyProfile, case_id: str, files: Sequence[GivenFile]
    ) -> tuple[str, ...]:
        """Keep what it takes."""
        if self.is_silent:
            raise AskLaterError("far: no answer")
        taken = {one.key: one.read() for one in files if one.name != self.refuses}
        self.given |= taken
        return tuple(one.name for one in files if one.name == self.refuses)


@dataclass
class Watched:
    """A case that the agency has, and the watch over it."""

    office: Office
    far: Far
    place: Path
    tasks: dict[str, Task] = field(default_factory=dict)
    finished: list[str] = field(default_factory=list)

    @property
    def watch(self) -> AgencyWatch:
        """A watch such as each worker has one: it remembers nothing itself."""
        office, engine = self.office, self.office.engine
        book = AgencyFolderBook(self.place)
        store, telling = SqlAgencyStore(engine), CaseTelling(office.ledger, office.clock)
        progress = AgencyProgressService(store, telling)
        money = AgencyMoneyService(store, office.ledger, telling, office.clock)
        files, evidence = SqlCaseFiles(engine), SqlEvidenceStore(engine)
        return AgencyWatch(
            AgencyPollingService(book, self.far, files, progress, money, clock=office.clock),
            AgencyAttaching(book, self.far, evidence, SqlSentLetterStore(engine)),
            lambda: [office.creditor],
            rounds=SqlRoundLog(engine),
            put=lambda task: self.tasks.setdefault(task.key, task),
            finish=lambda beginning, _: self.finished.append(beginning),
            clock=office.clock,
        )

    def titles(self) -> list[str]:
        """What persons were asked."""
        return [task.title for task in self.tasks.values()]

    def later(self, **by: float) -> list[str]:
        """Let time pass, and look again."""
        self.office.now += timedelta(**by)
        return self.watch.look()


@pytest.fixture
def watched(office: Office, tmp_path: Path) -> Watched:
    (tmp_path / "far.toml").write_text(FILE)
    office.now = NINE + timedelta(days=10)
    place(office.engine, office.case, "far", office.now - timedelta(days=1))
    return Watched(office, Far(), tmp_path)


STATE = PolledCase(id="s1", state=AgencyNews.WORKING, note="Active")


def test_it_is_asked_at_its_own_pace_and_a_round_asks_so_many(watched: Watched) -> None:
    watched.far.says = STATE
    assert watched.watch.look() == [watched.office.case]
    assert len(watched.far.asked) == 1

    watched.later(minutes=5)  # the page was full: it goes on with what comes after it
    watched.later(minutes=50)
    assert len(watched.far.asked) == 1, "all were asked about, and an hour has not passed"
    watched.later(minutes=60)
    assert len(watched.far.asked) == 2


def test_money_comes_first_and_what_its_people_wrote_is_a_question_to_us(watched: Watched) -> None:
    paid = PolledPayment(id="p1", at=None, collected=Money(1900, "EUR"), fee=Money(190, "EUR"))
    before, after = datetime(2020, 1, 1, tzinfo=UTC), watched.office.now - timedelta(hours=1)
    words = (
        PolledWord(id="c0", at=before, text="an old one"),
        PolledWord(id="c1", at=after, text="Is there a contract?"),
    )
    watched.far.says = replace(STATE, payments=(paid,), words=words)
    watched.watch.look()
    watched.later(minutes=70)

    with watched.office.ledger.account_of(watched.office.case) as account:
        file = account.cases.read(watched.office.case)
    assert file
    state = case_state(file, watched.office.now)
    said = [m.note for m in file.messages if m.reason == AgencyNews.MESSAGE]
    assert said == ["Is there a contract?"]
    assert state.case.open == 10_000
    standing = standing_at_agency(state.case)
    assert standing
    assert standing.asks is AgencyNews.MESSAGE


def test_a_question_that_stands_is_put_once(watched: Watched) -> None:
    """An agency that waits for a contract says so with every new date; we were asked already."""
    for number in range(3):
        watched.far.says = PolledCase(id=f"n{number}", state=AgencyNews.NEEDS_INFO, note="")
        watched.later(minutes=70)

    with watched.office.ledger.account_of(watched.office.case) as account:
        file = account.cases.read(watched.office.case)
    assert file
    assert [m.key for m in file.messages if m.reason == "needs_info"] == ["far/n0"]


def test_silence_is_waited_for_longer_and_longer_and_a_person_hears_of_it(
    watched: Watched,
) -> None:
    watched.far.is_silent = True
    watched.watch.look()
    watched.later(minutes=61)
    assert watched.titles() == []
    watched.later(minutes=61)
    assert len(watched.far.asked) == 2, "after the second silence it is left alone for two hours"
    watched.later(minutes=61)
    assert len(watched.far.asked) == 3
    (told,) = watched.titles()
    assert told == "Far does not answer, 3 tries running: far: no answer"

    watched.far.is_silent, watched.far.says = False, STATE
    watched.later(hours=5)
    assert watched.finished[-1].endswith("/far/")


def test_it_is_left_alone_for_as_long_as_it_asks(watched: Watched) -> None:
    watched.far.is_silent, watched.far.silent = True, timedelta(hours=30)
    watched.watch.look()
    watched.later(hours=29)

    assert len(watched.far.asked) == 1


def test_a_case_that_it_does_not_know_is_a_question_once(watched: Watched) -> None:
    watched.watch.look()
    watched.later(minutes=70)

    assert watched.titles() == ["Far does not know this case: does it have it under another name?"]


def test_files_that_came_since_are_given_and_what_it_does_not_take_is_a_persons(
    watched: Watched,
) -> None:
    """P71."""
    watched.far.says = STATE
    office = watched.office
    office.desk.file_evidence(office.case, filed("note.txt", b"signed"))
    office.desk.file_evidence(office.case, filed("page.html", b"<p>"))
    watched.far.refuses = "page.html"
    watched.watch.look()
    watched.later(minutes=70)

    assert list(watched.far.given.values()) == [b"signed"]
    assert watched.titles() == ["upload these files to far: page.html"]


def test_a_file_that_cannot_be_read_is_told_and_stops_nobody_else(watched: Watched) -> None:
    (watched.place / "broken.toml").write_text("name = 1")
    watched.watch.look()

    assert watched.titles()[0].startswith("an agency's file cannot be read: broken.toml:1")
