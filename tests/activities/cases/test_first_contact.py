"""A new customer is told the credit policy at the first contact, and only then (P06, P08, P31)."""

from datetime import timedelta

from domain.wire import CaseActivityInput
from tests.activities.sending.bundles import Several
from tests.activities.sending_harness import Office
from tests.fakes import REJECT

TOLD = "As this is our first message to you"


def test_the_first_message_tells_the_credit_policy(office: Office) -> None:
    office.remind()

    assert TOLD in office.email.calls[0].text


def test_once_a_message_got_through_it_is_not_told_again(office: Office) -> None:
    office.remind()
    with office.ledger.account_of(office.case) as account:
        assert account.customer.was_written_to


def test_the_first_message_about_another_invoice_does_not_tell_it_again(office: Office) -> None:
    several = Several(office)
    several.take(1)
    office.now += timedelta(days=10)
    second = several.add(days=9)
    several.take(second)

    told, later = several.letters
    assert TOLD in told
    assert TOLD not in later


def test_a_message_that_reached_nobody_is_no_first_contact(office: Office) -> None:
    office.email.will(REJECT)
    office.sms.will(REJECT)
    turn = CaseActivityInput(case=office.case, do="remind", step="polite")
    assert office.sender().send(turn, office.clock)
    with office.ledger.account_of(office.case) as account:
        assert not account.customer.was_written_to
