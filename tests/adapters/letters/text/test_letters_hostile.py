"""Letters and SMS with missing, hostile or oversized values."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from adapters.letters.formats.sms import LONGEST_SMS
from domain.parties.people import Creditor, Debtor
from tests.adapters.letters.lettering import DUE_STEPS, LETTERS, STEPS, WATCHED, said, write
from tests.adapters.letters.samples import CASE, CREDITOR, DEBTOR, INVOICE, letter

OPTIONAL = [field.name for field in fields(Creditor) if field.name != "id"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("missing", [*OPTIONAL, "everything"])
def test_what_a_creditor_has_not_told_leaves_no_empty_label(step: str, missing: str) -> None:
    gone: dict[str, Any] = dict.fromkeys(OPTIONAL if missing == "everything" else [missing], "")

    text = write(step, creditor=replace(CREDITOR, **gone), debtor=Debtor(id="c1"))

    headings = {"How to pay:", "Payment terms:"}
    assert not [line for line in text.splitlines() if line.endswith(":") and line not in headings]
    assert "None" not in text
    assert ", ," not in text
    assert "\n\n\n" not in text


CANARIES = ["{{7*7}}", "{% for x in range(9) %}", "{{ creditor.iban }}", "<b>bold</b>", "${7*7}"]


@pytest.mark.parametrize("canary", CANARIES)
def test_what_people_typed_is_printed_and_never_run(canary: str) -> None:
    foul = replace(DEBTOR, name=canary)

    text = write("final", debtor=foul, creditor=replace(CREDITOR, terms=canary))

    assert text.count(canary) == 3
    assert "49" not in text


@pytest.mark.parametrize("mark", ["\r\n", "\n", "\u2028", "\u0085", "\x0b"])
def test_no_value_can_add_a_line_or_a_header(mark: str) -> None:
    forged = f"INV-1{mark}Amount owed: EUR 0.01"
    case = replace(CASE, invoice=replace(INVOICE, number=forged))

    written = LETTERS.write(letter("polite", case=case, debtor=replace(DEBTOR, name=forged)))

    assert len(written.subject.splitlines()) == 1
    assert said(written.text)["Amount owed"] == "EUR 1,190.00"
    assert not [line for line in written.text.splitlines() if line.startswith("Amount owed: EUR 0")]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("name", ["Acme", "Acme Supplies and Sons International Holding " * 3])
@pytest.mark.parametrize("number", ["7", "INVOICE-2026-000000000000000000000007"])
def test_an_sms_is_short_names_its_sender_and_keeps_amount_and_reference(
    step: str, name: str, number: str
) -> None:
    link = "https://pay.acme.example/" + "i" * 150
    case = replace(CASE, invoice=replace(INVOICE, number=number))
    creditor = replace(CREDITOR, name=name, pay_link=link)

    text = write(step, channel="sms", case=case, creditor=creditor)

    assert len(text) <= LONGEST_SMS
    assert "\n" not in text
    assert text.startswith("Acme")
    assert number in text
    assert "EUR 1,190.00" in text
    ignorable = step in DUE_STEPS and step not in WATCHED
    assert ("Ignore this if you have paid." in text) is ignorable


def test_an_sms_says_the_same_tomorrow_so_that_it_can_be_found_again() -> None:
    assert write("polite", channel="sms") == write("polite", channel="sms", today="2026-02-05")


def test_an_unknown_tone_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="friendly, clear, firm, final"):
        LETTERS.write(letter(tone="angry"))
