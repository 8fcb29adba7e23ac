"""Plants one bug at a time in a copy of the house and looks whether its tests notice."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.bug import Bug

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(".venv", ".git", "var", "__pycache__", ".*_cache", ".hypothesis")
FAILED = 1
"""How pytest ends when tests ran and some failed; anything else proves nothing."""

BROKEN = ("NameError", "ImportError", "SyntaxError", "ModuleNotFoundError")
"""A bug must be a working program that does the wrong thing."""


@dataclass(frozen=True)
class Verdict:
    """What came of one bug: whether it was caught, in how many seconds, and what was seen."""

    name: str
    caught: bool
    seconds: float
    seen: str


@contextlib.contextmanager
def copy_of_the_project(source: Path = ROOT) -> Iterator[Path]:
    """All sources in a folder of their own, so that a bug can never stay behind."""
    with tempfile.TemporaryDirectory(prefix="amicable-mutants-") as made:
        yield copied(source, Path(made) / "project")


def copied(source: Path, to: Path) -> Path:
    """Copy all sources to a folder that is made for them."""
    return shutil.copytree(source, to, ignore=LEFT_OUT)


def hunt(folder: Path, bugs: Iterable[Bug]) -> Iterator[Verdict]:
    """First the tests without any bug, which must pass; then each bug by itself."""
    bugs = tuple(bugs)
    yield _healthy(folder, sorted({name for bug in bugs for name in bug.caught_by}))
    for bug in bugs:
        yield _planted(folder, bug)


def _healthy(folder: Path, tests: list[str]) -> Verdict:
    began = time.monotonic()
    code, last = _run(folder, tests)
    return Verdict("(no bug: all of these pass)", code == 0, time.monotonic() - began, last)


def _planted(folder: Path, bug: Bug) -> Verdict:
    file = folder / bug.file
    healthy = file.read_text()
    if healthy.count(bug.old) != 1:
        seen = f"{bug.file} has the text {healthy.count(bug.old)} times: write the bug anew"
        return Verdict(bug.name, caught=False, seconds=0, seen=seen)
    began = time.monotonic()
    file.write_text(healthy.replace(bug.old, bug.new))
    try:
        code, last = _run(folder, bug.caught_by)
    finally:
        file.write_text(healthy)
    return Verdict(bug.name, code == FAILED, time.monotonic() - began, last)


def _run(folder: Path, tests: Sequence[str]) -> tuple[int, str]:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    command += ["--timeout", "60", "-m", "not crash", *tests]
    if all(name.startswith("tests/domain/") for name in tests):
        command.append("--noconftest")  # the pure ones need no servers, not even imported
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(folder)}
    env["CI"] = "1"  # hypothesis then has no deadlines: a busy machine catches no bug
    env.setdefault("AMICABLE_SHARED_DATA", str(ROOT.parent / "shared" / "data"))
    ran = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    lines = [line for line in ran.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    if broken := next((word for word in BROKEN if word in ran.stdout), ""):
        return -1, f"{broken}: the planted code does not even run; write the bug anew"
    last = (lines or ran.stdout.splitlines() or ran.stderr.splitlines() or [""])[-1]
    return ran.returncode, last.partition(" - ")[0].rpartition("::")[2]
