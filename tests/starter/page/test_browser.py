"""An evening of somebody who is late, on a phone, without any script; a strict policy kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from starter.page.acts.registry import ACTS
from tests.accessibility import violations
from tests.chromium import CHROMIUM
from tests.starter.page.days import days_ahead
from tests.starter.page.paying.stripe_till import StripeTill
from tests.starter.page.world import Customer, Gate

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here; see CONTRIBUTING"),
]
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100


@pytest.fixture
def phone(browser: Browser, paid_gate: Gate) -> Iterator[Page]:
    """A page on a phone that runs no scripts; whatever the browser complains of fails the test."""
    gate = paid_gate
    context = browser.new_context(
        base_url=str(gate.client.base_url),
        viewport={"width": 390, "height": 844},
        java_script_enabled=False,
        color_scheme="dark",
    )
    complaints, asked = list[str](), set[str]()
    page = context.new_page()
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.on("request", lambda request: asked.add(request.url.split("/r/")[0]))
    yield page
    context.close()
    assert complaints == []
    assert {one for one in asked if one.startswith("http")} == {
        str(gate.client.base_url).rstrip("/")
    }


def fits(page: Page) -> bool:
    """Whether nothing sticks out, and everything that can be pressed is large enough."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    every = page.locator("a:visible, button:visible, input:visible, select:visible").all()
    boxes = [box for one in every if (box := one.bounding_box())]
    return all(box["x"] + box["width"] <= width and box["height"] >= 24 for box in boxes)


def agree_on_instalments(phone: Page, customer: Customer) -> None:
    """Confirm the address, choose three instalments, see what they mean, and agree."""
    gate = customer.gate
    phone.get_by_role("link", name="In Raten zahlen").click()
    phone.get_by_role("button", name="Code senden").click()
    code = re.search(r"\b(\d{6})\b", gate.mails(customer.email)[-1])
    phone.get_by_label("Sechsstelliger Code").fill(code[1] if code else "")
    phone.get_by_role("button", name="Bestätigen").click()
    phone.get_by_role("link", name="Weiter").click()
    phone.get_by_label("Wie viele Raten?").fill("3")
    phone.get_by_label("Wann kommt die erste?").fill(days_ahead(10))
    assert fits(phone)
    phone.get_by_role("button", name="Raten anzeigen").click()
    expect(phone.get_by_text("endet der Plan")).to_be_visible()
    assert gate.said(customer.cases[0]) == []
    phone.get_by_role("button", name="Ich stimme zu").click()
    expect(phone.get_by_text("schriftliche Bestätigung")).to_be_visible()
    phone.get_by_role("link", name="Zurück zur Übersicht").click()


def pay_the_first_one(phone: Page, stripe_till: StripeTill) -> None:
    """Pay the first instalment by card, and come back."""
    stripe_till.gate.client.cookies.clear()
    expect(phone.get_by_text("39,66 EUR online bezahlen")).to_be_visible()
    phone.get_by_role("link", name="39,66 EUR online bezahlen").click()
    expect(phone.get_by_text("weder Ihre Karte noch Ihr Konto")).to_be_visible()
    assert fits(phone)
    phone.get_by_role("button", name="Weiter zu Stripe").click()
    onward = phone.get_by_role("link", name="39,66 EUR bei Stripe bezahlen")
    expect(onward).to_have_attribute("href", re.compile(r"^https://checkout\.stripe\.example/"))
    assert stripe_till.pays() == 204
    phone.goto(f"{stripe_till.customer.here}/came-back?l=de")
    expect(phone.get_by_text("Sie sehen es auf dieser Seite")).to_be_visible()
    phone.get_by_role("link", name="Zurück zur Übersicht").click()
    expect(phone.get_by_text("39,66 EUR online bezahlen")).to_be_visible()


def complain_with_a_photo(phone: Page) -> None:
    """Contest a part of the invoice, and send a picture of it."""
    phone.get_by_role("link", name="Fotos oder Unterlagen").click()
    phone.get_by_label("Bitte beschreiben").fill("eine Kiste war nass")
    phone.get_by_label("Nur ein Teil?").fill("19,50")
    photo = {"name": "kiste.png", "mimeType": "image/png", "buffer": PNG}
    phone.get_by_label("Fotos oder Unterlagen").set_input_files(photo)  # type: ignore[arg-type]
    phone.get_by_role("button", name="Senden").click()
    expect(phone.get_by_text("Ann Berger kümmert sich darum")).to_be_visible()
    phone.get_by_role("link", name="Zurück zur Übersicht").click()


def test_instalments_a_payment_a_complaint_and_another_language_on_a_phone(
    phone: Page, stripe_till: StripeTill
) -> None:
    """Late, unable to pay at once: three instalments, the first paid by card, a part contested."""
    customer, gate = stripe_till.customer, stripe_till.gate
    phone.goto(f"{customer.here}?l=de")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Rechnung R-1")
    assert fits(phone)

    agree_on_instalments(phone, customer)
    pay_the_first_one(phone, stripe_till)
    complain_with_a_photo(phone)
    phone.get_by_role("link", name="Svenska").click()
    expect(phone.get_by_role("heading", name="Vad vill ni göra?")).to_be_visible()

    assert fits(phone)
    kinds = [kind for kind, *_ in gate.said(customer.cases[0])]
    assert kinds == ["plan_agreed", "payment", "dispute_opened"]
    names = [file.name for file in gate.application.evidence.list(customer.cases[0])]
    assert "kiste.png" in names


@pytest.mark.parametrize("width", [390, 1280])
def test_every_language_fits_on_every_screen(
    browser: Browser, customer: Customer, gate: Gate, width: int
) -> None:
    context = browser.new_context(
        base_url=str(gate.client.base_url), viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    for language in ("de", "fr", "pl", "ru"):
        for act in ("", "/paid", "/wrong", "/promise"):
            page.goto(f"{customer.here}{act}?l={language}")
            assert fits(page), (language, act)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide == width, (language, act)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(
    browser: Browser, stripe_till: StripeTill, scheme: Literal["light", "dark"]
) -> None:
    """Every act with its form, in both schemes; axe is brought along, past the page's own rules."""
    context = browser.new_context(
        base_url=str(stripe_till.gate.client.base_url),
        viewport={"width": 390, "height": 844},
        color_scheme=scheme,
        bypass_csp=True,
    )
    page, wrong = context.new_page(), dict[str, list[str]]()
    for act in ("", *(f"/{name}" for name in ACTS), "/nothing-such"):
        page.goto(f"{stripe_till.customer.here}{act}")
        if found := violations(page):
            wrong[act] = found
    context.close()
    assert wrong == {}
