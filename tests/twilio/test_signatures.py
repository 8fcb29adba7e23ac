"""Only what Twilio signed, for the very address that it was given, is heard (matrix row 46)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

import httpx
import pytest

from adapters.incoming.twilio.signed import Form, Signatures, SignedRequest
from tests.twilio.posting import ACCOUNT, PUBLIC, SHA256, TOKEN, TwilioSays, signature
from tests.twilio.rooms import Rooms

PATH, QUERY = "/hooks/twilio/sms", "m=0f9c2f1e"
URL = f"{PUBLIC}{PATH}?{QUERY}"
FORM = [("AccountSid", ACCOUNT), ("MessageSid", "SM1"), ("MessageStatus", "delivered")]
OURS = Signatures(ACCOUNT, TOKEN, PUBLIC)


def told(url: str = URL, token: str = TOKEN, kind: str = "sha1", scheme: str = "") -> SignedRequest:
    """An honest request, unless told otherwise."""
    return SignedRequest(
        path=PATH,
        query=QUERY,
        signatures=[signature(url, FORM, token, kind)],
        schemes=[scheme] if scheme else [],
        content_type="application/x-www-form-urlencoded; charset=utf-8",
        body=urlencode(FORM).encode(),
    )


def body(*pairs: tuple[str, str]) -> bytes:
    return urlencode(pairs).encode()


def as_signed(*pairs: tuple[str, str]) -> SignedRequest:
    """Other fields, rightly signed."""
    signed = [signature(URL, pairs)]
    return replace(told(), signatures=signed, body=urlencode(pairs).encode())


@pytest.mark.parametrize(
    "honest",
    [
        told(),
        told(kind="sha256", scheme=SHA256),
        told(URL.replace("/in/", ":443/in/")),
        told(URL + "#rc=3&rp=5xx,ct,rt"),
        as_signed(
            *FORM, ("Body", ""), ("Body", "Zürich & +"), ("MediaUrl", "b"), ("MediaUrl", "a")
        ),
        as_signed(*FORM, ("MediaUrl", "a"), ("MediaUrl", "a")),
        as_signed(*reversed(FORM)),
    ],
)
def test_what_twilio_signed_is_heard_in_both_of_its_ways(honest: SignedRequest) -> None:
    form = OURS.form(honest)

    assert form is not None
    assert form.one("MessageSid") == "SM1"


GOOD = told()
SHIFTED = (("AccountSid", ACCOUNT), ("MessageSidSM1MessageStatu", "sdelivered"))
LIES: dict[str, SignedRequest] = {
    "no signature": replace(GOOD, signatures=[]),
    "an empty one": replace(GOOD, signatures=[""]),
    "two of them": replace(GOOD, signatures=[*GOOD.signatures, "x"]),
    "the same one twice": replace(GOOD, signatures=[*GOOD.signatures, *GOOD.signatures]),
    "one letter more": replace(GOOD, signatures=[GOOD.signatures[0] + "="]),
    "not even ASCII": replace(GOOD, signatures=["ü" * 28]),
    "another account's key": told(token="another"),
    "no key at all": told(token=""),
    "SHA-256 that calls itself nothing": told(kind="sha256"),
    "SHA-1 that calls itself SHA-256": told(scheme=SHA256),
    "SHA-256 that calls itself SHA-1": told(kind="sha256", scheme="algorithm=HMAC_SHA1"),
    "an algorithm of its own": told(scheme="key=k,algorithm=none"),
    "two algorithms": replace(told(kind="sha256"), schemes=[SHA256, "algorithm=HMAC_SHA1"]),
    "the address behind the proxy": told("http://127.0.0.1:8484/hooks/twilio/sms?" + QUERY),
    "another host": told(URL.replace("amicable", "evil")),
    "plain http": told(URL.replace("https", "http")),
    "without the query": told(URL.partition("?")[0]),
    "another message of ours": replace(GOOD, query="m=0f9c2f1f"),
    "the query written otherwise": replace(GOOD, query="m=0f9c2f1%65"),
    "more in the query": replace(GOOD, query=QUERY + "&m=1"),
    "another path": replace(GOOD, path="/hooks/twilio/inbound"),
    "another fragment": told(URL + "#rc=0"),
    "another value": replace(GOOD, body=GOOD.body.replace(b"delivered", b"failed")),
    "one field more": replace(GOOD, body=GOOD.body + b"&ErrorCode=21610"),
    "one field less": replace(GOOD, body=body(*FORM[:2])),
    "a second value": replace(GOOD, body=GOOD.body + b"&MessageStatus=failed"),
    "names and values run together": replace(GOOD, body=body(("AccountSid" + ACCOUNT, ""))),
    "the fields as JSON": replace(GOOD, content_type="application/json", body=b"{}"),
    "a form of another kind": replace(GOOD, content_type="multipart/form-data; boundary=x"),
    "no kind at all": replace(GOOD, content_type=""),
    "no text": replace(GOOD, body=b"\xff\xfe=1"),
    "broken percent signs": replace(GOOD, body=GOOD.body + b"&x=%ff"),
    "too many fields": as_signed(*FORM, *((f"f{n}", "1") for n in range(300))),
    "another account": as_signed(("AccountSid", "AC9"), *FORM[1:]),
    "two accounts": as_signed(("AccountSid", "AC9"), *FORM),
    "nobody's account": as_signed(*FORM[1:]),
}


@pytest.mark.parametrize("lie", LIES)
def test_whatever_else_is_not_believed(lie: str) -> None:
    assert OURS.form(LIES[lie]) is None


def test_names_and_values_that_run_together_name_no_message() -> None:
    """What is signed does not say where a name ends; so a moved border brings no field of ours."""
    form = OURS.form(replace(GOOD, body=urlencode(SHIFTED).encode()))

    assert form is None or (form.one("MessageSid"), form.one("MessageStatus")) == ("", "")


def test_a_value_that_comes_twice_is_none() -> None:
    assert Form((("a", "1"), ("a", "1"), ("b", "2"))).one("a") == ""


@pytest.mark.parametrize(
    "nothing", [Signatures(ACCOUNT, "", PUBLIC), Signatures(ACCOUNT, TOKEN, "")]
)
def test_without_a_token_or_a_public_address_nothing_is_believed(nothing: Signatures) -> None:
    assert nothing.form(told(token="")) is None
    assert nothing.form(told()) is None


def test_a_shared_key_signs_only_what_says_so() -> None:
    shared = Signatures(ACCOUNT, TOKEN, PUBLIC, "shared-secret")

    assert shared.form(told(token="shared-secret", kind="sha256", scheme=SHA256))
    assert shared.form(told())
    assert shared.form(told(token="shared-secret")) is None
    assert shared.form(told(kind="sha256", scheme=SHA256)) is None


ROUTES = ("sms", "inbound", "voice", "voice/details", "voice/keys", "voice/answered")


@pytest.mark.parametrize("route", ROUTES)
def test_over_the_wire_a_wrong_signature_is_forbidden_and_changes_nothing(
    route: str, twilio: TwilioSays, rooms: Rooms
) -> None:
    message = rooms.texted()
    before = [rooms.rows(name) for name in ("provider_event", "reply", "contact")]
    forms = {"MessageSid": "SM1", "MessageStatus": "failed", "ErrorCode": "21610", "Body": "STOP"}
    more = {"From": "+4915112345678", "CallSid": "CA1", "CallStatus": "failed", "Digits": "1"}

    answer = twilio.post(
        f"/hooks/twilio/{route}?m={message}",
        (forms | more).items(),
        **{"x-twilio-signature": "d3Jvbmc="},
    )

    assert (answer.status_code, answer.content) == (403, b"")
    assert [rooms.rows(name) for name in ("provider_event", "reply", "contact")] == before
    assert rooms.unwanted() == ()
    assert rooms.noticed == 0


FAULTS: dict[str, Callable[[TwilioSays], int]] = {
    "asked for": lambda twilio: httpx.get(f"{twilio.url}/hooks/twilio/sms").status_code,
    "too long": lambda twilio: twilio.text("x" * 70_000).status_code,
    "says nothing": lambda twilio: twilio.post("/hooks/twilio/sms", []).status_code,
}


@pytest.mark.parametrize(
    ("fault", "status"), [("asked for", 405), ("too long", 413), ("says nothing", 400)]
)
def test_what_makes_no_sense_is_refused(
    fault: str, status: int, twilio: TwilioSays, rooms: Rooms
) -> None:
    assert FAULTS[fault](twilio) == status
    assert rooms.noticed == 0
