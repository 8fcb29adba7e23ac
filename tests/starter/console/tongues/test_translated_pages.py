"""Pages in other languages: none keeps a word of ours in English, all fit, all can be read."""

from html.parser import HTMLParser
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from adapters.letters.text.catalogue import LANGUAGES, SOURCE
from starter.console.shown.tongue import console_catalogue
from tests.accessibility import violations
from tests.chromium import CHROMIUM
from tests.starter.console.factories import Console, Visitor, in_days

PAGES = (
    *("/", "/customers/C-1", "/cases/R-1", "/cases/R-2", "/tasks", "/inbox", "/agreements"),
    *("/agreements?of=disputed", "/money?of=all", "/agencies", "/agencies/case/R-1"),
    *("/plans/R-1?first=2030-01-01&count=3", "/letters/R-1?step=second", "/reports"),
    *("/reports?of=work", "/policies", "/operation", "/operation/leaving"),
    *("/operation/programs", "/operation/sender", "/search?q=can", "/help", "/me"),
)
_ALONE = ("br", "hr", "img", "input", "link", "meta")
_LABELS = ("aria-label", "placeholder", "title", "alt")


class _Read(HTMLParser):
    """Every text and label of a page with the language in which it is said to be."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = [""]
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        language = told.get("lang") or self.open[-1]
        self.texts += [(language, str(told[one])) for one in _LABELS if told.get(one)]
        if tag not in _ALONE:
            self.open.append(language)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _ALONE:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1], " ".join(data.split())))


@pytest.fixture
def admin(console: Console, creditor: str) -> Visitor:
    """An admin, for whom every page has its forms, with something on each."""
    found = console.visitor(creditor, "admin")
    console.opened(creditor)
    console.opened(creditor, "R-2")
    found.post("/acts/promise", number="R-1", date=in_days(3))
    found.post("/acts/dispute", number="R-2", reason="goods")
    found.post("/acts/outcome", number="R-1", reason="no_answer")
    found.post("/customer/note", customer="C-1", said="hello")
    return found


@pytest.mark.parametrize("language", ["de", "ru"])
def test_a_page_keeps_to_its_language_or_says_that_it_does_not(
    admin: Visitor, language: str
) -> None:
    english = {
        one.id
        for one in console_catalogue(language)
        if isinstance(one.id, str) and one.id and one.id != one.string
    }
    admin.post("/me/language", language=language)
    left: dict[str, set[str]] = {}
    for path in PAGES:
        read = _Read()
        read.feed(admin.get(path).text)
        assert read.open == [""], "each tag is closed"
        said = {text for where, text in read.texts if where == language}
        assert said
        left |= {path: said & english} if said & english else {}

    assert left == {}


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here; see CONTRIBUTING")
def test_long_words_fit_and_everybody_can_read_them(
    console: Console, admin: Visitor, browser: Browser
) -> None:
    context = browser.new_context(base_url=console.address, reduced_motion="reduce")
    cookies: list[Any] = [
        {"name": name, "value": value, "url": console.address}
        for name, value in admin.client.cookies.items()
    ]
    context.add_cookies(cookies)
    page, faults = context.new_page(), {}
    for language in ("de", "ru"):
        admin.post("/me/language", language=language)
        for path in PAGES:
            if found := _faults(page, path, read=language == "de"):
                faults[f"{language} {path}"] = found
    context.close()

    assert faults == {}


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here; see CONTRIBUTING")
def test_the_bar_of_pages_is_one_line_in_each_language_and_the_search_keeps_room(
    console: Console, creditor: str, browser: Browser
) -> None:
    console.opened(creditor)
    context = browser.new_context(base_url=console.address)
    page, found = context.new_page(), {}
    page.goto(console.link(creditor, "admin", "Katharina Müllersen"))
    page.wait_for_url("**/")
    for language in (SOURCE, *LANGUAGES):
        context.set_extra_http_headers({"Accept-Language": language})
        for width, most in ((1280, 40), (390, 100)):
            page.set_viewport_size({"width": width, "height": 844})
            page.goto("/cases/R-1")
            bar = page.locator(".top nav").bounding_box()
            search = page.locator(".find").bounding_box()
            fits = bar and search and bar["height"] < most and search["width"] > 100
            found[language, width] = bool(fits)
        assert page.evaluate("document.documentElement.lang") == language
    context.close()

    assert [what for what, fits in found.items() if not fits] == []


def _faults(page: Page, path: str, *, read: bool) -> list[str]:
    """What is too wide at two widths, and what breaks a rule at the smaller."""
    page.goto(path)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found: list[str] = []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"wider than {width}")
    return [*found, *violations(page)] if read else found
