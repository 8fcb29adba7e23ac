"""Reads the bearer tokens of an OpenID provider: who signed in, and to which groups they belong.

A token is a JWT (RFC 7519) that the provider signed. It is checked without asking the provider
about it: by the provider's public keys, which are fetched once and again when an unknown one signs.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import jwt

from adapters.config.environment import SettingsError
from adapters.config.settings_groups import OidcSettings
from adapters.http.address_checks import safe_url
from adapters.http.calls import within

SIGNING_METHODS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
"""Signatures by a private key only: with a shared secret, whoever checks could sign as well."""

CLOCKS_APART = 30
"""Seconds by which the provider's clock may differ from ours."""

_PLACE = "/.well-known/openid-configuration"
_LONGEST_TOKEN = 8192
_LONGEST_PAGE = 262_144
_SECONDS = 5.0
_KEYS_LAST = 3600.0
_KEYS_HOLD = 86_400.0
_BETWEEN_LOOKS = 10.0
"""Seconds until the provider is asked again: tokens that name no key of its must not flood it."""


class TokenRefusedError(ValueError):
    """A token does not say who somebody is: it is forged, over, or meant for somebody else."""


class IssuerAwayError(RuntimeError):
    """The provider's public keys cannot be read now."""


@dataclass(frozen=True, slots=True)
class SignedInPerson:
    """Who signed in.

    Attributes:
        subject: the provider's own id of the person.
        groups: to which the provider counts them.
        name: how they are called there; empty if the token does not say.
        nonce: the question that the token answers, where one was asked.
    """

    subject: str
    groups: frozenset[str]
    name: str = ""
    nonce: str = ""


class OpenIdIssuer:
    """Checks tokens of one provider that were made for us."""

    def __init__(self, settings: OidcSettings, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the settings; the provider is asked when the first token comes.

        Raises:
            SettingsError: if the provider's address is not safe, or no audience is named.
        """
        if not settings.audience:
            raise SettingsError("AMICABLE_OIDC__ISSUER also needs AMICABLE_OIDC__AUDIENCE")
        try:
            safe_url(settings.issuer, "AMICABLE_OIDC__ISSUER")
        except ValueError as error:
            raise SettingsError(str(error)) from None
        self._issuer, self._audience = settings.issuer, settings.audience
        self._claim, self._name = settings.groups_claim, settings.name_claim
        self._described: dict[str, Any] = {}
        self._described_at = float("-inf")
        self._clock = clock
        self._lock = threading.Lock()
        self._keys: dict[str, jwt.PyJWK] = {}
        self._read_at = self._asked_at = float("-inf")

    def person(self, token: str) -> SignedInPerson:
        """Find who a token speaks for.

        Raises:
            TokenRefusedError: if it speaks for nobody.
            IssuerAwayError: if the provider's keys cannot be read.
        """
        if len(token) > _LONGEST_TOKEN:
            raise TokenRefusedError("the token is too long")
        try:
            claims = jwt.decode(
                token,
                self._key(jwt.get_unverified_header(token)),
                algorithms=SIGNING_METHODS,
                audience=self._audience,
                issuer=self._issuer,
                leeway=CLOCKS_APART,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
            raise TokenRefusedError(type(error).__name__) from None
        return SignedInPerson(
            subject=str(claims["sub"]),
            groups=_groups(claims.get(self._claim)),
            name=_text(claims.get(self._name)),
            nonce=_text(claims.get("nonce")),
        )

    def described(self) -> Mapping[str, Any]:
        """Read how the provider describes itself: its addresses.

        Raises:
            IssuerAwayError: if it cannot be read.
        """
        with self._lock:
            now = self._clock()
            if now - self._described_at > _KEYS_LAST:
                try:
                    self._described = within(2 * _SECONDS, self._own_words)
                except TimeoutError:
                    raise IssuerAwayError("the provider does not answer") from None
                self._described_at = now
            return self._described

    def _own_words(self) -> dict[str, Any]:
        try:
            with httpx.Client(timeout=_SECONDS, trust_env=False) as client:
                told = _page(client, self._issuer.rstrip("/") + _PLACE)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
            raise IssuerAwayError(f"the provider cannot be read ({type(error).__name__})") from None
        if told.get("issuer") != self._issuer:
            raise IssuerAwayError("the provider calls itself by another name")
        return told

    def _key(self, header: Mapping[str, Any]) -> jwt.PyJWK:
        """Find the key that a token names; an unknown one may be new."""
        named = header.get("kid")
        with self._lock:
            now = self._clock()
            stale = now - self._read_at > _KEYS_LAST
            if (stale or named not in self._keys) and now - self._asked_at > _BETWEEN_LOOKS:
                self._asked_at = now
                self._look(now)
            if now - self._read_at > _KEYS_HOLD:
                raise IssuerAwayError("the OpenID provider's keys could not be read")
            if named not in self._keys:
                raise TokenRefusedError("no key of the provider has that name")
            return self._keys[named]

    def _look(self, now: float) -> None:
        """Read the keys anew; while the provider is away, those of the last hours still count."""
        try:
            self._keys, self._read_at = within(2 * _SECONDS, self._fetched), now
        except (TimeoutError, IssuerAwayError):
            if now - self._read_at > _KEYS_HOLD:
                self._keys = {}

    def _fetched(self) -> dict[str, jwt.PyJWK]:
        """Read the provider's public keys by their names.

        Raises:
            IssuerAwayError: if it does not answer, or as somebody else.
        """
        try:
            with httpx.Client(timeout=_SECONDS, trust_env=False) as client:
                told = _page(client, self._issuer.rstrip("/") + _PLACE)
                if told.get("issuer") != self._issuer:
                    raise IssuerAwayError("the provider calls itself by another name")
                place = safe_url(str(told.get("jwks_uri")), "jwks_uri")
                listed = _page(client, place).get("keys")
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
            raise IssuerAwayError(f"the provider cannot be read ({type(error).__name__})") from None
        return _usable(listed)


def _page(client: httpx.Client, url: str) -> dict[str, Any]:
    """Read one JSON object, as long as it is short; no redirect is followed."""
    with client.stream("GET", url) as answer:
        return read_json_object(answer)


def read_json_object(answer: httpx.Response) -> dict[str, Any]:
    """Read one JSON object from an answer that has begun.

    Raises:
        httpx.HTTPStatusError: if it is no success.
        ValueError: if it is too long, or no object.
    """
    answer.raise_for_status()
    body = b""
    for part in answer.iter_bytes():
        body += part
        if len(body) > _LONGEST_PAGE:
            raise ValueError("too long")
    told = json.loads(body)
    if not isinstance(told, dict):
        raise ValueError("no JSON object")  # noqa: TRY004 - what a stranger sent is a value
    return told


def _usable(listed: object) -> dict[str, jwt.PyJWK]:
    """Keep the keys that sign by a method we take; others may stand there, too."""
    found: dict[str, jwt.PyJWK] = {}
    for one in listed if isinstance(listed, list) else ():
        try:
            key = jwt.PyJWK(one)
        except (jwt.PyJWTError, AttributeError, TypeError, ValueError):
            continue
        if (
            key.key_id
            and key.algorithm_name in SIGNING_METHODS
            and key.public_key_use in {None, "sig"}
        ):
            found[key.key_id] = key
    return found


def _text(told: object) -> str:
    return told if isinstance(told, str) else ""


def _groups(told: object) -> frozenset[str]:
    if isinstance(told, str):
        return frozenset(told.split())
    listed = told if isinstance(told, list) else ()
    return frozenset(one for one in listed if isinstance(one, str))
