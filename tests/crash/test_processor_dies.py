"""The processor is killed at every point of its work: nothing is lost and nothing is done twice."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from activities.ports.incoming import ReportKind
from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from adapters.ledger.queries import watch
from tests.activities.sending.post import Post
from tests.activities.sending_harness import MINUTE, Office
from tests.crash.factories import ROOT

pytestmark = [pytest.mark.crash, pytest.mark.timeout(600)]

POINTS = ("processor_applied", "processor_settled", "processor_committed", "processor_committed")
"""Between the news and their outcome, between that and the commit, between that and the call.

The last one is passed for the answer, and again for the events.
"""


def _round(url: str, point: str, office: Office, log: Path) -> int:
    command = [sys.executable, "-m", "tests.crash.doomed_processor", url, point]
    command += [office.now.isoformat(), str(log)]
    return subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode


def test_whoever_dies_wherever_the_next_processor_ends_it(
    fresh_database_url: Callable[[], str], tmp_path: Path
) -> None:
    url = fresh_database_url()
    migrate.upgrade(url)
    engine = make_engine(url, pool_size=5)
    office = Office(engine, "acme")
    office.remind()
    post, log = Post(office), tmp_path / "woken"
    post.told(ReportKind.BOUNCED, ReportKind.OPENED, ReportKind.COMPLAINED, at=office.now + MINUTE)
    post.came(said="We have paid")
    office.now += 2 * MINUTE
    deaths = [_round(url, point, office, log) for point in POINTS]
    last = _round(url, "none", office, log)

    assert deaths == [-signal.SIGKILL] * len(POINTS)
    assert last == 0
    ref = "email/polite"
    heard = [("bounced", ref), ("opened", ref), ("opted_out", ref), ("replied", ref)]
    assert post.news() == heard
    assert (post.debtor.bad_points, post.debtor.opted_out) == (("bob@bob.example",), ("email",))
    assert post.outcomes() == ["applied"] * 3
    assert len(office.tasks("reply")) == 1
    with engine.connect() as link:
        assert link.execute(text("SELECT state FROM reply")).scalar_one() == "applied"
    assert watch.unwoken(engine) == (office.case,), "whoever died untold is found by its ledger"
    engine.dispose()
