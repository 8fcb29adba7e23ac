"""Coming in by the company's own OpenID provider: who, as what, and who does not."""

import base64
import hashlib
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from httpx import Client, Response
from pytest_httpserver import HTTPServer
from werkzeug import Request as Asked
from werkzeug import Response as Answer

from adapters.config.environment import SettingsError
from adapters.config.settings_groups import OidcSettings
from adapters.ledger.core.engine import Engine
from adapters.oidc.sign_in import OpenIdSignIn
from starter.console.security.visit import LOOPBACK_COOKIE
from tests.adapters.oidc.provider import Provider
from tests.starter.console.factories import OWN, Console, opened_console, words_of

CLIENT = "amicable-console"


class Company:
    """A company's provider, and the console that trusts it."""

    def __init__(self, provider: Provider, engine: Engine, creditor: str) -> None:
        self.provider, self.creditor = provider, creditor
        self.codes: dict[str, dict[str, str]] = {}
        self.claims: dict[str, Any] = {"preferred_username": "ann", "groups": ["desk"]}
        self.console: Console
        self.settings = OidcSettings.model_validate(
            {
                "issuer": provider.issuer,
                "client_id": CLIENT,
                "client_secret": "s:3/cret",
                "console_groups": f"chiefs={creditor}:supervisor, desk={creditor}:collector",
            }
        )
        place = provider.issuer
        provider.open(authorization_endpoint=f"{place}/authorize", token_endpoint=f"{place}/token")
        provider.server.expect_request("/realm/token").respond_with_handler(self._token)

    def begun(self, browser: Client) -> dict[str, str]:
        """Go to the provider; answers what it is asked."""
        sent = browser.get("/oidc/begin")
        address = urlsplit(sent.headers["location"])
        assert sent.status_code == 303
        assert address.path == "/realm/authorize"
        return {name: values[0] for name, values in parse_qs(address.query).items()}

    def back(self, browser: Client, asked: dict[str, str], **more: str) -> Response:
        """Come back from the provider as somebody."""
        self.codes["code-1"] = asked
        told = {"code": "code-1", "state": asked["state"]} | more
        return browser.get("/oidc/done", params=told)

    def _token(self, request: Asked) -> Answer:
        asked = self.codes.pop(request.form["code"], None)
        proof = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        known = request.authorization
        is_client = bool(known and known.username == CLIENT and known.password == "s%3A3%2Fcret")
        same = asked and asked["redirect_uri"] == request.form["redirect_uri"]
        if not (asked and same and is_client and asked["code_challenge"] == challenge):
            return Answer(json.dumps({"error": "invalid_grant"}), 400)
        claims = {"aud": CLIENT, "nonce": asked["nonce"]} | self.claims
        token = self.provider.token(**claims)
        return Answer(json.dumps({"id_token": token}), mimetype="application/json")


@pytest.fixture
def company(httpserver: HTTPServer, engine: Engine, creditor: str) -> Iterator[Company]:
    found = Company(Provider(httpserver), engine, creditor)
    with opened_console(engine, oidc=found.settings) as console:
        found.console = console
        yield found


@pytest.fixture
def browser(company: Company) -> Iterator[Client]:
    with Client(base_url=company.console.address) as client:
        yield client


def test_whoever_has_a_group_comes_in_with_its_role(company: Company, browser: Client) -> None:
    assert "Sign in with your company" in words_of(browser.get("/sign-in"))
    answer = company.back(browser, company.begun(browser))
    me = words_of(browser.get("/me"))

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert f"ann role collector creditor {company.creditor}" in me
    assert "by provider" in me
    assert "would outlive it" in me
    assert browser.post("/passkey/make", headers=OWN).status_code == 422


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"groups": ["others"]}, "no role here is meant for you"),
        ({"groups": None}, "no role here is meant for you"),
        ({"preferred_username": None}, "is no name"),
        ({"preferred_username": "a\u202eb"}, "is no name"),
        ({"nonce": "another"}, "was not begun here"),
        ({"aud": "amicable"}, "was not begun here"),
    ],
)
def test_nobody_else_comes_in(
    company: Company, browser: Client, claims: dict[str, Any], words: str
) -> None:
    company.claims |= claims
    answer = company.back(browser, company.begun(browser))

    assert answer.status_code == 403
    assert words in words_of(answer)
    assert LOOPBACK_COOKIE not in browser.cookies


def test_a_sign_in_that_another_browser_began_opens_nothing(
    company: Company, browser: Client
) -> None:
    asked = company.begun(browser)
    with Client(base_url=company.console.address) as other:
        planted = company.back(other, asked)
        company.begun(other)
        mixed = company.back(other, asked)
        guessed = company.back(browser, asked, state="x")

    assert {planted.status_code, mixed.status_code, guessed.status_code} == {403}
    assert company.back(browser, asked).status_code == 303, "its own browser still may"
    assert company.back(browser, asked).status_code == 403, "once"


def test_one_person_is_one_name_and_a_taken_name_is_refused(
    company: Company, browser: Client
) -> None:
    company.console.visitor(company.creditor, "supervisor", "ann")
    taken = company.back(browser, company.begun(browser))
    company.claims["preferred_username"] = "ann of the desk"
    first = company.back(browser, company.begun(browser))
    company.claims |= {"preferred_username": "renamed", "groups": ["desk", "chiefs"]}
    company.back(browser, company.begun(browser))
    people = {
        one.name: one.role.value for one in company.console.services.access.people(company.creditor)
    }

    assert (taken.status_code, first.status_code) == (403, 303)
    assert people == {"ann": "supervisor", "ann of the desk": "supervisor"}


def test_who_was_removed_here_stays_out(company: Company, browser: Client) -> None:
    company.back(browser, company.begun(browser))
    company.console.services.access.remove(company.creditor, "ann")

    assert browser.get("/").headers["location"] == "/sign-in"
    assert company.back(browser, company.begun(browser)).status_code == 403


def test_a_provider_that_is_away_says_so_and_none_is_no_address(
    company: Company, browser: Client, console: Console
) -> None:
    company.provider.server.clear()
    with Client(base_url=console.address) as other:
        assert other.get("/oidc/begin").status_code == 404
        assert "company" not in words_of(other.get("/sign-in"))
    assert browser.get("/oidc/begin").status_code == 503


@pytest.mark.parametrize("groups", ["", "desk", "desk=acme", "desk=acme:boss", "=acme:admin"])
def test_rules_that_say_nothing_are_refused_when_it_starts(
    httpserver: HTTPServer, groups: str
) -> None:
    told = {"issuer": httpserver.url_for("/realm"), "client_id": "x", "console_groups": groups}
    with pytest.raises(SettingsError):
        OpenIdSignIn(OidcSettings.model_validate(told))
