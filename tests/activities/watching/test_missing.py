"""Every case is looked at within a day, what is due at once, and never all of them in one round."""

import bisect
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from temporalio.service import RPCError, RPCStatusCode

from activities.watching import missing
from activities.watching.missing import (
    FIRST_OF_ALL,
    LEAST_IN_TURN,
    MOST_IN_TURN,
    PER_SECOND,
    WHOLE_TURN,
    MissingRunWatch,
    turn_size,
)

START = datetime(2026, 11, 30, 9, tzinfo=UTC)
FIVE_MINUTES = timedelta(minutes=5)


@dataclass
class World:
    """Cases of a ledger, by id, and which of them have a running workflow."""

    cases: list[str]
    now: datetime = START
    due: tuple[str, ...] = ()
    opened: dict[str, datetime] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    lost: Counter[str] = field(default_factory=Counter)
    looked_at: Counter[str] = field(default_factory=Counter)
    most_at_once: int = 0
    _place: tuple[str, datetime | None] = ("", None)

    def running(self, after: str, limit: int) -> tuple[str, ...]:
        """A page of the cases, by id."""
        first = bisect.bisect_right(self.cases, after)
        return self._given(tuple(self.cases[first : first + limit]))

    def count_running(self) -> int:
        """All of them."""
        return len(self.cases)

    def overdue(self, since: datetime, limit: int) -> tuple[str, ...]:
        """Those whose step is due."""
        assert since <= self.now
        return self._given(self.due[:limit])

    def opened_since(self, since: datetime, limit: int) -> tuple[str, ...]:
        """Those that are new."""
        return self._given(tuple(c for c, at in self.opened.items() if at > since)[:limit])

    def place(self, name: str) -> tuple[str, datetime | None]:
        """Where the last round got to."""
        assert name == "missing"
        return self._place

    def keep_place(self, name: str, after: str, at: datetime) -> None:
        """Keep it."""
        assert name == "missing"
        self._place = after, at

    async def is_running(self, case_id: str) -> bool:
        """Count one look."""
        self.looked_at[case_id] += 1
        if self.lost[case_id]:
            self.lost[case_id] -= 1
            raise RPCError("away", RPCStatusCode.UNAVAILABLE, b"")
        return case_id not in self.missing

    async def round(self) -> list[str]:
        """One round, five minutes after the one before; answers what it found."""
        watch = MissingRunWatch(self, self, self, lambda: self.now, per_second=10**9)  # type: ignore[arg-type]
        found = await watch.find(self.now - timedelta(minutes=2), lambda *_: None)
        self.now += FIVE_MINUTES
        return found

    def _given(self, cases: tuple[str, ...]) -> tuple[str, ...]:
        self.most_at_once = max(self.most_at_once, len(cases))
        return cases


def _cases(count: int) -> list[str]:
    return [f"case/acme/{number:07}" for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, LEAST_IN_TURN - 1, LEAST_IN_TURN])
async def test_up_to_a_thousand_are_all_looked_at_once_in_every_round(count: int) -> None:
    world = World(_cases(count))
    for done in range(1, 4):
        await world.round()
        assert set(world.looked_at.values()) <= {done}
        assert len(world.looked_at) == count


async def test_of_many_each_has_its_turn_within_a_day_and_no_round_looks_at_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(missing, "LEAST_IN_TURN", 10)
    world = World(_cases(5_000))
    share = turn_size(5_000, FIVE_MINUTES)
    assert share == 21
    for _ in range(int(WHOLE_TURN / FIVE_MINUTES) + 2):
        before = world.looked_at.total()
        await world.round()
        assert world.looked_at.total() - before <= share
    assert len(world.looked_at) == 5_000
    assert max(world.looked_at.values()) <= 2
    assert world.most_at_once <= share


async def test_what_is_due_is_looked_at_at_once_though_its_turn_is_far() -> None:
    world = World(_cases(50_000), due=("case/acme/0049999",))
    world.missing = {"case/acme/0049999"}
    assert await world.round() == ["case/acme/0049999"]


async def test_what_was_opened_since_the_last_round_is_looked_at_at_once() -> None:
    world = World(_cases(50_000))
    await world.round()
    world.cases.append("case/new/1")
    world.missing.add("case/new/1")
    world.opened["case/new/1"] = world.now - FIVE_MINUTES - timedelta(seconds=59)
    assert await world.round() == ["case/new/1"]
    world.opened["case/new/1"] = world.now - FIVE_MINUTES - timedelta(seconds=60)
    assert await world.round() == [], "it had its look"


async def test_one_that_is_due_and_has_its_turn_is_found_once() -> None:
    world = World(_cases(5), due=("case/acme/0000002",), missing={"case/acme/0000002"})
    assert await world.round() == ["case/acme/0000002"]


async def test_where_one_is_missing_the_round_goes_on_until_ten_thousand() -> None:
    world = World(_cases(25_000))
    world.missing = set(world.cases)
    found = [await world.round() for _ in range(3)]
    assert [len(one) for one in found] == [MOST_IN_TURN, MOST_IN_TURN, MOST_IN_TURN]
    assert len(set(found[0]) | set(found[1]) | set(found[2])) == 25_000


async def test_a_single_gap_is_one_stretch_more_and_no_storm() -> None:
    world = World(_cases(50_000), missing={"case/acme/0000007"})
    assert await world.round() == ["case/acme/0000007"]
    assert len(world.looked_at) == 2 * LEAST_IN_TURN


async def test_the_place_of_a_case_that_is_gone_is_a_place_all_the_same() -> None:
    world = World(_cases(5_000))
    await world.round()
    del world.cases[LEAST_IN_TURN - 1]
    await world.round()
    assert world.looked_at[f"case/acme/{LEAST_IN_TURN:07}"] == 1


async def test_what_is_due_is_bounded_too() -> None:
    cases = tuple(_cases(5 * FIRST_OF_ALL))
    world = World(list(cases), due=cases)
    await world.round()
    assert len(world.looked_at) <= FIRST_OF_ALL + LEAST_IN_TURN


@pytest.mark.parametrize(
    ("running", "minutes", "size"),
    [
        (0, 5, LEAST_IN_TURN),
        (1_000_000, 5, 4_167),
        (240_000, 5, 1_000),
        (240_001, 5, 1_001),
        (2_400_000, 5, MOST_IN_TURN),
        (2_500_000, 5, MOST_IN_TURN),
        (1_000_000, 60 * 24, MOST_IN_TURN),
        (900, 60 * 20, LEAST_IN_TURN),
    ],
)
def test_a_turn_is_the_share_of_the_time_that_passed(running: int, minutes: int, size: int) -> None:
    assert turn_size(running, timedelta(minutes=minutes)) == size


def test_the_first_round_of_all_looks_at_the_least() -> None:
    assert turn_size(10**6, None) == LEAST_IN_TURN


def test_the_figures_are_those_of_the_page() -> None:
    assert (LEAST_IN_TURN, FIRST_OF_ALL, MOST_IN_TURN, PER_SECOND) == (1_000, 2_000, 10_000, 200)
    assert timedelta(hours=20) == WHOLE_TURN


async def test_a_call_that_gets_lost_holds_up_no_other() -> None:
    """Found by the simulation: one call of many was lost in each round, and nothing restored."""
    cases = _cases(68)
    world = World(cases, missing={cases[3], cases[40], cases[41]})
    world.lost.update({cases[1]: 1, cases[40]: 1, cases[41]: 2})

    assert await world.round() == [cases[3], cases[40]]
    assert world.looked_at[cases[0]] == 1, "what was answered is not asked again"
    assert await world.round() == [cases[3], cases[40], cases[41]]


async def test_where_nothing_is_heard_at_all_the_part_fails() -> None:
    cases = _cases(3)
    world = World(cases, lost=Counter(dict.fromkeys(cases, 9)))

    with pytest.raises(RPCError):
        await world.round()
