"""Twilio's side of a webhook: it signs the address that it was given, and posts a form."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import httpx

TOKEN = "twilio-test-token"
ACCOUNT = "AC" + "0" * 32
PUBLIC = "https://amicable.example/in"
SHA256 = "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"

Pairs = Iterable[tuple[str, str]]


def signature(url: str, pairs: Pairs, token: str = TOKEN, kind: str = "sha1") -> str:
    """Twilio's rule, written down once more: the address, then each name with its values."""
    said = url + "".join(name + value for name, value in sorted(set(pairs)))
    digest = hmac.new(token.encode(), said.encode(), getattr(hashlib, kind)).digest()
    return base64.b64encode(digest).decode()


class TwilioSays:
    """Posts to our routes as Twilio does, through a proxy that hides the public address.

    Attributes:
        url: where our server really is.
        number: that debtors text from, and are texted at.
        count: how many messages it has numbered.
    """

    def __init__(self, url: str, number: str) -> None:
        self.url = url
        self.number = number
        self.count = 0

    def post(self, path: str, pairs: Pairs, **headers: str) -> httpx.Response:
        """One signed request; headers replace or add to what an honest one has."""
        form = [("AccountSid", ACCOUNT), *pairs]
        plain = {"x-twilio-signature": signature(PUBLIC + path, form)}
        sent = {name: value for name, value in (plain | headers).items() if value}
        return self.raw(path, urlencode(form), sent)

    def raw(self, path: str, body: str, headers: dict[str, str]) -> httpx.Response:
        """Any request."""
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return httpx.post(self.url + path, content=body, headers=kind | headers, timeout=100)

    def sms(self, message: str, status: str, code: str = "", sid: str = "SM1") -> httpx.Response:
        """News of a text message."""
        pairs = [("MessageSid", sid), ("MessageStatus", status), ("To", self.number)]
        return self.post(f"/hooks/twilio/sms?m={message}", [*pairs, *_code(code)])

    def text(
        self, body: str, sender: str | None = None, sid: str = "", **more: str
    ) -> httpx.Response:
        """A text message from a debtor; each has an id that no other test's has."""
        self.count += 1
        mine = sid or f"SM{self.number[1:]}n{self.count}"
        told = self.number if sender is None else sender
        pairs = [("MessageSid", mine), ("From", told), ("Body", body)]
        return self.post("/hooks/twilio/inbound", [*pairs, *more.items()])

    def call(self, message: str, status: str, code: str = "", sid: str = "CA1") -> httpx.Response:
        """News of a call."""
        pairs = [("CallSid", sid), ("CallStatus", status), *_code(code)]
        return self.post(f"/hooks/twilio/voice?m={message}", pairs)

    def answered(self, message: str, by: str, sid: str = "CA1") -> httpx.Response:
        """Who took a call."""
        pairs = [("CallSid", sid), ("AnsweredBy", by)]
        return self.post(f"/hooks/twilio/voice/answered?m={message}", pairs)

    def press(self, message: str, key: str = "1", sid: str = "CA1") -> httpx.Response:
        """Somebody on the phone presses a key."""
        pairs = [("CallSid", sid), ("CallStatus", "in-progress"), ("Digits", key)]
        return self.post(f"/hooks/twilio/voice/details?m={message}", pairs)

    def key(self, message: str, key: str, sid: str = "CA1") -> httpx.Response:
        """Somebody who has heard the details answers by a key."""
        pairs = [("CallSid", sid), ("CallStatus", "in-progress"), ("Digits", key)]
        return self.post(f"/hooks/twilio/voice/keys?m={message}", pairs)


def _code(code: str) -> Pairs:
    return [("ErrorCode", code)] if code else []


def says(answer: httpx.Response) -> str:
    """All that Twilio is told to say."""
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/xml")
    return " ".join(say.text or "" for say in ET.fromstring(answer.text).iter("Say"))  # noqa: S314 - our own
