"""SendGrid and Twilio on this machine, judging each request by the vendors' own OpenAPI files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from openapi_core import OpenAPI
from openapi_core.contrib.werkzeug import WerkzeugOpenAPIRequest, WerkzeugOpenAPIResponse
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.adapters.letters.samples import shared_path

ACCOUNT = "AC" + "0" * 32


@lru_cache(maxsize=8)
def spec(path: Path, base: str) -> OpenAPI:
    """A vendor's description, moved to a local address."""
    described = json.loads(path.read_text())
    described["servers"] = [{"url": base}]
    for item in described["paths"].values():
        item.pop("servers", None)
    for schema in described["components"]["schemas"].values():
        for field in schema.get("properties", {}).values():
            # Some examples break the very schema that they explain.
            field.pop("examples", None)
    return OpenAPI.from_dict(described)


def as_json(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An answer in JSON."""
    return Response(json.dumps(body), status, dict(headers or {}), content_type="application/json")


class Vendor:
    """What both have in common: the contract, and one scripted answer.

    Attributes:
        described_in: the vendor's descriptions that requests are judged by.
        taken: the messages that the recipient gets.
        fault: the next answer, instead of the usual one.
        swallows: whether the message is taken all the same.
        violations: requests and answers that break the vendor's own description.
    """

    described_in: tuple[str, ...] = ()

    def __init__(self, server: HTTPServer) -> None:
        self.url = server.url_for("").rstrip("/")
        self.taken: list[dict[str, Any]] = []
        self.requests: list[Request] = []
        self.fault: Response | None = None
        self.swallows = False
        self.violations: list[Exception] = []
        for name in self.described_in:  # reading them takes longer than a caller waits
            if (path := shared_path(f"openapi/{name}.json")).exists():
                spec(path, self.url)
        server.expect_request(re.compile(".*")).respond_with_handler(self._handle)

    def fail(self, status: int, body: object = "", **headers: str) -> None:
        """Answer the next request with an error, and take nothing."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.fault, self.swallows = as_json(body, status, named), False

    def swallow(self) -> None:
        """Take the next message, but answer as if something had broken."""
        self.fault, self.swallows = as_json({}, 500), True

    def _handle(self, request: Request) -> Response:
        self.requests.append(request)
        fault, self.fault = self.fault, None
        if fault and not self.swallows:
            return fault
        answer = self._answer(request)
        return fault or answer

    def _answer(self, request: Request) -> Response:
        raise NotImplementedError

    def judge(self, name: str, request: Request, answer: Response | None = None) -> None:
        """Note what breaks the description, where the description is at hand."""
        path = shared_path(f"openapi/{name}.json")
        if not path.exists():
            return
        api, asked = spec(path, self.url), WerkzeugOpenAPIRequest(request)
        try:
            api.validate_request(asked)
            if answer:
                api.validate_response(asked, WerkzeugOpenAPIResponse(answer))
        except Exception as error:  # noqa: BLE001 - every kind of violation is kept for the test
            self.violations.append(error)


class SendGridServer(Vendor):
    """Mail send and the Email Logs search."""

    described_in = ("tsg_logs_v3", "tsg_mail_v3")

    def _answer(self, request: Request) -> Response:
        name = "tsg_logs_v3" if "/logs" in request.path else "tsg_mail_v3"
        answer = self._route(request)
        self.judge(name, request, answer if "/logs" in request.path else None)
        return answer

    def _route(self, request: Request) -> Response:
        if request.path == "/v3/mail/send":
            body = json.loads(request.data)
            if body["mail_settings"]["sandbox_mode"]["enable"]:
                return Response("", 200)
            self.taken.append(body)
            return Response("", 202, {"X-Message-Id": f"sg{len(self.taken)}"})
        if request.path == "/v3/logs":
            query = json.loads(request.data)["query"]
            hits = [self._hit(i) for i, body in enumerate(self.taken) if _to(body) in query]
            return as_json({"messages": hits})
        return as_json(self._details(int(request.path.rpartition("sg")[2]) - 1))

    def _hit(self, index: int) -> dict[str, Any]:
        body = self.taken[index]
        return {
            "from_email": body["from"]["email"],
            "sg_message_id": f"sg{index + 1}",
            "subject": body["subject"],
            "to_email": _to(body),
            "status": "delivered",
            "sg_message_id_created_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }

    def _details(self, index: int) -> dict[str, Any]:
        own = self.taken[index]["personalizations"][0]["custom_args"]
        hit = self._hit(index)
        hit.pop("sg_message_id_created_at")
        more = {"api_key_id": "k1", "client_ip": "127.0.0.1", "events": [], "custom_args": own}
        return hit | more


class TwilioServer(Vendor):
    """Messages: create and list."""

    described_in = ("twilio_api_v2010",)

    def _answer(self, request: Request) -> Response:
        self.judge("twilio_api_v2010", request)
        if request.method == "GET":
            return as_json({"messages": self._listed(request), "next_page_uri": None})
        sent = {"sid": f"SM{len(self.taken) + 1:032x}", **request.form.to_dict()}
        self.taken.append(sent)
        return as_json(self._resource(sent), 201)

    def _listed(self, request: Request) -> list[dict[str, Any]]:
        mine = [sent for sent in self.taken if sent["To"] == request.args["To"]]
        # Nothing has a sending date yet: the search by date finds none of it.
        return [] if "DateSent>" in request.args else [self._resource(sent) for sent in mine]

    def _resource(self, sent: Mapping[str, str]) -> dict[str, Any]:
        now = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
        body = {"sid": sent["sid"], "body": sent["Body"], "to": sent["To"], "status": "queued"}
        return body | {"date_created": now, "date_sent": None, "error_code": None}


def _to(body: Mapping[str, Any]) -> str:
    return str(body["personalizations"][0]["to"][0]["email"])
