"""Files kept with a case: once per content, told to the agency, in no message (P03, P71)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.ledger.evidence.evidence import body_of, evidence_of
from domain.errors import RefusedError
from domain.evidence.model import Evidence, Filed, as_invoice, filed
from domain.message_types import MessageType
from tests.activities.sending_harness import Office

NOTE = b"%PDF-1.7 signed by the customer"


def test_a_file_is_kept_once_whatever_it_is_called(office: Office) -> None:
    first = office.desk.file_evidence(office.case, filed("note.pdf", NOTE, note="signed", by="ann"))
    again = office.desk.file_evidence(office.case, filed("copy.pdf", NOTE))
    other = office.desk.file_evidence(office.case, filed("mail.txt", b"I agree"))

    assert again == first
    assert evidence_of(office.engine, office.case) == (first, other)
    assert (first.name, first.size, first.by) == ("note.pdf", len(NOTE), "ann")
    assert body_of(office.engine, office.case, first.sha256) == NOTE
    assert body_of(office.engine, "invoice/other/R-1", first.sha256) is None


def test_a_file_may_belong_to_a_dispute_that_there_is(office: Office) -> None:
    office.say(MessageType.DISPUTE_OPENED, id="d1", amount="10.00", reason="goods")
    kept = office.desk.file_evidence(
        office.case, filed("photo.png", b"\x89PNG\r\n\x1a\n", ref="d1")
    )
    assert kept.ref == "d1"

    with pytest.raises(RefusedError, match="there is no dispute 'd9'; there is d1"):
        office.desk.file_evidence(office.case, filed("other.txt", b"x", ref="d9"))


def test_the_agency_is_told_what_is_on_file_by_its_hash(office: Office) -> None:
    """P71: the list goes with the case; the content stays in the ledger."""
    kept = office.desk.file_evidence(office.case, filed("note.pdf", NOTE))
    office.remind()
    office.now += timedelta(days=10)
    office.deliver()

    (dossier,) = office.agency.got.values()
    assert dossier.evidence == (kept,)
    assert NOTE.decode() not in repr(dossier)


def copy(office: Office, name: str, body: bytes) -> Evidence:
    return office.desk.file_evidence(office.case, as_invoice(filed(name, body)))


def attached(office: Office) -> tuple[str, bytes] | None:
    with office.ledger.account_of(office.case) as account:
        return account.evidence.invoice_copy(office.case)


def test_letters_attach_the_newest_copy_of_the_invoice(office: Office) -> None:
    """P23: whoever adds an old one again means it."""
    assert attached(office) is None
    office.desk.file_evidence(office.case, filed("note.pdf", NOTE))
    assert attached(office) is None

    copy(office, "a.pdf", b"%PDF-1.7 first")
    assert attached(office) == ("a.pdf", b"%PDF-1.7 first")
    copy(office, "b.pdf", b"%PDF-1.7 second")
    copy(office, "b again.pdf", b"%PDF-1.7 second")
    assert attached(office) == ("b.pdf", b"%PDF-1.7 second")
    copy(office, "a.pdf", b"%PDF-1.7 first")
    assert attached(office) == ("a.pdf", b"%PDF-1.7 first")

    listed = evidence_of(office.engine, office.case)
    assert [(file.name, file.role) for file in listed] == [
        ("note.pdf", ""),
        ("b.pdf", "invoice"),
        ("a.pdf", "invoice"),
    ]


def test_a_file_becomes_the_invoice_and_stays_one_file(office: Office) -> None:
    office.desk.file_evidence(office.case, filed("scan.pdf", NOTE, note="from the archive"))
    made = copy(office, "R-1.pdf", NOTE)
    office.desk.file_evidence(office.case, filed("scan.pdf", NOTE))

    assert (made.name, made.role, made.note) == ("R-1.pdf", "invoice", "from the archive")
    assert evidence_of(office.engine, office.case) == (made,)
    assert body_of(office.engine, office.case, made.sha256) == NOTE
    assert attached(office) == ("R-1.pdf", NOTE)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"body": b"<html>", "role": "invoice"}, "is no PDF; print or export"),
        ({"role": "photo"}, "'photo' is no role of a file"),
    ],
)
def test_no_file_gets_a_role_that_it_cannot_have(
    office: Office, change: dict[str, Any], reason: str
) -> None:
    """Whoever makes the file by hand is refused as well."""
    by_hand: Filed = replace(filed("R-1.pdf", NOTE), **change)

    with pytest.raises(RefusedError, match=reason):
        office.desk.file_evidence(office.case, by_hand)
