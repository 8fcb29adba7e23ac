"""Rates that end are asked for in time: one task per jurisdiction and half-year, for everybody."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from activities.ports.stores.errors import NotKnownError
from activities.services.charges.rates import RateService
from activities.watching.rates import KNOWN, RateWatch
from domain.errors import DomainError, RefusedError
from domain.interest.added_rates import AddedRate
from domain.parties.tasks import TaskKind
from tests.activities.watching.test_stuck import FakeDesk


@dataclass
class FakeRates:
    """Remembers what was added; German law is in use."""

    laws: tuple[str, ...] = ("DE",)
    added: list[AddedRate] = field(default_factory=list)

    def rates(self, jurisdiction: str = "") -> tuple[AddedRate, ...]:
        """All, or those of one law."""
        return tuple(one for one in self.added if jurisdiction in ("", one.jurisdiction))

    def propose(self, rate: AddedRate) -> None:
        """In the place of one that waits."""
        waits = [one for one in self.added if one.confirmed_at is None]
        self.added = [one for one in self.added if one not in waits or one.start != rate.start]
        self.added.append(rate)

    def confirm(self, rate: AddedRate) -> bool:
        """As it was proposed."""
        before = replace(rate, confirmed_by="", confirmed_at=None)
        found = before in self.added
        self.added = [rate if one == before else one for one in self.added]
        return found

    def laws_in_use(self) -> tuple[str, ...]:
        """As a test says."""
        return self.laws


@dataclass
class Bureau:
    """The watch and the service over one desk, on a day that a test sets."""

    now: datetime = datetime(2026, 5, 20, 9, tzinfo=UTC)

    def __post_init__(self) -> None:
        """Put them together."""
        self.rates, self.desk = FakeRates(), FakeDesk()
        told = self.rates, self.desk.put, self.desk.finish, lambda: self.now
        self.watch, self.service = RateWatch(*told), RateService(*told)

    @property
    def open(self) -> list[str]:
        """The keys of tasks that were not ticked off."""
        return [key for key in self.desk.tasks if key not in self.desk.done]


@pytest.mark.parametrize(
    ("day", "asked"),
    [
        ("2026-05-19", []),
        ("2026-05-20", ["rates/DE/2026H2/add"]),  # six weeks before 1 July
        ("2026-07-01", ["rates/DE/2026H2/add"]),
        ("2026-11-19", ["rates/DE/2026H2/add"]),
        ("2026-11-20", ["rates/DE/2026H2/add", "rates/DE/2027H1/add"]),
    ],
)
def test_a_rate_is_asked_for_six_weeks_before_the_table_ends(day: str, asked: list[str]) -> None:
    bureau = Bureau(datetime.fromisoformat(f"{day}T09:00+00:00"))
    for _ in range(3):
        assert bureau.watch.look() == len(asked)

    assert bureau.open == asked
    assert all(task.kind is TaskKind.RATE and not task.case for task in bureau.desk.tasks.values())


def test_a_law_that_nobody_charges_by_is_not_asked_for() -> None:
    bureau = Bureau()
    bureau.rates.laws = ()
    assert (bureau.watch.look(), bureau.open) == (0, [])


def test_an_added_rate_asks_a_second_person_and_a_confirmed_one_nobody() -> None:
    bureau = Bureau()
    bureau.watch.look()
    bureau.service.add("DE", "2026H2", "1.52", "Bundesbank, 2026-07-01", "anna")
    assert bureau.open == ["rates/DE/2026H2/confirm-20260520T090000"]
    assert bureau.watch.look() == 1
    assert len(bureau.open) == 1

    with pytest.raises(DomainError, match="another person"):
        bureau.service.confirm("DE", "2026H2", "anna")
    bureau.service.confirm("DE", "2026H2", "ben")
    assert (bureau.open, bureau.watch.look()) == ([], 0)
    assert set(bureau.desk.done.values()) >= {KNOWN}


def test_a_wrong_figure_is_written_down_anew_before_and_after_it_was_confirmed() -> None:
    bureau = Bureau()
    bureau.service.add("DE", "2026H2", "15.2", "typed in a hurry", "anna")
    bureau.service.add("DE", "2026H2", "1.52", "Bundesbank", "anna")
    assert [str(one.percent) for one in bureau.service.waiting()] == ["1.52"]

    bureau.service.confirm("DE", "2026H2", "ben")
    bureau.now += timedelta(days=1)
    bureau.service.add("DE", "2026H2", "1.27", "Bundesbank, corrected", "ben")
    bureau.service.confirm("DE", "2026H2", "anna")
    counting = [
        row for row in bureau.service.rows("DE") if row.half_year == "2026H2" and row.counts
    ]
    assert [(row.percent, row.confirmed_by) for row in counting] == [(Decimal("1.27"), "anna")]


def test_what_is_known_with_that_figure_is_not_added_again() -> None:
    bureau = Bureau()
    with pytest.raises(RefusedError, match=r"known as 1\.27 already"):
        bureau.service.add("DE", "2026H1", "1.27", "Bundesbank", "anna")
    with pytest.raises(NotKnownError, match="no rate of DE"):
        bureau.service.confirm("DE", "2026H2", "ben")


def test_the_laws_are_listed_with_what_is_missing() -> None:
    bureau = Bureau()
    known = {law.code: law for law in bureau.service.laws()}
    assert known["DE"].known_until == date(2026, 6, 30)
    assert known["DE"].missing == ("2026H2",)
