"""What an operator sees of a case stays short, however often it is contested."""

from dataclasses import replace

import pytest

from domain.case.agreement_types import Dispute
from domain.case.facts import Action
from domain.decision.describing import LONGEST_DETAILS, case_details
from domain.message_types import ActionType
from tests.domain.calls.test_call_meaning import BERLIN, CASE, FRIDAY

WAIT = Action(do=ActionType.WAIT, at=None, why="nothing is due")


@pytest.mark.parametrize("count", [1, 2000])
def test_the_page_of_a_case_that_is_contested_so_often_is_not_longer_than_a_page(
    count: int,
) -> None:
    one = Dispute(key="d", opened_at=FRIDAY, amount=1)
    page = case_details(replace(CASE, disputes=(one,) * count), WAIT, BERLIN, FRIDAY)

    assert "why: nothing is due" in page
    assert "0.01 EUR" in page
    assert len(page) <= LONGEST_DETAILS
