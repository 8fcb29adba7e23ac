"""The processor looks in when it is told to, and with every round of the reconciler."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine

from activities.inbound.rounds import InboundRounds, WakeUp
from activities.ports.incoming import ReportKind
from activities.reconcile import ReconcilerActivities
from adapters.config.settings import Settings
from adapters.config.settings_groups import ImapSettings
from adapters.ledger.queries.case_watch import SqlCaseWatch
from adapters.ledger.queries.rounds import SqlRoundLog
from adapters.ledger.queries.stuck import SqlStuckCases
from adapters.ledger.tasks.desk import find_task
from adapters.runtime.machine import machine_clock
from adapters.temporal.runs import Runs
from adapters.wiring.background import inbound_rounds
from domain.case.model import Case
from tests.activities.sending.post import Post
from tests.incoming.imap import serving


class Woken:
    """Remembers which cases were woken."""

    def __init__(self) -> None:
        self.cases: list[str] = []
        self.some = threading.Event()

    async def wake(self, case: Case, stage: str) -> None:
        """As the workflows' client does."""
        self.cases.append(case.invoice.case_id)

    def __call__(self, cases: Sequence[str]) -> None:
        """As the gateway does."""
        self.cases += cases
        self.some.set()


@pytest.fixture
def rounds(engine: Engine, post: Post) -> InboundRounds:
    """The processor's rounds by the office's clock."""
    return inbound_rounds(engine, Settings(), post.office.clock)


async def test_the_reconcilers_round_applies_what_came_in_and_wakes_whom_it_concerns(
    engine: Engine, post: Post, rounds: InboundRounds
) -> None:
    """The hook's own call to the processor may be lost: nothing depends on it."""
    runs = Woken()
    watch = SqlCaseWatch(engine)
    reconciler = ReconcilerActivities(
        watch,
        post.office.desk,
        cast("Runs", runs),
        machine_clock,
        rounds=SqlRoundLog(engine),
        stuck=SqlStuckCases(engine),
        incoming=rounds,
    )
    post.told(ReportKind.BOUNCED)
    await reconciler._look_in(lambda *_: None)

    assert post.news() == [("bounced", "email/polite")]
    assert post.office.case in runs.cases


@pytest.fixture
def wake_up(rounds: InboundRounds) -> Iterator[tuple[WakeUp, Woken]]:
    """A bell with its processor."""
    woken = Woken()
    wake_up = WakeUp(rounds, woken)
    yield wake_up, woken
    wake_up.close()


def test_a_bell_has_it_applied_at_once(post: Post, wake_up: tuple[WakeUp, Woken]) -> None:
    ringing, woken = wake_up
    post.told(ReportKind.COMPLAINED)
    for _ in range(20):
        ringing.ring()

    assert woken.some.wait(100)
    assert post.news() == [("opted_out", "email/polite")]
    assert woken.cases.count(post.office.case) == 1


def test_a_mailbox_that_cannot_be_read_is_told_to_a_person_and_the_rest_goes_on(
    engine: Engine, post: Post, tmp_path: Path
) -> None:
    with serving(tmp_path) as box:  # nobody vouches for it
        told = ImapSettings(host="127.0.0.1", port=box.port, password=SecretStr("s"))
        rounds = inbound_rounds(engine, Settings(imap=told), post.office.clock)
        post.told(ReportKind.FAILED)
        woken = rounds.look_in()

    assert post.office.case in woken
    task = find_task(engine, f"mailbox/{post.office.now.date()}")
    assert task is not None
    assert "AMICABLE_IMAP__HOST" in task.task.title
