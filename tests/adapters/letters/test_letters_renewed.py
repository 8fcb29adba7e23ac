"""The answer at the end of a dispute, returned money, and what we know (A1, A2, A14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from activities.ports.letter_data import InvoiceLine, LetterData
from adapters.letters.stated import statement_in
from adapters.letters.text.catalogue import LANGUAGES
from adapters.letters.text.template_choice import occasion_of
from domain.case.agreement_types import HARDSHIP, Dispute
from domain.case.model import Case, Deed
from domain.message_types import ActionType, MessageType
from starter.letters.samples import samples
from tests.adapters.letters.agreeing import PROMISED
from tests.adapters.letters.lettering import LETTERS, said
from tests.adapters.letters.reading import locale_of
from tests.adapters.letters.samples import CASE, NOW, letter

IGNORE = "gnore this"
ANSWER, RETURNED = "renewed-dispute-settled-1", "renewed-money-back-1"


def decided(ended: str, conceded: int = 0, **more: Any) -> Case:
    """A case whose dispute over 190.00 was settled a day ago."""
    dispute = Dispute(
        key="d",
        opened_at=NOW - timedelta(days=9),
        amount=19000,
        settled_at=NOW - timedelta(days=1),
        ended=ended,
        conceded=conceded,
    )
    return replace(CASE, settled_disputes=(replace(dispute, **more),), credited=conceded)


def returned(kind: MessageType, at: datetime = NOW - timedelta(days=1), **more: Any) -> Case:
    """A case whose money came and went back."""
    moves = ((NOW - timedelta(days=5), 119000), (at, -119000))
    return replace(CASE, money=moves, moves=moves, grew_at=at, grew_by=kind, **more)


def polite_said(at: datetime) -> Deed:
    return Deed(step="polite", do=ActionType.REMIND, at=at, channel="email")


@pytest.mark.parametrize(
    ("ended", "conceded", "words", "owed"),
    [
        ("for_us", 0, "have found it to be right as it stands.", "EUR 1,190.00"),
        ("split", 9000, "You are right in part: we have credited EUR 90.00", "EUR 1,100.00"),
        ("for_customer", 19000, "You are right: we have credited EUR 190.00", "EUR 1,000.00"),
        ("", 0, "has been looked into and is settled.", "EUR 1,190.00"),
    ],
)
def test_the_end_of_a_dispute_is_told_with_what_is_asked_now(
    ended: str, conceded: int, words: str, owed: str
) -> None:
    """A1, P41: how it was decided, one request, a new deadline, whom to ask."""
    text = LETTERS.write(letter(ANSWER, tone="clear", case=decided(ended, conceded))).text

    assert words in text
    assert f"Please pay {owed} by 14 February 2026, or tell us by then" in text
    assert said(text)["Payment deadline"] == "14 February 2026"
    assert "please reply or call us" in text
    assert "Ann Miller" in text
    assert IGNORE not in text


@pytest.mark.parametrize(
    ("kind", "words", "subject"),
    [
        (
            MessageType.PAYMENT_REVERSED,
            "was returned on 3 February 2026",
            "Your payment for invoice INV-2026-7 was returned",
        ),
        (
            MessageType.REFUND,
            "On 3 February 2026 we paid EUR 1,190.00 back to you.",
            "Invoice INV-2026-7 is unpaid again after our refund",
        ),
    ],
)
def test_money_that_went_back_is_named_with_its_day(
    kind: MessageType, words: str, subject: str
) -> None:
    """A2: nobody "overlooked" an invoice that they paid."""
    written = LETTERS.write(letter(RETURNED, tone="clear", case=returned(kind)))

    assert written.subject == subject
    assert words in written.text
    assert "overlooked" not in written.text
    assert IGNORE not in written.text


@pytest.mark.parametrize("step", ["polite", "second", "reminder-2"])
def test_the_next_plain_reminder_tells_what_nobody_has_told(step: str) -> None:
    assert occasion_of(letter(step, case=decided("for_us"))) == "dispute_settled"
    back = returned(MessageType.PAYMENT_REVERSED)
    assert occasion_of(letter(step, case=back)) == "payment_returned"


@pytest.mark.parametrize(("hours", "told"), [(-25, False), (-23, True)])
def test_what_was_told_is_not_told_again(hours: int, told: bool) -> None:
    """An hour before the decision, an hour after it."""
    case = replace(decided("for_us"), deeds=(polite_said(NOW + timedelta(hours=hours)),))

    assert (occasion_of(letter("second", case=case)) == "second") is told


def test_a_formal_demand_stays_one_and_a_small_matter_is_no_dispute() -> None:
    formal = letter("formal", do="demand_letter", tone="firm", case=decided("for_us"))

    assert occasion_of(formal) == "formal"
    assert occasion_of(letter("polite", case=decided("for_us", is_minor=True))) == "polite"
    assert occasion_of(letter("polite", case=decided("agreed", reason=HARDSHIP))) == "polite"


@pytest.mark.parametrize("step", ["polite", "second", "final", "other-clear"])
def test_who_is_known_not_to_have_paid_is_not_asked_to_ignore_it(step: str) -> None:
    """A14: after a returned debit, until money comes again."""
    back = replace(returned(MessageType.PAYMENT_REVERSED), deeds=(polite_said(NOW),))
    do = "demand_letter" if step == "final" else "remind"
    tone = "final" if step == "final" else "clear"
    asked = letter(step, do=do, tone=tone, case=back)

    assert IGNORE not in LETTERS.write(asked).text
    assert IGNORE not in LETTERS.write(replace(asked, channel="sms")).text
    again = replace(back, money=(*back.money, (NOW, 100)))
    assert IGNORE in LETTERS.write(replace(asked, case=again)).text


@pytest.mark.parametrize("how", ["claimed_at", "flight_failed_at"])
@pytest.mark.parametrize("step", ["polite", "second", "final", "other-clear"])
def test_who_believes_to_have_paid_is_not_asked_to_ignore_it(step: str, how: str) -> None:
    """A14: who said so on the telephone, or whose debit failed, until money comes after it."""
    do = "demand_letter" if step == "final" else "remind"
    tone = "final" if step == "final" else "clear"
    told: dict[str, Any] = {how: NOW}
    believes = replace(CASE, deeds=(polite_said(NOW),), **told)
    asked = letter(step, do=do, tone=tone, case=believes)

    assert IGNORE not in LETTERS.write(asked).text
    assert IGNORE not in LETTERS.write(replace(asked, channel="sms")).text
    for at, ignorable in ((NOW, False), (NOW + timedelta(seconds=1), True)):
        came = replace(believes, money=((at, 100),))
        assert (IGNORE in LETTERS.write(replace(asked, case=came)).text) is ignorable


def test_who_paid_a_part_is_asked_to_ignore_it_if_the_rest_is_on_its_way() -> None:
    for step in ("polite", "second"):
        text = LETTERS.write(letter(step, case=replace(CASE, received=100))).text
        assert text.count(IGNORE) == 1
        assert "if the rest is on its way" in text


def test_who_paid_late_as_promised_is_not_asked_to_ignore_the_rest() -> None:
    late = datetime(2026, 3, 1, 6, tzinfo=NOW.tzinfo)
    case = replace(PROMISED, received=40000, moves=((late, 40000),), money=((late, 40000),))

    assert IGNORE not in LETTERS.write(letter("promise-broken-1", tone="clear", case=case)).text


def _renewed(language: str) -> list[tuple[str, LetterData]]:
    begins = ("dispute_settled", "payment_returned", "payment_failed")
    return [(one.name, one.data) for one in samples(language) if one.name.startswith(begins)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_these_letters_in_words_of_its_own(language: str) -> None:
    """Each names the invoice, the sum, the day and the person to ask, in mail and text message."""
    locale, seen = locale_of(language), set()
    for name, data in _renewed(language):
        written = LETTERS.write(data)
        opening = " ".join(part.text for part in LETTERS.content(data).opening)
        assert data.case.invoice.number in opening, name
        assert locale.day(data.deadline) in opening, name
        assert str(data.creditor.contact) in written.text
        message = LETTERS.write(replace(data, channel="sms")).text
        assert locale.day(data.deadline).replace("\u00a0", " ") in message, (name, message)
        seen.add(opening)
    assert len(seen) == len(_renewed(language)) == 7


def test_a_letter_about_several_tells_what_became_of_each_of_them() -> None:
    """A1, A2 and D: what stands in a letter about one invoice stands in one about several."""
    cases = (decided("split", 9000), returned(MessageType.PAYMENT_REVERSED), CASE)
    lines = tuple(
        InvoiceLine(case=case, statement=statement_in(letter(case=case)), days_late=9)
        for case in cases
    )
    written = LETTERS.write(letter(ANSWER, tone="clear", case=cases[0], lines=lines))

    assert written.text.count("You are right in part: we have credited EUR 90.00") == 1
    assert written.text.count("was returned on 3 February 2026") == 1
    assert "overlooked" not in written.text
    assert IGNORE not in written.text


@pytest.mark.parametrize(("hours", "told"), [(-25, False), (-23, True)])
def test_what_was_told_of_one_is_not_told_again_beside_others(hours: int, told: bool) -> None:
    """An hour before the decision, an hour after it."""
    case = replace(decided("for_us"), deeds=(polite_said(NOW + timedelta(hours=hours)),))
    lines = tuple(
        InvoiceLine(case=one, statement=statement_in(letter(case=one)), days_late=9)
        for one in (case, CASE)
    )
    text = LETTERS.write(letter("second", tone="clear", case=case, lines=lines)).text

    assert ("have found it to be right as it stands" not in text) is told
    assert ("overlooked" in text) is told
