"""A shell with real servers behind it: commands run as processes of their own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from adapters.ledger.core.migrate import upgrade
from infra.servers import postgres
from tests import servers

ROOT = Path(__file__).resolve().parents[3]
COMMAND = (sys.executable, "-c", "from starter.cli.main import main; main()")


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its data."""
        return json.loads(self.out)


class Many:
    """One process that runs many commands: loading everything anew for each takes too long."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("many.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def run(self, words: tuple[str, ...], env: dict[str, str]) -> Ended:
        """Run one command in an environment of its own."""
        sent, heard = self._process.stdin, self._process.stdout
        assert sent
        assert heard
        sent.write(json.dumps({"words": words, "env": env}) + "\n")
        sent.flush()
        return Ended(*json.loads(heard.readline()))

    def end(self) -> None:
        """End it and wait for it."""
        self._process.communicate(timeout=30)


@dataclass(frozen=True)
class Shell:
    """Runs `amicable` with an environment of its own: in a shared process, or in one of its own."""

    env: dict[str, str]
    folder: Path
    many: Many | None = None

    def __call__(self, *words: str, expect: int = 0) -> Ended:
        """Run one command to its end; it must end with that code and never with a traceback."""
        ended = self.many.run(words, self.env) if self.many else self._alone(words)
        assert ended.code == expect, ended
        assert "Traceback" not in ended.err
        return ended

    def _alone(self, words: tuple[str, ...]) -> Ended:
        done = subprocess.run(
            [*COMMAND, *words],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **self.env},
            timeout=300,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def write(self, name: str, text: str) -> str:
        """A file to be read by a command."""
        (self.folder / name).write_text(text, encoding="utf-8")
        return name


@pytest.fixture(scope="module")
def shell(
    session_folder: Path,
    postgres_server: postgres.PostgresServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Shell]:
    """A ledger of one's own and a Temporal without any worker: cases start and then wait."""
    folder = tmp_path_factory.mktemp("shell")
    name = f"cli_{os.urandom(4).hex()}"
    with psycopg.connect(postgres_server.conninfo("postgres"), autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name}".encode())
    upgrade(postgres_server.url(name))
    temporal = servers.start_temporal(session_folder / "cli-temporal")
    many = Many(folder)
    yield Shell(
        {
            "AMICABLE_HOME": str(folder / "home"),
            "AMICABLE_DATABASE_URL": postgres_server.url(name),
            "AMICABLE_CREDITOR": "acme",
            "TEMPORAL_ADDRESS": temporal.address,
            "COLUMNS": "200",
        },
        folder,
        many,
    )
    many.end()
    with psycopg.connect(postgres_server.conninfo("postgres"), autocommit=True) as link:
        link.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
