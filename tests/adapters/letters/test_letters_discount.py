"""An early-payment discount stands in each letter while it can be earned, and not a day longer."""

from dataclasses import replace
from datetime import date

import pytest

from domain.case.agreement_types import Dispute
from domain.case.invoice import Discount
from tests.adapters.letters.lettering import write
from tests.adapters.letters.samples import CASE, INVOICE

LAST_DAY = date(2026, 2, 4)
OFFER = Discount(minor=1000, until=LAST_DAY)
OFFERED = replace(CASE, invoice=replace(INVOICE, discount=OFFER))
SHOWN = "Discount for paying early"


@pytest.mark.parametrize(
    ("today", "shown"), [("2026-02-03", True), ("2026-02-04", True), ("2026-02-05", False)]
)
def test_it_is_shown_up_to_its_last_day(today: str, shown: bool) -> None:
    """P07: the amount, the day, and what settles the invoice then."""
    text = write("gentle", case=OFFERED, today=today)

    assert (SHOWN in text) == shown
    assert ("EUR 10.00 if the money arrives by 4 February 2026" in text) == shown


def test_who_has_earned_it_or_owes_less_than_it_reads_nothing_of_it() -> None:
    nearly = replace(OFFERED, received=OFFERED.invoice.amount.minor - OFFERED.credited - 900)

    assert SHOWN not in write("gentle", case=nearly, today="2026-02-03")
    assert SHOWN not in write("gentle", case=CASE, today="2026-02-03")


@pytest.mark.parametrize("step", ["gentle", "polite"])
def test_beside_a_part_that_is_contested_no_second_sum_settles_the_invoice(step: str) -> None:
    """A part is not asked for, so nobody reads that more than the sum asked for would do."""
    contested = Dispute(key="d", opened_at=CASE.invoice.opened_at, amount=5000)
    doubted = replace(OFFERED, disputes=(contested,))

    text = write(step, case=doubted, today="2026-02-03")

    assert "In dispute" in text
    assert SHOWN not in text
    assert SHOWN in write(step, case=OFFERED, today="2026-02-03")
