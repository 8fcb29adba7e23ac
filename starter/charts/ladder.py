"""A policy's ladder as an SVG: each step in its place, and the Plan B at the end."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass

from domain.message_types import MESSAGES_TO_DEBTOR, ActionType
from domain.policy.model import CLASSES, Anchor, Base, Policy, Step

USUAL_TERM = 30
"""Days from issue to due date of the invoice for which the ladder is drawn."""

_WIDTH, _ROW, _TOP, _LINE = 640, 54, 20, 128
_MESSAGE, _PERSON, _INSIDE, _LAST = "#2f6db5", "#e3a02c", "#8a979d", "#c8553d"
_FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"
_PEOPLE = (ActionType.CALL_TASK, ActionType.ASK_PERSON, ActionType.NOTIFY_SALES)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnStep:
    """One step as it is drawn.

    Attributes:
        day: calendar days after the due date on which it comes at the earliest.
        more: channels, tone, deadline, fee and classes, in words.
        colour: by who acts: a message, a person, nobody outside, the last resort.
    """

    name: str
    anchor: str
    day: int
    what: str
    more: str
    colour: str


def rungs(policy: Policy) -> tuple[DrawnStep, ...]:
    """List the steps of a policy by the day on which each comes, and its Plan B last.

    The days are those of an invoice of 30 days, before weekends, holidays and the least gap.
    """
    found: list[tuple[int, DrawnStep]] = []
    before = until = 0
    for step in policy.steps:
        before = _day(step.on, before, until)
        until = before + step.deadline_days if step.deadline_days is not None else until
        found.append((before, _rung(step, before)))
    last = _day(policy.plan_b.on, before, until)
    found.sort(key=lambda one: one[0])
    what = policy.plan_b.do.value.replace("_", " ")
    plan_b = DrawnStep(
        name="Plan B",
        anchor=str(policy.plan_b.on),
        day=last,
        what=what,
        more="when nothing has come",
        colour=_LAST,
    )
    return (*(rung for _, rung in found), plan_b)


def ladder_svg(policy: Policy) -> str:
    """Draw the ladder of a policy, from the first step down to its Plan B."""
    return "\n".join(_drawn(policy)) + "\n"


def _day(anchor: Anchor, before: int, until: int) -> int:
    began = {Base.ISSUED: -USUAL_TERM, Base.DUE: 0, Base.PREVIOUS: before, Base.DEADLINE: until}
    return began[anchor.base] + anchor.days


def _rung(step: Step, day: int) -> DrawnStep:
    is_message = step.do in MESSAGES_TO_DEBTOR
    colour = _MESSAGE if is_message else _PERSON if step.do in _PEOPLE else _INSIDE
    return DrawnStep(
        name=step.id,
        anchor=str(step.on),
        day=day,
        what=step.do.value.replace("_", " "),
        more=" · ".join(_more(step)),
        colour=colour,
    )


def _more(step: Step) -> Iterator[str]:
    if step.channels:
        yield " or else ".join(step.channels)
    if step.is_message:
        yield step.tone
    if step.deadline_days is not None:
        yield f"gives {step.deadline_days} days"
    if step.fee or step.fee_percent:
        yield "adds a fee"
    if step.classes != CLASSES:
        yield "only " + ", ".join(name.replace("_", " ") for name in step.classes)


def _drawn(policy: Policy) -> Iterator[str]:
    steps = rungs(policy)
    height = _TOP + _ROW * len(steps) + 6
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" role="img" font-family="{_FONT}">'
    )
    yield f"<title>The ladder of {_plain(policy.name)}</title>"
    yield f'<rect width="{_WIDTH}" height="{height}" rx="8" fill="#ffffff"/>'
    end = _TOP + _ROW * (len(steps) - 1) + 14
    yield (
        f'<line x1="{_LINE}" y1="{_TOP + 14}" x2="{_LINE}" y2="{end}" '
        'stroke="#dfe4ea" stroke-width="3"/>'
    )
    for place, rung in enumerate(steps):
        yield from _one(rung, _TOP + _ROW * place + 14)
    yield "</svg>"


def _one(rung: DrawnStep, middle: int) -> Iterator[str]:
    dark, soft = 'font-size="15" font-weight="600" fill="#1c2733"', 'font-size="13" fill="#5b6875"'
    yield f'<circle cx="{_LINE}" cy="{middle}" r="8" fill="{rung.colour}"/>'
    yield _words(_LINE - 20, middle + 5, rung.anchor, f'{dark} text-anchor="end"')
    yield _words(_LINE - 20, middle + 22, _of_due(rung.day), f'{soft} text-anchor="end"')
    yield _words(_LINE + 22, middle + 5, f"{rung.name}: {rung.what}", dark)
    yield _words(_LINE + 22, middle + 22, rung.more, soft)


def _of_due(day: int) -> str:
    if day == 0:
        return "due day"
    return f"{abs(day)} day{'' if abs(day) == 1 else 's'} {'after' if day > 0 else 'before'}"


def _words(x: int, y: int, words: str, style: str) -> str:
    return f'<text x="{x}" y="{y}" {style}>{_plain(words)}</text>'


def _plain(words: str) -> str:
    return html.escape("".join(letter for letter in words if letter.isprintable()))
