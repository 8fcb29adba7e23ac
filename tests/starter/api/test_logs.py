"""What the gateway writes down: one line for each request; no key, no name, no body, ever."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from adapters.http.calls import CHATTY
from adapters.ledger.core.engine import Engine
from adapters.runtime.logs import set_up_logs
from tests.starter.api.factories import Desk, day, opened_gateway
from tests.starter.api.test_idempotency import breaking

PRIVATE = ("Globex", "accounts@globex.example", "+4930901820", "they were angry", "secret-note")


@pytest.fixture
def _logs_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


class Everything(logging.Handler):
    """Keeps each record as it was made, whoever made it, at whatever level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Remember a record with all that it carries."""
        self.heard.append(f"{record.name} {record.getMessage()} {record.__dict__}")


def use_everything(engine: Engine, desk: Desk) -> None:
    """Open, tell, look, fail: with personal data wherever there is room for it."""
    contact = {"name": PRIVATE[0], "email": PRIVATE[1], "phone": PRIVATE[2]}
    desk.open(contact=contact)
    desk.post("/v1/cases/R-1/calls", {"reason": "reached", "note": PRIVATE[3]}, "collector", "K-1")
    desk.post("/v1/cases/R-1/calls", {"reason": 7, "note": PRIVATE[3]}, "collector")
    desk.get(f"/v1/cases?customer={PRIVATE[0]}")
    desk.get(f"/v1/customers/{PRIVATE[0]}")
    desk.get("/v1/cases/R-1")
    desk.client.get("/v1/cases", headers={"Authorization": "Bearer amk_wrong-secret-note"})
    desk.client.get(f"/{PRIVATE[0]}")
    desk.client.request(PRIVATE[0], "/v1/cases")
    with breaking(engine, f"invoice/{desk.creditor}/R-1"):
        said = {"id": "P-1", "note": PRIVATE[3], "date": day(3)}
        desk.post("/v1/cases/R-1/promises", said, "collector", "K-2")


@pytest.mark.usefixtures("_logs_as_before")
def test_at_debug_neither_keys_nor_bodies_nor_names_appear_anywhere(
    engine: Engine, creditor: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(level="DEBUG", as_json=True)
    everything = Everything()
    logging.getLogger().addHandler(everything)
    with opened_gateway(engine) as outside:
        desk = outside.desk(creditor)
        use_everything(engine, desk)
    logging.getLogger("anything").debug("still talking")

    printed = capsys.readouterr()
    told = printed.err + printed.out + "\n".join(everything.heard)
    assert "still talking" in told
    assert "asyncio" in told, "others are heard at DEBUG, too"
    hidden = (*PRIVATE, "amk_", "Bearer", *desk.keys.values())
    assert not [word for word in hidden if word in told]


@pytest.mark.usefixtures("_logs_as_before")
def test_a_request_is_one_line_from_its_id_to_its_case(
    engine: Engine, creditor: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(as_json=True)
    with opened_gateway(engine) as outside:
        desk = outside.desk(creditor)
        desk.open()
        desk.get("/v1/cases/R-1/why?x=1", headers={"X-Request-ID": "from-the-shop"})
        desk.get("/v1/cases/nobody")
        desk.client.get("/Globex")

    first, why, unknown, nowhere = _requests(capsys.readouterr().err)
    case = f"invoice/{creditor}/R-1"
    shape = {"event", "level", "logger", "timestamp", "request", "method", "route", "status", "ms"}
    assert set(first) == shape | {"creditor", "case"}
    assert (first["method"], first["route"], first["status"]) == ("POST", "/v1/cases", 201)
    assert (why["request"], why["case"]) == ("from-the-shop", case)
    assert why["route"] == unknown["route"] + "/why" == "/v1/cases/{number}/why"
    assert set(unknown) == shape | {"creditor"}, "a number that was made up is nobody's case"
    assert (nowhere["route"], nowhere["status"]) == ("none", 404)


@pytest.mark.usefixtures("_logs_as_before")
def test_a_fault_of_ours_is_told_with_its_place_and_without_its_words(
    engine: Engine, creditor: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(as_json=True)
    with opened_gateway(engine) as outside:
        desk = outside.desk(creditor)
        desk.open()
        with breaking(engine, f"invoice/{creditor}/R-1"):
            failed = desk.post("/v1/cases/R-1/pauses", {"id": "P-1"}, "collector")

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    (fault,) = [line for line in lines if line["event"] == "failed"]
    assert fault["request"] == failed.headers["x-request-id"]
    assert fault["at"].partition(":")[0].endswith(".py")
    assert "Globex" not in str(lines)


def test_the_vendors_who_talk_too_much_are_named() -> None:
    needed = {"python_http_client", "twilio", "urllib3", "httpx", "httpcore", "uvicorn.access"}
    assert needed <= set(CHATTY)


def _requests(err: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in err.splitlines()]
    return [line for line in lines if line["event"] == "request"]
