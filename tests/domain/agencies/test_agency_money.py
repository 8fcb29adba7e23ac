"""An agency's money adds up, whatever it reports in whatever order."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.agencies.money import (
    AgencyBalance,
    AgencyMoney,
    agency_account,
    checked_report,
    taken_back,
)
from domain.errors import InvalidError
from domain.money import Money

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SUMS = st.integers(0, 10**7)


def report(collected: int, fee: int, paid_out: int, name: str = "S-1") -> AgencyMoney:
    return AgencyMoney(
        id=name,
        case="invoice/acme/R-1",
        agency="nordwind",
        at=NOON,
        collected=Money(collected, "EUR"),
        fee=Money(fee, "EUR"),
        paid_out=Money(paid_out, "EUR"),
    )


@given(
    sums=st.lists(st.tuples(SUMS, SUMS, SUMS), max_size=6),
    gone=st.sets(st.integers(0, 5)),
    dice=st.randoms(use_true_random=False),
)
def test_what_is_taken_back_is_as_if_it_had_never_been_reported(
    sums: list[tuple[int, int, int]], gone: set[int], dice: object
) -> None:
    said = [report(*each, name=f"S-{number}") for number, each in enumerate(sums)]
    back = [
        taken_back(one, new_id=f"B-{number}", at=NOON, by="")
        for number, one in enumerate(said)
        if number in gone
    ]
    kept = [one for number, one in enumerate(said) if number not in gone]
    in_ledger = sum(one.collected.minor for one in kept)
    everything = [*said, *back]
    dice.shuffle(everything)  # type: ignore[attr-defined]  # hypothesis gives a random.Random

    account = agency_account(everything, in_ledger, "EUR")

    assert account == agency_account(kept, in_ledger, "EUR")
    assert account.balance is not AgencyBalance.DIFFERS
    assert account.collected == account.fee + account.paid_out + account.owed


@pytest.mark.parametrize(
    ("sums", "in_ledger", "balance"),
    [
        ((10_000, 1_250, 8_750), 10_000, AgencyBalance.BALANCED),
        ((10_000, 1_250, 0), 10_000, AgencyBalance.OWED_TO_US),
        ((0, 1_250, 0), 0, AgencyBalance.OWED_BY_US),
        ((10_000, 1_250, 8_750), 9_999, AgencyBalance.DIFFERS),
    ],
)
def test_who_owes_whom(sums: tuple[int, int, int], in_ledger: int, balance: AgencyBalance) -> None:
    assert agency_account([report(*sums)], in_ledger, "EUR").balance is balance


@pytest.mark.parametrize("sums", [(0, 0, 0), (-1, 0, 0), (100, -1, 0), (100, 0, -1)])
def test_a_report_that_cannot_be_right_is_refused(sums: tuple[int, int, int]) -> None:
    with pytest.raises(InvalidError):
        checked_report(report(*sums))
