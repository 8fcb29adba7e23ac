"""Persons who signed in at the installation's OpenID provider may have payloads opened."""

import pytest
from google.protobuf import json_format
from pytest_httpserver import HTTPServer
from temporalio.api.common.v1 import Payload, Payloads

from adapters.oidc.issuer import OpenIdIssuer
from adapters.temporal.payload_encryption import KeyRing, PayloadEncryption
from starter.api.routes.codec import CodecCallers
from tests.adapters.oidc.provider import Provider
from tests.starter.api.protection.test_codec import Caller

CLEAR = Payload(metadata={"encoding": b"json/plain"}, data=b'"polite"')
ENCRYPTION = PayloadEncryption(KeyRing((("a", bytes(32)),)), "default")
BODY = json_format.MessageToJson(Payloads(payloads=[ENCRYPTION.seal(CLEAR)]))


@pytest.fixture
def provider(httpserver: HTTPServer) -> Provider:
    return Provider(httpserver).open()


def _gateway(provider: Provider, group: str = "operators", secret: str = "") -> Caller:
    issuer = OpenIdIssuer(provider.settings)
    return Caller(ENCRYPTION, callers=CodecCallers(secret=secret, issuer=issuer, group=group))


def _status(gateway: Caller, token: str, path: str = "/codec/decode") -> int:
    told = {"Authorization": f"Bearer {token}"}
    return gateway.post(path, content=BODY, headers=told).status_code


def test_a_person_of_the_group_reads_and_the_key_does_so_beside(provider: Provider) -> None:
    secret = "only-for-tests-0123456789"
    gateway = _gateway(provider, secret=secret)
    answer = gateway.post(
        "/codec/decode", content=BODY, headers={"Authorization": f"Bearer {provider.token()}"}
    )
    assert list(json_format.Parse(answer.text, Payloads()).payloads) == [CLEAR]
    assert _status(gateway, secret) == 200
    assert provider.looks == 1


@pytest.mark.parametrize(
    ("groups", "status"), [(["operators"], 200), (["collectors"], 403), ([], 403), (None, 403)]
)
def test_who_signed_in_and_is_not_in_the_group_is_told_so(
    provider: Provider, groups: list[str] | None, status: int
) -> None:
    assert _status(_gateway(provider), provider.token(groups=groups)) == status


def test_a_token_never_stands_in_an_address(provider: Provider) -> None:
    assert _status(_gateway(provider), "", f"/codec/{provider.token()}/decode") == 401


def test_wrong_tokens_count_as_guesses(provider: Provider) -> None:
    gateway = _gateway(provider)
    wrong = provider.token("ec")
    assert [_status(gateway, wrong) for _ in range(12)] == [401] * 10 + [429] * 2
    assert _status(gateway, provider.token()) == 429


def test_without_a_group_nobody_is_let_in_by_signing_in(provider: Provider) -> None:
    assert _status(_gateway(provider, group=""), provider.token()) == 404
    with_key = _gateway(provider, group="", secret="only-for-tests-0123456789")
    assert _status(with_key, provider.token()) == 401


def test_a_provider_that_is_away_is_no_wrong_token(provider: Provider) -> None:
    provider.server.clear()
    gateway = _gateway(provider)
    assert [_status(gateway, provider.token()) for _ in range(12)] == [503] * 12
