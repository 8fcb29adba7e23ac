"""C10: a letter about an invoice in parts names the part, its sum and date, and what is not due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from activities.ports.letter_data import LetterData
from adapters.letters.text.catalogue import LANGUAGES
from domain.calendar import Calendar
from domain.case.invoice import InvoicePart
from domain.case.model import Message
from domain.decision.state import CaseState
from domain.message_types import MessageType
from domain.money import Money
from domain.parties.people import Debtor
from domain.policy.policy_file import standard_policy
from tests.adapters.letters.asking import bold, code, coded
from tests.adapters.letters.lettering import LETTERS, said
from tests.adapters.letters.reading import locale_of
from tests.adapters.letters.samples import INVOICE, letter

FIRST, SECOND = date(2026, 2, 3), date(2026, 3, 3)
IN_PARTS = replace(
    INVOICE,
    terms=(InvoicePart(day=FIRST, minor=79000), InvoicePart(day=SECOND, minor=40000)),
)


def about(on: str, *paid: int, **more: Any) -> LetterData:
    """A letter of a day; what was paid came on the first due date."""
    at = Calendar("UTC").start_of(FIRST)
    money = [
        Message(key=f"P-{n}", kind=MessageType.PAYMENT, at=at, amount=Money(minor, "EUR"))
        for n, minor in enumerate(paid)
    ]
    state = CaseState(
        invoice=IN_PARTS,
        policy=standard_policy(),
        debtor=Debtor(id="c1"),
        now=datetime.fromisoformat(f"{on}T10:00:00+00:00"),
        messages=tuple(money),
    )
    days = (date.fromisoformat(on) - state.case.due).days
    told: dict[str, Any] = {
        "step": "polite",
        "case": state.case,
        "statement": state.statement,
        "today": on,
        "days_late": days,
    }
    data: LetterData = letter(**(told | more))
    return data


def test_it_names_the_part_that_is_late_and_what_is_not_due_yet() -> None:
    """C10: the day after the first due date."""
    written = LETTERS.write(about("2026-02-04"))
    lines = said(written.text)

    assert "invoice INV-2026-7 (part 1 of 2) was due on 3 February 2026" in written.text
    assert lines["Part due on 3 February 2026"] == "EUR 790.00"
    assert lines["Not due yet, due on 3 March 2026"] == "\N{MINUS SIGN} EUR 400.00"
    assert lines["Amount owed"] == "EUR 790.00"
    assert lines["Invoice amount"] == "EUR 1,190.00"
    assert code(written)[7] == coded(Money(79000, "EUR"))


def test_it_names_both_parts_once_both_are_late() -> None:
    """C10: nothing is left to come, so no part is set apart from others."""
    written = LETTERS.write(about("2026-03-04"))
    lines = said(written.text)

    assert "invoice INV-2026-7 was due on 3 February 2026 and 3 March 2026" in written.text
    assert lines["Part due on 3 February 2026"] == "EUR 790.00"
    assert lines["Part due on 3 March 2026"] == "EUR 400.00"
    assert lines["Amount owed"] == "EUR 1,190.00"
    assert "Not due yet" not in written.text


def test_a_reminder_before_the_due_date_speaks_of_the_part_that_comes() -> None:
    """C10: the first part is paid; the second one is due in three days."""
    data = about("2026-02-28", 79000, step="gentle", deadline="")
    written = LETTERS.write(data)

    assert "invoice INV-2026-7 (part 2 of 2) is due on 3 March 2026" in written.text
    assert said(written.text)["Amount owed"] == "EUR 400.00"
    assert bold(LETTERS.content(data)) == ["EUR\u00a0400.00"]


def test_what_was_paid_counts_to_the_oldest_part() -> None:
    """C10: 300.00 of 790.00: 490.00 are late."""
    lines = said(LETTERS.write(about("2026-02-04", 30000)).text)

    assert lines["Part due on 3 February 2026"] == "EUR 490.00"
    assert lines["Amount owed"] == "EUR 490.00"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", ["email", "sms"])
def test_every_language_and_channel_asks_for_the_part_alone(language: str, channel: str) -> None:
    """C10: in ten languages, none of which leaves the English words."""
    locale = locale_of(language)
    data = about("2026-02-04", channel=channel)
    written = LETTERS.write(replace(data, debtor=replace(data.debtor, language=language))).text

    plain = _plain(written)
    assert _plain(locale.money(Money(79000, "EUR"))) in plain
    if channel == "email":
        assert _plain(locale.day(SECOND)) in plain
        assert ("Not due yet" in written) == (language == "en")
        assert ("part 1 of 2" in written) == (language == "en")


def _plain(text: str) -> str:
    """The text with plain blanks only."""
    return " ".join(text.split())
