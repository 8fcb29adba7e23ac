"""`amicable assistant` on this machine: the same tools, over standard input and output."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from adapters.ledger.core.engine import Engine
from adapters.ledger.gateway import keys
from starter.assistant.tools import TOOLS
from tests.starter.api.factories import Desk
from tests.starter.assistant.conftest import ANN

RUN = "from starter.cli.main import main; main()"


@pytest.fixture
def surroundings(desk: Desk, postgres_url: str) -> dict[str, str]:
    """The environment of an assistant of this creditor."""
    told = {
        "AMICABLE_DATABASE_URL": postgres_url,
        "AMICABLE_ASSISTANT__KEY": desk.keys["assistant"],
    }
    return {**os.environ, **told}


async def test_an_assistant_on_this_machine_looks_and_proposes(
    desk: Desk, surroundings: dict[str, str], engine: Engine
) -> None:
    desk.open("R-1")
    words = ["-c", RUN, "assistant", "--for", ANN]
    server = StdioServerParameters(command=sys.executable, args=words, env=surroundings)

    async with Client(stdio_client(server)) as client:
        tools = {tool.name for tool in (await client.list_tools()).tools}
        shown = await client.call_tool("show_case", {"number": "R-1"})
        paused = {"number": "R-1", "kind": "pause", "id": "P-1", "reason": "holidays"}
        proposed = await client.call_tool("propose", paused)
        for key in keys.list_keys(engine, desk.creditor):
            keys.revoke_key(engine, key.id)
        after = await client.call_tool("show_case", {"number": "R-1"})

    assert tools == {tool.name for tool in TOOLS}
    assert shown.structured_content["open"] == "119.00"
    assert not proposed.is_error
    assert after.is_error, "a revoked key still opens the ledger"


@pytest.mark.parametrize(
    ("person", "role", "why"),
    [
        (ANN, "billing", "no assistant's"),
        ("mallory", "assistant", "team"),
        ("", "assistant", "--for"),
    ],
)
def test_who_may_not_is_told_why_and_nothing_is_served(
    desk: Desk, surroundings: dict[str, str], person: str, role: str, why: str
) -> None:
    told = surroundings | {"AMICABLE_ASSISTANT__KEY": desk.keys[role]}
    words = [sys.executable, "-c", RUN, "assistant", "--for", person]
    ended = subprocess.run(words, env=told, capture_output=True, text=True, check=False, input="")

    assert ended.returncode != 0
    assert why in ended.stderr
    assert ended.stdout == ""
    assert desk.keys[role] not in ended.stderr
