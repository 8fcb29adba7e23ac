"""Customers pay online what their page asks for (P05); only what the provider signs is money."""

from __future__ import annotations

import itertools
import json
import os
import time

import pytest

from adapters.ledger.core.engine import Engine
from domain.message_types import MessageType
from tests.starter.page.stripe_stand_in import Stripe
from tests.starter.page.till import OTHERS, Till
from tests.starter.page.world import (
    Customer,
    Gate,
    a_customer,
    days_ahead,
    everything,
    letter_about,
    owes,
    owes_two,
    say,
    words_in,
)


def test_the_page_offers_it_where_the_creditor_has_a_provider(
    till: Till, customer: Customer
) -> None:
    assert "Pay EUR 119.00 online" in words_in(till.customer.get().text)
    assert "/pay" not in customer.get().text.replace("//pay.", "")
    assert customer.post("pay").status_code == 422


def test_the_sum_is_the_one_that_the_page_asks_for(till: Till) -> None:
    till.begins()
    asked = till.stripe.newest

    assert asked["line_items[0][price_data][unit_amount]"] == "11900"
    assert asked["line_items[0][price_data][currency]"] == "eur"
    assert asked["line_items[0][price_data][product_data][name]"] == "Invoice R-1"
    assert asked["payment_intent_data[metadata][amicable_order]"] == till.ours["amicable_order"]
    assert "Lind" not in json.dumps(asked), "nobody's name travels"
    assert till.customer.email not in json.dumps(asked)


def test_several_invoices_are_one_sum_and_each_gets_its_own(till: Till) -> None:
    till.customer.cases.append(owes(till.gate, till.customer.creditor, "R-2"))
    till.customer.message = letter_about(till.gate, till.customer.cases[:1], "a@b.example")
    alone = till.customer.message
    till.begins()
    assert till.stripe.newest["line_items[0][price_data][unit_amount]"] == "11900", alone
    till.pays()

    assert till.open == [0, 11900]


def test_money_goes_to_the_invoice_that_is_asked_for_not_to_one_promised_for_later(
    till: Till,
) -> None:
    owes_two(till.customer)
    say(till.gate, till.customer.cases[0], MessageType.PROMISE, date=days_ahead(5))
    till.begins()
    assert till.stripe.newest["line_items[0][price_data][unit_amount]"] == "5000"
    assert till.stripe.newest["line_items[0][price_data][product_data][name]"] == "Invoice R-2"
    till.pays()

    assert till.open == [11900, 0]


def test_coming_back_settles_nothing_and_says_so(till: Till, engine: Engine) -> None:
    till.begins()
    before = everything(engine)
    page = till.customer.get("came-back")

    assert "you see it on this page" in words_in(page.text)
    assert everything(engine) == before
    assert till.open == [11900]


def test_what_stripe_signs_is_posted_once(till: Till) -> None:
    till.begins()
    answers = [till.pays().status_code, till.pays().status_code]
    payments = till.gate.application.payments.list(till.customer.creditor)

    assert answers == [204, 204]
    assert [(p.payment.source, p.payment.id) for p in payments] == [("stripe", till.payment)]
    assert till.open == [0]
    assert "Your payment has arrived" in words_in(till.customer.get("came-back").text)
    assert till.customer.cases[0] in till.gate.temporal.woken


@pytest.mark.parametrize("how", ["forged", "old", "unsigned", "another secret"])
def test_what_nobody_signed_moves_nothing(till: Till, how: str) -> None:
    till.begins()
    told = {"metadata": till.ours, "payment_intent": till.payment, "payment_status": "paid"}
    body = json.dumps({"type": "checkout.session.completed", "data": {"object": told}})
    headers = {
        "forged": {"stripe-signature": f"t={int(time.time())},v1={'0' * 64}"},
        "old": till.stripe.signed(body, at=time.time() - 301),
        "unsigned": {},
        "another secret": till.stripe.signed(body, secret="whsec_" + "x" * 32),
    }[how]
    answer = till.gate.client.post("/hooks/stripe", content=body, headers=headers)

    assert answer.status_code == 403
    assert till.open == [11900]


def test_what_is_not_about_a_payment_of_ours_changes_nothing(till: Till, engine: Engine) -> None:
    till.begins()
    before = everything(engine)
    for kind, told in (
        ("payout.paid", {"id": "po_1", "amount": 11900, "currency": "eur"}),
        ("checkout.session.completed", {"id": "cs_9", "payment_status": "paid", "metadata": {}}),
        (
            "charge.dispute.funds_withdrawn",
            {"id": "dp_9", "payment_intent": "pi_other"} | {"amount": 1, "currency": "eur"},
        ),
        (
            "checkout.session.completed",
            {"id": "cs", "payment_status": "paid"}
            | {"metadata": {"amicable_order": "00000000-0000-0000-0000-000000000000"}},
        ),
    ):
        assert till.tells(kind, told).status_code == 204
    assert everything(engine) == before


def test_a_signed_body_that_is_no_event_is_refused(till: Till) -> None:
    for body in ("{}", "[]", "nonsense", '{"type": 1, "data": {"object": null}}'):
        headers = till.stripe.signed(body)
        answer = till.gate.client.post("/hooks/stripe", content=body, headers=headers)
        assert answer.status_code in (204, 403), body
    assert till.open == [11900]


def test_a_debit_that_takes_days_is_not_chased_and_one_that_fails_is(till: Till) -> None:
    till.begins()
    till.pays(payment_status="unpaid")
    view = till.gate.pages.shown.look(till.customer.message)
    assert view is not None
    assert view.states[0].case.quiet_until is not None
    till.pays("checkout.session.async_payment_failed")
    view = till.gate.pages.shown.look(till.customer.message)

    assert view is not None
    assert not view.states[0].case.pending_payments
    assert till.open == [11900]


def test_a_debit_that_comes_ends_the_waiting(till: Till) -> None:
    till.begins()
    till.pays(payment_status="unpaid")
    till.pays("checkout.session.async_payment_succeeded")

    assert till.open == [0]


def test_money_that_goes_back_is_owed_again_in_any_order(paid_gate: Gate, stripe: Stripe) -> None:
    """Each order of a payment and two refunds ends alike: 19.00 paid, 100.00 open."""
    stripe.is_down = False
    ends = set()
    for number, order in enumerate(itertools.permutations((0, 5000, 10000))):
        creditor = f"back-{os.getpid()}-{number}"
        till = Till(paid_gate, stripe, a_customer(paid_gate, creditor), f"pi_{creditor}")
        till.begins()
        for what in order:
            answer = till.refunds(what) if what else till.pays()
            assert answer.status_code == 204
        ends.add(tuple(till.open))
    assert ends == {(10000,)}


def test_a_chargeback_reverses_and_money_put_back_pays_again(till: Till) -> None:
    till.begins()
    till.pays()
    till.disputes("withdrawn")
    till.disputes("withdrawn")
    assert till.open == [11900]
    till.disputes("reinstated")
    till.disputes("reinstated")

    assert till.open == [0]


def test_a_refund_of_what_was_paid_twice_leaves_the_invoice_settled(till: Till) -> None:
    """Paid by transfer while the page to pay was open: the second payment goes back."""
    till.begins()
    say(till.gate, till.customer.cases[0], MessageType.PAYMENT, amount="119.00", id="T-1")
    till.pays()
    before = till.gate.pages.shown.look(till.customer.message)
    till.refunds(11900)
    after = till.gate.pages.shown.look(till.customer.message)

    assert till.open == [0]
    assert before is not None
    assert after is not None
    assert (before.states[0].case.surplus, after.states[0].case.surplus) == (11900, 0)


def test_asked_again_it_is_the_same_place_and_another_sum_closes_the_first(till: Till) -> None:
    first, again = till.begins(), till.begins()
    say(till.gate, till.customer.cases[0], MessageType.PAYMENT, amount="19.00", id="T-2")
    other = till.begins()

    assert first == again != other
    assert till.stripe.newest["line_items[0][price_data][unit_amount]"] == "10000"
    assert len(till.stripe.expired) >= 1


def test_while_the_provider_is_down_another_way_is_named(till: Till) -> None:
    till.stripe.is_down = True
    answer = till.customer.post("pay")

    assert answer.status_code == 422
    assert "another way to pay" in words_in(answer.text)


def test_another_creditors_account_signs_nothing_of_ours(till: Till) -> None:
    """A creditor with an account of its own cannot say that somebody else's customer has paid."""
    till.begins()
    forged = till.pays(secret=OTHERS)

    assert forged.status_code == 403
    assert till.open == [11900]
