"""One mail confirms what a customer agrees on for several invoices in one call (P50)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from activities.cases.session import Session
from domain.message_types import MessageType
from tests.activities.sending.bundles import Several
from tests.activities.sending_harness import DEBTOR, NINE, Office

CONFIRMED = "agreement-1-confirmed"


def agreed(office: Office, *days: str, language: str = "en") -> Several:
    """Invoices that are promised in one call, each for a day."""
    office.known(replace(DEBTOR, language=language))
    office.now = NINE - timedelta(minutes=20)
    home = Several(office, *(0 for _ in days[1:]))
    for which, day in enumerate(days, start=1):
        home.say(which, MessageType.PROMISE, date=day)
        office.now += timedelta(minutes=4)
    office.now = NINE
    decided(home)
    return home


def decided(home: Several) -> None:
    """Each case has decided what comes next, as its workflow does when it is woken."""
    for case in home.cases:
        with home.office.ledger.account_of(case) as account:
            Session(account, case, home.office.now).decide()


def test_three_promises_are_one_mail_with_its_sums_and_days(office: Office) -> None:
    """Each attempt of the other two finds it said."""
    home = agreed(office, "2026-03-12", "2026-03-12", "2026-03-13")
    for which in (1, 2, 3):
        home.take(which, CONFIRMED, "acknowledge")

    (mail,) = office.email.taken
    assert mail.subject == "What we agreed on for our invoices"
    for told in ("R-1", "R-2", "R-3", "12 March 2026", "13 March 2026"):
        assert told in mail.text, mail.text
    assert "EUR 20.00 for invoice R-2 by 12 March 2026" in mail.text
    assert home.results(1) == home.results(2) == home.results(3) == [(CONFIRMED, "accepted")]


@pytest.mark.parametrize(
    ("last", "glance"),
    [
        ("2026-03-12", ["Amount to pay: EUR 169.00"]),
        (
            "2026-03-13",
            ["To pay by 12 March 2026: EUR 139.00", "To pay by 13 March 2026: EUR 30.00"],
        ),
    ],
)
def test_it_asks_for_one_sum_where_all_of_it_has_one_day(
    office: Office, last: str, glance: list[str]
) -> None:
    home = agreed(office, "2026-03-12", "2026-03-12", last)
    home.take(2, CONFIRMED, "acknowledge")

    (mail,) = office.email.taken
    for line in glance:
        assert line in mail.text, mail.text


@pytest.mark.parametrize(
    ("language", "subject"),
    [("de", "Unsere Vereinbarung zu unseren Rechnungen"), ("fr", "Notre accord concernant nos")],
)
def test_it_is_in_the_customers_language(office: Office, language: str, subject: str) -> None:
    home = agreed(office, "2026-03-12", "2026-03-13", language=language)
    home.take(1, CONFIRMED, "acknowledge")

    (mail,) = office.email.taken
    assert mail.subject.startswith(subject)
    assert "noted" not in mail.text


def test_one_that_was_paid_meanwhile_is_left_out(office: Office) -> None:
    home = agreed(office, "2026-03-12", "2026-03-13")
    home.say(2, MessageType.PAYMENT, amount="20.00")
    decided(home)
    home.take(1, CONFIRMED, "acknowledge")

    (mail,) = office.email.taken
    assert "R-2" not in mail.text
    assert mail.subject == "What we agreed on for invoice R-1"
