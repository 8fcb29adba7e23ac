"""An order about a surplus is the same by its id, its invoices and the case that gave the money."""

import pytest
from sqlalchemy import text

from activities.ports.types import ConflictError
from tests.activities.payments.test_money_on_the_account import case_of, opened, pays, place
from tests.activities.sending_harness import Office


def test_one_order_moves_the_surplus_of_one_invoice(office: Office) -> None:
    pays(office, 13000, "R-1")
    other = opened(office, "R-3")
    pays(office, 6000, "R-3", id="B-3")
    opened(office, "R-2")
    place(office, "R-2", case=office.case)

    with pytest.raises(ConflictError, match="A-1"):
        place(office, "R-2", case=other)
    assert (case_of(office, "R-3").surplus, case_of(office, "R-2").open) == (1000, 3900)


def test_an_order_is_the_same_whatever_its_note_says(office: Office) -> None:
    """Erasing a person empties the note of the payment; what was moved stays moved."""
    pays(office, 13000, "R-1")
    opened(office, "R-2")
    first = place(office, "R-2", case=office.case)
    with office.engine.begin() as link:
        link.execute(text("SET LOCAL amicable.erasing = 'yes'"))
        mine = {"creditor": office.creditor}
        link.execute(text("UPDATE payment SET note = '' WHERE creditor = :creditor"), mine)

    assert place(office, "R-2", case=office.case) == first
