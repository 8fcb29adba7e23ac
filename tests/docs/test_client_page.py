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


@pytest.mark.timeout(180)
def test_the_first_example_opens_promises_and_pays(tmp_path: Path) -> None:
    plan = embedded.StartPlan(migrate=lambda environ: _migrate(dict(environ)))
    running = embedded.up(tmp_path, plan)
    try:
        code = CODE.findall(PAGE.read_text(encoding="utf-8"))[0]
        leave = "\nfrom adapters.runtime.machine import leave\nleave()\n"
        done = subprocess.run(
            [sys.executable, "-c", code + leave],
            env={**os.environ, "AMICABLE_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
            timeout=90,
        )
        assert done.returncode == 0, done.stderr
        engine = make_engine(running.dsn)
        case = reads.case_row(engine, "invoice/acme/2026-0007")
        engine.dispose()
    finally:
        embedded.down(tmp_path)

    assert "remind" in done.stdout or "confirm" in done.stdout
    assert "True" in done.stdout
    assert "posted" in done.stdout
    assert case is not None
    assert case.open.minor == 0


def test_the_second_example_compiles() -> None:
    code = CODE.findall(PAGE.read_text(encoding="utf-8"))[1]
    compile(code, str(PAGE), "exec")
