"""`amicable up` and `amicable down`, with a worker that only asks for work."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from infra import doctor, embedded, findings
from infra.errors import InfraError
from infra.servers import processes
from infra.servers.places import places
from tests import servers

ROOT = Path(__file__).parents[2]
WORKER = (sys.executable, str(ROOT / "tests/infra/idle_worker.py"))


@pytest.fixture
def home(session_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of our own, shut down after the test."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    folder = session_folder / "home"
    servers.leave_the_usual_ports(folder / "temporal")
    yield folder
    embedded.down(folder)


def test_up_starts_everything_and_down_stops_it_and_nothing_else(home: Path) -> None:
    said: list[str] = []
    migrated: list[str] = []
    plan = embedded.StartPlan(
        migrate=lambda env: migrated.append(env["AMICABLE_DATABASE_URL"]),
        worker=WORKER,
        say=said.append,
    )
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as bystander:
        running = embedded.up(home, plan)
        with psycopg.connect(running.dsn.replace("+psycopg", "")) as link:
            link.execute("CREATE TABLE alembic_version (n int)")

        assert migrated == [running.dsn]
        assert embedded.status(home) == running
        assert embedded.environment(home) == running.env()
        assert stat.S_IMODE(places(home).env_file.stat().st_mode) == 0o600
        assert [f.what for f in doctor.examine(home) if not f.ok] == []

        assert embedded.down(home, said.append)

        assert bystander.poll() is None
        bystander.kill()
    assert not processes.alive(running.worker)
    assert embedded.status(home) is None
    assert embedded.environment(home) == {}
    assert said[-1] == "Stopped the worker, Temporal, PostgreSQL"
    assert not embedded.down(home, said.append)
    assert [f.remedy for f in doctor.examine(home) if not f.ok] == [findings.Remedy.START]


def test_a_worker_that_ends_at_once_is_told_with_its_last_words(home: Path) -> None:
    plan = embedded.StartPlan(worker=(sys.executable, "-c", "print('no key for the agency')"))

    with pytest.raises(InfraError, match="no key for the agency"):
        embedded.up(home, plan)


def test_a_gateway_is_started_found_examined_and_ended_with_the_rest(home: Path) -> None:
    serving = "import os; from http.server import *; h = ('127.0.0.1', int(os.environ['PORT']))"
    serving = serving.replace("PORT", "AMICABLE_API__PORT")
    program = (
        sys.executable,
        "-c",
        f"{serving}; HTTPServer(h, BaseHTTPRequestHandler).serve_forever()",
    )

    running = embedded.up(home, embedded.StartPlan(worker=WORKER, api=program))
    again = embedded.up(home, embedded.StartPlan(worker=WORKER, api=program))

    assert processes.alive(again.api)
    assert not processes.alive(running.api)
    assert again.api_url == running.api_url == f"http://127.0.0.1:{running.api_port}"
    assert embedded.status(home) == again
    assert f"The gateway listens at {again.api_url}" in [
        f.what for f in doctor.examine(home) if f.ok
    ]
    processes.stop_process(again.api)
    assert "api.log" in " ".join(f.advice for f in doctor.examine(home) if not f.ok)


def test_a_gateway_that_ends_at_once_is_told_with_its_last_words(home: Path) -> None:
    plan = embedded.StartPlan(worker=WORKER, api=(sys.executable, "-c", "print('no such ledger')"))

    with pytest.raises(InfraError, match="no such ledger"):
        embedded.up(home, plan)


def test_the_home_is_what_was_given_else_the_variable_else_var_in_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMICABLE_HOME", str(tmp_path / "chosen"))
    assert places(tmp_path).home == tmp_path
    assert places().home == tmp_path / "chosen"

    monkeypatch.delenv("AMICABLE_HOME")
    monkeypatch.chdir(tmp_path)
    assert places().home == tmp_path / "var"


def test_only_the_user_reads_the_outbox_and_the_logs(tmp_path: Path) -> None:
    place = places(tmp_path).prepare()

    for folder in (place.outbox, place.logs, place.run, place.temporal):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_process_id_that_was_used_again_is_not_taken_for_ours(tmp_path: Path) -> None:
    note = tmp_path / "worker.json"
    processes.remember_process(note, processes.ProcessRecord(os.getpid(), "long ago"))

    assert processes.recall(note) is None
    assert not processes.stop_process(processes.ProcessRecord(os.getpid(), "long ago"))


def test_a_process_that_does_not_listen_is_made_to_end(tmp_path: Path) -> None:
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print('deaf', flush=True); time.sleep(60)"
    )
    log = tmp_path / "log"
    record = processes.start_process(processes.Program((sys.executable, "-c", deaf), log, tmp_path))
    assert processes.wait_until(lambda: log.read_text() != "", 100)

    assert processes.stop_process(record, patience=0.2)

    assert not processes.alive(record)
