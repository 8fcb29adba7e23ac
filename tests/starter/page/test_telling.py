"""What customers tell by the letter's link alone, and how the case and its people hear of it."""

from __future__ import annotations

import pytest

from adapters.runtime.machine import machine_clock
from domain.message_types import MessageType
from domain.parties.people import Debtor
from tests.starter.page.days import days_ahead
from tests.starter.page.world import Customer, Gate, hidden_in, letter_about, say, words_in


def test_a_claim_of_payment_gives_the_ladder_days_and_lies_on_the_desk(
    customer: Customer, gate: Gate
) -> None:
    answer = customer.fill("paid", date=days_ahead(-1), how="transfer", note="from our account")
    view = gate.pages.shown.look(customer.message)
    assert view is not None

    assert "send no reminder for 5 days" in words_in(answer.text)
    assert gate.said(customer.cases[0]) == [("in_flight", "", "customer", "applied")]
    assert any("find the money" in title for title in gate.tasks(customer.cases[0]))
    assert view.states[0].next_action.at is not None
    assert view.states[0].next_action.at > machine_clock()
    assert view.states[0].case.open == 11900, "money moves by payments only"
    assert gate.temporal.woken == [customer.cases[0]]


def test_a_second_claim_gains_no_more_time(customer: Customer, gate: Gate) -> None:
    customer.fill("paid", date=days_ahead(-1))
    answer = customer.fill("paid", date=days_ahead(0))

    assert "you told us before" in words_in(answer.text)
    kinds = [kind for kind, *_ in gate.said(customer.cases[0])]
    assert kinds == ["in_flight", "contact_news"]
    assert len([t for t in gate.tasks(customer.cases[0]) if "find the money" in t]) == 2


def test_a_form_that_is_sent_twice_counts_once(customer: Customer, gate: Gate) -> None:
    form = hidden_in(customer.get("paid").text)
    customer.post("paid", **form, date=days_ahead(-1))
    again = customer.post("paid", **form, date=days_ahead(-1))

    assert "heard it already" in again.text
    assert len(gate.said(customer.cases[0])) == 1


@pytest.mark.parametrize("day", ["", "tomorrow", "2020-01-01", days_ahead(1)])
def test_a_day_that_cannot_be_is_asked_for_again(customer: Customer, gate: Gate, day: str) -> None:
    answer = customer.fill("paid", date=day)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert gate.said(customer.cases[0]) == []


def test_a_promised_day_shows_its_plan_b_before_it_counts(customer: Customer, gate: Gate) -> None:
    """P50, P53: what is agreed is seen first, said once, and kept word by word."""
    shown = customer.fill("promise", date=days_ahead(7))
    assert "we write and call the same day" in words_in(shown.text)
    assert gate.said(customer.cases[0]) == []

    done = customer.post("promise", **hidden_in(shown.text))

    assert "confirmation in writing" in words_in(done.text)
    assert gate.said(customer.cases[0]) == [("promise", "", "customer", "applied")]
    (kept,) = [e for e in gate.application.evidence.list(customer.cases[0]) if not e.role]
    text = gate.application.evidence.content(customer.cases[0], kept).decode()
    assert "we write and call the same day" in text
    assert "Accepted on the customer's page by customer at" in text
    assert "What was agreed" in customer.get().text


@pytest.mark.parametrize(
    ("plan_b", "words"),
    [
        ("agency", "we will pass it to a collection agency"),
        ("lawyer", "our lawyer will write to you"),
        ("person", "a member of our team will decide with you"),
    ],
)
def test_the_plan_b_that_was_agreed_on_the_phone_stands_on_the_page(
    customer: Customer, gate: Gate, plan_b: str, words: str
) -> None:
    """P53: it is read before it is accepted, and kept with what was accepted."""
    told = {"id": "p1", "date": days_ahead(7), "by": "ann", "plan_b": plan_b}
    say(gate, customer.cases[0], MessageType.PROMISE, **told)

    assert words in words_in(customer.get().text)
    assert "the reminders go on" not in words_in(customer.get().text)
    customer.confirm()
    customer.fill("accept")
    texts = [
        gate.application.evidence.content(customer.cases[0], kept).decode()
        for kept in gate.application.evidence.list(customer.cases[0])
        if kept.name == "accepted.txt"
    ]
    assert len(texts) == 1
    assert words in texts[0]


def test_what_is_contested_since_is_not_asked_for_by_what_was_promised_before(
    customer: Customer, gate: Gate
) -> None:
    say(gate, customer.cases[0], MessageType.PROMISE, id="p1", date=days_ahead(7), by="ann")
    told = {"id": "d1", "reason": "goods", "amount": "19.50"}
    say(gate, customer.cases[0], MessageType.DISPUTE_OPENED, **told)
    page = words_in(customer.get().text)

    assert "Amount to pay EUR 99.50" in page
    assert "To be paid EUR 99.50" in page
    assert "To be paid EUR 119.00" not in page


def test_a_day_beyond_the_policy_is_not_offered_and_not_taken(
    customer: Customer, gate: Gate
) -> None:
    assert f'max="{days_ahead(30)}"' in customer.get("promise").text
    answer = customer.fill("promise", date=days_ahead(31))

    assert "other days" in words_in(answer.text)
    assert gate.said(customer.cases[0]) == []


def test_what_needs_a_supervisor_is_not_agreed_by_the_page(customer: Customer, gate: Gate) -> None:
    for number in (1, 2):
        say(gate, customer.cases[0], MessageType.PROMISE, id=f"p{number}", date=days_ahead(number))
    answer = customer.fill("promise", date=days_ahead(7))

    assert "a person decides" in words_in(answer.text)
    assert len(gate.said(customer.cases[0])) == 2


def test_what_changed_since_it_was_shown_is_shown_anew(customer: Customer, gate: Gate) -> None:
    shown = customer.fill("promise", date=days_ahead(7))
    say(gate, customer.cases[0], MessageType.CREDIT_NOTE, id="cn", amount="19.00")
    again = customer.post("promise", **hidden_in(shown.text))

    assert "Something has changed" in again.text
    assert "EUR 100.00" in words_in(again.text)
    assert [kind for kind, *_ in gate.said(customer.cases[0])] == ["credit_note"]


def test_what_is_wrong_is_contested_in_part_and_answered_at_once(
    customer: Customer, gate: Gate
) -> None:
    """P40, P41: received, who looks after it, until when; the rest stays due."""
    answer = customer.fill("wrong", reason="goods", amount="19,50", note="two boxes were broken")
    words = words_in(answer.text)
    view = gate.pages.shown.look(customer.message)
    assert view is not None

    assert "You get an answer in writing by" in words
    assert "Ann Berger looks after it" in words
    assert gate.said(customer.cases[0]) == [("dispute_opened", "goods", "customer", "applied")]
    assert view.states[0].case.disputed == 1950
    assert "asks for EUR 99.50" in words_in(customer.get().text)
    assert "we look into what you told us" in words_in(customer.get().text)


@pytest.mark.parametrize("amount", ["1.234,50x", "-5", "0", "many"])
def test_an_amount_that_is_none_is_asked_for_again(
    customer: Customer, gate: Gate, amount: str
) -> None:
    answer = customer.fill("wrong", reason="price", amount=amount, note="too much")

    assert answer.status_code == 422
    assert "with digits" in words_in(answer.text)
    assert gate.said(customer.cases[0]) == []


def test_who_asks_for_a_copy_stops_no_clock(customer: Customer, gate: Gate) -> None:
    customer.fill("copy")
    view = gate.pages.shown.look(customer.message)
    assert view is not None

    assert gate.said(customer.cases[0]) == [
        ("dispute_opened", "invoice_not_received", "customer", "applied")
    ]
    assert view.states[0].statement.total.minor == 11900


def test_who_cannot_pay_finds_an_offer_not_pressure(customer: Customer, gate: Gate) -> None:
    """P42."""
    answer = customer.fill("cannot-pay", note="our oven broke")
    view = gate.pages.shown.look(customer.message)
    assert view is not None

    assert "makes you an offer" in words_in(answer.text)
    assert view.states[0].case.in_hardship
    assert customer.get("plan").status_code == 200


def test_not_for_me_stops_the_address_and_its_links_alone(customer: Customer, gate: Gate) -> None:
    second = Customer(gate, customer.creditor, customer.cases)
    second.message = letter_about(gate, customer.cases, customer.email)
    other = Customer(gate, customer.creditor, customer.cases)
    other.message = letter_about(gate, customer.cases, "chef@lind.example")

    answer = customer.fill("not-me")

    assert "write to this address no more" in words_in(answer.text)
    assert [one.get().status_code for one in (customer, second, other)] == [404, 404, 200]
    debtor = gate.application.customers.debtor(customer.creditor, "C-1")
    assert customer.email in debtor.bad_points
    assert any("wrong person" in title for title in gate.tasks(customer.cases[0]))


def test_the_language_of_letters_is_chosen(customer: Customer, gate: Gate) -> None:
    customer.fill("language", language="pl")

    debtor: Debtor = gate.application.customers.debtor(customer.creditor, "C-1")
    assert debtor.language == "pl"
    assert debtor.email == customer.email


def test_a_form_of_somebody_elses_page_is_refused(customer: Customer, gate: Gate) -> None:
    form = {**hidden_in(customer.get("paid").text), "date": days_ahead(-1)}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        answer = gate.client.post(f"{customer.here}/paid", data=form, headers=headers)
        assert answer.status_code == 403
    own = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}

    assert gate.said(customer.cases[0]) == []
    sent = gate.client.post(f"{customer.here}/paid", data=form, headers=own)
    assert sent.status_code == 200


def test_what_is_shown_of_a_customers_words_is_text(customer: Customer, gate: Gate) -> None:
    bad = "<script>alert(1)</script>"
    answer = customer.fill("wrong", reason="goods", amount="x", note=bad)

    assert bad not in answer.text
    assert "&lt;script&gt;" in answer.text
