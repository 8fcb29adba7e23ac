"""What an assistant is told: quoted words, no ways of contact, and nothing mangled."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.money import Money
from starter.assistant.quoting import for_assistant


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("call +44 20 7946 0113 now", "call [phone number] now"),
        ("(030) 123-4567", "[phone number]"),
        ("0171 2345678", "[phone number]"),
        ("write to a.b@globex.example.", "write to [e-mail address]"),
        ("see https://pay.example/r/TOKEN please", "see [link] please"),
        ("DE02 1203 0000 0000 2020 51", "[account]"),
        ("DE02120300000000202051", "[account]"),
        ("on 2026-12-01, 1,190.00 EUR for 2026-0007", "on 2026-12-01, 1,190.00 EUR for 2026-0007"),
        ("up to 01.12.2026", "up to 01.12.2026"),
        ("turned \u202e round", "turned \\u202e round"),
    ],
)
def test_words_are_quoted_without_ways_of_contact(said: str, told: str) -> None:
    assert for_assistant({"note": said}) == {"note": {"quoted": told}}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"open": Money(11900, "EUR")}, {"open": "119.00"}),
        (
            {"due": date(2026, 12, 1), "stage": "reminding"},
            {"due": "2026-12-01", "stage": "reminding"},
        ),
        ({"at": datetime(2026, 12, 1, 9, tzinfo=UTC)}, {"at": "2026-12-01T09:00:00Z"}),
        ({"email": "a@b.example", "vulnerable": True, "done": []}, {"done": []}),
        ({"unknown_field": "x"}, {"unknown_field": {"quoted": "x"}}),
        ({"empty": "", "none": None, "count": 3}, {"empty": "", "none": None, "count": 3}),
    ],
)
def test_sums_days_and_codes_stay_plain_and_whatever_is_unknown_is_quoted(
    given: Any, told: Any
) -> None:
    assert for_assistant(given) == told
