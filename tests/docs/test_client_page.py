"""What docs/client.md shows really runs, against a real ledger and a real Temporal."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.ledger.core.engine import make_engine
from adapters.ledger.queries import reads
from infra import embedded

PAGE = Path(__file__).resolve().parents[2] / "docs" / "client.md"
CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)


def _migrate(environ: dict[str, str]) -> None:
    from adapters.ledger.core.migrate import upgrade  # noqa: PLC0415 - only where it is needed

    upgrade(environ["AMICABLE_DATABASE_URL"])


def _run(code: str, home: Path) -> str:
    """Run an example as a program of its own; answers what it printed."""
    leave = "\nfrom adapters.runtime.machine import leave\nleave()\n"
    done = subprocess.run(
        [sys.executable, "-c", code + leave],
        env={**os.environ, "AMICABLE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_programs_of_other_systems_are_those_that_the_tests_run() -> None:
    page, clients = PAGE.read_text(encoding="utf-8"), PAGE.parents[1] / "clients"
    for name in ("python/examples/shop/billing.py", "node/billing.mjs"):
        assert (clients / name).read_text(encoding="utf-8") in page, name


SAID = """
import asyncio
from datetime import UTC, datetime


async def say():
    amicable = await client()
    answer = await amicable.pause("invoice/acme/2026-0007", datetime.now(UTC).date())
    print(type(amicable).__name__, answer.text)


asyncio.run(say())
"""


@pytest.mark.timeout(180)
def test_the_examples_open_promise_and_pay_with_and_without_an_event_loop(tmp_path: Path) -> None:
    plan = embedded.StartPlan(migrate=lambda environ: _migrate(dict(environ)))
    running = embedded.up(tmp_path, plan)
    try:
        first, second = CODE.findall(PAGE.read_text(encoding="utf-8"))[-2:]
        told = _run(first, tmp_path)
        awaited = _run(second + SAID, tmp_path)
        engine = make_engine(running.dsn)
        case = reads.case_row(engine, "invoice/acme/2026-0007")
        engine.dispose()
    finally:
        embedded.down(tmp_path)

    assert "remind" in told or "confirm" in told
    assert "True" in told
    assert "posted" in told
    assert case is not None
    assert case.open.minor == 0
    assert awaited.startswith("AsyncAmicable ")


def test_the_examples_import_one_name_only() -> None:
    code = "\n".join(CODE.findall(PAGE.read_text(encoding="utf-8"))[-2:])
    imported = re.findall(r"^(?:from|import) (\w+)", code, re.MULTILINE)

    assert set(imported) == {"amicable", "datetime"}
