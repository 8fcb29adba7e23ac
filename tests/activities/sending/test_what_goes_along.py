"""What a mail that is really sent brings along: the invoice's copy (P23), and whose name it has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.ledger.customers.people import get_creditor, upsert_creditor
from domain.evidence.model import as_invoice, filed
from domain.message_types import Result
from tests.activities.sending_harness import DEBTOR, Office

COPY = b"%PDF-1.7 invoice R-1"


def keep(office: Office, body: bytes = COPY) -> None:
    office.desk.file_evidence(office.case, as_invoice(filed("R-1 (signed).pdf", body)))


def test_the_newest_copy_of_the_invoice_goes_with_the_reminder_and_the_letter_says_so(
    office: Office,
) -> None:
    """P23: "never got it" needs no answer."""
    keep(office, b"%PDF-1.7 an older one")
    keep(office)
    office.remind()

    (mail,) = office.email.calls
    assert [(one.name, one.media_type, one.body) for one in mail.attachments] == [
        ("R-1.pdf", "application/pdf", COPY)
    ]
    assert "A copy of the invoice is attached." in mail.text
    assert "If you need a copy" not in mail.text


def test_without_a_copy_the_letter_offers_one_and_brings_nothing(office: Office) -> None:
    office.remind()

    (mail,) = office.email.calls
    assert mail.attachments == ()
    assert "If you need a copy of the invoice" in mail.text


def test_what_is_kept_as_evidence_is_never_mailed(office: Office) -> None:
    """P03: a signed delivery note, or a note about a call, is for our eyes."""
    office.desk.file_evidence(office.case, filed("note.pdf", b"%PDF-1.7 between ourselves"))
    office.remind()

    assert office.email.calls[0].attachments == ()


def test_a_text_message_carries_no_files(office: Office) -> None:
    keep(office)
    office.known(replace(DEBTOR, email=""))
    office.remind()

    assert office.results()[0][1] == Result.ACCEPTED.value
    assert office.sms.calls[0].attachments == ()


@pytest.mark.parametrize(
    ("language", "greeting"),
    [
        ("de", "Sehr geehrte Damen und Herren,"),
        ("", "Madame, Monsieur,"),
        ("pt-BR", "Madame, Monsieur,"),
        ("en", "Dear Bob,"),
    ],
)
def test_it_is_written_in_the_customers_language_else_in_the_creditors_first(
    office: Office, language: str, greeting: str
) -> None:
    company = get_creditor(office.engine, office.creditor)
    assert company
    upsert_creditor(office.engine, replace(company, languages="fr, de", sender_name="Ann at Acme"))
    office.known(replace(DEBTOR, language=language))
    office.remind()

    (mail,) = office.email.calls
    assert mail.sender_name == "Ann at Acme"
    assert f"\n\n{greeting}\n\n" in mail.text
    assert greeting in mail.html
