"""How long a rehearsal of ten thousand invoices takes, from the files to the deeds."""

from __future__ import annotations

import time

from domain.policy.policy_file import standard_policy
from starter.rehearsal import by_rules
from tests.bench.setup import synthetic
from tests.bench.setup.figures import Figure, Target

INVOICES = 10_000
WANTED = Target(30)


def measure() -> Figure:
    """Read the files, run the rules forward, and put the deeds in order; once."""
    policy = standard_policy()
    began = time.perf_counter()
    cast = synthetic.script(INVOICES, policy)
    read = time.perf_counter() - began
    lines = by_rules.rehearse_by_rules(cast, policy)
    seconds = time.perf_counter() - began
    return Figure(
        measure="seconds to rehearse 10,000 invoices by rules",
        measured=f"{len(lines):,} lines, {len(lines) / seconds:,.0f} a second; "
        f"reading the files {read:.1f} s of it",
        value=seconds,
        target=WANTED,
    )
