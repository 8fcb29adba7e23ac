"""The gateway keeps what its description promises, whatever is sent (OpenAPI 3.1)."""

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    ignored_auth,
    missing_required_header,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from adapters.ledger.core.engine import Engine
from starter.api.server import schema as described
from tests.docs.pages import ROOT
from tests.starter.api.factories import Desk, Outside

WRITTEN = json.loads((ROOT / "docs/openapi.json").read_text(encoding="utf-8"))
CHECKS: list[Any] = [
    not_a_server_error,
    allow_header_conformance,
    content_type_conformance,
    ignored_auth,
    missing_required_header,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
]
"""All but those about data that are refused for what they mean, such as a promise in the past."""

SOME = 3
"""Examples for each address."""

found = schemathesis.openapi.from_dict(WRITTEN)


@schemathesis.serializer("application/x-ndjson")
def _in_lines(_ctx: Any, value: Any) -> bytes:
    """Whatever is told is a text: each of its lines has an answer of its own."""
    return str(value).encode("utf-8", errors="replace")


@found.hook
def map_path_parameters(_: Any, given: dict[str, Any] | None) -> dict[str, Any] | None:
    """Most addresses name what is there: else nothing but 404 would be tried."""
    there = {"number": "R-1", "customer": "C-1"}
    wanted = given or {}
    return {k: there.get(k, v) if len(str(v)) % 4 else v for k, v in wanted.items()}


@pytest.fixture(scope="module")
def shop(_gateway: Outside, engine: Engine) -> Desk:
    desk = _gateway.desk("schemathesis")
    desk.open()
    return desk


def test_the_description_is_the_one_that_is_written_down() -> None:
    way_out = "amicable api schema > docs/openapi.json"
    assert described() == WRITTEN, f"the gateway changed; look at the difference, then: {way_out}"


def test_every_address_is_fully_described() -> None:
    for path in WRITTEN["paths"].values():
        for operation in path.values():
            assert operation["operationId"]
            assert operation["summary"].endswith(".")
            assert operation["security"] == [{"key": []}]
            assert operation["x-roles"]
            problems = {code for code in operation["responses"] if code[0] in "45"}
            assert {"400", "401", "403", "422", "429", "500", "503"} <= problems
    bodies = [name for name in WRITTEN["components"]["schemas"] if name in _bodies()]
    assert all(WRITTEN["components"]["schemas"][name].get("examples") for name in bodies)
    assert WRITTEN["openapi"].startswith("3.1")


def test_no_amount_anywhere_is_a_number() -> None:
    text = json.dumps(WRITTEN)
    assert '"type": "number"' not in text


@found.parametrize()
@settings(
    max_examples=SOME,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_sent_is_answered_as_described(
    case: schemathesis.Case[Any], shop: Desk
) -> None:
    role = case.operation.definition.raw["x-roles"][0]
    headers = {"Authorization": f"Bearer {shop.keys[role]}"}
    checks = [one for one in CHECKS if one is not negative_data_rejection]
    in_lines = "requestBody" in case.operation.definition.raw and case.path.startswith("/v1/bulk/")
    checks = checks if in_lines else CHECKS  # each line has an answer of its own: see test_lines
    case.call_and_validate(base_url=str(shop.client.base_url), headers=headers, checks=checks)


def _bodies() -> set[str]:
    wanted = (operation for path in WRITTEN["paths"].values() for operation in path.values())
    shapes = (
        operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        for operation in wanted
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    )
    return {shape.rpartition("/")[2] for shape in shapes}
