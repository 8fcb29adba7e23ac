"""What Stripe signs is believed, and nothing else; another's signature moves nothing of ours."""

from __future__ import annotations

import json
import time

import pytest
from sqlalchemy import update

from adapters.ledger.core.engine import Engine
from adapters.ledger.tables.page import online_order
from tests.starter.page.paying.stripe_till import OTHERS, StripeTill
from tests.starter.page.world import everything


@pytest.mark.parametrize("how", ["forged", "old", "unsigned", "another secret"])
def test_what_nobody_signed_moves_nothing(stripe_till: StripeTill, how: str) -> None:
    stripe_till.begins()
    told = {
        "metadata": stripe_till.ours,
        "payment_intent": stripe_till.payment,
        "payment_status": "paid",
    }
    body = json.dumps({"type": "checkout.session.completed", "data": {"object": told}})
    headers = {
        "forged": {"stripe-signature": f"t={int(time.time())},v1={'0' * 64}"},
        "old": stripe_till.stripe.signed(body, at=time.time() - 301),
        "unsigned": {},
        "another secret": stripe_till.stripe.signed(body, secret="whsec_" + "x" * 32),
    }[how]
    answer = stripe_till.gate.client.post("/hooks/stripe", content=body, headers=headers)

    assert answer.status_code == 403
    assert stripe_till.open == [11900]


def test_what_is_not_about_a_payment_of_ours_changes_nothing(
    stripe_till: StripeTill, engine: Engine
) -> None:
    stripe_till.begins()
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
        assert stripe_till.tells(kind, told).status_code == 204
    assert everything(engine) == before


def test_a_signed_body_that_is_no_event_is_refused(stripe_till: StripeTill) -> None:
    for body in ("{}", "[]", "nonsense", '{"type": 1, "data": {"object": null}}'):
        headers = stripe_till.stripe.signed(body)
        answer = stripe_till.gate.client.post("/hooks/stripe", content=body, headers=headers)
        assert answer.status_code in (204, 403), body
    assert stripe_till.open == [11900]


def test_another_creditors_account_signs_nothing_of_ours(stripe_till: StripeTill) -> None:
    """A creditor with an account of its own cannot say that somebody else's customer has paid."""
    stripe_till.begins()
    forged = stripe_till.session(secret=OTHERS)

    assert forged == 403
    assert stripe_till.open == [11900]


def test_a_payment_carries_stripes_name_and_our_order(stripe_till: StripeTill) -> None:
    stripe_till.begins()
    carried = stripe_till.stripe.newest["payment_intent_data[metadata][amicable_order]"]
    stripe_till.pays()
    payments = stripe_till.gate.application.payments.list(stripe_till.customer.creditor)

    assert carried == stripe_till.ours["amicable_order"]
    assert [p.payment.source for p in payments] == ["stripe"]


def test_a_growing_refund_counts_once_though_two_calls_began_with_the_same_sum(
    stripe_till: StripeTill, engine: Engine
) -> None:
    """2026-11-30: of 20.00 and then 50.00 in all, told at once, 70.00 were owed again."""
    stripe_till.begins()
    stripe_till.pays()
    stripe_till.refunds(2000)
    with engine.begin() as connection:  # as the second call read it, before the first one ended
        connection.execute(update(online_order).values(refunded=0))
    stripe_till.refunds(5000)
    assert stripe_till.open == [5000]
    with engine.begin() as connection:
        connection.execute(update(online_order).values(refunded=0))
    stripe_till.refunds(2000)
    stripe_till.refunds(5000)
    assert stripe_till.open == [5000]
