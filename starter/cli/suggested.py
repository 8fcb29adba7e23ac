"""Turns suggestions into the commands to type."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from domain.ids import CaseId
from domain.suggestion import Act, Suggestion
from starter.views.lines import task_line

if TYPE_CHECKING:  # a list of tasks needs no script of a call
    from activities.ports.stores.tasks import TaskRow
    from domain.briefing.call_script import CallScript

_VERBS = {
    Act.APPROVAL: "case approve",
    Act.CALL_RESULT: "call record",
    Act.PROMISE: "promise record",
    Act.PLAN_PROPOSED: "plan propose",
    Act.DISPUTE_OPENED: "dispute open",
    Act.PAUSE: "case pause",
    Act.CREDIT_NOTE: "invoice credit",
    Act.REFUND: "payment refund",
    Act.ALLOCATION: "payment allocate",
    Act.ASSIGN_ENTRY: "bank assign",
    Act.DISMISS_ENTRY: "bank dismiss",
    Act.READ_REPLIES: "reply list --unrouted",
    Act.SWITCH_WEBHOOK_ON: "webhook add",
    Act.RETRY_WEBHOOK: "webhook retry",
}
_ABOUT_A_CASE = frozenset(
    {Act.CALL_RESULT, Act.PROMISE, Act.PLAN_PROPOSED, Act.DISPUTE_OPENED, Act.PAUSE}
    | {Act.CREDIT_NOTE, Act.APPROVAL}
)
"""Acts whose command begins with the number of the invoice."""

_ARGUMENTS = ("entry", "invoices", "name", "url")
"""Fields that stand without an option."""

_OPTIONS = {
    (Act.CALL_RESULT, "reason"): "--result",
    (Act.CALL_RESULT, "ref"): "--about",
    (Act.PAUSE, "date"): "--until",
}
"""Options that are not called as the field is."""

_BLANKS = {"date": "YYYY-MM-DD", "id": "YOUR-ID", "invoices": "NUMBER…", "url": "URL"} | {
    "reason": "goods",
    "ref": "goods",
}
"""What stands where a person must add something."""


def command_of(what: Suggestion) -> str:
    """Write the command that does it, with a blank for each thing that is still needed."""
    about = CaseId.parse(what.case) if what.case else None
    told = {name: _value(name, value) for name, value in what.fields.items()}
    told |= {name: _BLANKS.get(name, f'"{words}"') for name, words in what.needed.items()}
    words = ["amicable", _VERBS[what.act]]
    words += [shlex.quote(about.number)] if about and what.act in _ABOUT_A_CASE else []
    words += [told[name] for name in _ARGUMENTS if name in told]
    if company := what.creditor or (about.creditor if about else ""):
        words.append(f"--creditor {shlex.quote(company)}")
    return " ".join([*words, *_options(what.act, told)])


def _options(act: Act, told: Mapping[str, str]) -> Iterator[str]:
    for name, value in told.items():
        if name == "kinds":
            yield from (f"--kind {kind}" for kind in value.split())
        elif name not in _ARGUMENTS:
            yield f"{_OPTIONS.get((act, name), '--' + name.replace('_', '-'))} {value}"


def _value(name: str, value: str) -> str:
    if name == "kinds":
        return value
    if name == "invoices":
        return shlex.join(value.split(";"))
    return shlex.quote(CaseId.parse(value).number if name == "surplus_of" else value)


def suggested_lines(suggestions: Iterable[Suggestion]) -> Iterator[str]:
    """Write a line for each suggestion: when it is the right one, and the command."""
    for one in suggestions:
        yield f"{one.means}: {command_of(one)}" if one.means else command_of(one)


def task_shown(row: TaskRow) -> dict[str, Any]:
    """Show a task as a line of a list, with the commands to type at the end of its detail."""
    line = task_line(row)
    suggestions: tuple[Suggestion, ...] = line.pop("suggestions")
    gap = [""] if any(one.means for one in suggestions) else []
    detail = [line["detail"]] if line["detail"] else []
    return line | {"detail": "\n".join([*detail, *gap, *suggested_lines(suggestions)])}


def script_shown(script: CallScript) -> dict[str, Any]:
    """Show the script of a call, each result with the command to type."""
    told = {name: getattr(script, name) for name in script.__dataclass_fields__}
    outcomes = [
        {"result": one.result, "when": one.when, "command": command_of(one.suggestion)}
        for one in script.outcomes
    ]
    return told | {"outcomes": outcomes}
