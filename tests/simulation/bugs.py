"""Bugs of retries, orders and looks, planted one at a time, and whether a simulation sees them.

``python -m tests.mutants simulation`` plants all of them in a copy of the project and plays a few
groups of customers until a promise is broken; docs/reliability.md has the table.
"""

# One thing: a list of planted bugs, and how each is sought.

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests import servers
from tests.mutants.bug import Bug
from tests.mutants.bugs import PURE, SENDING
from tests.mutants.hunt import Verdict, copy_of_the_project
from tests.simulation.ledger import start_server

SEEDS = ("b-2", "b-3", "b-6")
"""Groups in rough weather, played one after another until a promise is broken."""

CUSTOMERS, DAYS = 10, 55
"""Of each group: by then all have begun, and the first have come to the end of their ladder."""

_WORDS = (
    "the last look is taken",
    "whoever finds another's",
    "while it may still",
    "without evidence",
    "two messages to one",
    "emergency hold",
)
KNOWN = tuple(bug for bug in SENDING if any(word in bug.name for word in _WORDS))
"""Bugs that `make mutants` plants as well."""

NEW = (
    Bug(
        "who stood still frees the mark of whoever took over",
        "activities/sending/holding_back.py",
        "if flying and still and same_attempt(flying, outbound):",
        "if flying and still:",
    ),
    Bug(
        "a wish that came between mark and look is not heeded",
        "activities/sending/protocol.py",
        "            if not is_open(session, outbound):",
        "            if False:",
    ),
    Bug(
        "a message that has ended is taken up again after a crash",
        "activities/sending/protocol.py",
        "        if outbound and outbound.state in OVER:\n"
        "            return MarkedMessage(decision=session.decide())\n",
        "",
    ),
    Bug(
        "the agency is told although its case was paid after the mark",
        "activities/sending/agency.py",
        "            if wanted is None and outbound.attempt == mine:",
        "            if wanted is None and outbound.attempt != mine:",
    ),
    Bug(
        "a payment that is reported again counts again",
        "domain/payments/allocation.py",
        "return str(PaymentKey(self.kind, self.source, self.id))",
        'return str(PaymentKey(self.kind, self.source, f"{self.id} at {self.at}"))',
    ),
    Bug(
        "what was heard while an activity ran is forgotten with what it was given",
        "workflows/message_handlers.py",
        "        del self._heard[:count]",
        "        self._heard.clear()",
    ),
    Bug(
        "a parked case is started again by the reconciler",
        "activities/reconcile.py",
        "            if await self._runs.was_cancelled(case_id):",
        "            if False:",
    ),
    Bug(
        "a wake-up during an activity is forgotten",
        "workflows/invoice.py",
        "        self._learn(decision, len(given.heard))",
        "        self._learn(decision, len(given.heard))\n        self._inbox.woken = False",
    ),
    Bug(
        "who waits for a busy provider does not wait",
        "activities/sending/protocol.py",
        "        later = put_off_until(session, action, outbound)",
        "        later = None",
    ),
    Bug(
        "a closed case with something left to do is not woken",
        "activities/cases/waking.py",
        " and session.state.next_action.at is None",
        "",
    ),
    Bug(
        "a replayed workflow draws other dice",
        "workflows/invoice.py",
        "                timeout=max(decision.at - self._now(), SHORTEST_WAIT),",
        "                timeout=max(decision.at - self._now(), SHORTEST_WAIT)"
        " if not workflow.unsafe.is_replaying() else None,",
    ),
)
SIMULATED_BUGS = (*KNOWN, *(bug for bug in PURE if "gap" in bug.name), *NEW)


def seek_by_simulation(word: str = "") -> Iterator[Verdict]:
    """Play without any bug, where nothing may break; then with each by itself."""
    with copy_of_the_project() as folder, servers.session_folder() as place:
        (place / "server").write_bytes(pickle.dumps(start_server(place)))
        yield _played(folder, place, "(no bug: nothing breaks)", whole=True)
        for bug in [bug for bug in SIMULATED_BUGS if word in bug.name]:
            file = folder / bug.file
            healthy = file.read_text()
            file.write_text(healthy.replace(bug.old, bug.new))
            try:
                yield _played(folder, place, bug.name)
            finally:
                file.write_text(healthy)


def _played(folder: Path, place: Path, name: str, *, whole: bool = False) -> Verdict:
    began = time.monotonic()
    ours = {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    env = {**os.environ, **ours}
    command = [sys.executable, "-m", "tests.simulation", str(place)]
    command += [str(CUSTOMERS), str(DAYS), *SEEDS]
    ran = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    told = (ran.stdout.strip() or ran.stderr.strip()).splitlines()[-1:] or [""]
    return Verdict(name, bool(ran.returncode) != whole, time.monotonic() - began, told[0][:100])
