"""A place to pay: asked again it is the same one, as long as it is worth going there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, cast

import pytest

from activities.ports.online.provider import PayOrder, PayPlace, PayUnavailableError
from activities.ports.stores.page.online import OnlineOrder
from activities.services.online.orders import PAYABLE_FOR, OnlineOrderService, WantsToPay
from domain.decision.state import case_state
from domain.money import Money
from tests.activities.services.test_letter_previews import FILE, OPENED


@dataclass
class Till:
    """A provider, and a ledger that keeps what was ordered there."""

    now: datetime = OPENED
    name: str = "stripe"
    orders: dict[str, OnlineOrder] = field(default_factory=dict)
    ended: list[str] = field(default_factory=list)
    away: bool = False

    def waiting(self, creditor: str, customer: str, now: datetime) -> list[OnlineOrder]:
        """Those that can still be paid."""
        return [one for one in self.orders.values() if one.until > now]

    def add(self, order: OnlineOrder) -> None:
        """One more."""
        self.orders[order.id] = order

    def placed(self, order: str, reference: str, url: str) -> None:
        """It has a place."""
        self.orders[order] = replace(self.orders[order], reference=reference, url=url)

    def begin(self, order: PayOrder) -> PayPlace:
        """A place of its own for each."""
        number = len(self.orders)
        return PayPlace(reference=f"ref-{number}", url=f"https://pay.example/{number}")

    def end(self, reference: str) -> None:
        """Nothing can be paid there any more."""
        if self.away:
            raise PayUnavailableError
        self.ended.append(reference)

    def asked(self, minor: int = 11900) -> str:
        """The customer sets out to pay."""
        every = cast("Any", self)
        service = OnlineOrderService(every, lambda _: every, lambda: self.now)
        return service.begin(
            WantsToPay(
                states=(case_state(FILE, self.now),),
                amount=Money(minor, "EUR"),
                title="R-9",
                language="en",
                return_url="https://page.example",
            )
        )


@pytest.mark.parametrize(
    ("left", "same"),
    [
        (timedelta(minutes=6), True),
        (timedelta(minutes=5, seconds=1), True),
        (timedelta(minutes=5), False),
        (timedelta(minutes=4), False),
    ],
)
def test_asked_again_it_is_the_same_place_while_there_is_time_to_pay(
    left: timedelta, *, same: bool
) -> None:
    """So long it can still be paid there: five minutes are too short to go there again."""
    till = Till()
    first = till.asked()
    till.now = OPENED + PAYABLE_FOR - left

    assert (till.asked() == first) is same
    assert till.ended == ([] if same else ["ref-1"])


@pytest.mark.parametrize("away", [False, True])
def test_another_sum_closes_the_first_place_and_has_one_of_its_own(*, away: bool) -> None:
    till = Till(away=away)
    first, second = till.asked(), till.asked(12000)

    assert first != second
    assert till.ended == ([] if away else ["ref-1"])
    assert [one.amount.minor for one in till.orders.values()] == [11900, 12000]


def test_without_a_provider_there_is_no_place() -> None:
    till = cast("Any", Till())
    service = OnlineOrderService(till, lambda _: None, lambda: OPENED)
    wanted = WantsToPay(
        states=(case_state(FILE, OPENED),),
        amount=Money(1, "EUR"),
        title="",
        language="en",
        return_url="",
    )

    assert service.provider("acme") == ""
    with pytest.raises(PayUnavailableError):
        service.begin(wanted)
