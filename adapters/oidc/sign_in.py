"""Signs people in at an OpenID provider: they are sent there, and come back with a code.

The authorization code flow of OpenID Connect with PKCE (RFC 7636), state and nonce. What has to be
remembered meanwhile lies with the browser alone, so that any process can end what another began.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

import httpx

from adapters.config.environment import SettingsError
from adapters.config.settings_groups import OidcSettings
from adapters.http.address_checks import safe_url
from adapters.http.calls import within
from adapters.oidc.issuer import (
    IssuerAwayError,
    OpenIdIssuer,
    SignedInPerson,
    TokenRefusedError,
    read_json_object,
)
from domain.errors import DomainError
from domain.parties.console import GroupRole, parse_group_roles

_SECONDS = 5.0
_SCOPES = "openid profile email"


@dataclass(frozen=True, slots=True)
class SignInBegun:
    """Where a browser is sent, and what it keeps until it comes back.

    Attributes:
        kept: known to this browser alone; it shall send it to nobody but us.
    """

    address: str
    kept: str


class OpenIdSignIn:
    """Sends people to their provider, and finds out who came back."""

    def __init__(self, settings: OidcSettings) -> None:
        """Take the settings; the provider is asked when the first person comes.

        Raises:
            SettingsError: if something is missing or cannot be understood.
        """
        if not settings.console_groups:
            raise SettingsError("AMICABLE_OIDC__CLIENT_ID also needs AMICABLE_OIDC__CONSOLE_GROUPS")
        try:
            self.roles: tuple[GroupRole, ...] = parse_group_roles(settings.console_groups)
        except DomainError as error:
            raise SettingsError(f"AMICABLE_OIDC__CONSOLE_GROUPS: {error}") from None
        self._client, self._secret = settings.client_id, settings.client_secret.get_secret_value()
        self._issuer = OpenIdIssuer(settings.model_copy(update={"audience": settings.client_id}))

    def begin(self, back: str) -> SignInBegun:
        """Say where to send a browser that shall come back to an address.

        Raises:
            IssuerAwayError: if the provider cannot be read.
        """
        state, verifier, nonce = (secrets.token_urlsafe(32) for _ in range(3))
        digest = hashlib.sha256(verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self._client,
            "redirect_uri": back,
            "scope": _SCOPES,
            "state": state,
            "nonce": nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        place = self._place("authorization_endpoint")
        separator = "&" if "?" in place else "?"
        return SignInBegun(f"{place}{separator}{urlencode(asked)}", f"{state}.{verifier}.{nonce}")

    def end(self, kept: str, state: str, code: str, back: str) -> SignedInPerson:
        """Find out who came back.

        Raises:
            TokenRefusedError: if it is not the browser that was sent, or the code is worth nothing.
            IssuerAwayError: if the provider does not answer.
        """
        expected, _, rest = kept.partition(".")
        verifier, _, nonce = rest.partition(".")
        if not (nonce and code and hmac.compare_digest(expected.encode(), state.encode())):
            raise TokenRefusedError("another browser was sent")
        person = self._issuer.person(self._token(code, verifier, back))
        if not hmac.compare_digest(person.nonce.encode(), nonce.encode()):
            raise TokenRefusedError("the token answers another question")
        return replace(person, nonce="")

    def _place(self, name: str) -> str:
        """An address of the provider.

        Raises:
            IssuerAwayError: if it names none, or one that is not safe.
        """
        try:
            return safe_url(str(self._issuer.described().get(name)), name)
        except ValueError as error:
            raise IssuerAwayError(str(error)) from None

    def _token(self, code: str, verifier: str, back: str) -> str:
        """Turn a code into a token.

        Raises:
            TokenRefusedError: if the provider gives none for it.
            IssuerAwayError: if it does not answer.
        """
        place = self._place("token_endpoint")
        told = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "client_id": self._client,
            "code_verifier": verifier,
        }
        try:
            answer = within(2 * _SECONDS, lambda: self._asked(place, told))
        except (httpx.HTTPError, TimeoutError, ValueError) as error:
            raise IssuerAwayError(f"the provider did not answer ({type(error).__name__})") from None
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise TokenRefusedError("the provider gave no token")
        return token

    def _asked(self, place: str, told: dict[str, str]) -> dict[str, object]:
        """What the provider answers; empty if it refuses."""
        name, secret = (quote(text, safe="") for text in (self._client, self._secret))
        auth = httpx.BasicAuth(name, secret) if secret else None
        with (
            httpx.Client(timeout=_SECONDS, trust_env=False, auth=auth) as client,
            client.stream("POST", place, data=told) as answer,
        ):
            return {} if answer.is_client_error else read_json_object(answer)
