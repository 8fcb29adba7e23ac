"""Money that goes back: from the account first, then from the invoice that was settled last."""

from hypothesis import given
from hypothesis import strategies as st

from domain.money import Money
from domain.payments.giving_back import TakenPart, going_back

PARTS = (
    TakenPart(case="invoice/c/R-1", key="payment/bank/B-1", amount=Money(6000, "EUR")),
    TakenPart(case="invoice/c/R-2", key="payment/bank/B-1", amount=Money(3000, "EUR")),
)


def _told(amount: int) -> tuple[int, dict[str, int], int]:
    back = going_back(Money(amount, "EUR"), Money(1000, "EUR"), PARTS)
    parts = {part.case[-3:]: part.amount.minor for part in back.parts}
    return back.account.minor, parts, back.missing.minor


def test_the_account_gives_first_then_the_last_invoice() -> None:
    assert _told(999) == (999, {}, 0)
    assert _told(1000) == (1000, {}, 0)
    assert _told(1001) == (1000, {"R-2": 1}, 0)
    assert _told(4000) == (1000, {"R-2": 3000}, 0)
    assert _told(4001) == (1000, {"R-2": 3000, "R-1": 1}, 0)
    assert _told(10000) == (1000, {"R-2": 3000, "R-1": 6000}, 0)


def test_what_went_back_before_is_missing_and_owed_by_nobody() -> None:
    assert _told(10001) == (1000, {"R-2": 3000, "R-1": 6000}, 1)


@given(st.integers(0, 10**6), st.integers(-5, 10**5), st.lists(st.integers(0, 10**5), max_size=6))
def test_every_cent_is_told_once(amount: int, free: int, taken: list[int]) -> None:
    parts = [TakenPart(case=f"c/{n}", key="k", amount=Money(m, "EUR")) for n, m in enumerate(taken)]
    back = going_back(Money(amount, "EUR"), Money(free, "EUR"), parts)
    had = {part.case: part.amount.minor for part in parts}

    told = back.account.minor + sum(part.amount.minor for part in back.parts) + back.missing.minor
    assert told == amount
    assert 0 <= back.account.minor <= max(free, 0)
    assert all(0 < part.amount.minor <= had[part.case] for part in back.parts)
    assert not (back.missing.minor and back.account.minor < max(free, 0))
