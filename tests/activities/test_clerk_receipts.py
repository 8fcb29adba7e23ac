"""A word on the page is evidence of receipt (P02); a number that takes no texts can be called."""

from __future__ import annotations

from dataclasses import replace

from activities.incoming import News
from adapters.ledger import reads
from adapters.ledger.events import note_events
from adapters.ledger.receipts import confirm
from domain.news import received_at
from starter.looking import look
from tests.activities.office import DEBTOR, Office
from tests.activities.post import Post


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
    assert received_at(look(file, office.now).case.news) == office.now


def test_a_message_that_is_not_ours_cannot_be_confirmed(office: Office) -> None:
    assert not confirm(office.engine, "0b54e6a2-7c0e-4d0b-9a51-5f6f1f0f4a11", office.now)


def test_a_number_that_takes_no_texts_is_remembered_for_texts_only(office: Office) -> None:
    """P14: it may be a landline; the next way may be a call."""
    office.known(replace(DEBTOR, email=""))
    office.remind()
    post = Post(office)
    note_events(office.engine, [post.event(News.BOUNCED, provider="twilio")])
    post.round()

    assert post.debtor.reach("sms") == ""
    assert post.debtor.reach("voice") == DEBTOR.phone
