"""The ledger's PostgreSQL on this very machine, as whoever runs the tests."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from infra.errors import InfraError
from infra.servers import binaries, postgres, processes, unix_user
from tests import servers

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(session_folder: Path) -> Path:
    """One data folder for this file: making it is the slow part."""
    return session_folder / "own-postgres"


@pytest.fixture
def server(folder: Path) -> Iterator[postgres.PostgresServer]:
    """A server of our own, stopped after each test."""
    running = servers.start_postgres(folder)
    yield running
    if again := postgres.find(folder):
        postgres.stop(again)


def rows(server: postgres.PostgresServer, statement: bytes) -> list[tuple[object, ...]]:
    """What the ledger answers."""
    with psycopg.connect(server.conninfo()) as link:
        found = link.execute(statement)
        return found.fetchall() if found.description else []


def test_data_is_kept_over_a_restart(server: postgres.PostgresServer, folder: Path) -> None:
    rows(server, b"CREATE TABLE kept AS SELECT 1200 AS cents")
    assert postgres.stop(server)
    assert postgres.find(folder) is None

    again = servers.start_postgres(folder)

    assert rows(again, b"SELECT cents FROM kept") == [(1200,)]


def test_starting_twice_finds_the_server_that_runs(
    server: postgres.PostgresServer, folder: Path
) -> None:
    assert servers.start_postgres(folder) == server
    assert postgres.find(folder) == server


def test_a_server_whose_starter_was_killed_is_adopted(folder: Path) -> None:
    program = f"from pathlib import Path; from tests import servers; import time; \
        print(servers.start_postgres(Path({str(folder)!r})).record.pid, flush=True); time.sleep(60)"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as starter:
        assert starter.stdout is not None
        pid = int(starter.stdout.readline())
        os.kill(starter.pid, signal.SIGKILL)

    adopted = servers.start_postgres(folder)

    assert adopted.record.pid == pid
    assert postgres.stop(adopted)
    assert processes.began(pid) is None


def test_it_comes_back_at_once_after_kill_9(server: postgres.PostgresServer, folder: Path) -> None:
    rows(server, b"CREATE TABLE IF NOT EXISTS survivor AS SELECT 7 AS n")
    os.kill(server.record.pid, signal.SIGKILL)

    again = servers.start_postgres(folder)

    assert again.record != server.record
    assert rows(again, b"SELECT n FROM survivor") == [(7,)]


def test_a_number_that_another_program_has_now_does_not_keep_it_from_starting(folder: Path) -> None:
    stopped = servers.start_postgres(folder)
    postgres.stop(stopped)
    lines = [str(os.getpid()), str(stopped.data), "0", "5432", "/x", "", " 0 0", "ready"]
    (stopped.data / "postmaster.pid").write_text("\n".join(lines))
    (stopped.data / "postmaster.pid").chmod(0o644)

    assert postgres.adopt(stopped.data) is None
    again = servers.start_postgres(folder)

    assert rows(again, b"SELECT 1") == [(1,)]
    postgres.stop(again)


def test_only_its_owner_reaches_it_and_no_port_is_open(server: postgres.PostgresServer) -> None:
    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700
    assert stat.S_IMODE(server.socket.stat().st_mode) == 0o700
    assert rows(server, b"SHOW listen_addresses") == [("",)]
    assert rows(server, b"SHOW timezone") == [("UTC",)]
    assert len(str(server.socket / ".s.PGSQL.5432")) < 100


def test_it_never_runs_as_root(server: postgres.PostgresServer) -> None:
    assert server.data.stat().st_uid != 0
    assert Path(f"/proc/{server.record.pid}").stat().st_uid != 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_root_sits_elsewhere_when_the_way_to_the_home_is_closed(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    seat = unix_user.seat(closed / "postgres", binaries.postgres())

    assert seat.account.uid != 0
    assert not seat.data.is_relative_to(closed)
    assert seat.data in unix_user.known_data(closed / "postgres")
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    seat.data.rmdir()
    seat.socket.rmdir()
    seat.data.parent.rmdir()


def test_a_long_way_home_gets_a_short_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("deep" * 20) / ("deeper" * 10)

    folder = unix_user._socket_folder(deep, os.geteuid())

    assert len(str(folder)) < 85
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.rmdir()


def test_a_wrong_setting_is_told_with_the_end_of_the_log(
    session_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "_ATTEMPTS", 1)
    folder = session_folder / "wrong-postgres"
    choice = postgres.PostgresPlace(settings={"no_such_setting": "1"}, synced=False)

    with pytest.raises(InfraError, match="no_such_setting"):
        postgres.start(folder, folder / "log", choice)
