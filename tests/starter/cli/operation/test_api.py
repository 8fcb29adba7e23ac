"""`amicable api` and `amicable key`: a real process, a real Temporal, real keys."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from socket import create_server

import httpx
import pytest
from temporalio.client import Client, WorkflowExecutionStatus

from infra.servers import processes, tcp_ports
from infra.servers.tcp_ports import LOOPBACK
from tests.starter.api.factories import invoice
from tests.starter.cli.conftest import ROOT, Shell


@contextmanager
def gateway(shell: Shell, figures: str = "") -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The gateway as a process of its own; answers its address."""
    port = tcp_ports.pick()
    ours = {"PYTHONPATH": str(ROOT), **shell.env, "AMICABLE_API__PORT": str(port)}
    ours |= {"AMICABLE_METRICS__LEDGER": figures} if figures else {}
    process = subprocess.Popen(
        [sys.executable, "-m", "starter.api"],
        env={**os.environ, **ours},
        cwd=shell.folder,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert processes.wait_until(lambda: tcp_ports.answers(port), 100)
        yield f"http://{tcp_ports.LOOPBACK}:{port}", process
    finally:
        process.kill()
        process.communicate()


async def test_a_case_that_is_opened_over_http_runs_in_temporal(shell: Shell) -> None:
    made = shell("key", "create", "--role", "billing", "--label", "shop", "-o", "json")
    bearer = {"Authorization": f"Bearer {made.json['key']}"}

    figures = f"{LOOPBACK}:{tcp_ports.pick()}"
    with gateway(shell, figures) as (address, process):
        async with httpx.AsyncClient(base_url=address, headers=bearer) as client:
            opened = await client.post("/v1/cases", json=invoice("HTTP-1"))
            page = await client.get(f"http://{figures}/metrics")
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)

    assert opened.status_code == 201
    assert "amicable_ledger_up 1.0" in page.text
    assert process.returncode == 0, said
    assert "Traceback" not in said
    temporal = await Client.connect(shell.env["TEMPORAL_ADDRESS"])
    case = await temporal.get_workflow_handle("invoice/acme/HTTP-1").describe()
    assert case.status is WorkflowExecutionStatus.RUNNING, "who is stopped wakes whom it concerns"
    listed = shell("invoice", "list", "-o", "json").json
    assert [row["number"] for row in listed] == ["HTTP-1"]


def test_a_key_is_shown_once_listed_without_itself_and_ended(shell: Shell) -> None:
    made = shell("key", "create", "--creditor", "initech", "--role", "reader", "-o", "json")
    listed = shell("key", "list", "--creditor", "initech", "-o", "json")
    ended = shell("key", "revoke", made.json["id"], "-o", "json")
    unknown = shell("key", "revoke", "nobody", expect=3)
    slashed = shell("key", "create", "--creditor", "a/b", "--role", "reader", expect=1)

    assert made.json["key"].startswith("amk_")
    assert "nobody can show it again" in made.err
    assert "Nothing is known of initech yet" in made.err
    assert made.json["key"] not in listed.out
    assert [(one["id"], one["role"], one["revoked_at"]) for one in listed.json] == [
        (made.json["id"], "reader", None)
    ]
    assert ended.json["revoked_at"]
    assert "amicable key list" in unknown.err
    assert "slash" in slashed.err


def test_check_says_where_it_would_listen_and_if_it_could(shell: Shell) -> None:
    with closing(create_server((LOOPBACK, 0))) as taken:
        port = taken.getsockname()[1]
        mine = Shell({**shell.env, "AMICABLE_API__PORT": str(port)}, shell.folder, shell.many)
        refused = mine("api", "--check", expect=1)
    ready = mine("api", "--check", "-o", "json").json

    assert f"nothing can listen at http://127.0.0.1:{port} (Address already in use)" in refused.err
    assert ready == {"address": f"http://127.0.0.1:{port}", "ready": True}


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({"AMICABLE_DATABASE_URL": "postgresql://x@127.0.0.1:9/x"}, "cannot be reached"),
        ({"AMICABLE_DATABASE_URL": "postgresql://x@127.0.0.1:port/x"}, "is no address"),
        ({"AMICABLE_API__PORT": "many"}, "AMICABLE_API__PORT"),
        ({"AMICABLE_API__PORT": "65536"}, "AMICABLE_API__PORT"),
        ({"AMICABLE_API__PORT": "-1"}, "AMICABLE_API__PORT"),
        ({"AMICABLE_API__HOST": "nobody.invalid"}, "Name or service not known"),
        ({"AMICABLE_API__HOST": "a" * 70}, "nothing can listen"),
    ],
)
def test_what_stands_in_the_way_is_told_in_words(
    shell: Shell, env: dict[str, str], words: str
) -> None:
    lame = Shell({**shell.env, **env}, shell.folder, shell.many)

    ended = lame("api", "--check", expect=1)

    assert words in ended.err


@pytest.mark.parametrize("figures", ["nonsense", "127.0.0.1:65536", "{taken}"])
def test_a_gateway_that_cannot_show_its_figures_does_not_start(shell: Shell, figures: str) -> None:
    """2026-11-30: it served without them and without a word."""
    with closing(create_server((LOOPBACK, 0))) as taken:
        address = figures.format(taken=f"127.0.0.1:{taken.getsockname()[1]}")
        ours = {"AMICABLE_API__PORT": "0", "AMICABLE_METRICS__LEDGER": address}
        lame = Shell({**shell.env, **ours, "PYTHONPATH": str(ROOT)}, shell.folder)
        said = lame("api", expect=1).err

    assert "✘ AMICABLE_METRICS__LEDGER: " in said
    assert address in said


def test_a_port_that_is_taken_is_told_and_nothing_is_left_behind(shell: Shell) -> None:
    with gateway(shell) as (address, _):
        ours = {**shell.env, "AMICABLE_API__PORT": address.rpartition(":")[2]}
        second = Shell({**ours, "PYTHONPATH": str(ROOT)}, shell.folder)
        ended = second("api", expect=1)

    assert "(Address already in use); set AMICABLE_API__HOST and AMICABLE_API__PORT" in ended.err
