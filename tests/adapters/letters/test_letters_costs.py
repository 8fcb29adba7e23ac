"""Letters about interest and fees alone: the invoice itself is paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.charges.statement import CostLine, Statement
from domain.interest.grounds import UnratedDays
from domain.money import Money
from tests.adapters.letters.lettering import LETTERS, STEPS, write
from tests.adapters.letters.samples import CASE, letter

PAID = replace(CASE, received=119000)
FEE = CostLine(name="fee", amount=Money(500, "EUR"), ground="a late fee, by the payment terms")
NOTHING = Money(0, "EUR")
ONLY_COSTS = Statement(
    day=date(2026, 2, 4), principal=NOTHING, lines=(FEE,), costs_paid=NOTHING, waived=NOTHING
)


@pytest.mark.parametrize("step", ["polite", "second", "other-clear", "other-firm"])
def test_who_paid_the_invoice_is_thanked_and_not_told_that_it_is_open(step: str) -> None:
    """P24."""
    text = write(step, case=PAID, statement=ONLY_COSTS)

    assert "Thank you: our invoice INV-2026-7 itself is settled." in text
    assert "Amount owed: EUR 5.00" in text
    assert "EUR 5.00 of interest and fees is still unpaid" in text
    for untrue in ("not yet recorded", "as far as we can see", "rest of your payment"):
        assert untrue not in text


def test_an_sms_thanks_as_well() -> None:
    about = STEPS["polite"] | {"case": PAID, "statement": ONLY_COSTS}
    text = LETTERS.write(replace(letter("polite", **about), channel="sms")).text

    assert "thank you for paying invoice INV-2026-7. Interest and fees of EUR 5.00" in text


def test_a_cent_of_the_invoice_that_is_open_is_asked_for_as_before() -> None:
    nearly = replace(CASE, received=118999)
    asked = replace(ONLY_COSTS, principal=Money(1, "EUR"))

    assert "itself is settled" not in write("polite", case=nearly, statement=asked)


GAP = UnratedDays(
    start=date(2026, 7, 1), end=date(2026, 7, 9), half_year="2026H2", reason="", goes_on=True
)
EARLY = UnratedDays(
    start=date(2024, 5, 11), end=date(2024, 6, 30), half_year="2024H1", reason="", goes_on=False
)


@pytest.mark.parametrize("lines", [(FEE,), ()])
def test_days_whose_rate_is_not_known_are_said_to_be_left_out(lines: tuple[CostLine, ...]) -> None:
    """P24: the debtor knows that more may follow, and why it is not in the sum."""
    asked = replace(ONLY_COSTS, principal=Money(100, "EUR"), lines=lines, left_out=(GAP,))
    text = write("polite", case=replace(CASE, received=118900), statement=asked)

    said = "Interest from 1 July 2026 on: not included\n  (the rate is not known yet)"
    assert said in text.replace("\u00a0", " ")
    assert "Interest and fees: none" not in text
    assert "not included" not in write("polite", case=CASE, statement=replace(asked, left_out=()))


def test_days_left_out_before_those_that_are_charged_are_named_with_their_end() -> None:
    """The debtor does not read that interest is left out from a day on which it is asked for."""
    asked = replace(ONLY_COSTS, principal=Money(100, "EUR"), left_out=(EARLY, GAP))
    text = write("polite", case=replace(CASE, received=118900), statement=asked)
    text = text.replace("\u00a0", " ")

    assert "Interest from 11 May 2024 on" not in text
    assert "(11 May 2024 \u2013 30 June 2024: the rate is not known yet)" in text
    assert "Interest from 1 July 2026 on: not included" in text
