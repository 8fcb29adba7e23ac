"""Bugs of a worker that stood still between its last look and its call."""

from tests.mutants.bug import Bug

FREEZE = (
    Bug(
        "a look never gets old",
        "activities/ports/clock.py",
        "if seconds_awake_or_not() - self.at > LOOK_HOLDS.total_seconds():",
        "if seconds_awake_or_not() - self.at > 10 * LOOK_HOLDS.total_seconds():",
        ("tests/activities/test_stood_still.py",),
    ),
    Bug(
        "what was held back stays in flight",
        "activities/sending/holding_back.py",
        "        handover.take_back(ledger)\n",
        "",
        ("tests/activities/test_stood_still.py",),
    ),
)
