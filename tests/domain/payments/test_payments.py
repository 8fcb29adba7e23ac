"""How a payment is shared out over the invoices that it may be meant for."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import Money
from domain.payments.allocation import OpenClaim, allocate_payment, allocation_order, share_out


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


CLAIMS = (OpenClaim("one", eur(100)), OpenClaim("two", eur(50)), OpenClaim("three", eur(70)))


@pytest.mark.parametrize(
    ("paid", "parts", "left"),
    [
        (99, {"one": 99}, 0),
        (100, {"one": 100}, 0),
        (101, {"one": 100, "two": 1}, 0),
        (150, {"one": 100, "two": 50}, 0),
        (220, {"one": 100, "two": 50, "three": 70}, 0),
        (221, {"one": 100, "two": 50, "three": 70}, 1),
    ],
)
def test_money_fills_the_claims_in_their_order(paid: int, parts: dict[str, int], left: int) -> None:
    shares, rest = allocate_payment(eur(paid), CLAIMS, stated=False)

    assert {share.case: share.amount.minor for share in shares} == parts
    assert rest == eur(left)


def test_a_payment_that_names_one_invoice_goes_there_whole() -> None:
    """What is too much becomes that invoice's surplus, where a person sees it."""
    shares, rest = allocate_payment(eur(120), CLAIMS[:1], stated=True)

    assert [(share.case, share.amount) for share in shares] == [("one", eur(120))]
    assert rest == eur(0)


def test_a_payment_that_names_two_leaves_what_is_too_much_on_the_account() -> None:
    shares, rest = allocate_payment(eur(160), CLAIMS[:2], stated=True)

    assert [share.amount.minor for share in shares] == [100, 50]
    assert rest == eur(10)


def test_a_claim_in_another_currency_takes_nothing() -> None:
    shares, rest = allocate_payment(
        eur(100), [OpenClaim("dollars", Money(100, "USD"))], stated=True
    )

    assert (shares, rest) == ((), eur(100))


def test_a_settled_claim_takes_nothing() -> None:
    shares, _ = allocate_payment(
        eur(10), [OpenClaim("settled", eur(0)), OpenClaim("open", eur(10))], stated=False
    )

    assert [share.case for share in shares] == ["open"]


claims_of = st.lists(
    st.builds(
        OpenClaim,
        case=st.sampled_from("abcdefgh"),
        open=st.builds(Money, st.integers(0, 500), st.sampled_from(["EUR", "EUR", "EUR", "USD"])),
        due=st.dates(date(2026, 1, 1), date(2026, 1, 9)),
        amount=st.integers(500, 900),
        disputed=st.integers(0, 500),
        keeps_back=st.integers(0, 50),
    ).map(lambda c: replace(c, disputed=min(c.disputed, c.open.minor))),
    unique_by=lambda claim: claim.case,
    max_size=6,
)
ORDERS = st.sampled_from(["oldest_due", "newest_due", "largest", "smallest"])


@given(paid=st.integers(1, 2000), claims=claims_of, how=ORDERS, stated=st.booleans())
def test_parts_and_rest_are_the_payment_and_no_claim_gets_too_much(
    paid: int, claims: list[OpenClaim], how: str, *, stated: bool
) -> None:
    """Exact in every currency, and never more than is open."""
    parts, left = share_out(eur(paid), allocation_order(claims, how), stated=stated)
    owed = {claim.case: claim.open for claim in claims}

    assert sum(part.amount.minor for part in parts) + left.minor == paid
    assert all(part.amount.currency == owed[part.case].currency == "EUR" for part in parts)
    assert all(0 < part.amount.minor <= owed[part.case].minor for part in parts)
    assert left.minor == 0 or all(
        part.amount == owed[part.case] for part in parts if owed[part.case].currency == "EUR"
    )


@given(paid=st.lists(st.integers(1, 400), max_size=4), claims=claims_of, how=ORDERS)
def test_in_whatever_order_payments_are_posted_the_same_stays_open(
    paid: list[int], claims: list[OpenClaim], how: str
) -> None:
    """What is open after all of them does not hang on who came first."""
    plain = [replace(claim, keeps_back=0) for claim in claims]

    ends = {_after(plain, order, how) for order in permutations(paid)}

    assert len(ends) == 1


def _after(claims: list[OpenClaim], payments: tuple[int, ...], how: str) -> tuple[int, ...]:
    """What is open of each claim after payments that state nothing, one after the other."""
    left = {claim.case: claim for claim in claims}
    for paid in payments:
        for part in share_out(eur(paid), allocation_order(left.values(), how), stated=False)[0]:
            claim = left[part.case]
            still = claim.open - part.amount
            left[part.case] = replace(claim, open=still, disputed=min(claim.disputed, still.minor))
    return tuple(claim.open.minor for claim in left.values())


@pytest.mark.parametrize(
    ("how", "order"),
    [
        ("oldest_due", "abc"),
        ("newest_due", "cba"),
        ("largest", "bac"),
        ("smallest", "cab"),
    ],
)
def test_the_policy_says_what_is_paid_first(how: str, order: str) -> None:
    claims = [
        OpenClaim("a", eur(10), date(2026, 1, 1), 200),
        OpenClaim("b", eur(10), date(2026, 1, 2), 300),
        OpenClaim("c", eur(10), date(2026, 1, 3), 100),
    ]

    assert "".join(claim.case for claim in allocation_order(claims, how)) == order


def test_what_is_contested_is_paid_last_unless_it_is_stated() -> None:
    claims = [OpenClaim("old", eur(100), disputed=80), OpenClaim("new", eur(50))]

    free, _ = share_out(eur(100), claims, stated=False)
    stated, _ = share_out(eur(100), claims, stated=True)

    assert {part.case: part.amount.minor for part in free} == {"old": 50, "new": 50}
    assert {part.case: part.amount.minor for part in stated} == {"old": 100}


def test_discounts_are_left_to_the_customer_before_the_rest_is_filled_up() -> None:
    """P07: 147 for 50 and 100 at 2 %: both settled; 148 fill the first one's discount up."""
    claims = [OpenClaim("a", eur(50), keeps_back=1), OpenClaim("b", eur(100), keeps_back=2)]

    exact, _ = share_out(eur(147), claims, stated=True)
    more, _ = share_out(eur(148), claims, stated=True)

    assert {part.case: part.amount.minor for part in exact} == {"a": 49, "b": 98}
    assert {part.case: part.amount.minor for part in more} == {"a": 50, "b": 98}
