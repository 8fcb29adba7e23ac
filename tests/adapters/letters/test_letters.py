"""Every letter says what a reminder must say (P20 to P26), calmly (P18), and nothing foreign."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from domain.case.model import Dispute, PlanBAgreed, Promise
from domain.money import Money
from tests.adapters.letters.lettering import (
    DUE_STEPS,
    EARLY_STEPS,
    LETTERS,
    STEPS,
    WATCHED,
    said,
    write,
)
from tests.adapters.letters.samples import CASE, INVOICE, NOW, letter


def amount(words: str) -> Money:
    """A sum with the sign that stands before it."""
    if words.startswith("\N{MINUS SIGN} "):
        owed = amount(words[2:])
        return Money(-owed.minor, owed.currency)
    currency, figure = words.removeprefix("+ ").split(" ")
    return Money(int(Decimal(figure.replace(",", "")) * 100), currency)


@pytest.mark.parametrize("step", STEPS)
def test_every_letter_names_both_companies_the_date_and_the_person_to_ask(step: str) -> None:
    """P20, P21, P22."""
    text = write(step)

    for words in ("Acme Supplies Ltd", "1 High Street", "London", "billing@acme.example"):
        assert words in text
    assert "\n\n4 February 2026 · Globex GmbH · Customer number: c1\n" in text
    assert "ap@globex.example" not in text
    assert "+14155550100" not in text
    assert said(text)["Your contact for billing"].startswith("Ann Miller, +442079460000")


@pytest.mark.parametrize("step", STEPS)
def test_every_letter_names_the_invoice_its_dates_the_reference_and_the_ways_to_pay(
    step: str,
) -> None:
    """P23, P26, P05."""
    lines = said(write(step))

    assert lines["Invoice"] == lines["Payment reference"] == "INV-2026-7"
    assert lines["Invoice date"] == "4 January 2026"
    assert lines["Due date"] == "3 February 2026"
    assert lines["Account holder"] == "Acme Supplies Ltd"
    assert lines["IBAN"] == "GB33 BUKB 2020 1555 5555 55"
    assert "- Online: https://pay.acme.example/i/7" in write(step)


@pytest.mark.parametrize("step", STEPS)
def test_the_figures_add_up_to_the_amount_owed(step: str) -> None:
    """P24: what is paid, credited, given up or disputed stands by itself."""
    disputed = Dispute(key="d", opened_at=NOW, amount=5000)
    case = replace(CASE, received=19000, credited=10000, write_off=100, disputes=(disputed,))

    lines = said(write(step, case=case))

    parts = (
        "Paid so far",
        "Credited so far",
        "Waived",
        "In dispute (not included in this request)",
    )
    rest = amount(lines["Invoice amount"])
    for part in parts:
        rest += amount(lines[part])
    assert amount(lines["Amount owed"]) == rest == Money(84900, "EUR")


def test_the_amount_owed_can_be_read_by_a_machine() -> None:
    case = replace(CASE, invoice=replace(INVOICE, amount=Money(11900, "EUR")))

    assert "\nAmount owed: EUR 119.00\n" in write("polite", case=case)


@pytest.mark.parametrize(
    ("money", "words"),
    [
        (Money(123456789, "USD"), "USD 1,234,567.89"),
        (Money(5000, "JPY"), "JPY 5,000"),
        (Money(1234, "KWD"), "KWD 1.234"),
    ],
)
def test_every_currency_has_its_own_decimals(money: Money, words: str) -> None:
    case = replace(CASE, invoice=replace(INVOICE, amount=money))

    assert said(write("polite", case=case))["Amount owed"] == words


@pytest.mark.parametrize("step", DUE_STEPS)
def test_a_reminder_names_terms_consequences_its_deadline_and_may_be_ignored_if_paid(
    step: str,
) -> None:
    """P06, P25, P26, P11."""
    text = write(step)

    assert "Payment terms:\nNet 30 days.\nLate payment: statutory interest." in text
    until = "7 April 2026" if step == "instalment-1-2-missed" else "14 February 2026"
    assert said(text)["Payment deadline"] == until
    assert text.count("Please ignore this") == (step not in WATCHED)
    assert said(text)["Interest and fees"] == "none"


def test_only_the_last_letters_speak_of_what_follows() -> None:
    assert "collection agency" in write("final")
    assert "payment in advance" in write("formal")
    assert "What follows" not in write("polite")


@pytest.mark.parametrize("step", EARLY_STEPS)
def test_before_the_due_date_nobody_is_reminded_of_a_delay(step: str) -> None:
    text = write(step)

    assert "was due" not in text
    assert "ignore" not in text
    assert "Payment deadline" not in text


def test_each_step_has_its_own_point() -> None:
    assert "confirm briefly" in write("confirm")
    assert "(in 3 days)" in write("gentle")
    assert "When may we expect it?" in write("polite")
    assert "overlooked" in write("polite")
    assert "Please ignore this if you have paid." in write("second")
    assert "We now ask you formally to pay EUR 1,190.00 by 14 February 2026." in write("formal")
    assert "This is our final demand" in write("final")


def test_a_broken_promise_is_recalled_with_its_date() -> None:
    """P52."""
    plan_b = PlanBAgreed(check_at=datetime(2026, 2, 11, tzinfo=UTC), then="we write")
    promise = Promise(
        key="p", made_at=NOW, counts_from=NOW, day=date(2026, 2, 10), amount=None, plan_b=plan_b
    )

    text = write("promise-broken-1", case=replace(CASE, promises=(promise,)))

    assert "would reach us by 10 February 2026. So far it has not reached us." in text


@pytest.mark.parametrize("step", STEPS)
def test_no_letter_accuses_or_threatens(step: str) -> None:
    """P18."""
    letter_ = LETTERS.write(letter(step, **STEPS[step]))
    words = f"{letter_.subject} {letter_.text}".lower()

    for angry in ("you failed", "refuse", "ignored", "immediately", "lawyer", "!", "urgent"):
        assert angry not in words


def test_a_first_message_tells_the_credit_policy_and_a_later_one_does_not() -> None:
    """P08 P31: what follows from being late is known from the first contact on."""
    told = "at the very end an agency may take over"

    assert told in write("confirm", first_contact=True)
    assert told in write("polite", first_contact=True)
    assert told not in write("polite")
