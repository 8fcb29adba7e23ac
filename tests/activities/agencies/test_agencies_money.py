"""What agencies got equals the ledger to the cent, whatever comes first, for each of them (P72)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import text, update

from activities.agencies.telling import CaseTelling
from activities.payments.posting import post
from activities.ports.stores.errors import NotKnownError
from activities.services.agencies.money import AgencyMoneyService, MoneySaid
from activities.services.agencies.progress import AgencyProgressService
from adapters.ledger.agencies.store import SqlAgencyStore
from adapters.ledger.stores.cases import SqlCaseFiles
from adapters.ledger.tables.money import payment
from domain.agencies.money import AgencyBalance
from domain.case.model import Case
from domain.decision.state import case_state
from domain.money import Money, parse_money
from domain.payments.allocation import PaymentIn
from tests.activities.sending_harness import Office
from tests.starter.api.agencies.placed import place

NORDWIND, ZEPHYR = "nordwind", "zephyr"
NORD, NORD_WEST = "nord", "nord-west"
Deed = Callable[[], object]


class Purses:
    """One case that Nordwind had and Zephyr has, and what each of them says of money."""

    def __init__(self, office: Office) -> None:
        self.office, self.store = office, SqlAgencyStore(office.engine)
        telling = CaseTelling(office.ledger, office.clock)
        self.money = AgencyMoneyService(self.store, office.ledger, telling, office.clock)
        self.progress = AgencyProgressService(self.store, telling)
        for agency, step in ((NORDWIND, "plan-b-approved"), (ZEPHYR, "plan-b-approved-2")):
            place(office.engine, office.case, agency, office.now, step)
            office.now += timedelta(days=1)

    def says(self, agency: str, report: str, **sums: Any) -> None:
        """An agency reports, as its own door takes it."""
        self.progress.had_case(self.office.case, agency)
        file = SqlCaseFiles(self.office.engine).file(self.office.case)
        assert file
        self.money.record(file, agency, MoneySaid(id=report, **sums), agency)

    def bank(self, payment: str, minor: int, source: str = "bank", note: str = "") -> None:
        """The customer pays us."""
        post(
            self.office.ledger,
            PaymentIn(
                creditor=self.office.creditor,
                source=source,
                id=payment,
                customer="C1",
                amount=Money(minor, "EUR"),
                at=self.office.now,
                invoices=("R-1",),
                note=note,
            ),
            self.office.now,
        )

    def booked_formerly(self, agency: str, payment: str, minor: int) -> None:
        """A payment that an agency collected, as an older release booked it."""
        self.bank(payment, minor, "agency", f"collected by {agency}")

    @property
    def case(self) -> Case:
        """The case as the ledger has it."""
        file = SqlCaseFiles(self.office.engine).file(self.office.case)
        assert file
        return case_state(file, self.office.now).case

    @property
    def balances(self) -> Mapping[str, tuple[str, str, AgencyBalance]]:
        """What each agency collected, owes us, and how it stands beside the ledger."""
        found = self.money.accounts(self.office.case, "EUR")
        return {name: (a.collected.plain, a.owed.plain, a.balance) for name, a in found.items()}


@pytest.fixture
def purses(office: Office) -> Purses:
    return Purses(office)


ORDERS = [order for order in permutations(range(4)) if order.index(0) < order.index(3)]


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: "".join(map(str, order)))
def test_the_end_is_the_same_in_whatever_order_and_however_often_it_is_said(
    purses: Purses, order: tuple[int, ...]
) -> None:
    """More than is owed comes on one day by three ways, and a part of it goes back."""
    deeds: tuple[Deed, ...] = (
        lambda: purses.says(NORDWIND, "S-1", collected="50.00", fee="10.00"),
        lambda: purses.bank("B-1", 6900),
        lambda: purses.says(ZEPHYR, "S-1", collected="30.00", fee="6.00", paid_out="24.00"),
        lambda: purses.says(NORDWIND, "S-2", reverses="S-1"),
    )
    for which in (*order, *order):
        deeds[which]()

    case = purses.case
    assert (case.paid, case.open, case.surplus) == (9900, 2000, 0)
    assert purses.balances == {
        NORDWIND: ("0.00", "0.00", AgencyBalance.BALANCED),
        ZEPHYR: ("30.00", "0.00", AgencyBalance.BALANCED),
    }


def test_one_agencys_debt_is_not_made_up_for_by_anothers_credit(purses: Purses) -> None:
    purses.says(NORDWIND, "S-1", collected="40.00")
    purses.says(ZEPHYR, "F-1", fee="40.00")

    assert {name: found[2] for name, found in purses.balances.items()} == {
        NORDWIND: AgencyBalance.OWED_TO_US,
        ZEPHYR: AgencyBalance.OWED_BY_US,
    }


def test_money_of_the_former_agency_counts_although_another_has_the_case(purses: Purses) -> None:
    purses.says(NORDWIND, "S-9", collected="119.00", fee="20.00")

    assert purses.case.open == 0
    with pytest.raises(NotKnownError):
        purses.progress.own_case(purses.office.case, NORDWIND)
    with pytest.raises(NotKnownError):
        purses.says("somebody", "S-1", collected="1.00")


def test_more_than_is_owed_stays_in_the_customers_favour(purses: Purses) -> None:
    purses.says(ZEPHYR, "S-1", collected="150.00", fee="30.00")
    purses.bank("B-1", 11900)

    case = purses.case
    assert (case.open, case.surplus) == (0, 15000)
    assert purses.balances[ZEPHYR] == ("150.00", "120.00", AgencyBalance.OWED_TO_US)


@pytest.fixture
def alike(office: Office) -> Purses:
    """A case that two agencies had whose names and ids read the same, joined by a hyphen."""
    purses = Purses(office)
    for number, agency in enumerate((NORD, NORD_WEST), start=3):
        place(office.engine, office.case, agency, office.now, f"plan-b-approved-{number}")
        office.now += timedelta(days=1)
    return purses


@pytest.mark.parametrize("second", ["40.00", "30.00"])
def test_the_money_of_agencies_whose_names_and_ids_run_together_is_two_payments(
    alike: Purses, second: str
) -> None:
    for _ in range(2):
        alike.says(NORD, "west-1", collected="40.00")
        alike.says(NORD_WEST, "1", collected=second)
    alike.says(NORD, "S-2", reverses="west-1")

    assert alike.case.paid == parse_money(second, "EUR").minor
    assert alike.balances == {
        NORD: ("0.00", "0.00", AgencyBalance.BALANCED),
        NORD_WEST: (second, second, AgencyBalance.OWED_TO_US),
    }


def test_what_an_older_release_booked_is_known_when_its_own_agency_says_it_again(
    alike: Purses,
) -> None:
    alike.booked_formerly(NORD_WEST, "nord-west-1", 4000)
    for _ in range(2):
        alike.says(NORD_WEST, "1", collected="40.00")
        assert alike.case.paid == 4000
    alike.says(NORD, "west-1", collected="40.00")

    with alike.office.engine.begin() as connection:  # as an erasure leaves it
        connection.execute(text("SET LOCAL amicable.erasing = 'yes'"))
        mine = payment.c.creditor == alike.office.creditor
        connection.execute(update(payment).where(mine).values(note=""))
    alike.says(NORD_WEST, "1", collected="40.00")

    assert alike.case.paid == 8000
    assert {name: found[0] for name, found in alike.balances.items()} == {
        NORD: "40.00",
        NORD_WEST: "40.00",
    }
    assert all(found[2] is AgencyBalance.OWED_TO_US for found in alike.balances.values())


def test_what_an_older_release_booked_can_be_taken_back(alike: Purses) -> None:
    alike.booked_formerly(NORD_WEST, "nord-west-1", 4000)
    alike.says(NORD_WEST, "1", collected="40.00")
    alike.says(NORD, "west-1", collected="40.00")
    alike.says(NORD_WEST, "2", reverses="1")

    assert alike.case.paid == 4000
    assert {name: found[2] for name, found in alike.balances.items()} == {
        NORD: AgencyBalance.OWED_TO_US,
        NORD_WEST: AgencyBalance.BALANCED,
    }
