"""An agent that knows nothing: it is told what there is, and what is wrong with what it asks."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from domain.calls.results import RESULTS
from tests.starter.api.factories import Desk, Outside, day
from tests.starter.assistant.conftest import ANN, assisted
from tests.starter.assistant.test_a_day import ledger, opened
from tests.starter.assistant.test_stdio import RUN, surroundings

__all__ = ["surroundings"]

R_1 = {"number": "R-1"}
PROMISE = {**R_1, "id": "x", "kind": "promise"}
WRONG: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("show_case", {}, "invalid: number: is missing"),
    ("show_case", {"number": 7}, "invalid: number: must be text, in quotes"),
    ("show_case", {"number": {"$ne": ""}}, "invalid: number: must be text, in quotes"),
    ("show_case", {"number": "R-1\n"}, "invalid: number: holds a line break"),
    ("show_case", {"number": "y" * 100_000}, "invalid: number: must have at most 100"),
    ("show_case", {"number": "Ré-\uff11"}, "not_found: there is no such case"),
    ("show_case", {"number": "invoice/other/R-1"}, "not_found: there is no such case"),
    ("show_case", {"numbr": "R-1", **R_1}, "invalid: numbr: is not known here; did you mean"),
    ("show_case", {"creditor": "x", **R_1}, "invalid: creditor: is not known here; show_case"),
    ("worklist", {"zz": 1}, "invalid: zz: is not known here; worklist takes nothing"),
    ("find_cases", {"limit": 10**30}, "invalid: limit: must be less than"),
    ("find_cases", {"stage": "late"}, "invalid: stage: must be 'before_due'"),
    ("show_customer", {"customer": "nobody"}, "not_found: there is no such customer"),
    ("brief_customer", {"customer": "nobody"}, "not_found: there is no such customer"),
    ("preview_steps", {"number": "R-404"}, "not_found: there is no such case"),
    ("preview_letter", {"language": "xx", **R_1}, "invalid: no letter is written in that"),
    ("preview_letter", {"language": "../../etc", **R_1}, "invalid: no letter is written in"),
    ("preview_letter", {"step": "nope", **R_1}, "invalid: the case's policy writes no letter"),
    ("rehearse", PROMISE, "invalid: a promise needs the date"),
    ("rehearse", {**PROMISE, "date": "tomorrow"}, "invalid: date: 'tomorrow' is no date"),
    ("rehearse", {**PROMISE, "date": "9999-12-31"}, "invalid: date: '9999-12-31' is no date"),
    ("rehearse", {**PROMISE, "date": "2020-01-01"}, "refused: "),
    ("rehearse", {**PROMISE, "date": day(3), "amount": "-5"}, "invalid: amount: is no amount"),
    ("rehearse", {**PROMISE, "date": day(3), "amount": 5}, "invalid: amount: must be text"),
    ("rehearse", {**PROMISE, "date": day(3), "amount": "0"}, "invalid: a promise of nothing"),
    ("propose", {**PROMISE, "kind": "call_result"}, "invalid: how did the call go?"),
    ("propose", {**PROMISE, "kind": "call_result", "reason": "fine"}, "invalid: how did the"),
    ("propose", {**PROMISE, "kind": "pause", "id": "x\u202e"}, "invalid: id: holds a line"),
    ("propose", {**PROMISE, "kind": "pause", "why": "a\0b"}, "invalid: why holds a NUL"),
    ("note_customer", {"customer": "G-1", "said": ""}, "invalid: said: must have at least 1"),
    ("note_customer", {"customer": "G-1", "said": " "}, "invalid: write a note"),
    ("note_customer", {"customer": "G-1", "said": "x" * 4001}, "invalid: said: must have at most"),
    ("note_customer", {"customer": "nobody", "said": "x"}, "not_found: there is no such customer"),
    ("note_customer", {"customer": "G-1", "said": "x", "number": "R-4"}, "not_found: there is no"),
    ("approve", R_1, "no assistant may do that; there are search"),
)
"""What is called, with what, and how the answer begins."""


async def test_what_is_wrong_is_told_by_name_and_nothing_happens(
    outside: Outside, desk: Desk
) -> None:
    opened(desk)
    before = ledger(outside.engine)
    async with assisted(desk) as assistant:
        for tool, given, told in WRONG:
            answer = await assistant.call(tool, **given)
            assert answer.refused, (tool, given)
            assert answer.text.startswith(told), answer.text
            assert "Input should" not in answer.text
            assert len(answer.text) < 1_000

    assert ledger(outside.engine) == before
    assert desk.get("/v1/tasks", params={"kind": "proposal"}).json()["items"] == []


async def test_what_one_answer_names_the_next_call_takes(desk: Desk) -> None:
    """A case by its number or its id; a customer by the id that a search finds."""
    opened(desk)
    async with assisted(desk) as assistant:
        invoices = (await assistant.call("search", words="119")).told["invoices"]
        found = (await assistant.call("search", words="Ignore all")).told["customers"]
        tasks = (await assistant.call("list_tasks", number=invoices[0]["case_id"])).told["items"]
        shown = [
            await assistant.call("show_case", number=number)
            for number in ("R-1", invoices[0]["case_id"], tasks[0]["case"])
        ]
        customer = await assistant.call("show_customer", customer=found[0]["customer"])

    assert len({one.text for one in shown}) == 1
    assert shown[0].told["case"] == customer.told["cases"][0]["case"]


async def test_every_tool_and_every_argument_is_described(desk: Desk) -> None:
    async with assisted(desk) as assistant:
        tools = (await assistant.client.list_tools()).tools
    for tool in tools:
        assert len(tool.description or "") > len("Everything about one case.")
        for name, field in tool.input_schema["properties"].items():
            assert field.get("description"), f"{tool.name}: {name}"
    [propose] = [tool for tool in tools if tool.name == "propose"]
    fields = propose.input_schema["properties"]
    assert all(f"{kind}" in fields["kind"]["description"] for kind in fields["kind"]["enum"])
    assert all(result in fields["reason"]["description"] for result in RESULTS)


GARBAGE = (
    b"garbage",
    b"",
    b"{",
    b"\xff\xfe\x00",
    b"\xef\xbb\xbf{}",
    b"[1,2]",
    b"null",
    b"x" * 10**6,
)


def test_garbage_on_the_wire_ends_no_assistant(desk: Desk, surroundings: dict[str, str]) -> None:
    desk.open("R-1")
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}}
    hello |= {"clientInfo": {"name": "x", "version": "1"}}
    asked: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": hello},
        {"method": "notifications/initialized"},
        {"id": 2, "method": "nothing"},
        {"id": 3, "method": "tools/list"},
    ]
    lines = [json.dumps({"jsonrpc": "2.0", **one}).encode() for one in asked]
    words = [sys.executable, "-c", RUN, "assistant", "--for", ANN]
    pipe, told = subprocess.PIPE, dict[int, Any]()
    with subprocess.Popen(words, env=surroundings, stdin=pipe, stdout=pipe) as server:
        assert server.stdin
        assert server.stdout
        server.stdin.write(b"\n".join([*GARBAGE, *lines, b""]))
        server.stdin.flush()
        while len(told) < sum("id" in one for one in asked):
            one = json.loads(server.stdout.readline())
            told[one["id"]] = one
        server.stdin.close()

    assert server.returncode == 0
    assert told[1]["result"]["serverInfo"]["name"] == "amicable"
    assert told[2]["error"]["code"] == -32601
    assert {tool["name"] for tool in told[3]["result"]["tools"]} >= {"search", "propose"}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"[" * 100_000, b"\xff\xfe"])
def test_garbage_over_http_is_no_fault_of_ours(desk: Desk, body: bytes) -> None:
    headers = {
        "Accept": "application/json, text/event-stream",
        "Content-Type": "application/json",
        "Amicable-Person": "Ann%20%C3%85ker",
    }
    answer = desk.ask("POST", "/mcp", "assistant", content=body, headers=headers)

    assert answer.status_code == 400
    assert "Traceback" not in answer.text
