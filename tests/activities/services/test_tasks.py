"""Tasks are found by their own creditor only, taken by somebody with a name, and done once."""

from datetime import timedelta

import pytest

from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.stores.tasks import TaskFilter
from activities.services.tasks import TaskService
from domain.errors import DomainError, RefusedError
from tests.activities.services.stores import NOW, Tasks, clock


@pytest.fixture
def store() -> Tasks:
    """Two tasks of acme, one of them late, and one of another creditor."""
    tasks = Tasks()
    tasks.add("late", "acme", NOW - timedelta(hours=1))
    tasks.add("early", "acme", NOW + timedelta(hours=1))
    tasks.add("foreign", "other")
    return tasks


@pytest.fixture
def service(store: Tasks) -> TaskService:
    """The service on those tasks."""
    return TaskService(store, clock)


def test_what_is_overdue_is_told_by_the_clock(service: TaskService) -> None:
    assert [row.task.key for row in service.list(TaskFilter(), overdue=True)] == ["late"]
    assert len(service.list(TaskFilter())) == 3


def test_another_creditors_task_is_not_known(service: TaskService) -> None:
    assert service.show("foreign").task.key == "foreign"
    with pytest.raises(NotKnownError) as refused:
        service.show("foreign", "acme")
    assert refused.value.sought is Sought.TASK


def test_a_task_is_taken_only_by_somebody_with_a_name(service: TaskService, store: Tasks) -> None:
    with pytest.raises(DomainError):
        service.take("late", "")
    assert store.rows["late"].task.owner == ""
    assert service.take("late", "  ann  lee ").task.owner == "ann lee"


def test_a_task_that_is_not_there_cannot_be_taken(service: TaskService) -> None:
    with pytest.raises(NotKnownError, match="there is no task nope"):
        service.take("nope", "ann")


def test_a_task_is_done_once_and_by_whoever_was_first(service: TaskService) -> None:
    row = service.show("early")
    assert service.done(row, "ann", "paid").done_by == "ann"
    assert service.done(row, "bob", "late").done_by == "ann"


def test_only_whoever_did_a_task_may_say_that_it_was_a_mistake(service: TaskService) -> None:
    with pytest.raises(RefusedError, match="nothing to undo"):
        service.undo(service.show("early"), "ann")
    done = service.done(service.show("early"), "ann", "oops")
    with pytest.raises(RefusedError, match="ann did it"):
        service.undo(done, "bob")
    assert service.undo(done, "ann").status == "open"
