"""What needs a confirmed address: the code, instalments, offers, files, contacts, all invoices."""

from __future__ import annotations

import re

import pytest

from domain.message_types import MessageType
from domain.money import Money
from tests.starter.page.days import days_ahead
from tests.starter.page.world import (
    PDF,
    Customer,
    Gate,
    a_customer,
    everything,
    hidden_in,
    owes,
    say,
    words_in,
)

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
STRONG = ["plan", "accept", "wrong-with-files", "statement", "contact", "no-texts"]


@pytest.mark.parametrize("act", STRONG)
def test_the_link_alone_does_not_open_it(customer: Customer, gate: Gate, act: str) -> None:
    assert "Please confirm your address" in customer.get(act).text
    assert f"k…@{customer.creditor}.example" in customer.get(act).text
    before = everything(gate.application.engine)

    customer.post(act, id="x", weighed="yes", count="3", every="month", date=days_ahead(5))

    assert everything(gate.application.engine) == before
    assert gate.mails(customer.email) == []


def test_a_code_goes_to_the_known_mailbox_and_opens_the_page_once(
    customer: Customer, gate: Gate
) -> None:
    customer.post("confirm", step="send", next="plan")
    (mail,) = gate.mails(customer.email)
    code = re.search(r"\b(\d{6})\b", mail)
    assert code
    wrong = customer.post("confirm", step="code", code="000000" if code[1] != "000000" else "1")
    assert "not right" in wrong.text
    assert "Please confirm" in customer.get("plan").text

    right = customer.post(
        "confirm", step="code", code=f" {code[1][:3]} {code[1][3:]} ", next="plan"
    )

    assert f'href="{customer.here}/plan"' in right.text
    cookie = right.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "How many instalments?" in customer.get("plan").text
    gate.client.cookies.clear()
    again = customer.post("confirm", step="code", code=code[1])
    assert "not right" in again.text, "a code counts once"


def test_after_five_wrong_codes_the_right_one_is_worth_nothing(
    customer: Customer, gate: Gate
) -> None:
    customer.post("confirm", step="send")
    code = re.search(r"\b(\d{6})\b", gate.mails(customer.email)[-1])
    assert code
    for guess in range(5):
        customer.post("confirm", step="code", code=f"{(int(code[1]) + guess + 1) % 10**6:06}")

    assert "not right" in customer.post("confirm", step="code", code=code[1]).text


def test_five_codes_an_hour_are_sent(customer: Customer, gate: Gate) -> None:
    for _ in range(6):
        answer = customer.post("confirm", step="send")

    assert answer.status_code == 422
    assert len(gate.mails(customer.email)) == 5


def test_a_session_opens_no_other_customers_page(customer: Customer, gate: Gate) -> None:
    other = a_customer(gate, f"{customer.creditor}-other")
    customer.confirm()

    assert "How many instalments?" in customer.get("plan").text
    assert "Please confirm your address" in other.get("plan").text


def test_instalments_are_computed_shown_and_then_agreed(customer: Customer, gate: Gate) -> None:
    customer.confirm()
    shown = customer.fill("plan", count="3", every="month", date=days_ahead(10))
    words = words_in(shown.text)
    assert words.count("EUR 39.66") == 2
    assert "EUR 39.68" in words
    assert "the plan is over and the whole balance is due at once" in words
    assert gate.said(customer.cases[0]) == []

    done = customer.post("plan", **hidden_in(shown.text))

    assert "confirmation in writing" in words_in(done.text)
    (said,) = gate.said(customer.cases[0])
    assert said[0::2] == ("plan_agreed", customer.email)
    assert said[3] == "applied"
    kept = [e for e in gate.application.evidence.list(customer.cases[0]) if not e.role]
    text = gate.application.evidence.content(customer.cases[0], kept[0]).decode()
    assert f"by {customer.email} at" in text
    assert "EUR\u00a039.68" in text


@pytest.mark.parametrize(
    "fields", [{"count": "25"}, {"count": "0"}, {"every": "year"}, {"date": ""}]
)
def test_instalments_beyond_the_policy_are_not_agreed(
    customer: Customer, gate: Gate, fields: dict[str, str]
) -> None:
    customer.confirm()
    answer = customer.fill(
        "plan", **{"count": "3", "every": "month", "date": days_ahead(5), **fields}
    )

    assert 'role="alert"' in answer.text
    assert gate.said(customer.cases[0]) == []


def test_a_proposed_plan_is_accepted_with_the_exact_text(customer: Customer, gate: Gate) -> None:
    case_id = customer.cases[0]
    say(gate, case_id, MessageType.PLAN_PROPOSED, id="plan-1", every="month", count=2,
        date=days_ahead(9), by="ann")  # fmt: skip
    assert "This waits for your answer" in customer.get().text
    customer.confirm()
    form = customer.get("accept")
    assert words_in(form.text).count("EUR 59.50") == 2

    done = customer.post("accept", **hidden_in(form.text))

    assert "confirmation in writing" in words_in(done.text)
    view = gate.pages.shown.look(customer.message)
    assert view is not None
    assert view.states[0].case.plans[0].accepted_at is not None
    assert "This waits for your answer" not in customer.get().text


def test_an_offer_is_accepted(customer: Customer, gate: Gate) -> None:
    say(gate, customer.cases[0], MessageType.SETTLEMENT, id="o", amount="90.00",
        date=days_ahead(9), by="ann")  # fmt: skip
    customer.confirm()
    customer.post("accept", **hidden_in(customer.get("accept").text))
    view = gate.pages.shown.look(customer.message)
    assert view is not None

    assert view.states[0].case.settlements[0].confirmed_at is not None


def test_files_of_a_complaint_are_kept_with_its_dispute(customer: Customer, gate: Gate) -> None:
    customer.confirm()
    files = [("files", ("../../photo.png", PNG)), ("files", ("note.pdf", PDF + b"2"))]
    customer.fill("wrong-with-files", files, reason="goods", note="broken")
    kept = [e for e in gate.application.evidence.list(customer.cases[0]) if not e.role]

    assert [(e.name, e.media_type) for e in kept] == [
        ("photo.png", "image/png"),
        ("note.pdf", "application/pdf"),
    ]
    assert all(e.ref.startswith("page/") for e in kept)
    assert {e.by for e in kept} <= {"", customer.email}


@pytest.mark.parametrize(
    "body",
    [b"<html><script>1</script>", b"MZ\x90\0binary", b"GIF89a..", b"%PDF-" + b"0" * 10485760],
)
def test_other_files_and_larger_ones_are_not_taken(
    customer: Customer, gate: Gate, body: bytes
) -> None:
    customer.confirm()
    files = [("files", ("photo.png", body))]
    answer = customer.fill("wrong-with-files", files, reason="goods", note="broken")

    assert answer.status_code in (413, 422)
    assert gate.said(customer.cases[0]) == []


def test_the_statement_shows_all_open_invoices(customer: Customer, gate: Gate) -> None:
    owes(gate, customer.creditor, "R-2", amount=Money(5000, "EUR"))
    customer.confirm()
    words = words_in(customer.get("statement").text)

    assert "R-1" in words
    assert "R-2" in words
    assert "EUR 169.00" in words


def test_another_contact_is_added_and_a_person_is_told(customer: Customer, gate: Gate) -> None:
    customer.confirm()
    wrong = customer.fill("contact", person="Eva Lind", email="eva@@lind")
    assert wrong.status_code == 422
    customer.fill("contact", person="Eva Lind", email="eva@lind.example")
    debtor = gate.application.customers.debtor(customer.creditor, "C-1")

    assert [(one.point, one.person) for one in debtor.others] == [("eva@lind.example", "Eva Lind")]
    assert any("another contact" in title for title in gate.tasks(customer.cases[0]))


def test_no_more_texts_is_an_opt_out(customer: Customer, gate: Gate) -> None:
    customer.confirm()
    customer.fill("no-texts")

    debtor = gate.application.customers.debtor(customer.creditor, "C-1")
    assert debtor.opted_out == ("sms",)
