"""Every letter in every language says what a reminder must say (P05, P20 to P26), to the cent."""

from __future__ import annotations

from functools import cache

import pytest
from schwifty import IBAN
from stdnum import iso11649

from adapters.letters.asked import asked_sum
from adapters.letters.letter import FiguresTable
from adapters.letters.stated import lines_of, statement_in, totals_of
from adapters.letters.text.catalogue import LANGUAGES
from adapters.letters.text.laws import cited
from adapters.letters.text.locale import BLANKS
from starter.letters.samples import SampleLetter, samples
from tests.adapters.letters.reading import LETTERS, Read, read

ASKS_NOTHING = ("thanks", "hardship")
"""How the names of those letters begin that ask for nothing."""

CHASES = ("polite", "second", "reminder", "formal", "promise", "several", "costs", "plan", "instal")
"""How the names of those letters begin that ask for what is late."""

SIGNS = "+\N{MINUS SIGN}"
KNOWN = ("plan", "instal", "costs")
"""Those of them that ask nobody to ignore them: what became of the payment is known."""

IGNORE = (
    "Please ignore this message if you have already paid, and accept our thanks.",
    "Please ignore this if you have paid.",
    "Please ignore this message if the rest is on its way, and accept our thanks.",
)
"""Said once in each of them: the second mail says it first of all."""


@cache
def written(language: str) -> tuple[tuple[SampleLetter, Read], ...]:
    return tuple((sample, read(sample.data)) for sample in samples(language))


def chasing(language: str) -> list[tuple[SampleLetter, Read]]:
    return [(one, said) for one, said in written(language) if one.name.startswith(CHASES)]


every_language = pytest.mark.parametrize("language", LANGUAGES)


@every_language
def test_both_companies_the_date_and_the_person_to_ask_are_named(language: str) -> None:
    """P20 P21 P22."""
    for sample, said in written(language):
        us, you = sample.data.creditor, sample.data.debtor
        for words in (us.name, *us.address.splitlines(), us.email, us.phone, you.name, you.id):
            assert words in said.text, (sample.name, words)
        assert said.day(sample.data.today) in said.text
        assert f"{us.contact}, {us.phone}" in said.text, sample.name


@every_language
def test_each_invoice_is_named_with_its_dates_and_a_copy_is_attached(language: str) -> None:
    """P23."""
    for sample, said in written(language):
        invoices = [line.case.invoice for line in lines_of(sample.data)]
        assert said.values("Invoice") == [invoice.number for invoice in invoices], sample.name
        issued = said.values("Invoice date")
        due = said.values("Due date")[-len(invoices) :]  # the first stands at one glance, too
        assert issued == [said.day(invoice.issued) for invoice in invoices]
        assert all(
            words.startswith(said.day(one.due)) for words, one in zip(due, invoices, strict=True)
        )
        names = [one.name for one in said.letter.attachments]
        assert all(copy.name in names for copy in sample.data.copies), sample.name


@every_language
def test_the_amounts_equal_the_ledger_each_cost_by_itself_with_its_ground(language: str) -> None:
    """P24."""
    for sample, said in written(language):
        lines = lines_of(sample.data)
        total = "Amount to pay" if sample.name.startswith("hardship") else "Amount owed"
        owed = said.sums(total)[-len(lines) :]
        assert owed == [line.statement.total for line in lines], sample.name
        assert said.sums("Invoice amount") == [line.case.invoice.amount for line in lines]
        for cost in statement_in(sample.data).lines:
            label = {"interest": "Interest", "compensation": "Fixed compensation"}.get(cost.name)
            told = [cost.amount] * len(lines)
            assert said.sums(label or "Late fee") == told, (sample.name, cost.name)
            law = cited(cost.law, said.locale).translate(BLANKS)
            assert law in said.text, (sample.name, cost.law)
        if statement_in(sample.data).lines:
            left = [statement_in(sample.data).principal] * len(lines)
            assert said.sums("Invoice balance") == left


@every_language
def test_the_sums_carry_their_signs_and_add_up_line_by_line(language: str) -> None:
    """C5: whoever adds the lines up as they stand gets each subtotal and the total."""
    for sample, said in written(language):
        for table in LETTERS.content(sample.data).tables:
            _adds_up(sample, said, table)
    formal = next(said for sample, said in written(language) if sample.name == "formal-final")
    assert sum(line.minor for line in formal.sums("Paid so far")) == -20000


def _adds_up(sample: SampleLetter, said: Read, table: FiguresTable) -> None:
    """The invoice amount and each line with a sign make what a line without one says."""
    running, owed = None, said.locale.gettext("Amount owed")
    for row in table.rows:
        words = row.value.replace("\u00a0", " ")
        if row.label == said.locale.gettext("Invoice amount"):
            running = said.money(words)
        elif running and words[0] in SIGNS:
            running += said.money(words)
        elif row.weight == "subtotal" or row.label == owed:
            assert running == said.money(words), (sample.name, row)


@every_language
def test_amount_day_and_way_stand_before_any_sentence(language: str) -> None:
    """P05, P24, P26: at one glance."""
    for sample, said in written(language):
        content = LETTERS.content(sample.data)
        if sample.name.startswith(ASKS_NOTHING):
            assert content.glance is None
            continue
        assert content.glance
        before = said.text.partition(content.greeting)[0]
        rows = (*content.glance.sums, content.glance.until, *content.glance.transfer)
        for row in filter(None, rows):
            assert row.value.replace("\u00a0", " ") in before, (sample.name, row)
        # An overview of invoices with due dates of their own sets no day.
        assert bool(content.glance.until) is (sample.name != "statement"), sample.name
        assert len(content.glance.transfer) == 2, sample.name


@every_language
def test_several_invoices_have_a_total_per_currency(language: str) -> None:
    for sample, said in written(language):
        if sample.data.lines and not asked_sum(sample.data).together:
            for total in totals_of(sample.data.lines):
                label = said.locale.gettext("Total owed in %(currency)s") % {
                    "currency": total.currency
                }
                assert (
                    f"{label}{said.locale.colon}{said.locale.money(total)}".replace("\u00a0", " ")
                    in said.text
                )


@every_language
def test_terms_and_consequences_stand_in_every_reminder(language: str) -> None:
    """P06 P25."""
    for sample, said in chasing(language):
        assert sample.data.creditor.terms in said.text, sample.name
        follows = LETTERS.content(sample.data).follows
        assert follows, f"{sample.name} says nothing of what comes next"
        assert all(words.replace("\u00a0", " ") in said.text for words in follows)


@every_language
def test_the_deadline_and_a_payment_reference_that_validates_stand_in_every_reminder(
    language: str,
) -> None:
    """P26."""
    for sample, said in chasing(language):
        if sample.data.deadline:
            assert said.value("Payment deadline") == said.day(sample.data.deadline), sample.name
        reference = said.value("Payment reference")
        if sample.data.lines:
            assert reference == said.locale.gettext("the invoice numbers")
        else:
            assert iso11649.is_valid(reference), (sample.name, reference)


@every_language
def test_there_is_more_than_one_way_to_pay_and_each_is_valid(language: str) -> None:
    """P05."""
    for sample, said in written(language):
        if sample.name.startswith(ASKS_NOTHING):
            assert "IBAN" not in said.text
            continue
        assert IBAN(said.value("IBAN")).compact == sample.data.creditor.iban
        if not sample.data.lines:
            number = sample.data.case.invoice.number
            assert f"https://pay.sample.example/i/{number}" in said.text, sample.name


@every_language
def test_whoever_is_late_may_ignore_it_if_it_was_paid_and_nobody_else_is_told_so(
    language: str,
) -> None:
    """P11."""
    for sample, said in written(language):
        told = sum(said.text.count(said.locale.gettext(words)) for words in IGNORE)
        is_known = sample.name.startswith(KNOWN)
        assert told == (sample.name.startswith(CHASES) and not is_known), sample.name


@every_language
def test_a_discount_is_shown_while_it_can_be_earned(language: str) -> None:
    """P07."""
    for sample, said in written(language):
        shown = said.values("Discount for paying early")
        assert bool(shown) is sample.name.startswith(("gentle", "dispute_decided")), sample.name


ASKING = (
    *(
        "When may we expect",
        "which day",
        "agree another",
        "agree a day",
        "to agree",
        "when it will",
    ),
    *("by when", "when you will", "suit you better", "or call us today"),
)
"""How English asks for a date; the translations hold the same phrases, one for one."""


def test_every_letter_about_money_to_come_asks_for_a_date() -> None:
    """P10: silence is answered with a question, not with a figure alone."""
    for sample, _ in written("en"):
        if sample.name.startswith((*CHASES, "gentle")):
            opening = " ".join(part.text for part in LETTERS.content(sample.data).opening)
            assert any(words in opening for words in ASKING), (sample.name, opening)
