"""What goes wrong is told as a problem (RFC 9457): the field, the way out, never our insides."""

import json
import socket
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi import APIRouter
from httpx import Client, Response

from adapters.config.settings import Settings
from adapters.ledger.core.engine import Engine, make_engine
from starter.api.app import Parts, gateway
from starter.api.errors import SORTS
from starter.api.middleware import SAFE
from starter.application import Application
from tests.docs.pages import ROOT
from tests.starter.api.factories import (
    Desk,
    Outside,
    Remembering,
    invoice,
    listening,
    opened_gateway,
)

DEEP = "[" * 7 + "]" * 7


def is_problem(answer: Response, name: str, status: int) -> bool:
    """Whether an answer is a whole problem of that kind."""
    told = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert told["status"] == answer.status_code
    assert told["title"]
    assert told["detail"]
    return (told["type"], answer.status_code) == (f"urn:amicable:problem:{name}", status)


def test_every_kind_of_problem_is_documented() -> None:
    page = (ROOT / "docs/gateway.md").read_text(encoding="utf-8")

    for sort in SORTS.values():
        assert f"| `{sort.name}` | {sort.status} |" in page


def test_an_unknown_address_and_a_wrong_method_are_problems(desk: Desk) -> None:
    assert is_problem(desk.get("/v2/cases"), "not-found", 404)
    assert is_problem(desk.get("/v1/cases/"), "not-found", 404)
    wrong = desk.ask("DELETE", "/v1/cases")
    assert is_problem(wrong, "method-not-allowed", 405)
    assert wrong.headers["allow"] == "GET, POST"


@pytest.mark.parametrize(
    ("body", "name", "status"),
    [
        ("{", "malformed", 400),
        ("NaN", "malformed", 400),
        ('{"number": ' + DEEP + "}", "malformed", 400),
        ("[" * 100_000, "malformed", 400),
        ('{"number": ' + "9" * 5000 + "}", "malformed", 400),
        ("", "malformed", 400),
        ("\xff", "malformed", 400),
        ("[]", "invalid", 422),
        ('{"number": "\\u0000"}', "invalid", 422),
        ('{"number": "\\ud800"}', "invalid", 422),
        ('{"\\ud800": ""}', "invalid", 422),
    ],
)
def test_what_is_no_plain_json_object_is_refused(
    desk: Desk, body: str, name: str, status: int
) -> None:
    headers = {"Content-Type": "application/json"}
    answer = desk.ask("POST", "/v1/cases", content=body.encode("latin-1"), headers=headers)
    assert is_problem(answer, name, status)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "text/json"])
def test_what_is_not_said_to_be_json_is_not_read(desk: Desk, kind: str) -> None:
    body = json.dumps(invoice())
    answer = desk.ask("POST", "/v1/cases", content=body, headers={"Content-Type": kind})
    assert is_problem(answer, "unsupported-media-type", 415)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": 119.0}, "amount"),
        ({"amount": 119}, "amount"),
        ({"amount": "1e3"}, "amount"),
        ({"amount": "٣"}, "amount"),
        ({"currency": "XXQ"}, "currency"),
        ({"due": "2026-02-30"}, "due"),
        ({"due": "31.12.2026"}, "due"),
        ({"number": ""}, "number"),
        ({"number": "a\nb"}, "number"),
        ({"customer": "x" * 101}, "customer"),
        ({"colour": "red"}, "colour"),
        ({"discount_days": "10"}, "discount_days"),
        ({"contact": {"zone": "Mars"}}, "contact"),
        ({"contact": {"phone": "030"}}, "contact.phone"),
    ],
)
def test_a_wrong_field_is_named_with_the_way_out(
    desk: Desk, change: dict[str, Any], field: str
) -> None:
    answer = desk.open(**change)

    assert is_problem(answer, "invalid", 422)
    told = answer.json()
    assert told["field"] == field
    assert told["detail"].startswith(field)
    assert "should" not in told["detail"], "our words, not a library's"


def test_what_was_sent_is_not_sent_back(desk: Desk) -> None:
    answer = desk.open(customer={"private": "Globex"})

    assert is_problem(answer, "invalid", 422)
    assert "Globex" not in answer.text


def test_a_body_that_is_too_large_is_refused_by_its_length_alone(desk: Desk) -> None:
    answer = desk.ask("POST", "/v1/cases", json={"number": "x" * 1_000_000})

    assert is_problem(answer, "too-large", 413)


def test_a_body_without_a_length_is_refused_while_it_is_read(outside: Outside, desk: Desk) -> None:
    """The caller never says that it has ended: we do not wait for it."""
    url = urlsplit(str(outside.client.base_url))
    head = (
        "POST /v1/cases HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {desk.keys['billing']}\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    part = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with socket.create_connection((url.hostname or "", url.port or 0), timeout=100) as line:
        line.sendall(head.encode() + part * 16)
        answer = line.recv(65536)

    assert answer.startswith(b"HTTP/1.1 413 ")


def test_every_answer_carries_safe_headers_and_the_requests_id(desk: Desk) -> None:
    for path in ("/v1/cases", "/nowhere", "/healthz", "/openapi.json"):
        plain = desk.get(path)
        named = desk.get(path, headers={"X-Request-ID": "abc-123-DEF"})
        odd = desk.get(path, headers={"X-Request-ID": "a b\tc"})

        assert {name: plain.headers[name] for name in SAFE} == SAFE
        assert "access-control-allow-origin" not in plain.headers
        assert "server" not in plain.headers
        assert named.headers["x-request-id"] == "abc-123-DEF"
        assert len(odd.headers["x-request-id"]) == 24


def test_a_fault_of_another_part_is_told_without_its_words(engine: Engine) -> None:
    router = APIRouter()

    @router.get("/hooks/broken")
    def broken() -> None:
        raise RuntimeError("Globex")

    settings, temporal = Settings(), Remembering()
    parts = Parts(
        application=Application(settings, engine), connect=temporal.connect, routers=[router]
    )
    with listening(gateway(parts)) as address, Client(base_url=address) as client:
        answer = client.get("/hooks/broken")

    assert is_problem(answer, "internal", 500)
    assert "Globex" not in answer.text


def test_a_ledger_that_is_away_is_worth_another_try() -> None:
    nowhere = make_engine("postgresql://nobody@127.0.0.1:9/nothing")
    with opened_gateway(nowhere) as outside:
        answer = outside.client.get("/v1/cases", headers={"Authorization": "Bearer amk_x"})

    assert is_problem(answer, "busy", 503)
    assert answer.headers["retry-after"] == "2"


@pytest.mark.parametrize(
    ("address", "body", "meant"),
    [
        (
            "/v1/payments",
            {"invoice": ["R-1"]},
            "invoice: is not known here; did you mean invoices?",
        ),
        ("/v1/cases", {"curency": "EUR"}, "curency: is not known here; did you mean currency?"),
        ("/v1/cases", {"zzz": "EUR"}, "zzz: is not known here; look at /openapi.json"),
    ],
)
def test_a_mistyped_name_is_told_which_was_meant(
    desk: Desk, address: str, body: dict[str, object], meant: str
) -> None:
    faults = desk.post(address, body).json()["errors"]
    assert meant in [f"{one['field']}: {one['detail']}" for one in faults]


def test_a_mistyped_query_and_line_are_told_too(desk: Desk) -> None:
    query = desk.get("/v1/cases?stag=reminding").json()["detail"]
    headers = {"Content-Type": "application/x-ndjson"}
    line = desk.ask("POST", "/v1/bulk/cases", content=b'{"nummber": "1"}', headers=headers)

    assert query == "stag: is not known here; did you mean stage?"
    assert "did you mean number?" in line.text


def test_half_an_order_is_told_what_it_lacks(desk: Desk) -> None:
    desk.open("R-1")
    half = desk.get("/v1/customers/C-1/check?order=12").json()
    other = desk.get("/v1/customers/C-1/check?currency=EUR").json()
    assert (half["field"], other["field"]) == ("currency", "order")
    assert "name both" in half["detail"]
