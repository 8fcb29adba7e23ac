"""A billing system in Node against the real gateway, by its description alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.starter.api.factories import Desk, Outside, day, invoice

PROGRAM = Path(__file__).parents[4] / "clients" / "node" / "billing.mjs"
NODE = shutil.which("node") or ""

pytestmark = pytest.mark.skipif(not NODE, reason="no Node here (Debian: the package nodejs)")


def _run(outside: Outside, key: str, number: str = "N-1") -> subprocess.CompletedProcess[str]:
    return _node(outside, key, PROGRAM, number, "C-1", day(0), day(10), "119.00")


def _node(
    outside: Outside, key: str, program: Path, *words: str, told: str = ""
) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "AMICABLE_KEY": key}
    env["AMICABLE_URL"] = str(outside.client.base_url).rstrip("/")
    return subprocess.run(
        [NODE, str(program), *words],
        env=env,
        input=told,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_forty_lines_or_so_bill_and_ask(outside: Outside, desk: Desk) -> None:
    first, again = (_run(outside, desk.keys["billing"]) for _ in range(2))

    assert first.stdout == again.stdout == "N-1 100.00 EUR\n", first.stderr
    assert len(PROGRAM.read_text().splitlines()) <= 50


def test_a_no_is_told_in_words(outside: Outside, desk: Desk) -> None:
    done = _run(outside, desk.keys["reader"])

    assert done.returncode != 0
    assert "a key of the role billing may" in done.stderr


def test_many_lines_are_told_and_each_no_is_named(outside: Outside, desk: Desk) -> None:
    bills = [*(invoice(f"M-{number}") for number in range(501)), invoice("M-x", currency="XXQ")]
    told = "\n".join(map(json.dumps, bills))
    done = _node(
        outside, desk.keys["billing"], PROGRAM.with_name("many.mjs"), "/v1/bulk/cases", told=told
    )
    no = _node(outside, "amk_no", PROGRAM.with_name("many.mjs"), "/v1/bulk/cases", told=told)

    assert done.returncode == 0, done.stderr
    assert "XXQ" in done.stdout
    assert len(done.stdout.splitlines()) == 1
    assert desk.get("/v1/cases/M-500").status_code == 200
    assert no.returncode != 0
    assert "send Authorization: Bearer" in no.stderr
