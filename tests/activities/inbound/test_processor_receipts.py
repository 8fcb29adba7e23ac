"""A word on the page is evidence of receipt (P02); a number that takes no texts can be called."""

from __future__ import annotations

from dataclasses import replace

import pytest

from activities.ports.incoming import Reply, ReplyKind, ReportKind
from adapters.ledger.inbound.incoming import keep_events, note_reply
from adapters.ledger.inbound.receipts import confirm
from adapters.ledger.queries import reads
from domain.case.news import received_at
from starter.views.looking import look_at_case
from tests.activities.sending.post import Post
from tests.activities.sending_harness import DEBTOR, MINUTE, Office

NUMBER = "+4915199887766"


@pytest.fixture
def other(office: Office) -> Office:
    """Another creditor's office."""
    return Office(office.engine, f"{office.creditor}-other")


def test_what_the_customer_confirmed_is_evidence_and_wakes_nobody(office: Office) -> None:
    """P02, F6."""
    office.remind()
    post = Post(office)
    assert confirm(office.engine, post.message_id, office.now)
    assert confirm(office.engine, post.message_id, office.now)
    post.round()

    assert post.news() == [("confirmed", "email/polite")]
    assert post.woken == []
    file = reads.file_of(office.engine, office.case)
    assert file is not None
    assert received_at(look_at_case(file, office.now).case.news) == office.now


def test_a_message_that_is_not_ours_cannot_be_confirmed(office: Office) -> None:
    assert not confirm(office.engine, "0b54e6a2-7c0e-4d0b-9a51-5f6f1f0f4a11", office.now)


def test_a_number_that_takes_no_texts_is_remembered_for_texts_only(office: Office) -> None:
    """P14: it may be a landline; the next way may be a call."""
    office.known(replace(DEBTOR, email=""))
    office.remind()
    post = Post(office)
    keep_events(office.engine, [post.event(ReportKind.BOUNCED, provider="twilio")])
    post.round()

    assert post.debtor.reach("sms") == ""
    assert post.debtor.reach("voice") == DEBTOR.phone


def test_what_is_read_later_lifts_no_wish_that_a_person_wrote_down(office: Office) -> None:
    """Came back once, then asked a person for good; afterwards an old mail is read."""
    office.remind()
    post = Post(office)
    post.told(ReportKind.OPTED_OUT)
    post.told(ReportKind.OPTED_IN, at=office.now + MINUTE)
    office.now += 2 * MINUTE
    post.round()
    with office.ledger.account(office.creditor, "C1") as account:
        account.customer.mark_point("C1", "", opted_out="email")
    post.told(ReportKind.OPENED, at=office.now + MINUTE)
    office.now += 2 * MINUTE
    post.round()

    assert post.debtor.opted_out == ("email",)


def test_a_stop_kept_for_one_account_is_told_to_no_other(office: Office, other: Office) -> None:
    """G3: two creditors know the number; each hears of the STOP that was kept for it."""
    for one in (office, other):
        one.known(replace(DEBTOR, phone=NUMBER, email=""))
        one.remind()  # the other's text is the newest to that number
    post = Post(office)
    reply = Reply(
        key=f"twilio/SM1/{office.creditor}",
        channel="sms",
        sort=ReplyKind.STOP,
        at=office.now,
        sender=NUMBER,
        said="STOP",
    )
    note_reply(office.engine, reply, (office.creditor, "C1"))
    post.round()

    assert "sms" in post.debtor.opted_out
    keys = [one.message.key for one in reads.messages_of(other.engine, other.case)]
    assert not [key for key in keys if office.creditor in key]


@pytest.mark.parametrize(("told", "counts"), [(-1, 0), (0, 0), (2, 2), (9, 5)])
def test_a_receipt_counts_after_its_message_and_not_after_now(
    office: Office, told: int, counts: int
) -> None:
    """Other clocks are fast or slow: the mail went out at minute 0, and it is minute 5."""
    office.remind()
    sent, post = office.now, Post(office)
    confirm(office.engine, post.message_id, sent + told * MINUTE)
    office.now += 5 * MINUTE
    post.round()

    file = reads.file_of(office.engine, office.case)
    assert file is not None
    assert received_at(look_at_case(file, office.now).case.news) == sent + counts * MINUTE
