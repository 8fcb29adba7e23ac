"""Runs pytest again and again: the parent imports what takes long, a child runs the tests.

Reads a line of JSON for each run, and answers with how pytest ended. Nothing of the project is
imported before the child begins, so every child sees the code as it is then.
"""

import gc
import importlib
import json
import os
import signal
import sys
import time
import traceback
from importlib.metadata import entry_points

import pytest

HEAVY = (
    "hypothesis.strategies",
    "temporalio.client",
    "temporalio.contrib.pydantic",
    "temporalio.testing",
    "temporalio.worker",
    "sqlalchemy.dialects.postgresql",
    "psycopg",
    "alembic.command",
    "fastapi",
    "babel",
    "holidays",
    "phonenumbers",
    "typst",
)
TOO_LONG = -1


def main() -> None:
    """Answer orders until nobody gives any more."""
    for plugin in entry_points(group="pytest11"):
        plugin.load()
    for name in HEAVY:
        importlib.import_module(name)
    gc.freeze()  # what is imported stays: no child need look through it
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            _run(order["arguments"], order["log"])
        sys.stdout.write(f"{_ended(child, order['seconds'])}\n")
        sys.stdout.flush()


def _run(arguments: list[str], log: str) -> None:
    code = int(pytest.ExitCode.INTERNAL_ERROR)
    try:
        os.setsid()
        sink = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for place, instead in enumerate((nothing, sink, sink)):
            os.dup2(instead, place)
        code = int(pytest.main(arguments))
    except BaseException:  # noqa: BLE001 - whatever it is: nobody above may go on in the child
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _ended(child: int, seconds: float) -> int:
    """How a child ended; one that takes too long is killed with all that it started."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return TOO_LONG


if __name__ == "__main__":
    main()
