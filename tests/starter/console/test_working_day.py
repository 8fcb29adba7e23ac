"""A collector's day, played with the keyboard alone in a real browser; and without a script."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from domain.parties.people import Debtor
from domain.parties.team import Role
from tests.chromium import CHROMIUM
from tests.starter.console.answering.test_remittances import answered
from tests.starter.console.factories import Console, in_days

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here; see CONTRIBUTING"),
]

MOST_TABS = 120
"""Nothing on a page is further away than so many presses of Tab."""


@pytest.fixture
def desk(browser: Browser, console: Console) -> Iterator[Page]:
    """A collector's browser; no mouse is ever used, and nothing is complained of."""
    context = browser.new_context(base_url=console.address, timezone_id="Europe/London")
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def key(page: Page, name: str, field: str = "") -> None:
    """Press a key once the page is there; it opens a form, whose first field has the focus then."""
    page.wait_for_load_state()
    page.keyboard.press(name)
    if field:
        expect(page.locator(f":focus[name={field}]")).to_be_visible()


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until something has the focus, once the page is there."""
    page.wait_for_load_state()
    for _ in range(MOST_TABS):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {wanted}")


def press(page: Page, name: str, within: str = "body") -> None:
    """Reach a button or link by Tab, and press it."""
    page.wait_for_load_state()
    found = page.locator(within).get_by_role("button", name=name, exact=True)
    wanted = found if found.count() else page.locator(within).get_by_role("link", name=name)
    tab_to(page, wanted.first)
    page.keyboard.press("Enter")


def known(name: str) -> Debtor:
    return Debtor(id=f"C-{name}", name=name, email="pay@canary.example", zone="Europe/London")


def test_a_day_from_the_first_call_to_what_was_done(
    console: Console, creditor: str, desk: Page
) -> None:
    console.opened(creditor, "B-1", debtor=known("Large"), minor=900_000)
    console.opened(creditor, "S-1", debtor=known("Small"), minor=60_000)
    console.opened(creditor, "T-1", debtor=known("Third"), minor=30_000)
    console.application.team.add(creditor, "ben", Role.COLLECTOR)
    desk.goto(console.link(creditor, "collector"))

    promised_wrongly_and_undone(desk)
    disputed_with_a_photo(desk)
    agreed_in_parts(desk)
    changed_a_letter_and_sent_it(desk)
    found_noted_and_handed_over(desk)
    answered(console, creditor)
    heard_what_was_paid(desk)

    desk.goto("/?view=done")
    done = desk.get_by_role("list", name="Customers")
    expect(done).to_contain_text("Large")
    expect(done).to_contain_text("Small")
    expect(done).to_contain_text("Third")


def promised_wrongly_and_undone(desk: Page) -> None:
    """The first customer, why it is the first, and a promise for the wrong day at first."""
    expect(desk.locator(":focus")).to_have_text("Large")
    expect(desk.locator("li", has_text="Large").first).to_contain_text("money")
    key(desk, "p", "date")
    desk.locator(":focus").fill(in_days(9))
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("Plan B: if it is not kept")
    key(desk, "u")
    expect(desk.locator("#undo")).to_have_attribute("open", "")
    desk.keyboard.press("ArrowDown")
    press(desk, "Undo it", "#undo")
    expect(desk.get_by_role("status")).to_contain_text("Recorded.")
    expect(desk.get_by_text("taken back").first).to_be_visible()
    key(desk, "p", "date")
    desk.locator(":focus").fill(in_days(4))
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("Plan B: if it is not kept")


def disputed_with_a_photo(desk: Page) -> None:
    """The next customer contests a part, and sends a photo."""
    desk.goto("/")
    expect(desk.locator(":focus")).to_have_text("Small")
    key(desk, "d", "reason")
    desk.locator(":focus").select_option("price")
    tab_to(desk, desk.locator("#f-dispute-amount"))
    desk.keyboard.type("100.00")
    tab_to(desk, desk.locator("#f-dispute-files"))
    photo: Any = {"name": "photo.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"}
    desk.locator(":focus").set_input_files(photo)  # the dialog is the system's own
    press(desk, "Record the dispute", "#dispute")
    expect(desk.get_by_role("status")).to_contain_text("Recorded.")
    expect(desk.get_by_role("region", name="Files")).to_contain_text("photo.png")


def agreed_in_parts(desk: Page) -> None:
    """A plan of three parts by the calculator."""
    key(desk, "i")
    expect(desk.get_by_role("heading", name="A plan")).to_be_visible()
    tab_to(desk, desk.locator("#c-first"))
    desk.locator(":focus").fill(in_days(10))
    press(desk, "Calculate")
    expect(desk.get_by_role("region", name="What it means")).to_contain_text("€200.00")
    press(desk, "Propose it")
    expect(desk.get_by_role("status")).to_contain_text("Recorded.")


def changed_a_letter_and_sent_it(desk: Page) -> None:
    """The next letter is looked at, a sentence is changed, and it leaves today."""
    desk.goto("/cases/T-1")
    press(desk, "look at it before it leaves")
    letter = desk.get_by_role("region", name="The letter")
    expect(letter).to_contain_text("Perhaps it was simply overlooked")
    tab_to(desk, desk.locator("#l-passage"))
    desk.keyboard.type("Thank you for the talk this morning.")
    tab_to(desk, desk.locator("#l-instead"))
    desk.keyboard.press("Space")
    press(desk, "Change the letter")
    expect(letter).to_contain_text("Thank you for the talk this morning.")
    expect(letter).not_to_contain_text("Perhaps it was simply overlooked")
    expect(letter).to_contain_text("Amount owed: EUR 300.00")
    press(desk, "Look at it as it would leave now")
    expect(desk.get_by_role("button", name="Send it now")).to_be_visible()
    press(desk, "Send it now")
    expect(desk.get_by_role("status")).to_contain_text("Recorded.")


def heard_what_was_paid(desk: Page) -> None:
    """An answer that lists what was paid is recorded as that, by one press."""
    desk.goto("/inbox")
    table = desk.get_by_role("group", name="What the answer lists as paid")
    expect(table).to_contain_text("the advice says so too")
    press(desk, "They say it is paid: please allocate")
    expect(desk.get_by_role("status")).to_contain_text("Recorded as said to be paid.")


def found_noted_and_handed_over(desk: Page) -> None:
    """A customer is found by a part of the name, noted, and handed over."""
    tab_to(desk, desk.locator("#find"))
    desk.keyboard.type("mal")
    desk.keyboard.press("Enter")
    expect(desk.locator(":focus")).to_have_text("Small")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Small")).to_be_visible()
    expect(desk.locator("summary:focus")).to_be_visible()
    key(desk, "n", "said")
    desk.keyboard.type("sends the delivery note")
    press(desk, "Keep the note", "#note")
    expect(desk.get_by_role("region", name="What happened")).to_contain_text("delivery note")
    tab_to(desk, desk.locator("summary", has_text="Hand over"))
    desk.keyboard.press("Enter")
    tab_to(desk, desk.locator("select[name=owner]"))
    desk.locator(":focus").select_option("ben")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("looked after by ben")).to_be_visible()


def test_the_same_acts_without_a_script(console: Console, creditor: str, browser: Browser) -> None:
    console.opened(creditor)
    context = browser.new_context(base_url=console.address, java_script_enabled=False)
    page = context.new_page()
    page.goto(console.link(creditor))
    page.get_by_role("button", name="Come in as ann").click()

    page.goto("/plans/R-1")
    page.locator("#c-first").fill(in_days(7))
    page.get_by_role("button", name="Calculate", exact=True).click()
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_role("status")).to_contain_text("Recorded.")
    page.locator("#undo summary").click()
    page.locator("#f-undo-ref").select_option(index=0)
    page.get_by_role("button", name="Undo it").click()
    expect(page.get_by_role("status")).to_contain_text("Recorded.")
    page.locator("#skip summary").click()
    page.locator("#f-skip-ref").select_option("second")
    page.locator("#f-skip-reason").fill("we met")
    page.get_by_role("button", name="Leave it out").click()
    expect(page.get_by_text("ann left it out: we met")).to_be_visible()

    noted_for_those_that_were_chosen(page)
    context.close()


def noted_for_those_that_were_chosen(page: Page) -> None:
    """One act on all that were ticked, after a look."""
    page.goto("/")
    page.get_by_label("Choose Canary & Sons").check()
    page.get_by_role("button", name="Do something with those chosen").click()
    page.locator("#m-act").select_option("note")
    page.locator("#m-value").fill("new list")
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_text("1 of 1 would go through")).to_be_visible()
    page.get_by_role("button", name="Do it", exact=True).click()
    expect(page.get_by_text("1 of 1 done")).to_be_visible()
