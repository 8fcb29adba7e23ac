"""Every parser that meets strangers, with what is right for it and how it may say no."""

# One list: whoever adds a parser of foreign bytes adds it here, and both fuzz tests take it up.

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import jwt
from google.protobuf.message import DecodeError
from starlette.requests import Request
from temporalio.api.common.v1 import Payload

from activities.ports.incoming import Reply
from adapters.config.environment import SettingsError
from adapters.config.settings_groups import OidcSettings
from adapters.config.tokens import Tokens
from adapters.einvoice.invoice_files import read_invoice_file
from adapters.incoming.email.inbound_mail import Cover, read_mail
from adapters.incoming.sendgrid.events import read_batch
from adapters.incoming.sendgrid.signed import SignatureCheck
from adapters.incoming.stop_words import wish_of
from adapters.incoming.twilio.hooks import event_of, raw_of
from adapters.incoming.twilio.signed import Signatures, SignedRequest
from adapters.oidc.issuer import OpenIdIssuer, TokenRefusedError
from adapters.runtime.machine import machine_clock
from adapters.temporal.payload_encryption import (
    KeyRing,
    PayloadEncryption,
    PayloadLockedError,
    key_ring,
)
from domain.einvoice.terms_text import read_terms_text
from domain.errors import DomainError
from domain.interest.rate_file import read_rate_table
from domain.policy.policy_file import parse_policy
from starter.api.auth import address_of
from starter.api.dependencies import Page
from starter.api.errors import HttpProblem
from starter.api.hooks.mail import _cover
from starter.api.reading import json_of, named_object
from starter.api.routes.codec import _payloads
from starter.importing.exports.reader import read_export
from starter.importing.files.options import ReadOptions, with_mapping_file
from starter.importing.files.payments import read_payments
from tests.adapters.einvoice import samples
from tests.adapters.oidc.provider import SIGNERS
from tests.docs.pages import ROOT
from tests.fuzz.money_parsers import MONEY_PARSERS
from tests.fuzz.parser import Parser
from tests.incoming import mails
from tests.incoming.sendgrid import Signer, element
from tests.starter.api.protection.requests import request_from
from tests.starter.importing.exports.exporting import workbook
from tests.twilio.posting import ACCOUNT, PUBLIC, TOKEN, signature

NOW = machine_clock()
TOKENS = Tokens(("a secret of more than twenty-four characters",))
ISSUER = OpenIdIssuer(OidcSettings(issuer="https://idp.example", audience="amicable"))
ISSUER._keys = {
    "rsa": jwt.PyJWK(
        jwt.get_algorithm_by_name("RS256").to_jwk(SIGNERS["rsa"][1].public_key(), as_dict=True)
        | {"kid": "rsa"}
    )
}
ISSUER._read_at = ISSUER._asked_at = float("inf")
ENCRYPTION = PayloadEncryption(KeyRing((("a", bytes(32)),)), "default")
SENDGRID = Signer()
CSV = (
    "number;customer;customer_name;issued;due;amount;currency;email\n"
    "R-1;C-1;Globex;2026-11-01;2026-12-01;1.190,50;EUR;a@b.example\n"
)


def _mail(raw: bytes) -> None:
    found = read_mail(raw, TOKENS, NOW, Cover(recipients=("a@b.example",), sender="c@d.example"))
    _can_be_kept(found.reply)
    assert all("\x00" not in one.name for one in found.files)


def _can_be_kept(reply: Reply) -> None:
    """PostgreSQL keeps neither NUL nor half a character."""
    for text in (reply.said, reply.subject, reply.sender, reply.key):
        assert "\x00" not in text
        text.encode()


def _events(raw: bytes) -> None:
    for event in read_batch(raw):
        assert "\x00" not in event.raw + event.reason + event.dedupe_key + event.message_id
        event.raw.encode()


def _twilio(raw: bytes) -> None:
    told = SignedRequest(
        path="/hooks/twilio/sms",
        signatures=(raw[:40].decode("latin-1"),),
        content_type="application/x-www-form-urlencoded",
        body=raw,
    )
    assert Signatures(ACCOUNT, TOKEN, PUBLIC).form(told) is None, "nobody signed that"


def _signed_twilio(raw: bytes) -> None:
    """The fields may be anything, and are rightly signed."""
    told = raw.decode("utf-8", "replace").split("\n")
    pairs = [("AccountSid", ACCOUNT), *zip(told[::2], told[1::2], strict=False)]
    form = Signatures(ACCOUNT, TOKEN, PUBLIC).form(
        SignedRequest(
            path="/hooks/twilio/sms",
            signatures=(signature(f"{PUBLIC}/hooks/twilio/sms", pairs),),
            content_type="application/x-www-form-urlencoded",
            body=urlencode(pairs).encode(),
        )
    )
    if form is None:
        return
    wish_of(form.one("Body"), form.one("OptOutType"))
    raw_of(form).encode()
    if event := event_of(form, "m", "MessageSid", "MessageStatus", NOW):
        assert "\x00" not in event.dedupe_key + event.raw


def _signature(raw: bytes) -> None:
    check = SignatureCheck(SENDGRID.public, "KEY")
    told, stamp = raw[:90].decode("latin-1"), raw[90:].decode("latin-1")
    assert not check.is_on(b"[]", (told,), (stamp,))


def _token(raw: bytes) -> None:
    text = raw.decode("utf-8", "replace")
    TOKENS.read("receipt", text)
    TOKENS.answered(text)


def _person(raw: bytes) -> None:
    ISSUER.person(raw.decode("utf-8", "replace"))


def _sealed(raw: bytes) -> None:
    try:
        payload = Payload.FromString(raw)
    except DecodeError:
        payload = _with_our_mark(raw)
    ENCRYPTION.unseal(payload)


def _with_our_mark(raw: bytes) -> Payload:
    sealed = {"encoding": b"binary/encrypted", "encryption-key-id": raw[:1]}
    return Payload(metadata=sealed, data=raw[1:])


def _file(read: Callable[[Path], object]) -> Callable[[bytes], object]:
    """A file with these bytes, which is gone afterwards."""

    def parse(raw: bytes) -> None:
        with tempfile.NamedTemporaryFile(suffix=".csv") as file:
            path = Path(file.name)
            path.write_bytes(raw)
            read(path)

    return parse


def _body(raw: bytes) -> None:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": raw, "more_body": False}

    headers = [(b"content-type", b"application/json")]
    asyncio.run(json_of(Request({"type": "http", "headers": headers}, receive)))


def _names(raw: bytes) -> None:
    text = raw.decode("latin-1")
    named_object(text, "case")


def _cursor(raw: bytes) -> None:
    assert Page(cursor=raw.decode("latin-1")[:1000]).after.isprintable()


def _forwarded(raw: bytes) -> None:
    assert (
        len(address_of(request_from("10.0.0.1", (raw.decode("latin-1"),), ("10.0.0.0/8",)))) <= 64
    )


def _text(read: Callable[[str], object]) -> Callable[[bytes], object]:
    return lambda raw: read(raw.decode("utf-8", "replace"))


def _shipped(*places: str) -> tuple[bytes, ...]:
    return tuple((ROOT / place).read_bytes() for place in places)


_FORM = b"MessageSid\nSM1\nMessageStatus\ndelivered\nBody\nSTOP\nErrorCode\n21610"
_SHEET = workbook(
    {
        "A": [
            ["number", "customer", "issued", "due", "amount", "currency"],
            ["R-1", "C", "2026-11-01", "2026-12-01", 1.5, "EUR"],
        ]
    }
)
_JWT = jwt.encode(
    {"sub": "u-1", "aud": "amicable"}, SIGNERS["rsa"][1], "RS256", headers={"kid": "rsa"}
)
_PAYMENTS = b"id,customer,date,amount,currency,invoices\nB-1,C-1,2026-11-20,119.00,EUR,R-1\n"
_MAPPING = b'date_format = "%d.%m.%Y"\ndecimal_comma = true\n[columns]\nnumber = "Beleg"\n'
_REPLY = mails.typed(b"text/html; charset=utf-8", "<p>Grüße<br>> quoted</p>".encode())
_PAYLOADS = json.dumps({"payloads": [{"metadata": {"encoding": "YQ=="}, "data": "YQ=="}]}).encode()


def _terms(text: str) -> object:
    return read_terms_text(text, NOW.date())


PARSERS = (
    Parser("mail", _mail, (_REPLY, mails.nested(5), mails.report("5.1.1"))),
    Parser(
        "envelope of a mail", _text(_cover), (b'{"to": ["a@b.example"], "from": "c@d.example"}',)
    ),
    Parser(
        "events of SendGrid",
        _events,
        (json.dumps([element("bounce", "m", reason="550 5.1.1 no")]).encode(),),
    ),
    Parser("signature of SendGrid", _signature, (b"x" * 100,)),
    Parser("form of nobody", _twilio, (b"AccountSid=AC1&MessageSid=SM1",)),
    Parser("form of Twilio", _signed_twilio, (_FORM,)),
    Parser(
        "link or reply address",
        _token,
        (TOKENS.reply_address("0f9c2f1e-9d0c-4a53-8b5e-3f0a1c2d4e5f", "r.example").encode(),),
    ),
    Parser("token of a person", _person, (_JWT.encode(),), (TokenRefusedError,)),
    Parser(
        "sealed payload",
        _sealed,
        (ENCRYPTION.seal(Payload(data=b"x")).SerializeToString(),),
        (PayloadLockedError,),
    ),
    Parser("body for the codec", _payloads, (_PAYLOADS,), (HttpProblem,)),
    Parser("keys", _text(key_ring), (b"a:" + b"A" * 43 + b"=",), (SettingsError,)),
    Parser(
        "body of a request",
        _body,
        (b'{"id": "B-1", "amount": "1.00", "invoices": ["R-1"]}',),
        (HttpProblem,),
    ),
    Parser("name in an address", _names, (b"2026%2F0007",), (HttpProblem,)),
    Parser("cursor", _cursor, (b"RC0xMDA2",), (HttpProblem,)),
    Parser("forwarded address", _forwarded, (b"203.0.113.9, [2001:db8::1]:443",)),
    Parser(
        "file of invoices",
        _file(lambda path: read_export(path, ReadOptions())),
        (CSV.encode(), CSV.encode("utf-16"), _SHEET),
        (DomainError,),
    ),
    Parser(
        "electronic invoice",
        lambda body: read_invoice_file("in", body),
        (
            *(samples.ubl(), samples.CII.encode(), samples.FATTURA.encode(), samples.ksef()),
            *(samples.facturae(), samples.pdf(samples.ubl()), samples.in_pieces(samples.ubl())),
            samples.archive(a_xml=samples.ubl()),
        ),
        (DomainError,),
    ),
    Parser("payment terms in words", _text(_terms), (b"10 Tage 3% Skonto, 30 Tage netto",)),
    Parser(
        "file of payments",
        _file(lambda path: read_payments(path, ReadOptions())),
        (_PAYMENTS,),
        (DomainError,),
    ),
    Parser(
        "mapping file",
        _file(lambda path: with_mapping_file(ReadOptions(), path)),
        (_MAPPING,),
        (DomainError,),
    ),
    Parser(
        "policy",
        _text(parse_policy),
        _shipped("domain/policy/policies/standard.toml"),
        (DomainError,),
    ),
    Parser(
        "table of rates",
        _text(lambda text: read_rate_table(text, "de.toml")),
        _shipped("domain/interest/rates/de.toml"),
        (DomainError,),
    ),
    *MONEY_PARSERS,
)
