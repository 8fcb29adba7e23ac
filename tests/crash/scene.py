"""What every crash test does in the end: wait until all is at rest, then let the checker look."""

import asyncio
import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime

import psycopg

from infra import logs
from tests.crash import checker
from tests.crash.factories import CrashHarness

WATCHDOG = 300.0
"""Seconds; a machine that is busy with other things may need minutes, and rest is what counts."""

_RESTLESS = """
    SELECT concat_ws(' ', c.case_id, c.next_do, c.next_step, c.next_at)
    FROM case_file c
    WHERE c.outcome = '' AND (c.decision IS NULL OR c.next_at < now() + interval '1 hour')
       OR EXISTS (SELECT 1 FROM message m WHERE m.case_id = c.case_id AND m.seq > c.seen_message)
    ORDER BY 1"""


async def come_to_rest(built: CrashHarness, within: float = WATCHDOG) -> float:
    """Wait until no case has anything left to do; answers how long it took (seconds)."""
    began = time.monotonic()
    while restless := await asyncio.to_thread(_restless, built):
        if time.monotonic() - began > within:
            log = logs.tail(built.folder / "workers.log")
            raise AssertionError(f"after {within} s still restless: {restless[:5]}\n{log}")
        await asyncio.sleep(0.3)
    return time.monotonic() - began


def found(built: CrashHarness, acknowledged: Sequence[str] = ()) -> list[str]:
    """What the independent checker complains of."""
    deaths = [datetime.fromtimestamp(at, UTC) for at, _ in built.kills.get("postgres", [])]
    return checker.complaints(findings(built), deaths, acknowledged)


def tell(built: CrashHarness, **more: object) -> None:
    """Say in figures what happened; pytest shows it with ``-s`` or when the test fails."""
    kills = {what: len(times) for what, times in built.kills.items()}
    looked_up = (built.folder / "passes.log").read_text().count(" looked_up ")
    seen = findings(built)
    figures = {"messages": len(seen.sent), "kills": kills, "looked_up": looked_up, **more}
    figures["after_payment"] = len(list(checker.after_payment(seen, ())))
    print(json.dumps(figures))  # noqa: T201 - figures for people


def findings(built: CrashHarness) -> checker.Findings:
    """What the outside knows."""
    outbox, agency = built.folder / "outbox", built.folder / "home" / "agency"
    return checker.look(outbox, agency, built.postgres.conninfo())


def _restless(built: CrashHarness) -> list[str]:
    with psycopg.connect(built.postgres.conninfo()) as link:
        return [row[0] for row in link.execute(_RESTLESS.encode()).fetchall()]
