"""Two policies, side by side, over invoices that were really issued and what really happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from statistics import median

from activities.ports.types import CaseFile
from domain.case.model import Message
from domain.case.news import OPTED_OUT
from domain.decision.state import debtor_calendar
from domain.message_types import MESSAGES_TO_DEBTOR, ActionType, MessageType, Outcome
from domain.policy.model import Policy
from starter.rehearsal.by_rules import rehearse_by_rules
from starter.rehearsal.script import ScriptLine, ScriptPart

_OURS = (
    *(MessageType.POLICY_CHANGED, MessageType.NUDGE, MessageType.HANDOFF_APPROVED),
    *(MessageType.AGENCY_NEWS, MessageType.REMINDED_ELSEWHERE),
)
"""What was said because of the policy that was followed: another one would have heard other."""

_MESSAGES = tuple(do.value for do in MESSAGES_TO_DEBTOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsedFigures:
    """What one policy would have done with all the invoices.

    Attributes:
        messages: by channel.
        people: times that a person would have been asked.
        days_to_money: median of days from due date to the end of those that were paid.
        before_money: median of messages before the end of those that were paid.
        running: invoices that would still be looked after.
    """

    messages: dict[str, int]
    calls: int
    handoffs: int
    people: int
    paid: int
    days_to_money: float | None
    before_money: float | None
    running: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsedInvoice:
    """What would have been done for one invoice, by the deed, under one policy."""

    messages: int = 0
    calls: int = 0
    handoffs: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatedOtherwise:
    """A customer whom the two policies treat otherwise, over all its invoices."""

    customer: str
    name: str
    numbers: tuple[str, ...]
    first: RehearsedInvoice
    second: RehearsedInvoice

    @property
    def difference(self) -> tuple[int, int, int]:
        """How far apart: handoffs weigh more than calls, and calls more than messages."""
        one, other = self.first, self.second
        return (
            abs(one.handoffs - other.handoffs),
            abs(one.calls - other.calls),
            abs(one.messages - other.messages),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """Two policies over the same invoices."""

    invoices: int
    first: RehearsedFigures
    second: RehearsedFigures
    otherwise: tuple[TreatedOtherwise, ...]


def rehearse_both(
    files: Sequence[CaseFile], first: Policy, second: Policy, until: date
) -> SideBySide:
    """Rehearse two policies over cases of the ledger; nothing is sent or written down.

    Each case begins anew on its invoice's day. Money, promises and disputes come when they came:
    whom another letter would have moved, nobody knows.
    """
    one, other = (_played(files, policy, until) for policy in (first, second))
    return SideBySide(
        invoices=len(files),
        first=_figures(files, one),
        second=_figures(files, other),
        otherwise=_otherwise(files, one, other),
    )


def _played(files: Iterable[CaseFile], policy: Policy, until: date) -> dict[str, list[ScriptLine]]:
    found = list(files)
    script = [part for file in found if (part := _part(file, policy, until))]
    rates = found[0].rates if found else ()
    lines: dict[str, list[ScriptLine]] = {file.invoice.number: [] for file in found}
    for line in rehearse_by_rules(script, policy, rates=rates):
        lines[line.invoice].append(line)
    return lines


def _part(file: CaseFile, policy: Policy, until: date) -> ScriptPart | None:
    calendar = debtor_calendar(policy, file.debtor)
    begins, ends_at = calendar.start_of(file.invoice.issued), calendar.end_of(until)
    if begins >= ends_at:
        return None
    return ScriptPart(
        invoice=replace(file.invoice, opened_at=begins),
        debtor=file.debtor,
        calendar=calendar,
        events=tuple(_heard(file, ends_at)),
        ends_at=ends_at,
    )


def _heard(file: CaseFile, ends_at: datetime) -> Iterable[Message]:
    """What came from outside, in the order of time."""
    said = [one for one in file.messages if one.kind not in _OURS and one.at < ends_at]
    news = MessageType.CONTACT_NEWS
    theirs = [one for one in said if one.kind is not news or one.reason == OPTED_OUT]
    return sorted(theirs, key=lambda one: one.at)


def _figures(files: Sequence[CaseFile], played: dict[str, list[ScriptLine]]) -> RehearsedFigures:
    lines = [line for found in played.values() for line in found]
    deeds = Counter(line.deed for line in lines)
    channels = Counter(line.channel or "none" for line in lines if line.deed in _MESSAGES)
    paid = [(file, end) for file in files if (end := _paid(played[file.invoice.number]))]
    days = [(_day(end) - file.invoice.due).days for file, end in paid]
    before = [_counted(played[file.invoice.number]).messages for file, _ in paid]
    ended = sum(any(_is_end(line) for line in found) for found in played.values())
    return RehearsedFigures(
        messages=dict(sorted(channels.items())),
        calls=deeds[ActionType.CALL_TASK],
        handoffs=deeds[ActionType.HAND_OFF],
        people=deeds[ActionType.ASK_PERSON],
        paid=len(paid),
        days_to_money=median(days) if days else None,
        before_money=median(before) if before else None,
        running=len(played) - ended,
    )


def _otherwise(
    files: Sequence[CaseFile], one: dict[str, list[ScriptLine]], other: dict[str, list[ScriptLine]]
) -> tuple[TreatedOtherwise, ...]:
    homes: dict[str, list[CaseFile]] = {}
    for file in files:
        homes.setdefault(file.debtor.id, []).append(file)
    found = (_customer(homes[customer], one, other) for customer in homes)
    return tuple(
        sorted(
            (each for each in found if any(each.difference)),
            key=lambda each: (*(-far for far in each.difference), each.customer),
        )
    )


def _customer(
    files: list[CaseFile], one: dict[str, list[ScriptLine]], other: dict[str, list[ScriptLine]]
) -> TreatedOtherwise:
    numbers = tuple(file.invoice.number for file in files)
    return TreatedOtherwise(
        customer=files[0].debtor.id,
        name=files[0].debtor.name,
        numbers=numbers,
        first=_counted([line for number in numbers for line in one[number]]),
        second=_counted([line for number in numbers for line in other[number]]),
    )


def _counted(lines: Iterable[ScriptLine]) -> RehearsedInvoice:
    deeds = Counter(line.deed for line in lines)
    return RehearsedInvoice(
        messages=sum(deeds[do] for do in _MESSAGES),
        calls=deeds[ActionType.CALL_TASK],
        handoffs=deeds[ActionType.HAND_OFF],
    )


def _is_end(line: ScriptLine) -> bool:
    return line.deed == ActionType.CLOSE


def _paid(lines: Iterable[ScriptLine]) -> ScriptLine | None:
    ends = (line for line in lines if _is_end(line) and line.outcome == Outcome.PAID)
    return next(ends, None)


def _day(line: ScriptLine) -> date:
    return datetime.fromisoformat(line.at).date()
