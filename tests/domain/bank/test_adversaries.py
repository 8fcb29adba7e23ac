"""What looks like the number of another invoice posts nothing by itself."""

from collections import Counter

import pytest

from domain.bank.matching import match_entry
from tests.domain.bank import adversaries, payers


@pytest.mark.parametrize("style", adversaries.STYLES)
def test_what_looks_like_another_invoice_of_that_sum_is_never_posted_by_itself(style: str) -> None:
    """Few sums, customers of nearly one name, and numbers that are days, prices and telephones."""
    items, paid = adversaries.tricks(adversaries.STYLES[style], seed=7)
    told: Counter[tuple[str, str]] = Counter()
    for credit in paid:
        told[credit.sort, payers.judged(credit, match_entry(credit.entry, items))] += 1

    assert {sort: count for (sort, how), count in told.items() if how == "wrong"} == {}
    assert told["one number of two", "right"] >= 55
    assert told["charges kept back", "proposed"] >= 55
