"""Rests of a few cents in the ledger: each silent alone, woken once they are worth a word."""

from datetime import timedelta

import pytest

from activities.cases.session import Session
from domain.message_types import MessageType
from domain.parties.customer import InvoiceShare
from domain.wire import Decision
from tests.activities.payments.test_in_favour import behind
from tests.activities.payments.test_money_on_the_account import opened
from tests.activities.sending_harness import Office


def decided(office: Office, case: str) -> Decision:
    """What comes next for a case, as its workflow would hear it."""
    with office.ledger.account_of(case) as account:
        return Session(account, case, office.now).decide()


def paid(office: Office, case: str, amount: str) -> None:
    """Nearly all of it came."""
    body = {"id": f"P-{case}", "amount": amount}
    answer, _ = office.desk.say(case, MessageType.PAYMENT, body)
    assert answer.accepted
    decided(office, case)


@pytest.mark.parametrize(("came", "woken"), [("49.71", False), ("49.70", True)])
def test_the_others_are_woken_once_the_sum_is_worth_it(
    office: Office, came: str, woken: bool
) -> None:
    """0.20 of R-1 and 0.29 of R-2 are too little; with 0.30 it is 0.50."""
    second = opened(office, "R-2")
    office.now += timedelta(days=3)
    paid(office, office.case, "118.80")
    assert decided(office, office.case).step == "small-rest"
    paid(office, second, came)

    assert (behind(office) == {"R-1"}) is woken
    step = decided(office, office.case).step
    assert step == ("polite" if woken else "small-rest")
    with office.ledger.account_of(second) as account:
        rests = {share.case: share.rest for share in account.customer.known.shares}
    assert rests == {office.case: 20, second: 30 if woken else 29}


def test_what_is_settled_is_no_rest_any_more(office: Office) -> None:
    second = opened(office, "R-2")
    office.now += timedelta(days=3)
    paid(office, office.case, "118.80")
    paid(office, second, "49.70")

    body = {"id": "REST", "amount": "0.30"}
    office.desk.say(second, MessageType.PAYMENT, body)
    decided(office, second)

    with office.ledger.account_of(office.case) as account:
        (share,) = account.customer.known.shares
    assert isinstance(share, InvoiceShare)
    assert (share.case, share.rest) == (office.case, 20)
    assert decided(office, office.case).step == "small-rest"
