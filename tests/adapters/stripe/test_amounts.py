"""Amounts as Stripe counts them: docs.stripe.com/currencies#zero-decimal and its special cases."""

import pytest

from activities.ports.online.provider import PayUnavailableError
from adapters.stripe.amounts import money_of, stripe_amount
from domain.money import Money

COUNTED = [
    (Money(11900, "EUR"), 11900),
    (Money(500, "JPY"), 500),
    (Money(500, "ISK"), 50000),
    (Money(500, "UGX"), 50000),
    (Money(50000, "MGA"), 500),
    (Money(11900, "HUF"), 11900),
    (Money(5120, "KWD"), 5120),
]


@pytest.mark.parametrize(("amount", "counted"), COUNTED, ids=str)
def test_an_amount_goes_there_and_comes_back(amount: Money, counted: int) -> None:
    assert stripe_amount(amount) == counted
    assert money_of(counted, amount.currency.lower()) == amount


@pytest.mark.parametrize("amount", [Money(5121, "KWD"), Money(50001, "MGA")], ids=str)
def test_what_stripe_cannot_take_is_not_rounded(amount: Money) -> None:
    with pytest.raises(PayUnavailableError):
        stripe_amount(amount)
