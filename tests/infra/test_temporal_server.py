"""The real dev server: same ports, same cases, whatever happened in between."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from socket import create_server

import pytest
from temporalio.client import Client

from infra import bootstrap
from infra.servers import processes, tcp_ports, temporal_server
from infra.servers.http_process import GATEWAY
from tests import servers

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(session_folder: Path) -> Iterator[Path]:
    """One state file for this file's tests."""
    state = session_folder / "own-temporal"
    yield state
    if server := temporal_server.find(state):
        temporal_server.stop(server)


@pytest.fixture
def server(folder: Path) -> temporal_server.TemporalServer:
    """A server of our own; the one of the test before, if that left it running."""
    return servers.start_temporal(folder)


async def test_open_cases_and_addresses_survive_a_restart_and_kill_9(
    server: temporal_server.TemporalServer, folder: Path
) -> None:
    client = await Client.connect(server.address)
    await client.start_workflow("InvoiceWorkflow", id="invoice/acme/1", task_queue="nobody")
    assert temporal_server.stop(server)
    again = servers.start_temporal(folder)
    os.kill(again.record.pid, signal.SIGKILL)
    third = servers.start_temporal(folder)

    client = await Client.connect(third.address)
    found = await client.get_workflow_handle("invoice/acme/1").describe()

    assert server.address == again.address == third.address
    assert server.ui_url == third.ui_url
    assert found.status is not None
    assert found.status.name == "RUNNING"


async def test_a_new_server_knows_our_search_attributes(
    server: temporal_server.TemporalServer,
) -> None:
    client = await Client.connect(server.address)

    assert bootstrap.mismatches(await bootstrap.registered(client)) == []


def test_starting_twice_finds_the_server_that_runs(
    server: temporal_server.TemporalServer, folder: Path
) -> None:
    assert servers.start_temporal(folder) == server


def test_a_server_whose_starter_was_killed_is_adopted(folder: Path) -> None:
    if before := temporal_server.find(folder):
        processes.stop_process(before.record, first=signal.SIGKILL)
    program = f"from pathlib import Path; from tests import servers; import time; \
        print(servers.start_temporal(Path({str(folder)!r})).record.pid, flush=True); time.sleep(60)"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as starter:
        assert starter.stdout is not None
        pid = int(starter.stdout.readline())
        os.kill(starter.pid, signal.SIGKILL)

    adopted = servers.start_temporal(folder)

    assert adopted.record.pid == pid


def test_the_ui_answers_on_the_loopback_interface(server: temporal_server.TemporalServer) -> None:
    with urllib.request.urlopen(server.ui_url, timeout=100) as page:  # noqa: S310  # our own address
        assert page.status == 200
        assert b"<!doctype html>" in page.read()

    assert server.ui_url.startswith("http://127.0.0.1:")


def test_a_port_that_a_stranger_took_is_left_to_the_stranger(folder: Path) -> None:
    server = servers.start_temporal(folder)
    processes.stop_process(server.record, first=signal.SIGKILL)
    assert processes.wait_until(lambda: tcp_ports.free(server.ports.port), 100)
    with closing(create_server((tcp_ports.LOOPBACK, server.ports.port))):
        assert not tcp_ports.listens(server.record.pid, server.ports.port)
        elsewhere = servers.start_temporal(folder)

    assert elsewhere.ports.port != server.ports.port
    assert elsewhere.ports.ui_port == server.ports.ui_port


@pytest.mark.parametrize(
    "stored",
    [
        '{"port": 46829, "ui_port": 46829}',
        '{"port": 70000, "ui_port": -1}',
        '{"port": "x", "ui_port": null}',
        '{"port": 46',
        "[]",
        "",
    ],
)
def test_ports_that_cannot_be_are_chosen_anew(stored: str, tmp_path: Path) -> None:
    """Fault F3: both alike, stored, and the server never came up again."""
    (tmp_path / "ports.json").write_text(stored)
    server = servers.start_temporal(tmp_path)
    kept = json.loads((tmp_path / "ports.json").read_text())
    assert temporal_server.stop(server)

    assert kept["port"] != kept["ui_port"]
    assert server.address == f"127.0.0.1:{kept['port']}"


@pytest.mark.parametrize(
    "stored",
    [
        '{"port": "46829", "ui_port": "46830"}',
        '{"port": 46829.0, "ui_port": 46830}',
        '{"port": true, "ui_port": 46830}',
        '{"port": 46829, "ui_port": Infinity}',
        '{"port": 46829, "ui_port": 65536}',
        '{"port": 0, "ui_port": 46830}',
        '{"port": ' + "[" * 5000,
    ],
    ids=lambda stored: stored[:40],
)
def test_a_stored_port_that_is_no_port_is_nobodys(stored: str, tmp_path: Path) -> None:
    """2026-11-30: text, half a number, too deep: `up` ended in a traceback, each time anew."""
    (tmp_path / "ports.json").write_text(stored)
    usual = temporal_server.ports_of(tmp_path / "elsewhere")
    assert temporal_server.ports_of(tmp_path) == usual


@pytest.mark.parametrize(
    ("stored", "port"),
    [("1", 1), ("65535", 65535), ("65536", 0), ("0", 0), ("-1", 0), ("8e3", 0), ("²", 0), ("", 0)],
)
def test_a_stored_port_of_the_gateway_is_one_or_none(stored: str, port: int) -> None:
    assert GATEWAY.port_in({GATEWAY.port_setting: stored}) == port


def test_the_port_that_is_set_goes_before_that_of_last_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """2026-11-30: `up` took 8484 though AMICABLE_API__PORT named another."""
    asked, last = tcp_ports.pick(), tcp_ports.pick()
    before = {GATEWAY.port_setting: str(last)}
    monkeypatch.delenv(GATEWAY.port_setting, raising=False)
    assert GATEWAY.pick_port(before) == last
    monkeypatch.setenv(GATEWAY.port_setting, str(asked))
    assert GATEWAY.pick_port(before) == asked
    assert GATEWAY.pick_port(before, taken={asked}) == last


def test_two_ports_are_never_alike_where_the_wished_ones_are(tmp_path: Path) -> None:
    port = tcp_ports.pick()
    assert tcp_ports.pick(port) == port
    assert tcp_ports.pick(port, taken={port}) != port
