"""The HTML of a mail says what the letter says, runs nothing and fetches nothing."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from typing import Any

import pytest

from adapters.letters.formats.html import LayoutError, html_of
from adapters.letters.formats.layouts import shipped_layout
from adapters.letters.letter import Glance, LetterContent, Picture, WayToPay
from tests.adapters.letters.contents import FINAL, GERMAN, REMINDER, SHEETS, qr_code, said, several

EMPTY = {"area", "br", "col", "hr", "img", "meta"}
NO_WORDS = {"language", "accent", "weight", "media_type", "bill", "colon"}
CLIPPED = 102 * 1024
"""What Gmail shows of a mail before it cuts it off."""

HOSTILE = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>'",
    "javascript:alert(1)",
    "{{7*7}}{% for a in b %}{# #}",
    "</td></table></div><mj-raw></mj-raw>",
    "&lt;b&gt;&amp;#60;",
    "a jinja~0~ b",
    "\u202eEUR 1\u202c \u200f",
]


class Page(HTMLParser):
    """What a reader sees, and of which tags it is made."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and what hides it."""
        given = {key: value or "" for key, value in attrs}
        self.tags.append((tag, given))
        if tag not in EMPTY:
            self.open.append((tag, given.get("style", "")))

    def handle_endtag(self, tag: str) -> None:
        """Note that a tag ends, and that it is the one that was open."""
        if tag not in EMPTY:
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        """Note words that are not hidden."""
        hidden = any(tag == "head" or "display:none" in style for tag, style in self.open)
        self.words += [] if hidden else [data]

    def every(self, name: str) -> list[str]:
        """All values of an attribute."""
        return [given[name] for _, given in self.tags if name in given]

    def shape(self) -> list[tuple[str, list[str]]]:
        """The tags and their attributes; a span is only there where a long value may break."""
        return [(tag, list(given)) for tag, given in self.tags if tag != "span"]


def dense(texts: list[str]) -> str:
    return re.sub(r"[\s·]+", "", "".join(texts))


def everywhere(value: Any, words: str) -> Any:
    """The same letter with the words in the place of each text."""
    if isinstance(value, tuple):
        return tuple(everywhere(one, words) for one in value)
    if isinstance(value, str):
        return words if value else ""
    if not is_dataclass(value) or isinstance(value, type):
        return value
    names = {field.name for field in fields(value)} - NO_WORDS
    return replace(value, **{name: everywhere(getattr(value, name), words) for name in names})


@pytest.mark.parametrize("content", SHEETS.values(), ids=SHEETS)
def test_a_mail_says_all_that_the_letter_says_once_in_its_order_and_nothing_else(
    content: LetterContent,
) -> None:
    page = Page(html_of(content))

    assert dense(page.words) == dense(list(said(content)))
    assert not page.open


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_people_typed_is_shown_as_they_typed_it(words: str) -> None:
    logo = Picture(name="logo", body=b"")
    foul: LetterContent = everywhere(replace(FINAL, logo=logo), words)
    tame: LetterContent = everywhere(replace(FINAL, logo=logo), "tame")

    page, model = Page(html_of(foul)), Page(html_of(tame))

    assert dense(page.words) == dense(list(said(foul)))
    assert page.shape() == model.shape()


@pytest.mark.parametrize("content", SHEETS.values(), ids=SHEETS)
def test_a_mail_fetches_nothing_and_leads_only_where_the_creditor_says(
    content: LetterContent,
) -> None:
    html = html_of(replace(content, logo=Picture(name="logo", body=b"")))
    page = Page(html)

    assert all(source.startswith("cid:") for source in page.every("src"))
    assert content.page
    links = {way.link for way in content.ways if way.link} | {content.page.link}
    online = content.glance.online if content.glance else None
    assert set(page.every("href")) == links | ({online.link} if online else set())
    assert not {tag for tag, _ in page.tags} & {"script", "form", "link", "iframe", "input"}
    assert not re.search(r"@import|url\(|@font-face", html)


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "http://pay.example", "https:", " https://a.example", "https://[", "x"],
)
def test_a_link_that_is_not_plain_https_is_only_words(link: str) -> None:
    page = Page(
        html_of(
            replace(
                REMINDER,
                ways=(WayToPay(label="Online", link=link, button="Pay"),),
                page=None,
                glance=Glance(sums=(), online=WayToPay(label="Online", link=link)),
            )
        )
    )

    assert page.every("href") == []
    assert dense([link]) in dense(page.words)
    assert "Pay" in page.words


def test_a_reader_who_hears_the_mail_knows_its_language_order_and_pictures() -> None:
    logo = Picture(name="logo", body=b"", alt="Donaudampf")
    page = Page(html_of(replace(GERMAN, logo=logo)))

    headings = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    pictures = {given["src"]: given["alt"] for tag, given in page.tags if tag == "img"}
    figures = [given["scope"] for tag, given in page.tags if tag == "th"]

    assert set(page.every("lang")) == {"de"}
    assert headings == [1, 2, 3, 3, 2]
    assert pictures == {"cid:logo": "Donaudampf", "cid:pay-code": "QR code"}
    assert set(figures) == {"row"}
    assert "presentation" in page.every("role")


def test_a_list_of_mails_shows_the_request_beside_the_subject() -> None:
    html = html_of(several(2))

    assert ">The 2 invoices below are still open on our side.</div>" in html
    assert "<title>Reminder: 2 invoices are open</title>" in html


@pytest.mark.parametrize(
    ("accent", "used", "text"),
    [
        ("#1f5f5b", "#1f5f5b", "#ffffff"),
        ("#F2C230", "#F2C230", "#000000"),
        ("#ffffff", "#ffffff", "#000000"),
        ("#000000", "#000000", "#ffffff"),
        ("red;background:url(x)", "#1f5f5b", "#ffffff"),
        ("#12345", "#1f5f5b", "#ffffff"),
        ("#123456\n", "#1f5f5b", "#ffffff"),
    ],
)
def test_a_button_can_be_read_on_any_colour(accent: str, used: str, text: str) -> None:
    html = html_of(replace(REMINDER, accent=accent))

    assert f"background:{used};color:{text};" in html


def test_a_usual_letter_is_far_from_being_cut_off() -> None:
    assert max(len(html_of(content).encode()) for content in SHEETS.values()) < CLIPPED / 4


def test_a_further_invoice_costs_little() -> None:
    hundred, two_hundred = (len(html_of(several(count)).encode()) for count in (100, 200))

    assert hundred < CLIPPED
    assert (two_hundred - hundred) / 100 < 800


def test_two_codes_are_two_pictures() -> None:
    codes = (qr_code("one"), replace(qr_code("two"), name="other"))

    page = Page(html_of(replace(REMINDER, codes=codes)))

    assert page.every("src") == ["cid:pay-code", "cid:other"]


def test_the_shipped_layout_is_what_is_used_if_a_creditor_has_none() -> None:
    assert html_of(REMINDER, shipped_layout()) == html_of(REMINDER)


def test_a_layout_reaches_no_more_than_texts() -> None:
    with pytest.raises(LayoutError, match=r"line 1: .*body"):
        html_of(REMINDER, "<mjml><mj-body><mj-raw>{{ codes[0].body }}</mj-raw></mj-body></mjml>")
