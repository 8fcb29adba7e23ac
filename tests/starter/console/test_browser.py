"""A part of a working day in a real browser, by keyboard; passkeys; a strict policy kept."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from domain.parties.people import Debtor
from tests.chromium import CHROMIUM
from tests.starter.console.factories import Console, in_days

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here; see CONTRIBUTING"),
]


@pytest.fixture
def page(browser: Browser, console: Console) -> Iterator[Page]:
    """A page of a collector in London; whatever the browser complains of fails the test."""
    context = browser.new_context(
        base_url=console.address,
        timezone_id="Europe/London",
        viewport={"width": 1280, "height": 800},
    )
    complaints: list[str] = []
    found = context.new_page()
    found.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    found.on("pageerror", lambda error: complaints.append(str(error)))
    yield found
    context.close()
    assert complaints == []


def known(name: str) -> Debtor:
    return Debtor(id=f"C-{name}", name=name, email="pay@canary.example", zone="America/New_York")


def test_a_morning_by_keyboard_alone(console: Console, creditor: str, page: Page) -> None:
    console.opened(creditor, "B-1", debtor=known("Large"), minor=900_000)
    console.opened(creditor, "S-1", debtor=known("Small"), minor=6000)
    page.goto(console.link(creditor, "collector"))
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    expect(page.locator(":focus")).to_have_text("Large")

    page.keyboard.press("j")
    expect(page.locator(":focus")).to_have_text("Small")
    page.keyboard.press("k")
    page.keyboard.press("p")
    expect(page.locator("#promise")).to_have_attribute("open", "")
    expect(page.locator(":focus")).to_have_attribute("name", "date")
    page.locator(":focus").fill(in_days(4))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Plan B: if it is not kept")

    page.goto("/")
    expect(page.get_by_role("list", name="Customers")).not_to_contain_text("Large")
    page.keyboard.press("z")
    expect(page.get_by_text("Nobody has anything overdue")).to_be_visible()
    page.goto("/?view=done")
    expect(page.get_by_role("list", name="Customers")).to_contain_text("Large")


HELD = """document.addEventListener("readystatechange", () => {
  if (document.readyState !== "interactive" || sessionStorage.getItem("pressed")) return;
  sessionStorage.setItem("pressed", "yes");
  const keys = document.title.startsWith("Today") ? KEYS : [];
  for (const key of keys)
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
});"""
"""Presses keys while the page still comes: before the document is whole, once."""


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        pytest.param(["j"], "Small", id="a move is heard once the list has the focus"),
        pytest.param(["z"], "Large", id="nobody is hidden whom nobody saw"),
    ],
)
def test_a_key_that_is_pressed_while_the_page_still_comes(
    console: Console, creditor: str, page: Page, keys: list[str], row: str
) -> None:
    console.opened(creditor, "B-1", debtor=known("Large"), minor=900_000)
    console.opened(creditor, "S-1", debtor=known("Small"), minor=6000)
    page.goto(console.link(creditor, "collector"))
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    page.add_init_script(HELD.replace("KEYS", str(keys)))
    page.goto("/")

    expect(page.locator(":focus")).to_have_text(row)
    expect(page.get_by_role("list", name="Customers")).to_contain_text("Large")


def test_the_buttons_to_the_forms_are_for_phones_alone(
    console: Console, creditor: str, page: Page
) -> None:
    console.opened(creditor)
    page.goto(console.link(creditor, "collector"))
    page.wait_for_url("**/")
    page.goto("/cases/R-1")
    expect(page.locator(".only-narrow")).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".only-narrow")).to_be_visible()


def test_search_notes_and_a_call_by_keyboard(console: Console, creditor: str, page: Page) -> None:
    console.opened(creditor, "K-1", debtor=known("Kestrel Mills"))
    page.goto(console.link(creditor, "collector"))
    expect(page.locator(":focus")).to_have_text("Kestrel Mills")
    page.keyboard.press("/")
    page.keyboard.type("estrel mi/p")
    expect(page.locator(":focus")).to_have_value("estrel mi/p")  # in a field, keys are letters
    page.locator(":focus").fill("estrel mi")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_text("Kestrel Mills")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kestrel Mills")).to_be_visible()
    expect(page.locator("summary:focus")).to_be_visible()
    page.keyboard.press("o")
    expect(page.locator("#outcome select:focus")).to_be_visible()
    page.locator(":focus").select_option("no_answer")
    page.locator("#outcome button").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Recorded")
    page.goto("/customers/C-Kestrel%20Mills")
    page.keyboard.press("n")
    expect(page.locator("#note textarea")).to_be_focused()
    page.locator(":focus").fill("asks for the invoice again")
    page.locator("#note button").press("Enter")
    timeline = page.get_by_role("region", name="What happened")
    expect(timeline).to_contain_text("asks for the invoice again")
    expect(timeline).to_contain_text("no answer")
    expect(timeline).to_contain_text("there)")


def test_without_a_script_the_same_forms_do_the_same(
    console: Console, creditor: str, browser: Browser
) -> None:
    console.opened(creditor)
    context = browser.new_context(base_url=console.address, java_script_enabled=False)
    page = context.new_page()
    page.goto(console.link(creditor))
    page.get_by_role("button", name="Come in as ann").click()
    page.get_by_role("link", name="Canary & Sons").click()
    page.locator("#promise summary").click()
    page.locator("#promise input[name=date]").fill(in_days(4))
    page.get_by_role("button", name="Record the promise").click()
    expect(page.get_by_role("status")).to_contain_text("Recorded.")
    context.close()


def test_a_passkey_lets_its_owner_in_the_next_time(
    console: Console, creditor: str, page: Page
) -> None:
    with_keys: Any = page.context.new_cdp_session(page)
    with_keys.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True}
    with_keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(console.link(creditor))
    page.get_by_role("link", name="ann").click()
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_text("1 passkey lets you in")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    page.goto("/me")
    expect(page.get_by_text("by passkey")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_its_window(
    console: Console, creditor: str, browser: Browser, width: int, scheme: Any
) -> None:
    console.opened(creditor, debtor=Debtor(id="C-1", name="A" * 90, email=f"{'b' * 60}@x.example"))
    context = browser.new_context(
        base_url=console.address, color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.goto(console.link(creditor))
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    for path in (
        "/",
        "/customers/C-1",
        "/cases/R-1",
        "/tasks",
        "/agreements",
        "/operation",
        "/policies",
        "/operation/leaving",
        "/operation/programs",
        "/operation/sender",
        "/help",
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()
