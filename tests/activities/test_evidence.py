"""Files kept with a case: once per content, told to the agency, in no message (P03, P71)."""

from datetime import timedelta

import pytest

from adapters.ledger.evidence import body_of, evidence_of
from domain.errors import RefusedError
from domain.evidence import filed
from domain.kinds import Kind
from tests.activities.office import Office

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
    office.say(Kind.DISPUTE_OPENED, id="d1", amount="10.00", reason="goods")
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
    office.now += timedelta(days=2)
    office.deliver()

    (dossier,) = office.agency.got.values()
    assert dossier.evidence == (kept,)
    assert NOTE.decode() not in repr(dossier)
