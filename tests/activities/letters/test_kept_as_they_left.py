"""What the customer read is kept word for word, for people, the agency and a request (P71)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from activities.ports.callback_urls import CallbackUrls
from activities.ports.letter_data import Letter
from activities.ports.letters.sent import SentLetter
from activities.ports.types import OutboundState
from activities.sending.holding_back import ComeBackLaterError
from activities.sending.protocol import GRACE
from adapters.agency.dossier import dossier_json
from adapters.agency.summary import summary_of
from adapters.ledger.erasure.archive import SqlArchive
from adapters.ledger.erasure.erasure import erase_customer
from adapters.ledger.erasure.exporting import export_customer
from adapters.ledger.letters.sent import SqlSentLetterStore
from domain.message_types import MessageType
from tests.activities.sending_harness import FENCE, MINUTE, NINE, Office
from tests.fakes import LOST_AND_GONE, REJECT

LINK = CallbackUrls(page=lambda message: f"https://pay.acme.example/r/{message}.secret")
DAY = timedelta(days=1)


def left(office: Office) -> tuple[SentLetter, ...]:
    """What is known of the letters that left."""
    return SqlSentLetterStore(office.engine).about(office.case)


def test_a_letter_is_kept_word_for_word_without_what_opens_the_customers_page(
    office: Office,
) -> None:
    office.callback_urls = LINK
    office.remind()

    (mail,), (kept,) = office.email.taken, left(office)
    assert ".secret" in mail.text
    assert (kept.subject, kept.result, kept.channel) == (mail.subject, "accepted", "email")
    assert (kept.recipient, kept.cases) == ("bob@bob.example", (office.case,))
    assert kept.text.splitlines()[0] == mail.text.splitlines()[0]
    assert "https://pay.acme.example/r/…" in kept.text
    assert ".secret" not in kept.text
    names = [one.name for one in mail.attachments if not one.cid]
    assert list(kept.files) == names


def test_what_was_refused_is_no_letter_and_the_one_by_the_next_way_is(office: Office) -> None:
    office.email.will(REJECT)
    office.remind()

    assert [one.channel for one in left(office)] == ["sms"]


def test_words_of_a_letter_with_a_lost_answer_are_kept_once_it_counts_as_sent(
    office: Office,
) -> None:
    office.email.will(LOST_AND_GONE)
    office.email.blind = True
    with pytest.raises(ComeBackLaterError):
        office.remind()
    assert left(office) == (), "nobody knows yet"
    office.older(GRACE + FENCE + MINUTE)
    office.remind()

    (kept,) = left(office)
    assert office.state() is OutboundState.UNKNOWN_CLOSED
    assert (kept.result, kept.text) == ("unknown_closed", office.email.calls[0].text)


def test_the_agency_gets_what_the_customer_read(office: Office) -> None:
    office.remind()
    office.now = NINE + 10 * DAY
    office.say(MessageType.HANDOFF_APPROVED)
    office.deliver(step="plan-b-approved")

    (told,) = office.agency.got.values()
    filed = dossier_json(told)
    (letter,) = filed["data"]["letters"]
    assert letter["text"] == office.email.taken[0].text
    assert (letter["to"], letter["step"]) == ("bob@bob.example", "polite")
    assert office.email.taken[0].subject in summary_of(filed)


def test_it_goes_into_the_archive_comes_back_and_is_exported_and_erased_whole(
    office: Office,
) -> None:
    office.remind()
    office.pay()
    office.decide()
    archive, later = SqlArchive(office.engine), NINE + 4000 * DAY
    assert archive.archive(office.creditor, 1, later, 10, "ann") == 1
    assert left(office) == ()
    exported = export_customer(office.engine, office.creditor, "C1").rows["letters_as_they_left"]
    assert [row["body"] for row in exported] == [office.email.taken[0].text]

    archive.bring_back_case(office.creditor, office.case)
    assert [one.text for one in left(office)] == [office.email.taken[0].text]
    erase_customer(office.engine, office.creditor, "C1", by="ann", why="asked")
    (gone,) = left(office)
    assert (gone.subject, gone.text, gone.recipient) == ("", "", "")


def test_what_was_kept_is_never_written_over(office: Office) -> None:
    office.remind()
    (kept,) = left(office)
    with office.ledger.account_of(office.case) as account:
        account.letters.keep(kept.message, 1, Letter(subject="x", text="Something else."))

    assert left(office) == (kept,)
    with pytest.raises(Exception, match="only grows"), office.engine.begin() as link:
        link.execute(text("UPDATE sent_letter SET body = 'x'"))
