"""Who comes into the console, for how long, and what other sites can make of it."""

from typing import Any

import pytest
from httpx import Client
from sqlalchemy import text

from adapters.ledger.core.engine import Engine
from adapters.ledger.core.secret_marks import secret_hash
from starter.console.security.origin import CONTENT_POLICY
from starter.console.security.visit import LOOPBACK_COOKIE, SECURE_COOKIE
from tests.starter.console.factories import OWN, Console, Visitor, opened_console, words_of


def test_a_link_opens_one_session_and_looking_at_it_uses_nothing_up(
    console: Console, creditor: str
) -> None:
    link = console.link(creditor)
    with Client(base_url=console.address) as scanner, Client(base_url=console.address) as browser:
        looks = [scanner.get(link), scanner.head(link), scanner.get(link)]
        entered = browser.post(link, headers=OWN)
        again = scanner.post(link, headers=OWN)

        assert "ann" in words_of(looks[0])
        assert (entered.status_code, entered.headers["location"]) == (303, "/")
        assert "Sign out" in words_of(browser.get("/"))
        assert again.status_code == 404
        assert LOOPBACK_COOKIE not in scanner.cookies


def test_unknown_used_and_old_links_are_answered_alike(
    console: Console, creditor: str, engine: Engine
) -> None:
    used, old = console.link(creditor), console.link(creditor, name="bob")
    with Client(base_url=console.address) as browser:
        browser.post(used, headers=OWN)
        _change(engine, "console_invitation", old.rpartition("/")[2], "until = now()")
        answers = [browser.get(link) for link in (used, old, "/enter/never-was-one")]

    assert {one.status_code for one in answers} == {404}
    assert len({one.text for one in answers}) == 1


def test_the_ledger_keeps_neither_links_nor_sessions(
    console: Console, ann: Visitor, engine: Engine
) -> None:
    session = ann.client.cookies[LOOPBACK_COOKIE]
    with engine.connect() as link:
        kept = link.execute(text("SELECT sha256 FROM console_session")).scalars().all()

    assert session not in kept
    assert secret_hash(session) in kept


@pytest.mark.parametrize(
    "change",
    [
        "seen_at = now() - interval '31 minutes'",
        "opened_at = now() - interval '12 hours 1 minute'",
        "ended_at = now()",
    ],
)
def test_a_session_that_was_idle_too_long_is_too_old_or_ended_opens_nothing(
    ann: Visitor, engine: Engine, change: str
) -> None:
    assert ann.get("/").status_code == 200
    _change(engine, "console_session", ann.client.cookies[LOOPBACK_COOKIE], change)

    assert ann.get("/").headers["location"] == "/sign-in"


def test_whoever_signs_out_or_is_removed_is_out_at_once(console: Console, creditor: str) -> None:
    ann, bob = console.visitor(creditor), console.visitor(creditor, "collector", "bob")
    stolen = ann.client.cookies[LOOPBACK_COOKIE]
    ann.post("/leave")
    console.services.access.remove(creditor, "bob")

    with Client(base_url=console.address, cookies={LOOPBACK_COOKIE: stolen}) as thief:
        assert thief.get("/").status_code == 303
    assert bob.get("/").status_code == 303
    with pytest.raises(LookupError):
        console.services.access.remove(creditor, "bob")


def test_every_page_forbids_whatever_is_not_its_own(console: Console, ann: Visitor) -> None:
    pages = [ann.get(path) for path in ("/", "/sign-in", "/help", "/nowhere", "/enter/x")]
    expected = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )

    assert expected == CONTENT_POLICY
    for page in pages:
        assert page.headers["content-security-policy"] == expected
        assert page.headers["x-frame-options"] == "DENY"
        assert page.headers["cache-control"] == "no-store"
        assert " style=" not in page.text
        assert "<script>" not in page.text
        assert " onclick" not in page.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"sec-fetch-site": "none"}, 303),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": "OWN"}, 403),
        ({"origin": "OWN"}, 303),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_a_form_of_another_site_is_refused(
    console: Console, ann: Visitor, headers: dict[str, str], status: int
) -> None:
    console.opened(ann.creditor)
    own = {name: console.address if value == "OWN" else value for name, value in headers.items()}
    fields = {"customer": "C-1", "said": "hello"}
    answer = ann.client.post("/customer/note", data=fields, headers=own)

    assert answer.status_code == status
    notes = console.services.looking.timeline(ann.creditor, "C-1")
    assert any(one.text == "hello" for one in notes) is (status == 303)


def test_a_foreign_name_that_leads_to_this_machine_is_refused(ann: Visitor) -> None:
    rebound = ann.get("/", headers={"host": "evil.example"})

    assert rebound.status_code == 403
    assert "Today" not in rebound.text


def test_behind_a_proxy_with_tls_the_cookie_belongs_to_this_host_alone(
    engine: Engine, creditor: str
) -> None:
    settings: dict[str, Any] = {"console": {"public_url": "https://console.example"}}
    with opened_console(engine, **settings) as console, Client(base_url=console.address) as browser:
        entered = browser.post(console.link(creditor), headers={**OWN, "host": "console.example"})
        cookie = entered.headers["set-cookie"]

    assert cookie.startswith(f"{SECURE_COOKIE}=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_whoever_guesses_links_is_stopped(engine: Engine, creditor: str) -> None:
    with opened_console(engine) as console, Client(base_url=console.address) as guesser:
        link = console.link(creditor)
        for number in range(12):
            guesser.get(f"/enter/guess-{number}")

        assert guesser.get(link).status_code == 404, "even the right one, for a while"


def _change(engine: Engine, table: str, secret: str, change: str) -> None:
    query = f"UPDATE {table} SET {change} WHERE sha256 = :mark"  # noqa: S608 - constants of this file
    with engine.begin() as link:
        done = link.execute(text(query), {"mark": secret_hash(secret)})
        assert done.rowcount == 1
