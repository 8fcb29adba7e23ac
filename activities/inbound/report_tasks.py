"""Makes the tasks about reports that nobody can apply, or that are about our own account."""

from __future__ import annotations

from datetime import datetime

from activities.ports.clock import Clock
from activities.ports.incoming_ports import ProviderReports
from activities.ports.types import Task
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic


def channel_down(told: ProviderReports) -> Task:
    """Ask a person to look at the account: the provider refuses our messages."""
    code = f" ({told.reason})" if told.reason else ""
    return Task(
        key=str(TaskKey.of(TaskTopic.CHANNEL, told.provider, told.reason, _day(told))),
        kind=TaskKind.QUESTION,
        case="",
        title=f"{told.provider} refuses our messages{code}: look at the account and its sender",
        due_at=told.at,
    )


def returned_letter(customer: str, case: str, now: datetime) -> Task:
    """Ask a person for the right postal address: a letter came back to its sender."""
    return Task(
        key=str(TaskKey.of(TaskTopic.RETURNED_LETTER, case)),
        kind=TaskKind.QUESTION,
        case=case,
        title=f"a letter to {customer} came back: find the right postal address",
        due_at=now,
    )


def _day(told: ProviderReports) -> str:
    return told.at.date().isoformat() if told.at else "no day"


def unread_report(told: ProviderReports, clock: Clock) -> Task:
    """Tell a person that a report could not be read, once a day for each provider."""
    title = f"{told.provider} told something that could not be read; it is kept"
    return _first_of_the_day(TaskTopic.UNREAD, told, clock(), title, told.key)


def unmatched_report(told: ProviderReports, clock: Clock) -> Task:
    """Tell a person that a report is about none of our messages, once a day for each provider."""
    title = f"{told.provider} told about a message that is not in the ledger"
    return _first_of_the_day(
        TaskTopic.UNMATCHED, told, clock(), title, f"message {told.message_id}"
    )


def _first_of_the_day(
    topic: TaskTopic, told: ProviderReports, now: datetime, title: str, first: str
) -> Task:
    return Task(
        key=str(TaskKey.of(topic, told.provider, now.date())),
        kind=TaskKind.QUESTION,
        case="",
        title=title,
        detail=f"The first of the day: {first}",
        due_at=now,
    )


def unappliable(key: str) -> Task:
    """Tell a person that something that came in could not be applied."""
    return Task(
        key=str(TaskKey.of(TaskTopic.UNAPPLIED, key)),
        kind=TaskKind.QUESTION,
        case="",
        title="something that came in could not be applied; the log says why, it is tried again",
    )
