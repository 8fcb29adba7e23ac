"""What Mollie answers is believed, and nothing of who calls: a call says at most what to ask."""

from __future__ import annotations

from datetime import timedelta

import pytest

from activities.ports.clock import Clock
from activities.services.online.looks import OnlineLookService
from adapters.ledger.core.engine import Engine
from adapters.ledger.page.online import SqlOnlineOrders
from adapters.runtime.machine import machine_clock
from domain.message_types import MessageType
from tests.starter.page.paying.mollie_till import MollieTill
from tests.starter.page.world import everything, say, words_in


def test_a_payment_carries_mollies_name_and_our_order(mollie_till: MollieTill) -> None:
    mollie_till.begins()
    mollie_till.pays()
    payments = mollie_till.gate.application.payments.list(mollie_till.customer.creditor)

    assert [p.payment.source for p in payments] == ["mollie"]
    assert mollie_till.mollie.newest["webhookUrl"] == "https://pay.example/hooks/mollie"
    assert mollie_till.mollie.newest["locale"] == "en_GB"


@pytest.mark.parametrize(
    "told",
    [
        {"id": "tr_somebodyelses"},
        {"id": "../../v2/payments/tr_1"},
        {"id": ""},
        {"status": "paid"},
        {"id": ["tr_1", "tr_2"]},
    ],
)
def test_a_call_about_what_is_not_ours_is_not_even_asked_about(
    mollie_till: MollieTill, engine: Engine, told: dict[str, str]
) -> None:
    """The answer is the same as for ours, as Mollie advises: nobody learns which ids exist."""
    mollie_till.begins()
    before, looked = everything(engine), len(mollie_till.mollie.looks)
    answer = mollie_till.gate.client.post("/hooks/mollie", data=told)

    assert answer.status_code == 200
    assert len(mollie_till.mollie.looks) == looked
    assert everything(engine) == before


@pytest.mark.parametrize("body", ["status=paid&amount=119.00&id=", "paidAt=2026-01-01&id="])
def test_what_a_call_claims_of_our_payment_counts_for_nothing(
    mollie_till: MollieTill, body: str
) -> None:
    """Anybody may call with the right id: the payment is asked about, and is not paid."""
    mollie_till.begins()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    call = body + mollie_till.payment
    answer = mollie_till.gate.client.post("/hooks/mollie", content=call, headers=headers)

    assert answer.status_code == 200
    assert mollie_till.mollie.looks[-1] == mollie_till.payment
    assert mollie_till.open == [11900]


def test_a_longer_call_than_an_id_is_not_read(mollie_till: MollieTill) -> None:
    answer = mollie_till.gate.client.post("/hooks/mollie", content=b"id=" + b"x" * 5000)

    assert answer.status_code == 413


@pytest.mark.parametrize("status", ["open", "authorized", "pending", "canceled", "expired"])
def test_only_paid_is_money(mollie_till: MollieTill, status: str) -> None:
    mollie_till.begins()

    assert mollie_till.stands(status) == 200
    assert mollie_till.open == [11900]


@pytest.mark.parametrize("status", ["canceled", "expired", "failed"])
def test_a_place_that_ended_is_not_shown_again(mollie_till: MollieTill, status: str) -> None:
    """The customer changed their mind: there is a new place, and the case has heard nothing."""
    first = mollie_till.begins()
    heard = mollie_till.gate.said(mollie_till.customer.cases[0])
    mollie_till.stands(status)

    assert mollie_till.begins() != first
    assert mollie_till.gate.said(mollie_till.customer.cases[0]) == heard


def test_while_mollie_does_not_answer_it_calls_again(mollie_till: MollieTill) -> None:
    mollie_till.begins()
    mollie_till.leave(down=True)
    away = mollie_till.pays()
    mollie_till.leave(down=False)

    assert away == 503
    assert mollie_till.calls() == 200
    assert mollie_till.open == [0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "paid in full"},
        {"status": "paid", "amount": {"currency": "EUR", "value": "119,00"}},
        {"status": "paid", "createdAt": "yesterday", "paidAt": None},
        {"status": "paid", "amount": None},
    ],
)
def test_an_answer_that_is_no_payment_moves_nothing(
    mollie_till: MollieTill, wrong: dict[str, object]
) -> None:
    mollie_till.begins()
    mollie_till.mollie.newest.update(wrong)

    assert mollie_till.calls() == 503
    assert mollie_till.open == [11900]


def test_a_payment_that_carries_another_order_is_not_ours(mollie_till: MollieTill) -> None:
    mollie_till.begins()
    mollie_till.mollie.newest["metadata"] = {"amicable_order": "another"}

    assert mollie_till.pays() == 200
    assert mollie_till.open == [11900]


def test_a_refund_counts_when_it_left_and_not_when_it_failed(mollie_till: MollieTill) -> None:
    mollie_till.begins()
    mollie_till.pays()
    one = mollie_till.mollie.matter("re", 0, 5000, status="queued")
    mollie_till.mollie.refunds[mollie_till.payment] = [one]
    opened = []
    for status in ("queued", "pending", "processing", "failed", "failed"):
        one["status"] = status
        mollie_till.calls()
        opened.extend(mollie_till.open)

    assert opened == [0, 5000, 5000, 0, 0]


def test_a_refund_that_was_never_seen_to_leave_changes_nothing_when_it_fails(
    mollie_till: MollieTill,
) -> None:
    mollie_till.begins()
    mollie_till.pays()
    heard = mollie_till.gate.said(mollie_till.customer.cases[0])
    failed = mollie_till.mollie.matter("re", 0, 5000, status="canceled")
    mollie_till.mollie.refunds[mollie_till.payment] = [failed]
    mollie_till.calls()

    assert mollie_till.gate.said(mollie_till.customer.cases[0]) == heard


def test_two_places_that_are_both_paid_leave_too_much_and_never_too_little(
    mollie_till: MollieTill,
) -> None:
    """Mollie lets nobody cancel a payment that has begun: the first one may be paid as well."""
    mollie_till.begins()
    first = mollie_till.payment
    mollie_till.mollie.newest["isCancelable"] = False
    say(
        mollie_till.gate,
        mollie_till.customer.cases[0],
        MessageType.PAYMENT,
        amount="19.00",
        id=f"T-{first}",
    )
    mollie_till.begins()
    mollie_till.pays()
    mollie_till.mollie.payments[first]["status"] = "paid"
    mollie_till.calls(first)
    view = mollie_till.gate.pages.shown.look(mollie_till.customer.message)

    assert mollie_till.open == [0]
    assert view is not None
    assert view.states[0].case.surplus == 11900


def _later(minutes: int) -> Clock:
    return lambda: machine_clock() + timedelta(minutes=minutes)


def test_what_nobody_called_about_is_asked_about(mollie_till: MollieTill, engine: Engine) -> None:
    """Mollie does not call about a debit that has only begun, and a call may be lost."""
    mollie_till.begins()
    mollie_till.mollie.newest["status"] = "pending"
    case, online = mollie_till.customer.cases[0], mollie_till.gate.pages.online
    seen = []
    for minutes, status in ((5, "pending"), (11, "pending"), (41, "paid"), (3000, "paid")):
        mollie_till.mollie.newest["status"] = status
        asked = len([one for one in mollie_till.mollie.looks if one == mollie_till.payment])
        woken = OnlineLookService(
            store=SqlOnlineOrders(engine),
            money=online.money,
            asked=online.providers.asked,
            clock=_later(minutes),
        ).round()
        looks = [one for one in mollie_till.mollie.looks if one == mollie_till.payment]
        seen.append((len(looks) - asked, any(one.case.invoice.case_id == case for one in woken)))

    assert seen == [(0, False), (1, True), (1, True), (0, False)]
    assert mollie_till.open == [0]


def test_the_page_names_who_takes_the_money(mollie_till: MollieTill) -> None:
    page = mollie_till.customer.get("pay")

    assert "You pay on the page of Mollie" in words_in(page.text)
