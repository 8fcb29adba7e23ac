"""The codec opens payloads for the UI that has its key, and for no page of another origin."""

import asyncio
import base64
from typing import Any

import pytest
from fastapi import FastAPI
from google.protobuf import json_format
from httpx import ASGITransport, AsyncClient, Response
from starlette.requests import Request
from starlette.responses import Response as Answer
from temporalio.api.common.v1 import Payload, Payloads

from adapters.temporal.payload_encryption import KeyRing, PayloadEncryption
from starter.api.errors import HttpProblem, problem_of
from starter.api.routes.codec import CodecCallers, codec

SECRET = "only-for-tests-0123456789"
UI = "http://127.0.0.1:8233"
ENCRYPTION = PayloadEncryption(KeyRing((("a", bytes(32)),)), "default")
CLEAR = Payload(metadata={"encoding": b"json/plain"}, data=b'"polite"')
BEARER = {"Authorization": f"Bearer {SECRET}"}


class Caller:
    """Asks a gateway that has nothing but the codec."""

    def __init__(
        self,
        encryption: PayloadEncryption | None = ENCRYPTION,
        secret: str = SECRET,
        callers: CodecCallers | None = None,
    ) -> None:
        self._app = FastAPI()
        self._app.add_exception_handler(HttpProblem, _told)
        self._app.include_router(
            codec(encryption, "default", callers or CodecCallers(secret=secret, origins=(UI,)))
        )

    def post(self, path: str, **given: Any) -> Response:
        """Post to the codec."""
        return asyncio.run(self._asked("POST", path, **given))

    def options(self, path: str, **given: Any) -> Response:
        """Ask what a browser asks before it posts."""
        return asyncio.run(self._asked("OPTIONS", path, **given))

    async def _asked(self, method: str, path: str, **given: Any) -> Response:
        transport = ASGITransport(self._app)
        async with AsyncClient(transport=transport, base_url="http://gateway") as client:
            return await client.request(method, path, **given)


async def _told(_: Request, error: Exception) -> Answer:
    return problem_of(error).response()


@pytest.fixture
def ui() -> Caller:
    return Caller()


def _json(*payloads: Payload) -> str:
    return json_format.MessageToJson(Payloads(payloads=payloads))


def _read(response: Response) -> list[Payload]:
    assert response.status_code == 200, response.text
    return list(json_format.Parse(response.text, Payloads()).payloads)


def test_what_is_sealed_is_opened_for_the_key(ui: Caller) -> None:
    sealed = ENCRYPTION.seal(CLEAR)
    answer = ui.post("/codec/decode", content=_json(sealed, CLEAR), headers=BEARER)
    assert _read(answer) == [CLEAR, CLEAR]


def test_the_key_may_stand_in_the_address(ui: Caller) -> None:
    answer = ui.post(f"/codec/{SECRET}/decode", content=_json(ENCRYPTION.seal(CLEAR)))
    assert _read(answer) == [CLEAR]


def test_a_program_without_the_keys_has_its_words_sealed(ui: Caller) -> None:
    (sealed,) = _read(ui.post("/codec/encode", content=_json(CLEAR), headers=BEARER))
    assert sealed.metadata["encoding"] == b"binary/encrypted"
    assert ENCRYPTION.unseal(sealed) == CLEAR


@pytest.mark.parametrize("path", ["/codec/decode", "/codec/encode", "/codec/wrong/decode"])
@pytest.mark.parametrize(
    "told", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {SECRET}"}]
)
def test_nobody_else_gets_anything(ui: Caller, path: str, told: dict[str, str]) -> None:
    answer = ui.post(path, content=_json(ENCRYPTION.seal(CLEAR)), headers=told)
    assert answer.status_code == 401
    assert "polite" not in answer.text


def test_who_guesses_is_stopped_and_then_not_even_the_right_key_counts(ui: Caller) -> None:
    answers = [ui.post("/codec/guess/decode", content=_json()).status_code for _ in range(12)]
    assert answers == [401] * 10 + [429] * 2
    assert ui.post("/codec/decode", content=_json(), headers=BEARER).status_code == 429


def test_the_uis_page_may_ask_and_is_told_so(ui: Caller) -> None:
    asked = {"Origin": UI, "Access-Control-Request-Method": "POST"}
    before = ui.options("/codec/decode", headers=asked)
    answer = ui.post("/codec/decode", content=_json(), headers={**BEARER, "Origin": UI})

    assert before.status_code == 204
    assert before.headers["access-control-allow-origin"] == UI
    assert "x-namespace" in before.headers["access-control-allow-headers"]
    assert answer.headers["access-control-allow-origin"] == UI
    assert answer.headers["vary"] == "Origin"


@pytest.mark.parametrize("origin", ["http://evil.example", "null", UI.replace("8233", "8234"), ""])
def test_a_page_of_another_origin_is_refused_with_the_right_key_too(
    ui: Caller, origin: str
) -> None:
    told = {**BEARER, "Origin": origin}
    answers = [ui.options("/codec/decode", headers=told)]
    answers.append(ui.post("/codec/decode", content=_json(ENCRYPTION.seal(CLEAR)), headers=told))
    for answer in answers:
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers
        assert "polite" not in answer.text


def test_payloads_of_another_namespace_are_not_ours(ui: Caller) -> None:
    told = {**BEARER, "X-Namespace": "other"}
    answer = ui.post("/codec/decode", content=_json(ENCRYPTION.seal(CLEAR)), headers=told)
    assert answer.status_code == 403
    told["X-Namespace"] = "default"
    assert _read(ui.post("/codec/decode", content=_json(CLEAR), headers=told)) == [CLEAR]


def test_what_does_not_open_is_said(ui: Caller) -> None:
    foreign = PayloadEncryption(KeyRing((("b", bytes(32)),)), "default").seal(CLEAR)
    answer = ui.post("/codec/decode", content=_json(foreign), headers=BEARER)
    assert answer.status_code == 422
    assert "'b'" in answer.json()["detail"]


@pytest.mark.parametrize(
    "body", ["", "{", "[]", '"x"', '{"payloads": 1}', '{"payloads": [{"data": 5}]}', "[" * 9999]
)
def test_a_body_that_is_none_is_refused_in_words(ui: Caller, body: str) -> None:
    answer = ui.post("/codec/decode", content=body, headers=BEARER)
    assert answer.status_code == 400
    assert "payloads" in answer.json()["detail"]


def test_there_is_no_codec_without_keys_or_without_a_secret() -> None:
    for caller in (Caller(encryption=None), Caller(secret="")):
        for path in ("/codec/decode", "/codec//decode", "/codec/x/decode"):
            assert caller.post(path, content=_json()).status_code == 404


def test_bytes_stay_bytes(ui: Caller) -> None:
    odd = Payload(metadata={"encoding": b"binary/plain"}, data=bytes(range(256)))
    (sealed,) = _read(ui.post("/codec/encode", content=_json(odd), headers=BEARER))
    asked = {
        "payloads": [
            {
                "metadata": {k: base64.b64encode(v).decode() for k, v in sealed.metadata.items()},
                "data": base64.b64encode(sealed.data).decode(),
            }
        ]
    }
    assert _read(ui.post("/codec/decode", json=asked, headers=BEARER)) == [odd]
