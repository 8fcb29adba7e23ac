"""Whom the watch over stuck cases tells, and when it is quiet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text
from temporalio.service import RPCError, RPCStatusCode

from activities.ports.types import Task
from activities.watching.ports import FAILED_ATTEMPTS, ROUNDS_IN_VAIN, Trouble
from activities.watching.stuck import EACH_BY_ITSELF, GOES_ON, StuckCaseWatch
from adapters.ledger.queries.stuck import SqlStuckCases

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
FAILS = Trouble(attempts=FAILED_ATTEMPTS, failure="KeyError")
WAITING = Trouble(waits=True)


@dataclass
class FakeWorkflows:
    """Workflows that fare as a test says; all others are well."""

    troubles: dict[str, Trouble] = field(default_factory=dict)
    failing: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)

    async def trouble(self, workflow_id: str) -> Trouble:
        """As it was said."""
        if workflow_id in self.lost:
            raise RPCError("away", RPCStatusCode.UNAVAILABLE, b"")
        return self.troubles.get(workflow_id, Trouble())

    async def reported(self) -> set[str]:
        """Those that the server reports."""
        return self.failing


class FakeDesk:
    """Remembers what was put on it, and what was ticked off."""

    def __init__(self) -> None:
        self.tasks: dict[str, Task] = {}
        self.done: dict[str, str] = {}

    def put(self, task: Task) -> None:
        """Once per key."""
        self.tasks.setdefault(task.key, task)

    def finish(self, beginning: str, note: str) -> None:
        """All that begin so."""
        self.done |= {key: note for key in self.tasks if key.startswith(beginning)}


@dataclass
class Watch:
    """The watch with everything around it."""

    engine: Engine
    workflows: FakeWorkflows = field(default_factory=FakeWorkflows)
    desk: FakeDesk = field(default_factory=FakeDesk)
    overdue: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Put it together."""
        self.watch = StuckCaseWatch(
            SqlStuckCases(self.engine),
            self.workflows,
            lambda limit: self.overdue[:limit],
            self.desk.put,
            self.desk.finish,
            clock=lambda: NOW,
        )

    async def round(self, behind: Iterable[str] = ()) -> int:
        """One round, with so many cases behind."""
        await self.watch.woken_again(list(behind))
        return await self.watch.look()

    def fail(self, *cases: str) -> None:
        """These fail, and are overdue."""
        self.workflows.troubles |= dict.fromkeys(cases, FAILS)
        self.overdue += cases


@pytest.fixture
def watch(office_engine: Engine) -> Watch:
    """A watch that remembers nothing yet."""
    with office_engine.begin() as link:
        link.execute(text("DELETE FROM stuck_case"))
    return Watch(office_engine)


async def test_an_overdue_case_whose_activity_fails_is_a_task(watch: Watch) -> None:
    watch.fail("invoice/acme/1")

    assert await watch.round() == 1
    (task,) = watch.desk.tasks.values()
    assert task.case == "invoice/acme/1"
    assert task.title == "invoice/acme/1 does not go on by itself: it failed 3 times (KeyError)"


async def test_it_is_one_task_however_many_rounds_it_lasts(watch: Watch) -> None:
    watch.fail("invoice/acme/1")
    for _ in range(3):
        await watch.round()

    assert len(watch.desk.tasks) == 1


async def test_when_it_goes_on_the_task_is_ticked_off(watch: Watch) -> None:
    watch.fail("invoice/acme/1")
    await watch.round()
    watch.workflows.troubles.clear()

    assert await watch.round() == 0
    assert list(watch.desk.done.values()) == [GOES_ON]


async def test_a_second_attempt_that_failed_is_nobodys_business_yet(watch: Watch) -> None:
    watch.fail("invoice/acme/1")
    watch.workflows.troubles["invoice/acme/1"] = Trouble(
        attempts=FAILED_ATTEMPTS - 1, failure="KeyError"
    )

    assert await watch.round() == 0


async def test_a_workflow_that_the_server_reports_is_a_task_without_a_case(watch: Watch) -> None:
    watch.workflows.failing.add("payment/acme/bank/1")
    watch.workflows.troubles["payment/acme/bank/1"] = FAILS

    assert await watch.round() == 1
    (task,) = watch.desk.tasks.values()
    assert task.case == ""
    assert task.title.startswith("payment/acme/bank/1 does not go on")


async def test_an_id_that_cannot_be_kept_is_told_all_the_same(watch: Watch) -> None:
    watch.workflows.failing.add("invoice/a\x00cme/1")
    watch.workflows.troubles["invoice/a\x00cme/1"] = FAILS

    assert await watch.round() == 1


async def test_a_case_that_waits_as_it_should_is_never_counted_as_woken_in_vain(
    watch: Watch,
) -> None:
    watch.workflows.troubles["invoice/acme/1"] = WAITING
    for _ in range(2 * ROUNDS_IN_VAIN):
        assert await watch.round(["invoice/acme/1"]) == 0


@pytest.mark.parametrize("rounds", [ROUNDS_IN_VAIN - 1, ROUNDS_IN_VAIN])
async def test_a_case_woken_in_vain_so_many_rounds_running_is_a_task(
    watch: Watch, rounds: int
) -> None:
    for _ in range(rounds):
        stuck = await watch.round(["invoice/acme/1"])

    assert stuck == (rounds == ROUNDS_IN_VAIN)


async def test_rounds_that_do_not_follow_each_other_do_not_add_up(watch: Watch) -> None:
    for _ in range(ROUNDS_IN_VAIN):
        await watch.round(["invoice/acme/1"])
        stuck = await watch.round()

    assert stuck == 0


@pytest.mark.parametrize("count", [EACH_BY_ITSELF, EACH_BY_ITSELF + 1])
async def test_many_stuck_cases_have_one_cause_and_are_one_task(watch: Watch, count: int) -> None:
    watch.fail(*(f"invoice/acme/{number}" for number in range(count)))

    assert await watch.round() == count
    assert len(watch.desk.tasks) == (count if count == EACH_BY_ITSELF else 1)
    (first, *_) = watch.desk.tasks.values()
    assert first.title == (
        "invoice/acme/0 does not go on by itself: it failed 3 times (KeyError)"
        if count == EACH_BY_ITSELF
        else f"{count} cases do not go on by themselves; the log names the first"
    )


async def test_a_call_that_gets_lost_holds_up_no_other(watch: Watch) -> None:
    """It is neither stuck nor well, and what is behind is counted without it."""
    watch.overdue = ("invoice/acme/R-1", "invoice/acme/R-2")
    watch.workflows.troubles = dict.fromkeys(watch.overdue, FAILS)
    watch.workflows.lost = {"invoice/acme/R-1"}

    assert await watch.round(behind=watch.overdue) == 1
    assert await watch.round(behind=watch.overdue) == 1
