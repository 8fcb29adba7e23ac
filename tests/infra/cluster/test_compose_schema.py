"""The compose file, held against what the Compose Specification allows: no engine is at hand."""

from __future__ import annotations

import copy
from typing import Any

import jsonschema
import pytest
import yaml

from tests.infra.cluster.charts import ROOT

FILE = ROOT / "infra/compose/selfhost.yml"
STACK: dict[str, Any] = yaml.safe_load(FILE.read_text())

TEXT = {"type": "string"}
WORDS = {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}
DURATION = {"type": "string", "pattern": r"^(\d+(\.\d+)?(us|ms|s|m|h))+$"}
PORT = {"type": "string", "pattern": r"^((\d+\.){3}\d+:)?(\d+(-\d+)?:)?\d+(-\d+)?(/(tcp|udp))?$"}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _map(values: Any, name: str = r"^[a-zA-Z0-9._-]+$") -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "patternProperties": {name: values}}


# Only what we use of the specification: a key that is missing here is one to look up there first.
SERVICE = _object(
    image=TEXT,
    build=_object(context=TEXT, dockerfile=TEXT),
    command=WORDS,
    entrypoint=WORDS,
    restart={"type": "string", "pattern": r"^(no|always|unless-stopped|on-failure(:\d+)?)$"},
    environment=_map({"type": ["string", "number", "boolean", "null"]}, r"^.+$"),
    env_file={
        "type": "array",
        "items": _object(path=TEXT, required={"type": "boolean"}, format=TEXT),
    },
    volumes={"type": "array", "uniqueItems": True, "items": TEXT},
    ports={"type": "array", "uniqueItems": True, "items": PORT},
    depends_on=_map(
        _object(
            condition={
                "enum": ["service_started", "service_healthy", "service_completed_successfully"]
            },
            required={"type": "boolean"},
            restart={"type": "boolean"},
        )
        | {"required": ["condition"]}
    ),
    healthcheck=_object(
        test=WORDS,
        interval=DURATION,
        timeout=DURATION,
        start_period=DURATION,
        retries={"type": "number"},
    ),
    cap_drop={"type": "array", "uniqueItems": True, "items": TEXT},
    security_opt={"type": "array", "uniqueItems": True, "items": TEXT},
    stop_grace_period=DURATION,
    read_only={"type": "boolean"},
    tmpfs=WORDS,
)
COMPOSE = _object(
    name={"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$"},
    services=_map(SERVICE),
    volumes=_map({"type": ["object", "null"]}),
) | {"patternProperties": {"^x-": {}}}


def test_the_compose_file_keeps_to_the_specification() -> None:
    jsonschema.validate(STACK, COMPOSE)


@pytest.mark.parametrize(
    ("service", "wrong"),
    [
        ("worker", {"restart": "sometimes"}),
        ("worker", {"replicas": 2}),
        ("api", {"ports": ["8484:http"]}),
        ("api", {"depends_on": {"ledger": {"condition": "healthy"}}}),
        ("ledger", {"healthcheck": {"interval": "often"}}),
    ],
    ids=["restart", "key", "port", "condition", "duration"],
)
def test_what_the_specification_does_not_know_is_noticed(
    service: str, wrong: dict[str, Any]
) -> None:
    stack = copy.deepcopy(STACK)
    stack["services"][service] |= wrong

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(stack, COMPOSE)
