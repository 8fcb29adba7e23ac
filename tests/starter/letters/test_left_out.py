"""Own words and layouts that forget the invoice, the sum, the day or the reference are faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from starter.letters.checking import problems_in
from tests.starter.letters.test_own_letters import LAYOUT, folder


def test_words_that_forget_the_invoice_the_sum_or_the_day_are_faults(tmp_path: Path) -> None:
    """What our own words would say in their place; a call names no day."""
    text = "{% block text %}{{ us }}: please pay.{% endblock %}"
    subject = "{% block subject %}Money{% endblock %}"
    words = {"sms": text, "voice": text, "polite": subject}
    own = folder(tmp_path, **{f"words/{name}.txt": said for name, said in words.items()})
    found = {str(one) for one in problems_in(own)}

    assert {one for one in found if " of formal " in one} == {
        "words/sms.txt: the text message of formal leaves out the invoice's number",
        "words/sms.txt: the text message of formal leaves out the sum",
        "words/sms.txt: the text message of formal leaves out the day",
        "words/sms.txt: the text message of formal leaves out the link",
        "words/voice.txt: the call of formal leaves out the invoice's number",
        "words/voice.txt: the call of formal leaves out the sum",
    }
    assert "words/sms.txt: the text message of agreement leaves out the day" in found
    assert {one for one in found if "polite.txt" in one} == {
        "words/polite.txt: the subject leaves out the invoice's number"
    }


@pytest.mark.parametrize(
    ("left_out", "reason"),
    [
        (0, "the sum (glance.sums, or tables and totals)"),
        (1, "the day (glance.until)"),
        (2, "the payment reference (glance.transfer, or ways)"),
        (3, "whom to ask (contact)"),
    ],
)
def test_a_layout_that_forgets_one_thing_is_told_which(
    tmp_path: Path, left_out: int, reason: str
) -> None:
    shown = [
        "{{ glance.sums[0].value }}",
        "{{ glance.until.value }}",
        "{% for row in glance.transfer %}{{ row.value }} {% endfor %}",
        "{{ contact }}",
        "{{ glance.online.link }}",
    ]
    page = LAYOUT.replace("{{ %s }}", " ".join(shown[:left_out] + shown[left_out + 1 :]))
    found = [str(one) for one in problems_in(folder(tmp_path, **{"mail.mjml": page}))]

    assert found == [f"mail.mjml: leaves out {reason}; every demand says it"]
