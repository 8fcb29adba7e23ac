"""The first reminder to a consumer whose law wants a free one: its days, and what it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from adapters.letters.text.locale import BLANKS
from domain.case.model import Invoice
from domain.money import Money
from domain.parties.people import Debtor
from domain.policy.policy_file import parse_policy
from domain.wire import CaseActivityInput
from tests.activities.sending_harness import Office

POLICY = parse_policy(
    """
name = "consumers"
calendar = { window = "09:00-17:00", working_days_only = false, bank_day = false }
[[step]]
id = "polite"
on = "due+1"
do = "remind"
[[step]]
id = "fee"
on = "due+3"
do = "fee"
amount = { EUR = "100.00" }
[[step]]
id = "firm"
on = "due+20"
do = "demand_letter"
tone = "firm"
deadline_days = 7
"""
)
DUE = date(2026, 3, 1)
BELGIAN = Debtor(
    id="C7",
    name="An Peeters",
    email="an@an.example",
    zone="Europe/Brussels",
    country="BE",
    language="nl-BE",
    kind="consumer",
)


def opened(office: Office, number: str, amount: int) -> str:
    invoice = Invoice(
        creditor=office.creditor,
        number=number,
        customer="C7",
        issued=DUE - timedelta(days=14),
        due=DUE,
        amount=Money(amount, "EUR"),
        opened_at=office.now - timedelta(days=10),
    )
    office.desk.open(invoice, POLICY)
    return invoice.case_id


def reminded(office: Office, case: str) -> str:
    turn = CaseActivityInput(case=case, do="remind", step="polite", at=office.now)
    office.sender().send(turn, office.clock)
    return " ".join(office.email.calls[-1].text.translate(BLANKS).split())


@pytest.fixture
def belgian(office: Office) -> Office:
    office.known(BELGIAN)
    return office


def test_it_leaves_fourteen_days_and_names_what_follows(belgian: Office) -> None:
    said = reminded(belgian, opened(belgian, "R-71", 50000))

    assert "Deze herinnering kost u niets." in said
    assert "16 maart 2026" in said
    assert "65,00" in said


def test_one_message_about_two_invoices_names_the_costs_of_both(belgian: Office) -> None:
    opened(belgian, "R-72", 10000)
    said = reminded(belgian, opened(belgian, "R-71", 50000))

    assert "R-72" in said
    assert "85,00" in said  # 65.00 for one and 20.00 for the other


def test_a_dutch_consumer_is_told_the_days_from_the_receipt_on(belgian: Office) -> None:
    """Dutch courts want them told so; the date beside it is never earlier."""
    dutch = replace(BELGIAN, zone="Europe/Amsterdam", country="NL", language="nl-NL")
    belgian.known(dutch)
    said = reminded(belgian, opened(belgian, "R-71", 50000))

    assert "binnen 14 dagen vanaf de dag nadat dit bericht bij u is bezorgd" in said
    assert "in elk geval tot en met 17 maart 2026" in said
    assert "75,00 aan incassokosten" in said


def test_a_business_is_told_nothing_of_it(belgian: Office) -> None:
    belgian.known(replace(BELGIAN, kind="business"))
    said = reminded(belgian, opened(belgian, "R-71", 50000))

    assert "kost u niets" not in said
