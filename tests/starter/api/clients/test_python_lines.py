"""The client for Python says many things at once: each has its own answer, none is held long."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from decimal import Decimal

import pytest
from amicable_client import (
    Amicable,
    AsyncAmicable,
    ConflictError,
    InvalidError,
    NewCase,
    NewPayment,
    ProblemError,
    UnauthorizedError,
    lines,
)
from amicable_client.model import Shown

from tests.starter.api.clients.billing import NOW, bill
from tests.starter.api.clients.rough import Crowded, Rough
from tests.starter.api.factories import Desk


def bills(count: int) -> Iterator[NewCase]:
    for number in range(1, count + 1):
        yield bill(f"R-{number}")


def receipt(number: int, **changes: object) -> NewPayment:
    given = {"id": f"B-{number}", "amount": Decimal(19), "currency": "EUR"}
    return NewPayment.model_validate({**given, "invoices": [f"R-{number}"], **changes})


def test_each_line_has_its_answer_or_its_error(url: str, desk: Desk) -> None:
    told = [bill("R-1"), bill("R-2", currency="XXQ"), bill("R-1", amount=Decimal(1)), bill("R-4")]
    with Amicable(url, desk.keys["billing"], retries=NOW) as amicable:
        found = list(amicable.open_many(told))
        again = list(amicable.open_many(told[:1]))
        paid = list(amicable.post_many([receipt(1), receipt(9), receipt(4, id=None)]))
        nothing = list(amicable.open_many([]))

    assert [one.number for one in found] == [1, 2, 3, 4]
    assert [one.told for one in found] == told
    assert found[0].result().new
    assert isinstance(found[1].problem, InvalidError)
    assert found[1].problem.field == "currency"
    with pytest.raises(ConflictError):
        found[2].result()
    assert found[3].result().case.endswith("/R-4")
    assert not again[0].result().new
    assert paid[0].result().left == "0.00"
    assert [bool(one.problem) for one in paid] == [False, True, True]
    assert nothing == []


def test_a_word_that_ends_lines_elsewhere_ends_none_here() -> None:
    """JSON may hold U+2028 and its like as they are; only a line feed is between two answers."""
    told, answer = bill("R-1"), {"case": "x", "new": True, "text": "a\u2028b\x85c"}
    batch = lines.LineBatch([(1, told, "{}")], Shown, iter(()))
    batch.answered(json.dumps({"line": 1, "status": 201, "answer": answer}, ensure_ascii=False))

    assert batch.lines[0].result().model_dump() == answer


def test_lines_are_taken_as_their_answers_are_read(
    url: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "MOST_LINES", 3)
    taken = list[str]()

    def told() -> Iterator[NewCase]:
        for one in bills(8):
            taken.append(one.number)
            yield one

    with Amicable(url, desk.keys["billing"], retries=NOW) as amicable:
        answers = amicable.open_many(told())
        assert taken == []
        assert next(answers).result().new
        assert len(taken) == 4, "those that go together, and the one that shows they are enough"
        assert [one.number for one in answers] == list(range(2, 9))


def test_a_lost_answer_of_many_counts_once(url: str, desk: Desk) -> None:
    rough = Rough("lost", "503")
    with Amicable(
        url, desk.keys["billing"], retries=NOW, http=rough, sleep=lambda _: None
    ) as amicable:
        found = list(amicable.open_many(bills(3)))
        assert [one.result().new for one in found] == [False, False, False]
        assert rough.keys == ["", "", ""]
        list(amicable.post_many([receipt(1)]))
        list(amicable.post_many([receipt(1)]))
        assert amicable.show_case("R-1").open == "100.00"


def test_busy_lines_are_said_again_and_keep_their_place(url: str, desk: Desk) -> None:
    waited, crowded = list[float](), Crowded(busy=2)
    with Amicable(
        url, desk.keys["billing"], retries=NOW, http=crowded, sleep=waited.append
    ) as amicable:
        found = list(amicable.open_many(bills(4)))
    assert [one.result().case.rpartition("/")[2] for one in found] == ["R-1", "R-2", "R-3", "R-4"]
    assert crowded.sizes == [4, 2]


def test_too_much_at_once_is_sent_in_halves_and_a_line_too_long_has_its_no(
    url: str, desk: Desk
) -> None:
    crowded = Crowded(most_bytes=400)
    with Amicable(url, desk.keys["billing"], retries=NOW, http=crowded) as amicable:
        long = bill("R-9", contact={"name": "x" * 90, "street": "y" * 99, "town": "z" * 99})
        found = list(amicable.open_many([*bills(4), long]))
    assert [bool(one.problem) for one in found] == [False] * 4 + [True]
    assert isinstance(found[4].problem, ProblemError)
    assert found[4].problem.status == 413
    assert max(crowded.sizes[1:]) <= 2


def test_whoever_may_not_is_told_once_for_all(url: str, desk: Desk) -> None:
    with (
        Amicable(url, desk.keys["reader"], retries=NOW) as reader,
        pytest.raises(UnauthorizedError),
    ):
        next(reader.open_many(bills(2)))


async def test_the_same_is_awaited(url: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MOST_LINES", 2)

    async def told() -> AsyncIterator[NewCase]:
        for one in bills(3):
            yield one

    async with AsyncAmicable(url, desk.keys["billing"], retries=NOW) as amicable:
        found = [one async for one in amicable.open_many(told())]
        again = [one async for one in amicable.open_many(bills(3))]
    assert [one.result().new for one in found] == [True] * 3
    assert [one.result().new for one in again] == [False] * 3
