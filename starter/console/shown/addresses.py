"""Addresses of pages about a customer or an invoice, whatever signs their ids hold."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from activities.ports.stores.console.views import SavedView
from activities.ports.types import Task
from domain.ids import CaseId
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic

_PAGES_OF_TOPICS: dict[str, str] = {
    TaskTopic.BANK: "/money/bank",
    TaskTopic.GAP: "/money/bank",
    TaskTopic.UNALLOCATED: "/money",
    TaskTopic.UNPOSTED: "/money",
    TaskTopic.WEBHOOK: "/operation/programs",
}
"""Where tasks are done that are about no invoice."""


def customer_address(customer: str) -> str:
    """Make the address of a customer's page."""
    return f"/customers/{quote(customer)}"


def case_address(number: str, **more: str) -> str:
    """Make the address of a case's page."""
    return f"/cases/{quote(number)}" + (f"?{urlencode(more)}" if more else "")


def letter_address(number: str, **more: str) -> str:
    """Make the address of the letter that leaves next; what is empty is left out."""
    given = {name: value for name, value in more.items() if value}
    return f"/letter/{quote(number)}" + (f"?{urlencode(given)}" if given else "")


def sent_letter_address(number: str, message: str) -> str:
    """Make the address of a letter of a case that left."""
    return f"/sent/{quote(number)}#m-{quote(message)}"


def task_address(task: Task) -> str:
    """Make the address where a task can be done; empty where no page helps."""
    if task.case:
        return case_address(CaseId.parse(task.case).number)
    key = TaskKey.parse(task.key)
    if key is None:
        return ""
    if key.topic is TaskKind.CREDIT:
        # Its key is made of creditor, customer and number.
        return customer_address(key.between) if key.between else ""
    return _PAGES_OF_TOPICS.get(key.topic, "")


def view_address(view: SavedView) -> str:
    """Make the address of a view that a person keeps."""
    if view.sought:
        return f"/search?{urlencode({'q': view.sought})}"
    return f"/?{urlencode({'view': view.view, 'order': view.order})}"
