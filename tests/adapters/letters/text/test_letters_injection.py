"""Customer data never becomes template, HTML, header or path (fault-matrix rows 38 to 41)."""

# ruff: noqa: RUF001 - letters that look like others are the attack itself

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from io import BytesIO

import pytest
from pypdf import PdfReader

from activities.ports.letter_data import Letter, LetterData
from activities.ports.types import Envelope
from adapters.email.sendgrid_mail import sendgrid_body
from adapters.http.address_checks import broken_header
from adapters.messages.mime import mail_of
from starter.letters.samples import SampleLetter, samples
from tests.adapters.letters.reading import LETTERS

SAMPLES = tuple(samples("en"))
TEMPLATES = [
    "{{7*7}}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{% for x in range(10**9) %}x{% endfor %}",
    "{{'a'*10**9}}",
    "{{c.delete()}}",
    "${7*7}",
    "#{7*7}",
    "%(owed)s %(nobody)s %s %d",
    "<mj-raw><b>x</b></mj-raw>",
    "<% = 7*7 %>",
    '#read("/etc/passwd")',
    "$ x^2 $ *bold* _it_ @preview <label> \\ `raw`",
]
MARKUP = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</td></tr></table><h1>Paid</h1>",
    "<a href='javascript:alert(1)'>pay</a>",
    "javascript:alert(1)",
    "<style>*{display:none}</style>",
    "&lt;b&gt; &#60;b&#62;",
    "<!-- --><![CDATA[ x ]]>",
    "<iframe src=https://evil.example>",
]
HEADERS = [
    "Globex\r\nBcc: all@evil.example",
    "Globex\nSubject: You won",
    "Globex\u2028Bcc: all@evil.example",
    "Globex\u0085Bcc: all@evil.example",
    "Globex\x0bBcc: all@evil.example",
    "Globex\x00Ltd",
]
PATHS = ["../../etc/passwd", "/etc/passwd", "..\\..\\windows", "a\x00b.pdf", "~/.ssh/id_rsa", "-rf"]
TURNED = [
    "Globex \u202e dtL\u202c",
    "INV-\u202e0001-VNI",
    "\u2066evil\u2069",
    "a\u200bb\ufeffc",
    "\u200fעברית\u200e",
]
HOMOGLYPHS = ["Аcme Supplies", "ＧＢ３３ＢＵＫＢ", "pаypal.example"]
CORPUS = [*TEMPLATES, *MARKUP, *HEADERS, *PATHS, *TURNED, *HOMOGLYPHS]
HIDDEN = re.compile(
    "[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff\x00-\x09\x0b-\x1f\x85\u2028]"
)


class Tags(HTMLParser):
    """Counts what a browser would act on; a long word is wrapped, a second line is a paragraph."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.bad: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what it would do."""
        self.tags.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (value or "").lower().lstrip().startswith("javascript"):
                self.bad.append(f"{tag} {name}={value}")
            if name in {"href", "src"}:
                self.links.append(value or "")


def tags(letter: Letter) -> Tags:
    found = Tags()
    found.feed(letter.html)
    return found


def foul(data: LetterData, words: str) -> LetterData:
    """A letter with the words wherever a customer or a billing system may put them."""
    invoice = replace(data.case.invoice, number=words)
    lines = tuple(
        replace(line, case=replace(line.case, invoice=replace(line.case.invoice, number=words)))
        for line in data.lines
    )
    return replace(
        data,
        case=replace(data.case, invoice=invoice),
        lines=lines,
        debtor=replace(data.debtor, id=words, name=words, phone=words),
        creditor=replace(data.creditor, contact=words, terms=words, address=words),
    )


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_whatever_is_typed_stays_words_in_every_letter(sample: SampleLetter) -> None:
    clean = tags(LETTERS.write(foul(sample.data, "Globex")))
    for words in CORPUS:
        letter = LETTERS.write(foul(sample.data, words))
        found = tags(letter)

        more = Counter(found.tags) - Counter(clean.tags)
        assert set(more) <= {"span", "p", "br", "bdi"}, (words, more)
        assert not found.bad, words
        assert all(link.startswith(("cid:", "https://pay.sample.example/")) for link in found.links)
        assert not HIDDEN.search(letter.subject + letter.text + letter.html), words
        assert len(letter.subject.splitlines()) == 1, words


@pytest.mark.parametrize("words", TEMPLATES)
def test_templates_in_data_are_printed_and_never_run(words: str) -> None:
    data = next(one.data for one in SAMPLES if one.name == "formal-final")
    letter = LETTERS.write(foul(data, words))
    page = PdfReader(BytesIO(letter.attachments[0].body)).pages[0].extract_text()

    assert letter.text.count(words) >= 4
    assert not re.search(r"\b49\b", letter.text.replace(words, ""))
    assert "root:" not in letter.text + letter.html + page


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_no_value_adds_a_header_to_any_mail_or_request(sample: SampleLetter) -> None:
    for words in HEADERS:
        letter = LETTERS.write(foul(sample.data, words))
        envelope = Envelope(
            id="m-1",
            channel="email",
            to="ap@globex.example",
            sender="billing@acme.example",
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            attachments=letter.attachments,
        )
        assert not broken_header(envelope), words
        mail = message_from_bytes(mail_of(envelope).as_bytes(), policy=default)
        assert mail["Bcc"] is None
        assert len(mail.get_all("Subject", [])) == 1
        assert "\n" not in sendgrid_body(envelope)["subject"]


@pytest.mark.parametrize("words", [*PATHS, *HEADERS, *MARKUP, *TURNED])
def test_names_of_attachments_are_plain_whatever_the_invoice_is_called(words: str) -> None:
    for sample in SAMPLES:
        for attached in LETTERS.write(foul(sample.data, words)).attachments:
            assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", attached.name), attached.name
            assert ".." not in attached.name


@pytest.mark.parametrize("name", ["../other", "..", "/etc", "a/b", ".hidden\x00", "аcme"])
def test_a_creditors_id_leads_into_no_other_folder(name: str) -> None:
    data = replace(SAMPLES[0].data, creditor=replace(SAMPLES[0].data.creditor, id=name))

    assert LETTERS.content(data).accent == LETTERS.content(SAMPLES[0].data).accent


@pytest.mark.parametrize("words", HOMOGLYPHS)
def test_a_homoglyph_reaches_no_account_number_amount_or_link(words: str) -> None:
    data = SAMPLES[5].data
    false = replace(data.creditor, iban=words, pay_link=f"https://{words}/pay", bic=words)
    letter = LETTERS.write(replace(data, creditor=false))

    assert words not in letter.text.replace(data.creditor.name, "")
    assert "IBAN" not in letter.text
