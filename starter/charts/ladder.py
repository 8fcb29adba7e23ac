"""A policy's ladder as an SVG: each step in its place, and the Plan B at the end."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass

from domain.message_types import MESSAGES_TO_DEBTOR, ActionType
from domain.policy.model import CLASSES, Anchor, Base, Policy, Step
from starter.charts.words import TERMINAL_WORDS, ChartWords

USUAL_TERM = 30
"""Days from issue to due date of the invoice for which the ladder is drawn."""

_WIDTH, _ROW, _TOP, _LINE = 720, 54, 20, 168
_MESSAGE, _PERSON, _INSIDE, _LAST = "#2f6db5", "#e3a02c", "#8a979d", "#c8553d"
_FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"
_PEOPLE = (ActionType.CALL_TASK, ActionType.ASK_PERSON, ActionType.NOTIFY_SALES)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnStep:
    """One step as it is drawn.

    Attributes:
        name: the step as people say it; anchor as the policy's file writes it.
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

    @property
    def said(self) -> str:
        """The step with what is done, where its name does not say that already."""
        return self.name if self.what in self.name else f"{self.name}: {self.what}"


def rungs(policy: Policy, words: ChartWords = TERMINAL_WORDS) -> tuple[DrawnStep, ...]:
    """List the steps of a policy by the day on which each comes, and its Plan B last.

    The days are those of an invoice of 30 days, before weekends, holidays and the least gap.
    """
    found: list[tuple[int, DrawnStep]] = []
    before = until = 0
    for step in policy.steps:
        before = _day(step.on, before, until)
        until = before + step.deadline_days if step.deadline_days is not None else until
        found.append((before, _rung(step, before, words)))
    last = _day(policy.plan_b.on, before, until)
    found.sort(key=lambda one: one[0])
    plan_b = DrawnStep(
        name=words.gettext("Plan B"),
        anchor=str(policy.plan_b.on),
        day=last,
        what=words.said(policy.plan_b.do),
        more=words.gettext("when nothing has come"),
        colour=_LAST,
    )
    return (*(rung for _, rung in found), plan_b)


def ladder_svg(policy: Policy, words: ChartWords = TERMINAL_WORDS) -> str:
    """Draw the ladder of a policy, from the first step down to its Plan B."""
    return "\n".join(_drawn(policy, words)) + "\n"


def _day(anchor: Anchor, before: int, until: int) -> int:
    began = {Base.ISSUED: -USUAL_TERM, Base.DUE: 0, Base.PREVIOUS: before, Base.DEADLINE: until}
    return began[anchor.base] + anchor.days


def _rung(step: Step, day: int, words: ChartWords) -> DrawnStep:
    is_message = step.do in MESSAGES_TO_DEBTOR
    colour = _MESSAGE if is_message else _PERSON if step.do in _PEOPLE else _INSIDE
    return DrawnStep(
        name=words.said(step.id),
        anchor=str(step.on),
        day=day,
        what=words.said(step.do),
        more=" · ".join(_more(step, words)),
        colour=colour,
    )


def _more(step: Step, words: ChartWords) -> Iterator[str]:
    if step.channels:
        yield words.gettext(" or else ").join(map(words.said, step.channels))
    if step.is_message:
        yield words.gettext(step.tone)
    if step.deadline_days is not None:
        days = step.deadline_days
        yield words.ngettext("gives %(n)d day", "gives %(n)d days", days) % {"n": days}
    if step.fee or step.fee_percent:
        yield words.gettext("adds a fee")
    if step.classes != CLASSES:
        classes = ", ".join(map(words.said, step.classes))
        yield words.gettext("only %(classes)s") % {"classes": classes}


def _drawn(policy: Policy, words: ChartWords) -> Iterator[str]:
    steps = rungs(policy, words)
    height = _TOP + _ROW * len(steps) + 6
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" role="img" font-family="{_FONT}">'
    )
    title = words.gettext("The ladder of %(policy)s") % {"policy": words.said(policy.name)}
    yield f"<title>{_plain(title)}</title>"
    yield f'<rect width="{_WIDTH}" height="{height}" rx="8" fill="#ffffff"/>'
    end = _TOP + _ROW * (len(steps) - 1) + 14
    yield (
        f'<line x1="{_LINE}" y1="{_TOP + 14}" x2="{_LINE}" y2="{end}" '
        'stroke="#dfe4ea" stroke-width="3"/>'
    )
    for place, rung in enumerate(steps):
        yield from _one(rung, _TOP + _ROW * place + 14, words)
    yield "</svg>"


def _one(rung: DrawnStep, middle: int, words: ChartWords) -> Iterator[str]:
    dark, soft = 'font-size="15" font-weight="600" fill="#1c2733"', 'font-size="13" fill="#5b6875"'
    yield f'<circle cx="{_LINE}" cy="{middle}" r="8" fill="{rung.colour}"/>'
    yield _words(_LINE - 20, middle + 5, _of_due(rung.day, words), f'{dark} text-anchor="end"')
    yield _words(_LINE - 20, middle + 22, rung.anchor, f'{soft} text-anchor="end"')
    yield _words(_LINE + 22, middle + 5, rung.said, dark)
    yield _words(_LINE + 22, middle + 22, rung.more, soft)


def _of_due(day: int, words: ChartWords) -> str:
    if day == 0:
        return words.gettext("due day")
    if day > 0:
        return words.ngettext("%(n)d day after", "%(n)d days after", day) % {"n": day}
    return words.ngettext("%(n)d day before", "%(n)d days before", -day) % {"n": -day}


def _words(x: int, y: int, words: str, style: str) -> str:
    return f'<text x="{x}" y="{y}" {style}>{_plain(words)}</text>'


def _plain(words: str) -> str:
    return html.escape("".join(letter for letter in words if letter.isprintable()))
