"""One mail receives what a customer contests on several invoices, in the customer's language."""

from dataclasses import replace
from datetime import timedelta

import pytest

from activities.cases.session import Session
from domain.message_types import MessageType
from tests.activities.sending.bundles import Several
from tests.activities.sending_harness import DEBTOR, NINE, Office

RECEIVED = "dispute-1-received"


def contested(office: Office, *sums: str, language: str = "en") -> Several:
    """Invoices of which the customer contests so much each on the page; empty: all of it."""
    office.known(replace(DEBTOR, language=language))
    office.now = NINE - timedelta(minutes=20)
    home = Several(office, *(0 for _ in sums[1:]))
    for which, amount in enumerate(sums, start=1):
        body = {"amount": amount} if amount else {}
        home.say(which, MessageType.DISPUTE_OPENED, reason="goods", channel="page", **body)
        office.now += timedelta(minutes=10)
    decided(home)
    office.now = NINE + timedelta(minutes=6)
    return home


def decided(home: Several) -> None:
    """Each case has decided what comes next, as its workflow does when it is woken."""
    for case in home.cases:
        with home.office.ledger.account_of(case) as account:
            Session(account, case, home.office.now).decide()


def test_two_receipts_are_one_mail_that_names_both_invoices(office: Office) -> None:
    home = contested(office, "", "5.00")
    home.take(1, RECEIVED, "acknowledge")
    home.take(2, RECEIVED, "acknowledge")

    (mail,) = office.email.taken
    assert mail.subject == "We have received your questions about our invoices"
    for told in ("R-1", "R-2", "16 March 2026", "What you do not contest is not affected"):
        assert told in mail.text, mail.text
    assert home.results(1) == home.results(2) == [(RECEIVED, "accepted")]


@pytest.mark.parametrize(
    ("language", "subject"),
    [("de", "Ihre Rückfragen zu unseren Rechnungen"), ("sv", "Vi har tagit emot frågorna")],
)
def test_it_is_in_the_customers_language(office: Office, language: str, subject: str) -> None:
    home = contested(office, "", "", language=language)
    home.take(1, RECEIVED, "acknowledge")

    (mail,) = office.email.taken
    assert mail.subject.startswith(subject)
    assert "Until then" not in mail.text


def test_one_that_was_settled_meanwhile_is_left_out(office: Office) -> None:
    home = contested(office, "", "5.00")
    home.say(2, MessageType.DISPUTE_SETTLED, reason="for_us")
    decided(home)
    home.take(1, RECEIVED, "acknowledge")

    (mail,) = office.email.taken
    assert "R-2" not in mail.text
    assert "R-1" in mail.subject
