"""A shell that changes its commands is noticed before any case that runs is."""

import json
import subprocess
import sys

import pytest

from tests.replay import fingerprint

CURE = """
The shells' commands changed: {changed}

Cases run for months, and each goes on from a history that the old commands wrote.
1. If the change was not meant, put it back.
2. Else guard it: `if workflow.patched("what-changed"): … else: (the old commands)`.
3. Record a history that goes past the new step: python -m tests.replay.record PLOT
4. Keep the new fingerprint: python -m tests.replay.fingerprint
docs/versioning.md tells the whole story.
"""
HEAVY = (
    *("sqlalchemy", "psycopg", "alembic", "httpx", "babel", "holidays", "jinja2", "phonenumbers"),
    *("sendgrid", "twilio", "structlog", "typer", "rich"),
)


def test_the_commands_of_the_shells_are_those_that_were_kept() -> None:
    kept, now = json.loads(fingerprint.KEPT.read_text()), fingerprint.taken()
    changed = [name for name in {*kept, *now} if kept.get(name) != now.get(name)]
    assert not changed, CURE.format(changed=", ".join(sorted(changed)))


@pytest.mark.parametrize("shell", ["invoice", "payment", "reconcile"])
def test_a_shell_reaches_nothing_heavy(shell: str) -> None:
    asked = f"import sys, workflows.{shell}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert not loaded & set(HEAVY), "each cached case would pay for it (workflows/ must stay light)"
