"""Agreements in writing (P50): days, sums and what follows, in kind words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.case.chosen_plan_b import ChosenPlanB
from domain.case.model import Case
from domain.message_types import ActionType
from tests.adapters.letters.agreeing import (
    IN_INSTALMENTS,
    OFFER,
    OFFERED,
    PLAN,
    PLAN_B,
    PROMISE,
    PROMISED,
    WAIVED,
)
from tests.adapters.letters.lettering import LETTERS, write
from tests.adapters.letters.samples import CASE, NOW, letter


def confirmed(case: Case, channel: str = "email") -> str:
    step = letter("agreement-1-confirmed", do="acknowledge", tone="warm", case=case, deadline="")
    return LETTERS.write(replace(step, channel=channel)).text


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (PROMISED, ("you will pay EUR 400.00", "by 28 February 2026", "call you the same day")),
        (
            IN_INSTALMENTS,
            (
                "- EUR 600.00 by 28 February 2026",
                "- EUR 590.00 by 31 March 2026",
                "within 7 days after that, the whole balance is due",
            ),
        ),
    ],
)
def test_each_agreement_is_confirmed_with_its_dates_sums_and_plan_b(
    case: Case, words: tuple[str, ...]
) -> None:
    """P50 P51 P53."""
    text = confirmed(case)

    for said in (*words, "Please reply briefly that this is right."):
        assert said in text


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (OFFERED, ("EUR 900.00 reaches us by 28 February 2026", "settled in full", "offer ends")),
        (WAIVED, ("EUR 1,190.00 for our invoice", "we will waive interest and fees")),
    ],
)
def test_an_offer_is_not_called_agreed_before_it_is_accepted(
    case: Case, words: tuple[str, ...]
) -> None:
    """P50."""
    step = letter("agreement-1-confirmed", do="acknowledge", tone="warm", case=case, deadline="")
    written = LETTERS.write(step)

    assert written.subject == "Our offer for invoice INV-2026-7"
    assert "that this is right" not in written.text
    for said in (*words, "simply pay by that day"):
        assert said in written.text


@pytest.mark.parametrize("case", [PROMISED, IN_INSTALMENTS, OFFERED, WAIVED])
@pytest.mark.parametrize("channel", ["email", "sms"])
def test_who_agreed_on_something_is_not_asked_to_ignore_it(case: Case, channel: str) -> None:
    """What was just agreed on is to be kept, not to be ignored, however late the invoice is."""
    assert "gnore this" not in confirmed(case, channel)


def test_a_plan_without_days_of_cure_promises_none() -> None:
    plan = replace(PLAN, cures=PLAN.checks)
    text = confirmed(replace(IN_INSTALMENTS, plans=(plan,)))

    assert "has not reached us on its day, the whole balance is due." in text


@pytest.mark.parametrize("case", [PROMISED, IN_INSTALMENTS, OFFERED, WAIVED])
def test_an_sms_says_the_sum_and_the_day(case: Case) -> None:
    text = confirmed(case, "sms")

    assert "28 February 2026" in text
    assert "EUR" in text
    assert len(text) <= 320


def test_a_missed_instalment_is_named_with_the_last_day_to_make_up_for_it() -> None:
    text = write("instalment-1-2-missed")

    assert "The instalment of EUR 590.00" in text
    assert "Please pay it by 7 April 2026" in text


def test_a_missed_instalment_is_told_by_what_is_missing_of_it() -> None:
    """An instalment before it that was paid is no part of this one."""
    first_paid = replace(IN_INSTALMENTS, received=60000, moves=((NOW, 60000),))
    some_of_the_second = replace(IN_INSTALMENTS, received=80000, moves=((NOW, 80000),))

    assert "So far it has not reached us." in write("instalment-1-2-missed", case=first_paid)
    text = write("instalment-1-2-missed", case=some_of_the_second)
    assert "So far EUR 390.00 of it has not reached us." in text
    assert "Please pay the rest by 7 April 2026" in text


def test_a_reminder_of_an_agreed_day_asks_for_nothing_else() -> None:
    step = letter("instalment-1-1-reminder", tone="warm", case=IN_INSTALMENTS, deadline="")
    text = LETTERS.write(step).text

    assert "EUR 600.00 for our invoice INV-2026-7 reaches us by 28 February 2026" in text


def test_who_paid_late_is_not_told_that_the_money_has_not_come() -> None:
    late = datetime(2026, 3, 1, 6, tzinfo=UTC)
    case = replace(PROMISED, received=40000, moves=((late, 40000),), money=((late, 40000),))
    text = write("promise-broken-1", case=case)

    assert "Thank you for your payment." in text
    assert "have not seen" not in text


def test_beside_a_promise_of_part_a_reminder_asks_for_the_rest_and_names_what_was_promised() -> (
    None
):
    """P24: 400.00 of 1,190.00 were promised for 28 February."""
    text = write("polite", case=PROMISED)

    assert "Promised for 28 February 2026, not asked for here: \N{MINUS SIGN} EUR 400.00" in text
    assert "Amount owed: EUR 790.00" in text


def test_the_confirmation_of_a_promise_of_part_says_that_the_rest_stays_due() -> None:
    """P50: nobody believes that the other 790.00 can wait as well."""
    text = confirmed(PROMISED)
    whole = confirmed(replace(CASE, promises=(replace(PROMISE, amount=None),)))

    assert "you will pay EUR 400.00 for our invoice INV-2026-7 by 28 February 2026" in text
    assert "The remaining EUR 790.00 is not part of this and stays due" in text
    assert "stays due" not in whole


@pytest.mark.parametrize(
    ("do", "confirms", "asks"),
    [
        (
            ActionType.HAND_OFF,
            "pass it to a collection agency",
            "pass this invoice to a collection",
        ),
        (ActionType.LAWYER_LETTER, "our lawyer will write to you", "our lawyer will write to you"),
        (ActionType.ASK_PERSON, "will decide with you how to proceed", "decide how to proceed"),
    ],
)
def test_the_plan_b_that_was_agreed_stands_in_every_letter_about_it(
    do: ActionType, confirms: str, asks: str
) -> None:
    """P53: in the confirmation, and in the word of the day on which it was not kept."""
    chosen = replace(PLAN_B, chosen=ChosenPlanB(do=do))
    for case in (
        replace(CASE, promises=(replace(PROMISE, amount=None, plan_b=chosen),)),
        replace(CASE, plans=(replace(PLAN, plan_b=chosen),)),
        replace(CASE, settlements=(replace(OFFER, plan_b=chosen),)),
    ):
        assert confirms in confirmed(case)
        assert "reminders go on" not in confirmed(case)
    for step, case in (
        ("promise-broken-1", replace(CASE, promises=(replace(PROMISE, plan_b=chosen),))),
        ("instalment-1-1-over", replace(CASE, plans=(replace(PLAN, plan_b=chosen),))),
    ):
        late = letter(step, case=case, tone="clear", deadline="2026-03-20")
        text = LETTERS.write(late).text
        assert asks in text
        assert "by 20 March 2026" in text
