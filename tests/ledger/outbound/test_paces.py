"""Providers are given no more messages a second than they take, whoever sends them."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from adapters.ledger.queries.paces import SqlPaces
from domain.contact.pace import NEXT_TURNS, TURN_KEPT, is_kept, next_turn

NINE = datetime(2026, 3, 2, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=60), st.integers(1, 20))
def test_turns_are_never_closer_than_the_pace(waits: list[float], per_second: int) -> None:
    now, free, turns = NINE, None, list[datetime]()
    for wait in waits:
        now += timedelta(seconds=wait)
        turn = next_turn(free, now, per_second)
        turns.append(turn.at)
        free = turn.next_at
        assert turn.at >= now
    gaps = [later - sooner for sooner, later in pairwise(turns)]
    assert all(gap >= timedelta(seconds=1 / per_second) for gap in gaps)


def test_a_turn_is_void_ten_minutes_after_it() -> None:
    assert is_kept(NINE, NINE + TURN_KEPT - SECOND)
    assert not is_kept(NINE, NINE + TURN_KEPT)


@pytest.fixture
def paces(engine: Engine) -> SqlPaces:
    """Two mails a second, and no limit for texts; nobody has had a turn."""
    with engine.begin() as link:
        link.execute(text("TRUNCATE provider_pace, provider_turn"))
    return SqlPaces(engine, {"email": 2, "sms": 0})


def test_the_next_second_goes_at_once_and_others_are_told_when(paces: SqlPaces) -> None:
    turns = [paces.turn("email", f"invoice/acme/{n}", NINE) for n in range(6)]
    assert turns[:3] == [None, None, None]
    assert turns[3:] == [NINE + NEXT_TURNS + n * SECOND / 2 for n in (1, 2, 3)]


def test_who_comes_for_its_turn_goes_and_pays_nothing_again(paces: SqlPaces) -> None:
    for n in range(4):
        paces.turn("email", f"invoice/acme/{n}", NINE)
    turn = NINE + 3 * SECOND / 2
    assert paces.turn("email", "invoice/acme/3", NINE + SECOND) == turn, "too early: the same one"
    assert paces.turn("email", "invoice/acme/3", turn) is None
    assert paces.turn("email", "invoice/acme/4", turn) is None, "nobody else had one meanwhile"


def test_a_void_turn_is_asked_for_anew(paces: SqlPaces) -> None:
    for n in range(4):
        paces.turn("email", f"invoice/acme/{n}", NINE)
    for n in range(3):
        paces.turn("email", f"invoice/acme/late-{n}", NINE + TURN_KEPT + 2 * SECOND)
    late = paces.turn("email", "invoice/acme/3", NINE + TURN_KEPT + 2 * SECOND)
    assert late == NINE + TURN_KEPT + 2 * SECOND + 3 * SECOND / 2


def test_a_full_provider_holds_up_no_other_channel(paces: SqlPaces) -> None:
    for n in range(50):
        paces.turn("email", f"invoice/acme/{n}", NINE)
    assert paces.turn("sms", "invoice/acme/1", NINE) is None
    assert paces.turn("voice", "invoice/acme/1", NINE) is None


def test_workers_that_ask_at_once_share_one_pace(paces: SqlPaces, engine: Engine) -> None:
    def ask(number: int) -> datetime | None:
        return SqlPaces(engine, {"email": 5}).turn("email", f"invoice/acme/{number}", NINE)

    with ThreadPoolExecutor(4) as pool:
        turns = list(pool.map(ask, range(40)))
    seconds = Counter(int((turn - NINE).total_seconds()) for turn in turns if turn)
    assert turns.count(None) == 6
    assert set(seconds.values()) <= {4, 5}
    assert len({turn for turn in turns if turn}) == 34
