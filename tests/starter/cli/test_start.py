"""The command line starts at once: what is not called is not imported."""

import inspect
import json
import os
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
import typer

from starter.cli.main import app
from starter.cli.table import PANELS
from tests.starter.cli.conftest import Shell

ROOT = Path(__file__).resolve().parents[3]
COMMANDS = "starter.cli.commands"
LOADED = """
import json, sys
from starter.cli.main import run
code = run(sys.argv[1:])
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""
SLOW = {
    *("sqlalchemy", "psycopg", "pydantic_settings", "temporalio", "alembic", "structlog"),
    *("babel", "holidays", "phonenumbers", "jinja2", "mjml", "typst", "fastapi", "twilio"),
    *("sendgrid", "httpx", "domain", "activities", "infra"),
}
NOT_FOR_A_LIST = SLOW - {"sqlalchemy", "psycopg", "babel", "domain", "activities", "infra"}


def loaded(*words: str, env: dict[str, str] | None = None) -> set[str]:
    """Run a command in a process of its own; answers what it imported."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words],
        cwd=ROOT,
        env=os.environ | (env or {}),
        capture_output=True,
        text=True,
        check=True,
    )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    assert code == 0
    return set(modules)


def packages(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


@pytest.mark.parametrize("asked", ["--version", "--help"])
def test_the_version_and_the_help_import_no_command_and_nothing_slow(asked: str) -> None:
    found = loaded(asked)

    assert [name for name in found if name.startswith(COMMANDS)] == []
    assert packages(found) & SLOW == set()


def test_the_version_needs_no_pictures_of_tables() -> None:
    assert "rich" not in packages(loaded("--version"))


@pytest.mark.parametrize(
    ("noun", "folders"),
    [
        ("case", {f"{COMMANDS}.cases.case"}),
        ("task", {f"{COMMANDS}.customers.task", f"{COMMANDS}.customers.call_options"}),
        ("policy", {f"{COMMANDS}.creditor.policy"}),
    ],
)
def test_the_help_of_a_noun_imports_that_noun_alone(noun: str, folders: set[str]) -> None:
    above = {name.rpartition(".")[0] for name in folders} | {COMMANDS}
    found = {name for name in loaded(noun, "--help") if name.startswith(COMMANDS)} - above

    assert found
    assert [name for name in found if not name.startswith(tuple(folders))] == []


def test_a_list_of_tasks_imports_only_what_it_needs(shell: Shell) -> None:
    found = loaded("task", "list", env=shell.env)

    assert "sqlalchemy" in found
    assert packages(found) & NOT_FOR_A_LIST == set()
    assert [name for name in found if name.startswith("adapters.letters")] == []


def test_the_table_says_of_each_command_what_it_says_of_itself() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a group

    told = {name: entry.line for some in PANELS.values() for name, entry in some.items()}
    own = {
        name: " ".join(inspect.cleandoc(command.help).split("\n\n")[0].split())
        for name, command in commands.items()
    }

    assert told == own


def test_the_console_script_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, name = project["scripts"]["amicable"].partition(":")

    assert callable(getattr(import_module(module), name))
