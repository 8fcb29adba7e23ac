"""The client for Python on a rough line: what may be said again is, and counts once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from amicable_client import (
    Amicable,
    NewPayment,
    NotFoundError,
    ProblemError,
    Retries,
    UnreachableError,
)

from tests.starter.api.clients.billing import NOW, bill
from tests.starter.api.clients.rough import Rough
from tests.starter.api.factories import Desk


def test_a_lost_answer_is_asked_for_again_and_counts_once(url: str, desk: Desk) -> None:
    waited, rough = list[float](), Rough("lost", "503", "refused")
    with Amicable(
        url, desk.keys["billing"], retries=NOW, http=rough, sleep=waited.append
    ) as amicable:
        amicable.open_case(bill())
        rough = Rough()
        amicable.post_payment(NewPayment(amount=Decimal(19), currency="EUR", invoices=["R-1"]))
        assert amicable.show_case("R-1").open == "100.00"
    assert waited == [0, 7, 0], "as long as the gateway asks for"


def test_the_same_key_is_used_in_every_try_and_another_for_another_command(
    url: str, desk: Desk
) -> None:
    rough = Rough("lost", "lost")
    with Amicable(
        url, desk.keys["billing"], retries=NOW, http=rough, sleep=lambda _: None
    ) as amicable:
        amicable.open_case(bill())
        amicable.open_case(bill("R-2"))
        amicable.show_case("R-2")
    first, second, third, other, looking = rough.keys
    assert first == second == third != other
    assert looking == ""


@pytest.mark.parametrize(
    ("trouble", "error"), [("503", ProblemError), ("refused", UnreachableError)]
)
def test_it_gives_up_after_its_tries(trouble: str, error: type[Exception], desk: Desk) -> None:
    rough = Rough(*[trouble] * 9)
    with (
        Amicable(
            "http://127.0.0.1:9",
            desk.keys["billing"],
            retries=NOW,
            http=rough,
            sleep=lambda _: None,
        ) as amicable,
        pytest.raises(error),
    ):
        amicable.open_case(bill())
    assert len(rough.keys) == NOW.attempts


def test_a_no_is_not_asked_again(url: str, desk: Desk) -> None:
    rough = Rough()
    with (
        Amicable(url, desk.keys["billing"], http=rough) as amicable,
        pytest.raises(NotFoundError),
    ):
        amicable.show_case("R-9")
    assert len(rough.keys) == 1


def test_waits_double_and_stay_within_their_bounds() -> None:
    waits = list(Retries(attempts=9, first=0.5, longest=20).waits())
    tops = [0.5, 1, 2, 4, 8, 16, 20, 20]
    assert len(waits) == len(tops)
    assert all(top / 2 <= wait <= top for wait, top in zip(waits, tops, strict=True))
