"""Mails about one invoice stand together in the customer's mail program, and answers find us."""

from dataclasses import replace
from datetime import timedelta

import pytest

from activities.ports.callback_urls import CallbackUrls
from activities.ports.types import Envelope
from activities.sending.holding_back import ComeBackLaterError
from activities.sending.protocol import GRACE
from domain.message_types import MessageType
from domain.policy.policy_file import parse_policy
from tests.activities.sending.bundles import Several
from tests.activities.sending_harness import DEBTOR, NINE, POLICY, Office
from tests.fakes import LOST_AND_GONE, REJECT

THRICE = parse_policy(
    """
name = "thrice"
minimum_gap_days = 2
tolerance = { EUR = "0.50" }
review_days = 30
agency_review_days = 90
calendar = { window = "09:00-17:00", working_days_only = false }
plan_b = { on = "due+30", do = "hand_off" }
agreements = { longest_promise_days = 30, promises_allowed = 2, grace_days = 0 }

[[step]]
id = "first"
on = "due+1"
do = "remind"
channels = ["email", "sms"]
tone = "friendly"

[[step]]
id = "second"
on = "due+8"
do = "remind"
channels = ["email", "sms"]
tone = "clear"

[[step]]
id = "third"
on = "due+15"
do = "remind"
channels = ["email", "sms"]
tone = "firm"
""",
    file="thrice.toml",
)


@pytest.fixture
def life(office: Office) -> Several:
    """An invoice with three reminders, a week apart; it is the second of its customer."""
    several = Several(office)
    several.say(1, MessageType.WITHDRAWN, reason="not ours")
    several.add(policy=THRICE)
    return several


def remind(life: Several, *steps: str) -> list[Envelope]:
    """Send those reminders, a week apart; answers what was handed to the mail channel in all."""
    for step in steps:
        number = ("first", "second", "third").index(step)
        life.office.now = NINE + timedelta(days=7 * number)
        life.take(2, step)
    return life.office.email.taken


def test_the_first_mail_about_an_invoice_follows_nothing(life: Several) -> None:
    (first,) = remind(life, "first")

    assert (first.in_reply_to, first.references) == ("", ())


def test_each_later_mail_follows_the_one_before_and_names_the_first(life: Several) -> None:
    first, second, third = remind(life, "first", "second", "third")

    assert (second.in_reply_to, second.references) == (first.id, (first.id,))
    assert (third.in_reply_to, third.references) == (second.id, (first.id, second.id))


def test_a_mail_that_nobody_took_is_not_followed(life: Several) -> None:
    life.office.email.will(REJECT)
    remind(life, "first")
    life.office.known(replace(DEBTOR, email="new@bob.example"))

    (second,) = remind(life, "second")

    assert (len(life.office.sms.taken), second.in_reply_to) == (1, "")


def test_a_mail_of_which_nobody_knows_is_not_followed(life: Several) -> None:
    life.office.email.will(LOST_AND_GONE)
    life.office.email.blind = True
    with pytest.raises(ComeBackLaterError):
        remind(life, "first")
    life.office.case = life.cases[1]
    life.office.older(GRACE)
    remind(life, "first")
    assert life.results(2) == [("first", "unknown_closed")]

    (second,) = remind(life, "second")

    assert second.in_reply_to == ""


def test_a_mail_about_another_invoice_is_not_followed(life: Several) -> None:
    remind(life, "first")
    other = life.add(6, POLICY)
    life.office.now = NINE + timedelta(days=6)

    life.take(other)

    assert len(life.office.email.taken) == 2
    assert life.office.email.taken[1].in_reply_to == ""


def test_a_mail_about_several_invoices_follows_the_last_one_about_its_lead(life: Several) -> None:
    """The firmest step decides the words, so its invoice decides the thread as well."""
    (first,) = remind(life, "first")
    life.add(7, POLICY)

    _, both = remind(life, "second")

    assert "R-3" in both.text
    assert both.in_reply_to == first.id


def test_a_text_message_has_no_thread(life: Several) -> None:
    remind(life, "first")
    life.office.known(replace(DEBTOR, opted_out=("email",)))
    remind(life, "second")

    (sms,) = life.office.sms.taken
    assert (sms.in_reply_to, sms.references) == ("", ())


def test_answers_go_to_the_creditor_unless_there_is_an_address_of_our_own(office: Office) -> None:
    office.remind()

    assert office.email.taken[0].reply_to == "billing@acme.example"


def test_answers_go_to_an_address_made_from_the_messages_own_id(office: Office) -> None:
    office.callback_urls = CallbackUrls(answers="reply+{}@reply.acme.example".format)
    office.remind()

    (mail,) = office.email.taken
    assert mail.reply_to == f"reply+{mail.id}@reply.acme.example"
    assert mail.sender == "billing@acme.example"
