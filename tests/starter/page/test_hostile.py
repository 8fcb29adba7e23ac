"""Whoever has a link may write anything: it is taken or asked for again, and fills nothing."""

from __future__ import annotations

import re

import pytest

from activities.services.page import acts
from starter.page.acts.registry import ACTS
from tests.starter.page.days import days_ahead
from tests.starter.page.test_confirmed import PNG
from tests.starter.page.world import PDF, Customer, Gate, everything, hidden_in, owes

HOSTILE = (
    *("9" * 5000, "²", "-1", "NaN", "9999-12-31", "a\x00b", "\ud83d", "x" * 30_000),
    "<script>alert(1)</script>{{7*7}}",
)
RIGHT = {
    "date": days_ahead(-1), "amount": "19.50", "reason": "goods", "note": "broken",
    "email": "eva@lind.example", "person": "Eva", "count": "3", "invoice": "1",
}  # fmt: skip


def fields_of(page: str) -> set[str]:
    """The names of what can be filled in on a page."""
    return set(re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', page))


def also_about(customer: Customer, gate: Gate, case_id: str) -> None:
    """The letter is about one more invoice."""
    row = "INSERT INTO outbound_item (case_id, step, episode, message_id) VALUES (%s, %s, 1, %s)"
    with gate.application.engine.begin() as connection:
        connection.exec_driver_sql(row, (case_id, "polite-x", customer.message))


@pytest.mark.parametrize("act", ["paid", "promise", "plan", "wrong", "contact", "confirm"])
def test_no_word_in_a_form_is_a_fault_of_ours(customer: Customer, gate: Gate, act: str) -> None:
    also_about(customer, gate, owes(gate, customer.creditor, "R-2"))
    if ACTS[act].needs_address:
        customer.confirm()
    page = customer.get(act).text
    hidden, names = hidden_in(page), fields_of(page) | {"invoice", "id"}
    for name in sorted(names):
        for word in HOSTILE:
            told = {**RIGHT, **hidden, name: word}
            safe = {key: text.encode("utf-8", "surrogatepass") for key, text in told.items()}
            answer = gate.client.post(f"{customer.here}/{act}", data=safe)
            assert answer.status_code in (200, 404, 422), (name, word[:20])
            assert "<script>alert" not in answer.text


def test_a_finder_of_the_link_files_nothing(customer: Customer, gate: Gate) -> None:
    """Files are taken by an act that needs the address; the others take none, whatever they get."""
    files = [("files", ("a.png", PNG)), ("proof", ("b.pdf", PDF + b"2"))]
    for act in ("paid", "wrong", "copy", "cannot-pay"):
        assert customer.fill(act, files, **RIGHT).status_code == 200

    kept = [one.name for one in gate.application.evidence.list(customer.cases[0]) if not one.role]
    assert kept == []
    assert len(gate.said(customer.cases[0])) == 4


def test_who_has_a_link_does_not_fill_the_desk(
    customer: Customer, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts, "MOST_WORDS_A_DAY", 3)
    told = [customer.fill("wrong", **RIGHT | {"amount": "1.00"}).status_code for _ in range(5)]

    assert told == [200, 200, 200, 422, 422]
    assert len(gate.said(customer.cases[0])) == 3
    before = everything(gate.application.engine)
    assert customer.fill("cannot-pay", **RIGHT).status_code == 422
    assert everything(gate.application.engine) == before


def test_the_page_takes_so_many_files_of_a_case(
    customer: Customer, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts, "MOST_FILES_OF_A_CASE", 3)
    customer.confirm()
    two = [("files", ("a.png", PNG + bytes([n]))) for n in range(2)]
    more = [("files", ("b.png", PNG + bytes([n]))) for n in range(2, 4)]
    told = [customer.fill("wrong-with-files", files, **RIGHT) for files in (two, more)]

    assert [answer.status_code for answer in told] == [200, 422]
    assert len(gate.application.evidence.list(customer.cases[0])) == 3, "with the invoice's copy"
