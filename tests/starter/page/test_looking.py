"""Looking at the page: what it shows, that it changes nothing, and who is let in."""

# One thing: everything that is true of the page before anybody says a word.

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from activities.ports.incoming import ReportKind
from adapters.config.tokens import RECEIPT, REPLY, Tokens
from adapters.letters.text.catalogue import LANGUAGES
from adapters.runtime.machine import machine_clock
from domain.evidence.model import PDF as PDF_TYPE
from domain.message_types import MessageType
from domain.money import Money
from domain.parties.people import Debtor
from starter.page.acts.registry import ACTS, STATEMENT
from starter.page.collect import updated_page
from starter.page.words import NAMES
from tests.starter.page.days import day_in_words, days_ahead
from tests.starter.page.world import (
    IBAN,
    SECRET,
    Customer,
    Gate,
    everything,
    letter_about,
    owes,
    say,
    words_in,
)


def test_the_overview_says_who_asks_for_what_and_how_it_is_paid(customer: Customer) -> None:
    page = customer.get()
    words = words_in(page.text)
    due = machine_clock().date() - timedelta(days=10)

    assert page.status_code == 200
    assert "Muster &amp; Söhne GmbH asks for EUR 119.00" in words
    assert f"due on {day_in_words(due)}" in words
    assert "Hafenstr. 1" in words
    assert IBAN in words.replace(" ", "")
    assert "Payment reference R-1" in words
    assert 'src="data:image/png;base64,' in page.text
    assert 'href="https://pay.muster.example/R-1"' in page.text


def test_no_page_brings_anything_from_elsewhere_or_leads_a_search_engine_on(
    customer: Customer,
) -> None:
    page = customer.get()

    assert page.headers["content-security-policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in page.headers["x-robots-tag"]
    assert page.headers["cache-control"] == "no-store"
    assert re.findall(r'(?:src|action)="(https?:[^"]+)"', page.text) == []
    assert "<script" not in page.text
    assert "style=" not in page.text
    assert customer.message not in page.text


def test_the_page_shows_nothing_of_the_customer_that_a_finder_could_use(
    customer: Customer,
) -> None:
    owes(customer.gate, customer.creditor, "R-SECRET")
    page = customer.get().text

    assert customer.email not in page
    assert "+46700000001" not in page
    assert "R-SECRET" not in page


def test_a_scanner_that_follows_every_link_changes_nothing(customer: Customer, gate: Gate) -> None:
    """Mail scanners and previews open every address that they find, and every one behind it."""
    say(gate, customer.cases[0], MessageType.PLAN_PROPOSED, id="p", every="month", count=3,
        date=days_ahead(10), by="ann")  # fmt: skip
    before = everything(gate.application.engine)
    waiting, seen = [customer.here], set[str]()
    while waiting:
        where = waiting.pop()
        if where in seen:
            continue
        seen.add(where)
        page = gate.client.get(where)
        gate.client.head(where)
        found = re.findall(r'(?:href|action|src)="(/[^"]+)"', page.text)
        waiting += [one.split("#")[0] for one in found]

    assert len([one for one in seen if "?" not in one]) > len(ACTS)
    assert everything(gate.application.engine) == before
    assert gate.mails(customer.email) == []


def test_the_figures_are_those_of_the_letter_and_of_the_statement(
    customer: Customer, gate: Gate
) -> None:
    case_id = customer.cases[0]
    say(gate, case_id, MessageType.CREDIT_NOTE, id="cn", amount="19.50")
    say(gate, case_id, MessageType.DISPUTE_OPENED, id="d", amount="30.00", reason="goods")
    view = gate.pages.shown.look(customer.message)
    assert view is not None
    total = view.states[0].statement.total

    assert total == Money(6950, "EUR")
    assert "asks for EUR 69.50" in words_in(customer.get().text)
    assert "In dispute" in words_in(customer.get().text)


def test_several_invoices_of_one_letter_are_one_page(customer: Customer, gate: Gate) -> None:
    second = owes(gate, customer.creditor, "R-2", amount=Money(5000, "EUR"))
    customer.cases.append(second)
    engine = gate.application.engine
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO outbound_item (case_id, step, episode, message_id) VALUES (%s, %s, 1, %s)",
            (second, "polite-x", customer.message),
        )
    words = words_in(customer.get().text)

    assert "2 invoices" in words
    assert "asks for EUR 169.00" in words
    assert "All of these invoices" in words_in(customer.get("paid").text)


def test_the_copy_of_the_invoice_is_a_file_to_be_kept(customer: Customer) -> None:
    answer = customer.get("copy/1")

    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-type"] == PDF_TYPE
    assert answer.headers["content-disposition"].startswith("attachment")
    assert customer.get("copy/2").status_code == 404


def test_unknown_forged_revoked_and_foreign_links_are_answered_byte_for_byte_alike(
    customer: Customer, gate: Gate
) -> None:
    right = Tokens([SECRET]).sign(RECEIPT, customer.message)
    revoked = letter_about(gate, customer.cases, "second@lind.example")
    gate.pages.links.revoke(revoked, "ann")
    unknown = "00000000-0000-4000-8000-000000000000"
    others = [
        Tokens([SECRET]).sign(RECEIPT, revoked),
        Tokens([SECRET]).sign(RECEIPT, unknown),
        Tokens([SECRET]).sign(REPLY, customer.message),
        Tokens(["t" * 32]).sign(RECEIPT, customer.message),
        right[:-1] + ("a" if right[-1] != "a" else "b"),
    ]
    answers = [gate.client.get(f"/r/{one}") for one in others]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    headers = [dict(a.headers) | {"date": "", "x-request-id": ""} for a in answers]
    assert all(one == headers[0] for one in headers)
    assert customer.get().status_code == 200


def test_one_link_taken_back_ends_alone(customer: Customer, gate: Gate) -> None:
    colleague = Customer(gate, customer.creditor, customer.cases)
    colleague.message = letter_about(gate, customer.cases, "chef@lind.example")
    assert colleague.get().status_code == 200

    gate.pages.links.revoke(colleague.message, "ann")

    assert (colleague.get().status_code, customer.get().status_code) == (404, 200)
    rows = gate.pages.links.list(customer.creditor, "C-1")
    assert [row.recipient for row in rows if row.revoked_at] == ["chef@lind.example"]


def test_a_link_made_by_hand_opens_the_same_page(customer: Customer, gate: Gate) -> None:
    link = gate.pages.links.issue(customer.cases[0], "chef@lind.example", by="ann")
    url = gate.pages.links.url(link.id)
    assert url.startswith("https://pay.example/r/")

    page = gate.client.get(url.removeprefix("https://pay.example"))

    assert "asks for EUR 119.00" in words_in(page.text)
    assert "The invoice has arrived" not in page.text


def test_a_link_ends_with_the_episode_of_its_letter(customer: Customer, gate: Gate) -> None:
    engine = gate.application.engine
    with engine.begin() as connection:
        told = "UPDATE outbound_item SET episode = 2 WHERE message_id = %s"
        connection.exec_driver_sql(told, (customer.message,))

    assert customer.get().status_code == 404


def test_who_paid_sees_that_nothing_is_open(customer: Customer, gate: Gate) -> None:
    say(gate, customer.cases[0], MessageType.PAYMENT, id="b", amount="119.00")
    page = customer.get().text

    assert "Nothing is open any more" in page
    assert IBAN not in page.replace(" ", "")


def test_who_guesses_is_not_even_looked_at(customer: Customer, strict: Gate) -> None:
    customer.gate = strict
    assert customer.get().status_code == 200
    for guess in range(10):
        strict.client.get(f"/r/guess{guess}")

    assert customer.get().status_code == 404


def test_one_link_is_asked_so_many_times_a_minute(customer: Customer, strict: Gate) -> None:
    customer.gate = strict
    codes = [customer.get("missing").status_code]
    while codes[-1] == 404 and len(codes) < 400:  # on a slow machine a minute ends in between
        codes.append(customer.get("missing").status_code)

    assert len(codes) > 20
    assert codes[-1] == 429


@pytest.mark.parametrize("act", [*ACTS, STATEMENT])
def test_every_page_speaks_every_language(customer: Customer, act: str) -> None:
    pages = {language: words_in(customer.get(act, l=language).text) for language in NAMES}

    assert len(set(pages.values())) == len(LANGUAGES)


def test_no_phrase_is_left_untranslated() -> None:
    missing = {
        language: [m.id for m in updated_page(language) if m.id and not m.string]
        for language in LANGUAGES[1:]
    }
    assert missing == {language: [] for language in LANGUAGES[1:]}


def test_the_page_comes_in_the_customers_language_unless_another_is_chosen(
    customer: Customer, gate: Gate
) -> None:
    gate.application.customers.put(customer.creditor, Debtor(id="C-1", language="sv"))

    assert "Vad vill ni göra?" in customer.get().text
    one = Debtor(id="C-1", language="sv", kind="consumer")
    gate.application.customers.put(customer.creditor, one)
    assert "Vad vill du göra?" in customer.get().text
    assert "Was möchten Sie tun?" in customer.get(l="de").text


def test_the_button_says_once_that_the_invoice_has_arrived(customer: Customer, gate: Gate) -> None:
    """P02: opening the link is no receipt, for scanners open every link."""
    query = "SELECT kind FROM provider_event WHERE message_id = %s"

    def told() -> list[str]:
        with gate.application.engine.connect() as connection:
            rows = connection.exec_driver_sql(query, (customer.message,))
            return [row[0] for row in rows]

    customer.get()
    assert told() == []
    assert "Thank you" in customer.post().text
    customer.post()
    assert told() == [ReportKind.CONFIRMED]
