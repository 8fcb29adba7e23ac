"""Customers pay online what their page asks for (P05); only what the provider signs is money."""

from __future__ import annotations

import itertools

import pytest

from activities.cases.session import Session
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core.engine import Engine
from adapters.runtime.machine import machine_clock
from domain.case.facts import Action
from domain.message_types import ActionType, MessageType
from tests.starter.page.days import days_ahead
from tests.starter.page.paying.till import Till
from tests.starter.page.world import (
    Customer,
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

    assert till.asked == ("119.00", "EUR", "Invoice R-1")
    assert "Lind" not in till.told, "nobody's name travels"
    assert till.customer.email not in till.told


def test_several_invoices_are_one_sum_and_each_gets_its_own(till: Till) -> None:
    till.customer.cases.append(owes(till.gate, till.customer.creditor, "R-2"))
    till.customer.message = letter_about(till.gate, till.customer.cases[:1], "a@b.example")
    alone = till.customer.message
    till.begins()
    assert till.asked[0] == "119.00", alone
    till.pays()

    assert till.open == [0, 11900]


def test_money_goes_to_the_invoice_that_is_asked_for_not_to_one_promised_for_later(
    till: Till,
) -> None:
    owes_two(till.customer)
    say(till.gate, till.customer.cases[0], MessageType.PROMISE, date=days_ahead(5))
    till.begins()
    assert till.asked == ("50.00", "EUR", "Invoice R-2")
    till.pays()

    assert till.open == [11900, 0]


def test_coming_back_settles_nothing_and_says_so(till: Till, engine: Engine) -> None:
    till.begins()
    before = everything(engine)
    page = till.customer.get("came-back")

    assert "you see it on this page" in words_in(page.text)
    assert everything(engine) == before
    assert till.open == [11900]


def test_a_debit_that_takes_days_is_not_chased_and_one_that_fails_is(till: Till) -> None:
    till.begins()
    till.debits()
    view = till.gate.pages.shown.look(till.customer.message)
    assert view is not None
    assert view.states[0].case.quiet_until is not None
    till.debit_fails()
    view = till.gate.pages.shown.look(till.customer.message)

    assert view is not None
    assert not view.states[0].case.pending_payments
    assert till.open == [11900]


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
    assert till.asked[0] == "100.00"
    assert till.closed >= 1


def test_while_the_provider_is_down_another_way_is_named(till: Till) -> None:
    till.leave(down=True)
    answer = till.customer.post("pay")

    assert answer.status_code == 422
    assert "another way to pay" in words_in(answer.text)


def test_what_was_paid_is_posted_once(till: Till) -> None:
    till.begins()
    answers = {till.pays(), till.pays()}
    payments = till.gate.application.payments.list(till.customer.creditor)

    assert answers <= {200, 204}
    assert [p.payment.id for p in payments] == [till.payment]
    assert till.open == [0]
    assert "Your payment has arrived" in words_in(till.customer.get("came-back").text)
    assert till.customer.cases[0] in till.gate.temporal.woken


def test_a_debit_that_comes_ends_the_waiting(till: Till) -> None:
    till.begins()
    till.debits()
    till.pays()

    assert till.open == [0]


@pytest.mark.parametrize("order", [*itertools.permutations((0, 5000, 10000))])
def test_money_that_goes_back_is_owed_again_in_any_order(
    till: Till, order: tuple[int, ...]
) -> None:
    """Each order of a payment and two refunds ends alike: 19.00 paid, 100.00 open."""
    till.begins()
    answers = {till.refunds(what) if what else till.pays() for what in order}

    assert answers <= {200, 204}
    assert till.open == [10000]
    till.refunds(10000)
    assert till.open == [10000]


def test_a_dispute_that_begins_while_the_place_is_open_asks_for_less_and_money_still_counts(
    till: Till,
) -> None:
    """Whoever disputes a part and pays the whole of the open place after all has paid too much."""
    till.begins()
    say(
        till.gate,
        till.customer.cases[0],
        MessageType.DISPUTE_OPENED,
        reason="goods_faulty",
        amount="19.00",
    )
    till.begins()
    assert till.asked[0] == "100.00"
    till.pays()

    assert till.open == [1900]


def test_a_refund_after_the_case_was_closed_is_owed_again_and_asked_about(till: Till) -> None:
    till.begins()
    till.pays()
    till.refunds(11900)

    assert till.open == [11900]
    assert "Your payment has arrived" not in words_in(till.customer.get("came-back").text)


def test_money_paid_here_while_the_agency_has_the_case_calls_it_back(till: Till) -> None:
    """P73: the agency must not collect what came by the page."""
    case = till.customer.cases[0]
    with SqlLedger(till.gate.application.engine).account_of(case) as account:
        session = Session(account, case, machine_clock())
        to_agency = Action(do=ActionType.HAND_OFF, at=session.now, why="its time", step="plan-b")
        session.record(to_agency, channel="agency")
        session.decide()
    till.begins()
    till.pays()
    view = till.gate.pages.shown.look(till.customer.message)

    assert till.open == [0]
    assert view is not None
    assert view.states[0].next_action.do is ActionType.RECALL
