"""What strangers write is text on every screen: no markup, no script, no template, no path."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from adapters.runtime.machine import machine_clock
from domain.money import Money
from domain.parties.people import Debtor
from domain.payments.allocation import PaymentIn
from tests.chromium import CHROMIUM
from tests.starter.console.factories import Console, Visitor, in_days
from tests.starter.console.protection.addresses import addresses

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here; see CONTRIBUTING"),
]

EVIL = (
    "<img data-evil src=x onerror=window.hit=1>",
    '"><script data-evil>window.hit=1</script>',
    "'-window.hit=1-'</textarea><svg data-evil onload=window.hit=1>",
    "<a data-evil href=javascript:window.hit=1>pay</a>",
    "{{7*7}}{{cycler.__init__.__globals__.os.popen('id').read()}}",
    "../../etc/passwd\u202egnp.exe",
)
"""Markup, scripts, templates, and names that turn around; rows 38 to 41 of the faults."""

SAFE = "Canary & Sons"


def planted(console: Console, visitor: Visitor, evil: str) -> None:
    """Write it into every field that somebody outside can fill."""
    debtor = Debtor(id="C-1", name=f"{SAFE} {evil}"[:100], email="pay@canary.example", zone="UTC")
    console.opened(visitor.creditor, debtor=debtor)
    visitor.post("/acts/promise", number="R-1", date=in_days(3), note=evil)
    names = {"files": (evil.replace("/", "_"), b"%PDF-1.4\n", "application/pdf")}
    visitor.post("/acts/dispute", number="R-1", reason="goods", note=evil, files=names)
    visitor.post("/acts/outcome", number="R-1", reason="reached", note=evil)
    visitor.post("/customer/note", customer="C-1", said=evil)
    visitor.post("/customer/contact", customer="C-1", name=f"{SAFE} {evil}"[:100], sales_rep=evil)
    payment = PaymentIn(
        creditor=visitor.creditor,
        source="bank",
        id="B-1",
        customer="C-1",
        amount=Money(5000, "EUR"),
        at=machine_clock(),
        invoices=(evil,),
        note=evil,
    )
    console.application.desk.post(payment)
    console.services.worklist.refresh(visitor.creditor)


@pytest.fixture
def page(browser: Browser, console: Console, ann: Visitor) -> Iterator[Page]:
    context = browser.new_context(base_url=console.address)
    cookies = [
        {"name": name, "value": value, "url": console.address}
        for name, value in ann.client.cookies.items()
    ]
    context.add_cookies(cookies)  # type: ignore[arg-type]  # plain dicts are what it takes
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("evil", EVIL, ids=range(len(EVIL)))
def test_no_word_of_a_stranger_becomes_anything_but_text(
    console: Console, ann: Visitor, page: Page, evil: str
) -> None:
    planted(console, ann, evil)
    complaints: list[str] = []
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    seen = ""
    screens = [one for one in addresses(console) if one.method == "GET" and "csv" not in one.path]
    for one in screens:
        if one.template in {"/static/{name}", "/healthz", "/evidence/{sha256}", "/oidc/begin"}:
            continue
        answer = page.goto(one.path)
        if answer and answer.status == 200:
            seen += page.inner_text("body")
            assert page.locator("[data-evil]").count() == 0, one.path
            assert page.evaluate("window.hit") is None, one.path
            assert page.locator('a[href^="javascript:"]').count() == 0, one.path

    assert SAFE in seen
    assert "\u202e" not in seen
    assert "uid=" not in seen
    assert [one for one in complaints if "404" not in one] == []
