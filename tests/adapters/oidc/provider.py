"""An OpenID provider on this machine, which signs tokens as real ones do."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pytest_httpserver import HTTPServer

from adapters.config.settings_groups import OidcSettings
from adapters.runtime.machine import machine_clock

AUDIENCE = "amicable"
_RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_EC = ec.generate_private_key(ec.SECP256R1())
SIGNERS: dict[str, tuple[str, Any]] = {"rsa": ("RS256", _RSA), "ec": ("ES256", _EC)}


@dataclass
class Provider:
    """Signs with the keys that it shows, or with others."""

    server: HTTPServer
    shown: list[str] = field(default_factory=lambda: ["rsa"])
    looks: int = 0

    @property
    def issuer(self) -> str:
        """Its name."""
        return self.server.url_for("/realm")

    @property
    def settings(self) -> OidcSettings:
        """How an installation that trusts it is set up."""
        return OidcSettings(issuer=self.issuer, audience=AUDIENCE, codec_group="operators")

    def open(self, **changes: Any) -> Provider:
        """Answer at its addresses from now on."""
        told = {"issuer": self.issuer, "jwks_uri": self.issuer + "/keys"} | changes
        place = "/realm/.well-known/openid-configuration"
        self.server.expect_request(place).respond_with_json(told)
        self.server.expect_request("/realm/keys").respond_with_handler(self._keys)
        return self

    def token(self, signer: str = "rsa", **claims: Any) -> str:
        """Make a token of somebody among the operators."""
        now = machine_clock()
        told = {
            "iss": self.issuer,
            "aud": AUDIENCE,
            "sub": "u-1",
            "iat": now,
            "exp": now + timedelta(minutes=5),
            "groups": ["operators"],
        } | claims
        told = {name: value for name, value in told.items() if value is not None}
        algorithm, key = SIGNERS[signer]
        return jwt.encode(told, key, algorithm, headers={"kid": signer})

    def public(self, signer: str) -> dict[str, Any]:
        """A key as the provider shows it."""
        algorithm, key = SIGNERS[signer]
        shown = jwt.get_algorithm_by_name(algorithm).to_jwk(key.public_key(), as_dict=True)
        return {**shown, "kid": signer, "use": "sig", "alg": algorithm}

    def _keys(self, _request: Any) -> Any:
        from werkzeug import Response  # noqa: PLC0415 - the server's own

        self.looks += 1
        keys = [self.public(signer) for signer in self.shown]
        return Response(json.dumps({"keys": keys}), mimetype="application/json")
