"""Checks Twilio's signature over the address that we gave it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from twilio.request_validator import (
    HMAC_SHA1,
    HMAC_SHA256,
    RequestValidator,
    get_signature_algorithm,
)

from adapters.messages.twilio_addresses import OVERRIDES

FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 200
ALGORITHMS = (HMAC_SHA1, HMAC_SHA256)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRequest:
    """A request as it came, not checked yet.

    Attributes:
        path: our own path that was asked for.
        query: what stood behind the question mark, as it came.
        signatures: all signature headers; honest requests have one.
        schemes: all headers that name the algorithm.
    """

    path: str
    query: str = ""
    signatures: Sequence[str] = ()
    schemes: Sequence[str] = ()
    content_type: str = ""
    body: bytes = b""


class Form:
    """The fields of a signed form; a name may come more than once."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._pairs = tuple(pairs)

    def __iter__(self) -> Iterator[str]:
        return iter(dict(self._pairs))

    def __len__(self) -> int:
        return len(self._pairs)

    def getlist(self, name: str) -> list[str]:
        """List all values of a name, as Twilio's validator asks for them."""
        return [value for key, value in self._pairs if key == name]

    def one(self, name: str) -> str:
        """Read the value of a name; empty if there is none or more than one."""
        found = self.getlist(name)
        return found[0] if len(found) == 1 else ""


class Signatures:
    """Checks requests that claim to be from Twilio.

    Without a token or a public address nothing can be checked, and nothing is believed.

    Args:
        public_url: what we are called from outside; behind a proxy a request does not know it.
        secret: of the shared key, where Twilio signs with one; else the token is used.
    """

    def __init__(self, account_sid: str, token: str, public_url: str, secret: str = "") -> None:
        self._account, self._token, self._secret = account_sid, token, secret
        self._public = public_url.rstrip("/")

    def form(self, told: SignedRequest) -> Form | None:
        """Read the fields of a request, if Twilio signed these for this address."""
        scheme = told.schemes[0] if told.schemes else ""
        secret = (self._secret or self._token) if scheme else self._token
        if not (secret and self._public) or len(told.signatures) != 1 or len(told.schemes) > 1:
            return None
        form = _form(told)
        if form is None or not self._signed(told, form, scheme, secret):
            return None
        # Names and values run together in what is signed: only a whole form has our account.
        return form if form.one("AccountSid") == self._account else None

    def _signed(self, told: SignedRequest, form: Form, scheme: str, secret: str) -> bool:
        algorithm = get_signature_algorithm(scheme).upper()
        if algorithm not in ALGORITHMS:
            return False
        url = f"{self._public}{told.path}" + (f"?{told.query}" if told.query else "")
        validator = RequestValidator(secret)
        # Twilio leaves our fragment out of what it signs; whoever keeps it in signed no less.
        return any(
            validator.validate(address, form, told.signatures[0], algorithm)
            for address in (url, url + OVERRIDES)
        )


def _form(told: SignedRequest) -> Form | None:
    if told.content_type.partition(";")[0].strip().lower() != FORM:
        return None
    try:
        pairs = parse_qsl(
            told.body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(told.body),
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        return None
    return Form(pairs)
