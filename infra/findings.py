"""Findings of an examination, and what the ledger itself says about rounds and cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import psycopg

_LOOK = "The worker's log says why."
_FAILING_PARTS = """
SELECT name, failure FROM round_part WHERE failures > 0 AND name <> 'round' ORDER BY name
"""
_UNENDED_ROUND = """
SELECT begun_at FROM round_part WHERE name = 'round'
  AND begun_at > coalesce(ended_at, '-infinity') AND begun_at < now() - interval '30 minutes'
"""
_LEFT_ALONE = """
SELECT provider, until AT TIME ZONE 'UTC' FROM provider_breaker WHERE opened_at IS NOT NULL
ORDER BY provider
"""
_STUCK_CASES = """
SELECT case_id FROM stuck_case WHERE rounds >= 3 OR attempts >= 3 ORDER BY since
"""


class Remedy(StrEnum):
    """What mends a finding; which command that is, the command line says."""

    START = "start"
    MIGRATE = "migrate"
    PREPARE = "prepare"
    RESTART = "restart"
    NEWER_PYTHON = "newer_python"
    LOOK = "look"
    SERVE = "serve"


@dataclass(frozen=True)
class Finding:
    """The result of one check: whether it is well, what was seen, and what to do if not.

    Attributes:
        about: what the remedy is for, such as the duties of a worker.
    """

    ok: bool
    what: str
    advice: str = ""
    remedy: Remedy | None = None
    about: str = ""


def has_table(link: psycopg.Connection[Any], name: str) -> bool:
    """Tell whether the ledger has a table: an earlier release may have made it."""
    row = link.execute("SELECT to_regclass(%s)::text", (name,)).fetchone()
    return bool(row and row[0])


def rounds_and_cases(link: psycopg.Connection[Any]) -> Iterator[Finding]:
    """What the ledger says about the reconciler's rounds, and about cases that are stuck."""
    if has_table(link, "round_part"):
        yield from _rounds(link)
        yield _stuck(link)
    if has_table(link, "provider_breaker"):
        yield from _left_alone(link)


def _rounds(link: psycopg.Connection[Any]) -> Iterator[Finding]:
    """How the reconciler's rounds go: each part that failed, and whether they end."""
    failing = link.execute(_FAILING_PARTS).fetchall()
    for name, failure in failing:
        what = f"The reconciler's round fails at its part {name} ({failure})"
        yield Finding(ok=False, what=what, advice=_LOOK, remedy=Remedy.LOOK)
    for (begun,) in link.execute(_UNENDED_ROUND).fetchall():
        what = f"The reconciler's round of {begun:%Y-%m-%d %H:%M} has not ended"
        yield Finding(ok=False, what=what, advice=_LOOK, remedy=Remedy.LOOK)
        return
    if not failing:
        yield Finding(ok=True, what="The reconciler's last round went well")


def _left_alone(link: psycopg.Connection[Any]) -> Iterator[Finding]:
    """Providers that failed again and again; messages wait until they answer."""
    for provider, until in link.execute(_LEFT_ALONE).fetchall():
        what = f"{provider} fails again and again; it is asked again at {until:%H:%M} UTC"
        yield Finding(ok=False, what=what, advice=_LOOK, remedy=Remedy.LOOK)


def _stuck(link: psycopg.Connection[Any]) -> Finding:
    cases = [case for (case,) in link.execute(_STUCK_CASES).fetchall()]
    if not cases:
        return Finding(ok=True, what="Every case goes on by itself")
    others = f" (and {len(cases) - 1} more)" if len(cases) > 1 else ""
    return Finding(
        ok=False,
        what=f"{cases[0]} does not go on by itself{others}",
        advice=_LOOK,
        remedy=Remedy.LOOK,
    )
