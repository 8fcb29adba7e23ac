"""The titles of a case's tasks: the sums that are true now, and what is asked of a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType

from domain.case.promised import held_back, may_be_asked
from domain.decision.state import CaseState
from domain.message_types import ActionType
from domain.money import Money
from domain.parties.people import VOICE
from domain.parties.tasks import TaskKey, TaskKind

WHAT: Mapping[TaskKind, str] = MappingProxyType(
    {
        TaskKind.CALL: "call the customer: when will it be paid, was the invoice received?",
        TaskKind.SALES: "tell the sales representative who owns the account",
        TaskKind.QUESTION: "a call is due, but they do not want to be called: find another way",
    }
)
"""What a task of a kind asks for."""

TASKS: Mapping[ActionType, tuple[TaskKind, str]] = MappingProxyType(
    {
        ActionType.CALL_TASK: (TaskKind.CALL, WHAT[TaskKind.CALL]),
        ActionType.NOTIFY_SALES: (TaskKind.SALES, WHAT[TaskKind.SALES]),
        ActionType.ASK_PERSON: (TaskKind.QUESTION, "decide how this case goes on"),
    }
)
"""Deeds about credit are not among them: credit is one per account, and so is its task."""

NO_CALL = (TaskKind.QUESTION, WHAT[TaskKind.QUESTION])


def kind_and_plea(state: CaseState, do: ActionType) -> tuple[TaskKind, str]:
    """The kind of a task and what it asks for: nobody calls who does not want to be called."""
    if do is ActionType.CALL_TASK and VOICE in state.debtor.opted_out:
        return NO_CALL
    return TASKS[do]


def task_key(state: CaseState, kind: TaskKind, step: str) -> str:
    """Name the task of a step of the case's episode."""
    return str(TaskKey.of(kind, state.invoice.case_id, state.case.episode, step))


def keys_of_steps(state: CaseState, beginning: str) -> list[str]:
    """Name the questions of all steps of the episode that begin so."""
    return [
        task_key(state, TASKS[ActionType.ASK_PERSON][0], deed.step)
        for deed in state.case.deeds
        if deed.step.startswith(beginning)
        and deed.do is ActionType.ASK_PERSON
        and deed.episode == state.case.episode
    ]


def task_title(state: CaseState, plea: str) -> str:
    """Write a task's title; of a case that is over it says so, and names no sum to be paid."""
    outcome = state.case.outcome
    now = outcome.value.replace("_", " ") if outcome else _sums(state)
    return f"{state.invoice.number}, {now}: {plea}"


def titles_now(state: CaseState) -> dict[str, list[str]]:
    """List the titles that the tasks of this episode have now, each with the keys it is for."""
    titles: dict[str, list[str]] = defaultdict(list)
    for deed in state.case.deeds:
        if deed.do in TASKS and deed.episode == state.case.episode:
            for kind, plea in dict.fromkeys((kind_and_plea(state, deed.do), TASKS[deed.do])):
                titles[task_title(state, plea)].append(task_key(state, kind, deed.step))
    return titles


def _sums(state: CaseState) -> str:
    """What is open, and with costs what is to be paid on the day."""
    stated = state.statement
    costs = f", {stated.total} to pay on {stated.day} with costs" if stated.costs.minor else ""
    return f"{_chased(state)}{costs}"


def _chased(state: CaseState) -> str:
    """What may be asked for: neither what the customer contests (P41) nor what is promised."""
    case, currency, beside = state.case, state.invoice.amount.currency, []
    promised, promise = held_back(case, state.now), case.running_promise
    if case.disputed:
        beside.append(f"{Money(case.disputed, currency)} in dispute")
    if promised and promise:
        beside.append(f"{Money(promised, currency)} promised for {promise.day}")
    if case.later:
        beside.append(f"{Money(case.later, currency)} not due yet")
    asked = Money(may_be_asked(case, state.now), currency)
    return f"{asked} open beside {' and '.join(beside)}" if beside else f"{case.open_money} open"
