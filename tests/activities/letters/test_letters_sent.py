"""A letter that was looked at is tried out with a colleague, and sent at once."""

from datetime import timedelta

import pytest

from adapters.ledger.customers.people import upsert_creditor
from domain.errors import DomainError
from domain.parties.people import Creditor
from tests.activities.letters.reader import Reader
from tests.activities.sending_harness import NINE, Office

SAID = "Thank you for the talk on Monday."


def test_it_is_tried_out_with_a_colleague_only(reader: Reader, office: Office) -> None:
    look = reader.change(SAID)
    reader.desk.try_out(office.case, "ann@acme.example")

    (mail,) = reader.tried
    assert (mail.to, mail.text, mail.html) == (
        "ann@acme.example",
        look.letter.text,
        look.letter.html,
    )
    assert not office.email.calls
    with pytest.raises(DomainError, match=r"acme\.example only"):
        reader.desk.try_out(office.case, "ann@gmail.example")


def test_where_everybody_has_an_address_only_the_creditors_own_is_taken(
    reader: Reader, office: Office
) -> None:
    own = Creditor(id=office.creditor, name="Acme", email="acme@gmail.com")
    upsert_creditor(office.engine, own)
    reader.desk.try_out(office.case, "Acme@gmail.com")

    assert [mail.to for mail in reader.tried] == ["Acme@gmail.com"]
    with pytest.raises(DomainError, match=r"acme@gmail\.com only"):
        reader.desk.try_out(office.case, "someone@gmail.com")


def test_it_leaves_at_once_with_what_was_changed(reader: Reader, office: Office) -> None:
    office.now = NINE - timedelta(days=1)  # the due date: a day before its step
    seen = reader.change(SAID).seen
    answer, woken = reader.desk.send_now(
        office.case, "now-1", seen=reader.look(at_once=True).seen, by="ann"
    )

    assert not answer.accepted, "nobody is reminded on the due date"
    assert seen
    office.now = NINE + timedelta(minutes=30)
    answer, woken = reader.desk.send_now(office.case, "now-2", seen=seen, by="ann")
    look = reader.look()
    office.remind()

    assert answer.accepted, answer
    assert woken.case.invoice.case_id == office.case
    assert "talk on Monday" in office.email.taken[-1].text
    assert reader.is_what_left(look)
