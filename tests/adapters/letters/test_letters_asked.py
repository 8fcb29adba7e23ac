"""Every way to say a letter asks for one and the same sum: what this letter asks for (P05, P24)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from activities.ports.letter_data import LetterData
from adapters.letters.asked import asked_sum
from adapters.letters.text.catalogue import LANGUAGES
from domain.case.invoice import Discount
from domain.case.model import Case
from domain.money import Money
from starter.letters.samples import samples
from tests.adapters.letters.agreeing import IN_INSTALMENTS, OFFERED, PROMISE, PROMISED, WAIVED
from tests.adapters.letters.asking import COSTS, agreed, bold, code, coded
from tests.adapters.letters.lettering import LETTERS, said
from tests.adapters.letters.reading import locale_of
from tests.adapters.letters.samples import CASE, INVOICE, NOW, letter

PAID_LATER = ("thanks", "hardship")


@pytest.mark.parametrize("language", LANGUAGES)
def test_letter_code_calendar_and_text_message_name_the_same_sum(language: str) -> None:
    """C1: the sum of the letter is in its words, its bold line, its code, its SMS, its entry."""
    locale = locale_of(language)
    for sample in samples(language):
        if sample.name.startswith(PAID_LATER):
            continue
        data, asked = sample.data, asked_sum(sample.data)
        sums = [locale.money(one) for one in asked.sums]
        written, content = LETTERS.write(data), LETTERS.content(data)
        stands_out = bold(content)
        each = [locale.money(one) for part in asked.together for one in part.sums]
        assert stands_out[-len(each or sums) :] == (each or sums), sample.name
        if not data.lines:
            assert stands_out == sums, sample.name
        plain = [one.replace("\u00a0", " ") for one in sums]
        assert all(one in written.text for one in plain), sample.name
        message = LETTERS.write(replace(data, channel="sms")).text
        assert all(one in message for one in plain), (sample.name, message)
        if asked.alone and asked.alone.currency == "EUR":
            assert code(written)[7] == coded(asked.alone), sample.name
            assert plain[0] in content.codes[0].caption.replace("\u00a0", " ")
        for entry in (one for one in written.attachments if one.media_type == "text/calendar"):
            first = Calendar.from_ical(entry.body).walk("VEVENT")[0]
            own = (*asked.together, asked)[0]
            (part,) = [locale.money(one).replace("\u00a0", " ") for one in own.sums]
            assert part in str(first["summary"]), sample.name
            assert first.decoded("dtstart") == own.until


@pytest.mark.parametrize("name", ["agreement-plan", "agreement-settlement", "gentle-warm"])
def test_the_page_on_paper_names_it_too(name: str) -> None:
    data = next(one.data for one in samples("de") if one.name == name)
    written = LETTERS.write(replace(data, channel="paper"))
    (pdf,) = [one.body for one in written.attachments if one.media_type == "application/pdf"]
    page = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    (money,) = asked_sum(data).sums

    words = locale_of("de").money(money).replace("\u00a0", " ")
    assert words in page.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("case", "sum_", "until"),
    [
        (PROMISED, "EUR400", "28 February 2026"),
        (IN_INSTALMENTS, "EUR600", "28 February 2026"),
        (OFFERED, "EUR900", "28 February 2026"),
        (WAIVED, "EUR1190", "28 February 2026"),
    ],
)
def test_an_agreement_asks_for_what_was_agreed_and_not_for_all_that_is_open(
    case: Case, sum_: str, until: str
) -> None:
    written = LETTERS.write(agreed(case, statement=COSTS))

    assert code(written)[7] == sum_
    assert said(written.text)["Payment deadline"] == until
    assert said(written.text)["Amount owed"] == "EUR 1,249.75"


@pytest.mark.parametrize(
    ("case", "lapses", "left", "note"),
    [
        (PROMISED, False, "EUR 849.75", "EUR 59.75 of it is interest and fees."),
        (IN_INSTALMENTS, False, "EUR 59.75", "These are interest and fees up to today"),
        (IN_INSTALMENTS, True, "EUR 0.00", "Interest and fees of EUR 59.75 will then be waived."),
        (OFFERED, False, "EUR 0.00", "settled in full, interest and fees included."),
        (WAIVED, False, "EUR 0.00", "Interest and fees of EUR 59.75 will then be waived."),
    ],
)
def test_it_says_what_is_left_after_it_and_what_becomes_of_costs(
    case: Case, lapses: bool, left: str, note: str
) -> None:
    """C3, P50: an accountant books the bold line, and knows what the rest is."""
    text = LETTERS.write(agreed(case, statement=COSTS, costs_lapse=lapses)).text

    assert said(text)["Left after that"] == left
    assert note in text


def test_without_costs_a_promise_of_a_part_leaves_a_rest_that_stays_due() -> None:
    text = LETTERS.write(agreed(PROMISED)).text

    assert said(text)["Left after that"] == "EUR 790.00"
    assert "This balance stays due as before." in text


@pytest.mark.parametrize(
    ("came", "asked"), [(0, "EUR400"), (25000, "EUR400"), (80000, "EUR390"), (100000, "EUR190")]
)
def test_the_reminder_of_a_promise_of_part_asks_for_what_is_still_promised(
    came: int, asked: str
) -> None:
    """Money goes to what is due before what is promised for later (decision 0023)."""
    moves = ((datetime(2026, 2, 10, tzinfo=UTC), came),) if came else ()
    promise = replace(PROMISE, beside=79000)
    case = replace(CASE, promises=(promise,), received=came, moves=moves, money=moves)
    data = agreed(case, do="remind", step="agreement-1-reminder")

    assert code(LETTERS.write(data))[7] == asked


def test_the_reminder_of_an_offer_asks_for_what_is_still_to_come_of_it() -> None:
    came = (datetime(2026, 2, 10, tzinfo=UTC), 25000)
    case = replace(OFFERED, received=25000, moves=(came,), money=(came,))
    written = LETTERS.write(agreed(case, do="remind", step="agreement-1-reminder"))

    assert code(written)[7] == "EUR650"
    assert "EUR 650.00 of it is still to come" in written.text


@pytest.mark.parametrize(
    ("came", "asked"),
    [(0, "EUR600"), (59900, "EUR1"), (60000, "EUR590"), (60001, "EUR589.99")],
)
def test_a_plan_asks_for_the_next_instalment_that_has_not_come_whole(came: int, asked: str) -> None:
    moves = ((datetime(2026, 2, 10, tzinfo=UTC), came),) if came else ()
    case = replace(IN_INSTALMENTS, received=came, moves=moves, money=moves)

    assert code(LETTERS.write(agreed(case)))[7] == asked


def test_a_missed_instalment_asks_for_what_is_missing_of_it_by_the_end_of_its_cure() -> None:
    case = replace(IN_INSTALMENTS, received=20000, moves=((NOW, 20000),))
    written = LETTERS.write(replace(agreed(case, do="remind"), step="instalment-1-1-missed"))

    assert code(written)[7] == "EUR400"
    assert said(written.text)["Payment deadline"] == "7 March 2026"


def test_when_the_plan_is_over_everything_is_asked_for() -> None:
    data = agreed(IN_INSTALMENTS, do="remind", statement=COSTS, deadline="2026-04-20")
    written = LETTERS.write(replace(data, step="instalment-1-2-over"))

    assert code(written)[7] == "EUR1249.75"


@pytest.mark.parametrize(
    ("today", "asked"),
    [("2026-02-03", "EUR1166.2"), ("2026-02-04", "EUR1166.2"), ("2026-02-05", "EUR1190")],
)
def test_a_discount_is_in_the_code_as_long_as_it_can_be_earned(today: str, asked: str) -> None:
    """P07: the day before its last day, the last day, the day after."""
    early = Discount(minor=2380, until=date(2026, 2, 4))
    case = replace(CASE, invoice=replace(INVOICE, discount=early, due=date(2026, 3, 3)))
    data = agreed(case, do="remind", step="gentle", today=today, days_late=-20)
    written = LETTERS.write(replace(data, step="gentle"))

    assert code(written)[7] == asked


def test_a_discount_is_not_counted_on_where_costs_are_owed_or_a_part_is_contested() -> None:
    early = Discount(minor=2380, until=date(2026, 2, 28))
    case = replace(CASE, invoice=replace(INVOICE, discount=early))

    assert asked_sum(letter(case=case, statement=COSTS)).sums == (Money(124975, "EUR"),)
    less = replace(COSTS, lines=(), principal=Money(100000, "EUR"))
    assert asked_sum(letter(case=case, statement=less)).sums == (Money(100000, "EUR"),)


def test_a_link_that_holds_the_sum_asks_for_what_the_letter_asks_for() -> None:
    link = "https://pay.acme.example/{number}?amount={amount}&currency={currency}"
    text = LETTERS.write(agreed(OFFERED, pay_link=link)).text
    content = LETTERS.content(agreed(OFFERED, pay_link=link))

    assert "https://pay.acme.example/INV-2026-7?amount=900.00&currency=EUR" in text
    assert content.ways[-1].button == "Pay EUR\u00a0900.00 online"


def test_each_instalment_keeps_its_own_entry_in_the_calendar() -> None:
    """The word before the second instalment moves the second entry, not the first."""

    def ids(data: LetterData) -> list[str]:
        (file,) = [
            one for one in LETTERS.write(data).attachments if one.media_type == "text/calendar"
        ]
        return [str(one["uid"]) for one in Calendar.from_ical(file.body).walk("VEVENT")]

    second = replace(agreed(IN_INSTALMENTS, do="remind"), step="instalment-1-2-reminder")
    assert ids(second) == ids(agreed(IN_INSTALMENTS))[1:]


def test_what_a_promise_leaves_is_never_negative() -> None:
    whole = replace(PROMISE, amount=None)
    text = LETTERS.write(agreed(replace(CASE, promises=(whole,)))).text

    assert said(text)["Left after that"] == "EUR 0.00"
    assert said(text)["Amount to pay"] == "EUR 1,190.00"
