"""Only a token that our provider signed, for us, and now, says who somebody is."""

import base64
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from adapters.config.environment import SettingsError
from adapters.config.settings_groups import OidcSettings
from adapters.oidc.issuer import IssuerAwayError, OpenIdIssuer, TokenRefusedError
from adapters.runtime.machine import machine_clock
from tests.adapters.oidc.provider import AUDIENCE, Provider


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """The seconds."""
        return self.now


@pytest.fixture
def provider(httpserver: HTTPServer) -> Provider:
    return Provider(httpserver).open()


def test_a_token_says_who_signed_in_and_to_which_groups_they_belong(provider: Provider) -> None:
    person = OpenIdIssuer(provider.settings).person(provider.token())
    assert (person.subject, set(person.groups)) == ("u-1", {"operators"})


@pytest.mark.parametrize(
    ("told", "found"),
    [("a b", {"a", "b"}), (["a", 7], {"a"}), (None, set()), ({"a": 1}, set()), (7, set())],
)
def test_groups_are_read_as_providers_write_them(
    provider: Provider, told: Any, found: set[str]
) -> None:
    assert OpenIdIssuer(provider.settings).person(provider.token(groups=told)).groups == frozenset(
        found
    )


def _past(**more: int) -> Any:
    return machine_clock() - timedelta(**more)


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": _past(seconds=90)},
        {"exp": None},
        {"iat": None},
        {"sub": None},
        {"aud": "somebody-else"},
        {"aud": None},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"nbf": machine_clock() + timedelta(hours=1)},
    ],
    ids="".join,  # an instant in a name would differ in each process
)
def test_a_token_that_is_over_or_meant_for_others_is_refused(
    provider: Provider, claims: dict[str, Any]
) -> None:
    with pytest.raises(TokenRefusedError):
        OpenIdIssuer(provider.settings).person(provider.token(**claims))


def test_clocks_may_differ_by_half_a_minute(provider: Provider) -> None:
    assert OpenIdIssuer(provider.settings).person(provider.token(exp=_past(seconds=20)))


def _forged(token: str, header: dict[str, Any], signature: str = "") -> str:
    first = base64.urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("=")
    return ".".join((first, token.split(".")[1], signature))


def _signed_by_secret(token: str, secret: bytes) -> str:
    signed = _forged(token, {"alg": "HS256", "kid": "rsa"}).rpartition(".")[0]
    mac = hmac.digest(secret, signed.encode(), "sha256")
    return f"{signed}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def test_a_forged_token_is_refused(provider: Provider) -> None:
    """By nobody, by a key that the provider does not show, or by its public key as a secret."""
    issuer, token = OpenIdIssuer(provider.settings), provider.token()
    by_secret = _signed_by_secret(token, json.dumps(provider.public("rsa")).encode())
    head, body, signature = token.split(".")
    for forged in (
        _forged(token, {"alg": "none", "kid": "rsa"}),
        by_secret,
        provider.token("ec"),
        f"{head}.{body[:-2]}AA.{signature}",
        f"{head}.{body}.{signature[:-4]}AAAA",
        token[:-10],
        "",
        "a.b.c",
        "x" * 9000,
    ):
        with pytest.raises(TokenRefusedError):
            issuer.person(forged)


def test_the_providers_keys_are_asked_for_once_and_again_when_a_new_one_signs(
    provider: Provider,
) -> None:
    clock = Clock()
    issuer = OpenIdIssuer(provider.settings, clock)
    assert [issuer.person(provider.token()).subject for _ in range(3)] == ["u-1"] * 3
    assert provider.looks == 1

    provider.shown = ["rsa", "ec"]
    for _ in range(5):
        with pytest.raises(TokenRefusedError):
            issuer.person(provider.token("ec"))
    assert provider.looks == 1, "tokens of unknown keys do not flood the provider"

    clock.now += 11
    assert issuer.person(provider.token("ec")).subject == "u-1"
    assert provider.looks == 2


def test_keys_that_were_read_hold_while_the_provider_is_away_but_not_for_ever(
    provider: Provider,
) -> None:
    clock = Clock()
    issuer = OpenIdIssuer(provider.settings, clock)
    issuer.person(provider.token())
    provider.server.clear()

    clock.now += 7200
    assert issuer.person(provider.token())
    clock.now += 90_000
    with pytest.raises(IssuerAwayError):
        issuer.person(provider.token())


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://evil.example"},
        {"jwks_uri": "http://evil.example/keys"},
        {"jwks_uri": None},
        {"padding": "x" * 300_000},
    ],
    ids=lambda told: next(iter(told)),
)
def test_a_provider_that_answers_as_somebody_else_is_not_believed(
    httpserver: HTTPServer, changes: dict[str, Any]
) -> None:
    provider = Provider(httpserver).open(**changes)
    with pytest.raises(IssuerAwayError):
        OpenIdIssuer(provider.settings).person(provider.token())


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (OidcSettings(issuer="http://idp.example", audience=AUDIENCE), "AMICABLE_OIDC__ISSUER"),
        (OidcSettings(issuer="https://idp.example"), "AMICABLE_OIDC__AUDIENCE"),
    ],
)
def test_a_provider_that_cannot_be_trusted_is_refused_at_the_start(
    told: OidcSettings, says: str
) -> None:
    with pytest.raises(SettingsError, match=says):
        OpenIdIssuer(told)
