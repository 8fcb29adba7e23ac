"""Every screen at two widths and in two schemes: fits, can be read, and needs no mouse."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.accessibility import violations
from tests.chromium import CHROMIUM
from tests.starter.console.factories import Console, Visitor, in_days

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here; see CONTRIBUTING"),
]

SCREENS = (
    *(
        "/",
        "/customers/C-1",
        "/cases/R-1",
        "/tasks",
        "/inbox",
        "/agreements",
        "/money?of=all",
        "/money/bank",
    ),
    *(
        "/letters/R-1?step=second",
        "/letter/R-1?now=yes",
        "/reports",
        "/reports?of=reasons",
        "/policies",
        "/operation",
    ),
    *("/operation/leaving", "/operation/programs", "/operation/sender", "/search?q=can"),
    *("/help", "/me", "/nowhere"),
)
_SMALL = """
() => [...document.querySelectorAll('main a.button, main button, main select, nav a')]
  .filter(one => one.offsetParent && one.getBoundingClientRect().height < 24)
  .map(one => one.outerHTML.slice(0, 120))
"""
_FOCUSED = "document.activeElement.outerHTML.slice(0, 120)"
_IN_SIGHT = """
() => { const one = document.activeElement;
  if (one.closest('header.top, .skip, body > a')) return true;
  if (one === document.body) return true; const box = one.getBoundingClientRect();
  const head = document.querySelector('header.top').getBoundingClientRect();
  return box.bottom > head.bottom && box.top < innerHeight; }
"""
READ: tuple[tuple[int, Any], ...] = ((1280, "light"), (390, "dark"))
"""Looks in which every rule is asked: each width and each scheme once."""

LOOKS: tuple[tuple[int, Any], ...] = (
    (1280, "light"),
    (1280, "dark"),
    (390, "light"),
    (390, "dark"),
)


@pytest.fixture
def page(browser: Browser, console: Console, creditor: str) -> Iterator[Page]:
    """A page of an admin, for whom every screen has its forms."""
    visitor = console.visitor(creditor, "admin")
    filled(console, visitor)
    context = browser.new_context(base_url=console.address, reduced_motion="reduce")
    cookies: list[Any] = [
        {"name": name, "value": value, "url": console.address}
        for name, value in visitor.client.cookies.items()
    ]
    context.add_cookies(cookies)
    yield context.new_page()
    context.close()


def filled(console: Console, visitor: Visitor) -> None:
    """A case with a promise, a dispute and a note."""
    console.opened(visitor.creditor)
    console.opened(visitor.creditor, "R-2")
    visitor.post("/acts/promise", number="R-1", date=in_days(3))
    visitor.post("/acts/dispute", number="R-2", reason="goods")
    visitor.post("/customer/note", customer="C-1", said="hello")


def test_every_screen_can_be_read_by_everybody(page: Page) -> None:
    faults: dict[str, Any] = {}
    for path in SCREENS:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=scheme)
            found = [*violations(page), *page.evaluate(_SMALL)] if (width, scheme) in READ else []
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append("wider than its window")
            if found:
                faults[f"{path} {width} {scheme}"] = found

    assert faults == {}


@pytest.mark.parametrize("width", [1280, 390])
def test_what_has_the_focus_is_never_hidden(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for path in ("/cases/R-1", "/policies", "/operation/sender"):
        page.goto(path)
        for _ in range(30):
            page.keyboard.press("Tab")
            assert page.evaluate(_IN_SIGHT), f"{path}: {page.evaluate(_FOCUSED)}"
