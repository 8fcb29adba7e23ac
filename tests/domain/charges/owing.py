"""Short ways to ask what a debt has earned."""

from datetime import date
from decimal import Decimal

from domain.interest.model import Interest, InterestTerms, interest
from domain.money import parse_money

LONG_AGO = date(2018, 1, 1)
DE = InterestTerms(jurisdiction="DE")
UK = InterestTerms(jurisdiction="UK")


def owed(
    amount: str, due: str, until: str, terms: InterestTerms, *steps: tuple[str, str]
) -> Interest:
    """Interest on an amount such as ``1000.00 EUR``, with what is open from later dates on."""
    plain, currency = amount.split()
    balances = [(LONG_AGO, parse_money(plain, currency).minor)]
    balances += [
        (date.fromisoformat(day), parse_money(rest, currency).minor) for day, rest in steps
    ]
    days = date.fromisoformat(due), date.fromisoformat(until)
    return interest(tuple(balances), currency, *days, terms)


def contract(percent: str, **more: str) -> InterestTerms:
    """A contract's own rate."""
    return InterestTerms(contract_percent=Decimal(percent), **more)  # type: ignore[arg-type]
