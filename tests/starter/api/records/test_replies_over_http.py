"""Answers of customers over HTTP: their files, and what they list as paid."""

from __future__ import annotations

from base64 import b64decode, b64encode

import pytest

from activities.ports.incoming import Reply, ReplyKind
from adapters.ledger.inbound.incoming import note_reply
from adapters.runtime.machine import machine_clock
from domain.evidence.received import received_files
from tests.starter.api.factories import Desk, Outside

PAID = "We paid today:\nR-1001  119.00 EUR\nR-1002  80.00 EUR\nTotal 199.00 EUR"


def answered(outside: Outside, desk: Desk, said: str = PAID) -> str:
    """An answer with two files, to two open invoices; the end of its address."""
    desk.open("R-1001")
    desk.open("R-1002", amount="80.00")
    came = Reply(
        key=f"mail/{desk.creditor}",
        channel="email",
        sort=ReplyKind.REPLY,
        at=machine_clock(),
        said=said,
    )
    files = received_files([("note.txt", b"one"), ("note.txt", b"two")])
    note_reply(outside.engine, came, (desk.creditor, "C-1"), (), files)
    return f"/v1/replies/mail%2F{desk.creditor}"


def test_a_file_of_an_answer_is_read_by_its_hash(desk: Desk, outside: Outside) -> None:
    address = answered(outside, desk)
    files = desk.get(address).json()["files"]
    read = [desk.get(f"{address}/files/{one['sha256']}").json() for one in files]

    assert {b64decode(one["content"]) for one in read} == {b"one", b"two"}
    assert desk.get(f"{address}/files/{'0' * 64}").status_code == 404


def test_one_name_of_two_files_asks_for_more_of_it(desk: Desk, outside: Outside) -> None:
    reply = desk.get(f"{answered(outside, desk)}/files/note.txt")
    for word in (b"one", b"two"):
        file = {"name": "a.txt", "content": b64encode(word).decode()}
        assert desk.post("/v1/cases/R-1001/evidence", file).status_code == 200
    case = desk.get("/v1/cases/R-1001/evidence/a.txt")

    assert (reply.status_code, case.status_code) == (422, 422)
    assert reply.json()["type"] == case.json()["type"] == "urn:amicable:problem:invalid"
    assert "name its hash" in reply.json()["detail"]


def test_what_an_answer_lists_as_paid_is_shown_and_recorded(desk: Desk, outside: Outside) -> None:
    address = f"{answered(outside, desk)}/remittance"
    shown = desk.get(address).json()
    other = desk.post(address, {"seen": "another"}, "collector")
    some = desk.post(address, {"seen": shown["seen"], "invoices": ["R-1002"]}, "collector").json()
    again = desk.post(address, {"seen": shown["seen"], "invoices": ["R-1002"]}, "billing").json()
    nothing = desk.post(address, {"seen": shown["seen"], "invoices": ["R-9"]})
    outside.told()

    assert [(one["number"], one["paid"]) for one in shown["items"]] == [
        ("R-1001", "119.00"),
        ("R-1002", "80.00"),
    ]
    assert (other.status_code, other.json()["code"]) == (409, "conflict")
    assert [one["number"] for one in some["items"]] == ["R-1002"]
    assert again == some
    assert nothing.status_code == 422
    assert desk.get("/v1/cases/R-1002").json()["open"] == "80.00", "no money moved"
    assert f"invoice/{desk.creditor}/R-1002" in outside.temporal.woken


def test_words_that_list_nothing_are_no_advice(desk: Desk, outside: Outside) -> None:
    address = f"{answered(outside, desk, 'I will pay soon')}/remittance"
    shown, said = desk.get(address).json(), desk.post(address, {"seen": "x"})

    assert (shown["items"], shown["seen"]) == ([], None)
    assert (said.status_code, said.json()["code"]) == (422, "refused")


@pytest.mark.parametrize("end", ["", "/files/note.txt", "/remittance"])
def test_another_creditors_answer_is_not_there(desk: Desk, outside: Outside, end: str) -> None:
    address, stranger = answered(outside, desk), outside.desk(f"{desk.creditor}-x")
    looked = stranger.get(address + end)

    assert desk.get(address + end).status_code in {200, 422}
    assert looked.status_code == 404
    assert desk.creditor not in looked.text
    if end == "/remittance":
        seen = desk.get(address + end).json()["seen"]
        assert stranger.post(address + end, {"seen": seen}).status_code == 404
