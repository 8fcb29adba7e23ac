"""mock-bank, a bank that others wrote: money comes in as a test says, and it reports it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.peers.emulator import HERE, MissingError, free_port, own_folder

_WANTED = HERE / "bank-requirements.txt"
_VERSION = "mock-bank-0.9.0"
_PATIENCE = 30.0


class BankPeer:
    """A running bank."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(base_url=url, timeout=20)

    def receives(self, minor: int, note: str = "", **more: Any) -> None:
        """Let money come in for its first customer, cut at 35 signs as many banks do."""
        told = {"account": "ACME", "amount": minor, "wrap": 35} | more
        told |= {"note": note} if note else {}
        answer = self._client.post("/_mock/credits", json=told)
        assert answer.status_code == 201, answer.text

    def ends_the_day(self) -> None:
        """Go on to the next day; statements are written meanwhile."""
        answer = self._client.post("/_mock/advance", params={"days": 1})
        assert answer.is_success, answer.text

    def messages(self, kind: str) -> list[bytes]:
        """What lies in the mailbox of its first customer, the oldest first."""
        found = self._client.get("/_mock/messages", params={"type": kind}).json()
        mine = [one for one in found if one["account"] == "ACME"]
        return [str(one["body"]).encode() for one in sorted(mine, key=lambda one: int(one["id"]))]


def bank_program() -> Path:
    """The bank's package, installed once into a folder outside of the project.

    Raises:
        MissingError: if it cannot be had.
    """
    folder = own_folder() / _VERSION
    if not folder.exists():
        fresh = Path(tempfile.mkdtemp(dir=folder.parent))
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
        command += ["--require-hashes", "--target", str(fresh), "-r", str(_WANTED)]
        done = subprocess.run(command, capture_output=True, timeout=90, check=False)
        if done.returncode:
            shutil.rmtree(fresh, ignore_errors=True)
            raise MissingError("pip could not fetch mock-bank")
        try:
            fresh.rename(folder)
        except OSError:  # somebody else was faster
            shutil.rmtree(fresh, ignore_errors=True)
    return folder


@contextmanager
def running_bank(program: Path, day: str) -> Iterator[BankPeer]:
    """Start it on this machine alone, on a day of its own; stop it at the end."""
    port = free_port()
    command = [sys.executable, "-m", "mockbank", "--port", str(port), "--quiet"]
    command += ["--clock", f"{day}T09:00"]
    known = os.environ | {"PYTHONPATH": str(program)}
    with subprocess.Popen(command, env=known, cwd=program) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(url)
            yield BankPeer(url)
        finally:
            process.terminate()


def _wait_for(url: str) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            if httpx.get(f"{url}/_mock/health", timeout=2).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise RuntimeError("mock-bank did not start")
