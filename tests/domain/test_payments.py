"""How a payment is shared out over the invoices that it may be meant for."""

import pytest

from domain.money import Money
from domain.payments import Claim, allocate


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


CLAIMS = (Claim("one", eur(100)), Claim("two", eur(50)), Claim("three", eur(70)))


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
    shares, rest = allocate(eur(paid), CLAIMS, stated=False)

    assert {share.case: share.amount.minor for share in shares} == parts
    assert rest == eur(left)


def test_a_payment_that_names_one_invoice_goes_there_whole() -> None:
    """What is too much becomes that invoice's surplus, where a person sees it."""
    shares, rest = allocate(eur(120), CLAIMS[:1], stated=True)

    assert [(share.case, share.amount) for share in shares] == [("one", eur(120))]
    assert rest == eur(0)


def test_a_payment_that_names_two_leaves_what_is_too_much_on_the_account() -> None:
    shares, rest = allocate(eur(160), CLAIMS[:2], stated=True)

    assert [share.amount.minor for share in shares] == [100, 50]
    assert rest == eur(10)


def test_a_claim_in_another_currency_takes_nothing() -> None:
    shares, rest = allocate(eur(100), [Claim("dollars", Money(100, "USD"))], stated=True)

    assert (shares, rest) == ((), eur(100))


def test_a_settled_claim_takes_nothing() -> None:
    shares, _ = allocate(eur(10), [Claim("settled", eur(0)), Claim("open", eur(10))], stated=False)

    assert [share.case for share in shares] == ["open"]
