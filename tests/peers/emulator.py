"""emulate, a stateful stand-in for providers that others wrote, bound to this machine alone."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

VERSION = "0.11.2"
HERE = Path(__file__).parent
ACCOUNT, TOKEN = "AC" + "1" * 32, "peer-token"
OURS = "+15551234567"
PATIENCE = 30.0


class MissingError(RuntimeError):
    """What the stand-in needs is not on this machine."""


def installed() -> Path:
    """The stand-in's program, installed once into a folder outside of the project.

    Raises:
        MissingError: if there is no Node, or the package cannot be had.
    """
    return fetched(HERE, VERSION) / "node_modules" / "emulate" / "dist" / "index.js"


def fetched(source: Path, name: str) -> Path:
    """Packages of a lock, installed once into a folder of that name outside of the project.

    Raises:
        MissingError: if there is no Node, or they cannot be had.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        raise MissingError("Node and npm are not here")
    folder = own_folder() / name
    if not folder.exists():
        _install(npm, source, folder)
    return folder


def own_folder() -> Path:
    """A folder that lasts; nobody else may have put a program there for us to run."""
    folder = Path(tempfile.gettempdir()) / f"amicable-peers-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise RuntimeError(f"{folder} is somebody else's; remove it")
    return folder


def _install(npm: str, source: Path, folder: Path) -> None:
    """Exactly what the lock names, with its hashes, and none of its scripts."""
    fresh = Path(tempfile.mkdtemp(dir=folder.parent))
    for name in ("package.json", "package-lock.json"):
        shutil.copy(source / name, fresh / name)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries", "1"]
    done = subprocess.run(command, cwd=fresh, capture_output=True, timeout=60, check=False)
    if done.returncode:
        shutil.rmtree(fresh, ignore_errors=True)
        raise MissingError(f"npm could not fetch what {source.name} names")
    try:
        fresh.rename(folder)
    except OSError:  # somebody else was faster
        shutil.rmtree(fresh, ignore_errors=True)


class Emulator:
    """A running stand-in, and what happens on its side of the line."""

    def __init__(self, url: str) -> None:
        self.url = url

    def texted(self, number: str) -> list[dict[str, str]]:
        """The text messages to a number."""
        return self._listed("Messages", "messages", number)

    def called(self, number: str) -> list[dict[str, str]]:
        """The calls to a number."""
        return self._listed("Calls", "calls", number)

    def simulate(self, what: str, **form: str) -> None:
        """Something happens on the line."""
        answer = self._ask("POST", f"/_twilio/simulate/{what}", data=form)
        assert answer.status_code in (200, 201), answer.text

    def _listed(self, path: str, key: str, number: str) -> list[dict[str, str]]:
        where = f"/2010-04-01/Accounts/{ACCOUNT}/{path}.json"
        found: list[dict[str, str]] = self._ask("GET", where, params={"To": number}).json()[key]
        return found

    def _ask(self, method: str, path: str, **more: dict[str, str]) -> httpx.Response:
        auth = (ACCOUNT, TOKEN)
        return httpx.request(method, self.url + path, auth=auth, timeout=20, **more)  # type: ignore[arg-type]  # httpx names each of them


@contextmanager
def running(program: Path, folder: Path, gateway: str) -> Iterator[Emulator]:
    """Start the stand-in so that its one number reports to our gateway; stop it at the end."""
    number = {"phone_number": OURS, "sms_url": f"{gateway}/hooks/twilio/inbound"}
    account = {"sid": ACCOUNT, "auth_token": TOKEN}
    seed = {"twilio": {"account": account, "phone_numbers": [number]}}
    with started(program, folder, seed, free_port()) as url:
        yield Emulator(url)


@contextmanager
def started(program: Path, folder: Path, seed: dict[str, Any], port: int) -> Iterator[str]:
    """Start the stand-in of one service on this machine alone; answers its address."""
    file = folder / "seed.json"
    file.write_text(json.dumps(seed))
    command = ["node", "--require", str(HERE / "loopback.cjs"), str(program), "start"]
    command += ["--service", *seed, "--port", str(port), "--seed", str(file)]
    with (folder / "emulate.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        _wait_for(process, port)
        _refuse_if_open(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def addresses_of(port: int) -> set[str]:
    """On which addresses somebody listens on a port, as the kernel writes them."""
    found = set()
    for table in ("tcp", "tcp6"):
        path = Path("/proc/net") / table
        lines = path.read_text().splitlines()[1:] if path.exists() else []
        for line in lines:
            local, _, state = line.split()[1:4]
            address, _, at = local.partition(":")
            if int(at, 16) == port and state == "0A":
                found.add(address)
    return found


def _refuse_if_open(port: int) -> None:
    """Whoever can reach it could make it post to us; it has no business on a network."""
    here = socket.inet_aton("127.0.0.1")[::-1].hex().upper()
    if addresses_of(port) != {here}:
        raise RuntimeError(f"emulate listens on {addresses_of(port)}, not on 127.0.0.1 alone")


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("emulate did not start; its log lies beside its seed")


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])
