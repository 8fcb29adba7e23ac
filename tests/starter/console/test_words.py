"""Codes and texts of the rules, as collectors say and read them."""

import pytest

from domain.policy.policy_file import shipped_policies
from starter.console.shown.words import counted, plainly, said


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("polite", "polite reminder"),
        ("polite~2", "polite reminder, again"),
        ("agreement-1-call", "call about what was agreed"),
        ("instalment-1-2-missed", "instalment 2 missed"),
        ("promise-broken-3", "broken promise"),
        ("promise-broken-3~2", "broken promise, again"),
        ("sms-week-before", "text week before"),
        ("credit-hold", "credit hold"),
        ("with_agency", "with the agency"),
        ("our-own_step", "our own step"),
        ("", ""),
    ],
)
def test_steps_and_codes_are_said_in_words(code: str, words: str) -> None:
    assert said(code) == words


def test_no_step_of_a_shipped_policy_is_a_word_alone_that_says_nothing() -> None:
    unclear = {"second", "final", "formal", "polite", "gentle"}

    assert not unclear & {said(step.id) for step in shipped_policies("standard").steps}


@pytest.mark.parametrize(
    ("word", "count", "told"),
    [("dispute", 1, "dispute"), ("dispute", 2, "disputes"), ("reply", 3, "replies")],
)
def test_nouns_are_counted(word: str, count: int, told: str) -> None:
    assert counted(word, count).striptags() == f"{count} {told}"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("due+5 is 2026-11-23", "5 days after the due date is Mon 23 Nov 2026"),
        ("issued-1 and due+1", "1 day before the invoice date and 1 day after the due date"),
        ("R-2026-11-23 and 2026-13-99", "R-2026-11-23 and 2026-13-99"),
        ("overdue+5", "overdue+5"),
        ("2 days are kept after polite", "2 days are kept after the polite reminder"),
        ("second reached nobody: look", "the second reminder reached nobody: look"),
        ("the letter final of 2026-03-02", "the final letter of Mon 2 Mar 2026"),
        ("next comes agreement-1-call", "next comes the call about what was agreed"),
        ("2026-0003, 1100.00 EUR: contested", "2026-0003, €1,100.00: contested"),
        ("R-1 of 500 JPY and 10.5 ABC", "R-1 of JP¥500 and 10.5 ABC"),
        ("the customer reached nobody", "the customer reached nobody"),
        ("", ""),
    ],
)
def test_days_are_written_as_people_read_them(text: str, read: str) -> None:
    assert plainly(text) == read
