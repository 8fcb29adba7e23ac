"""Another version of a policy for running cases: first what would differ, then the move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from activities.cases.change_policy import Orders, move, refused_parts
from activities.ports.stores.policies import BY_INVOICE, PolicyScope
from activities.ports.types import CaseFile, Noted
from domain.case.facts import Action
from domain.decision.state import case_state
from domain.policy.model import Policy
from starter.application import Application
from starter.importing.intake.batch import Progress
from starter.importing.intake.starting import wake_all

_TOGETHER = 200
"""Cases that are moved before they are woken together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a case would do next, before and after."""

    case: str
    before: Action
    after: Action

    @property
    def differs(self) -> bool:
        """Whether anything but the reason is different."""
        now, then = self.before, self.after
        return (now.do, now.step, now.at) != (then.do, then.step, then.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Who shall follow which policy, by its SHA-256, from when on (UTC)."""

    scope: PolicyScope
    policy: Policy
    sha: str
    now: datetime
    by: str

    @property
    def orders(self) -> Orders:
        """What each case is told; an invoice's own policy outlives those of its customer."""
        own = BY_INVOICE if self.scope.number else ""
        return Orders(policy=self.policy, at=self.now, by=self.by, reason=own)


def differences(application: Application, wanted: Move) -> Iterator[Difference]:
    """What each case that would move does next, before and after; nothing is changed."""
    after = ""
    while page := application.policies.movable(wanted.scope, wanted.sha, after, _TOGETHER):
        for file in application.cases.files(page):
            yield _difference(file, wanted)
        after = page[-1]


def move_cases(application: Application, wanted: Move, progress: Progress, total: int) -> int:
    """Choose the policy for new cases and move the running ones; answers how many moved.

    Interrupted halfway it is finished by doing it again: a case that has moved is left alone, and
    one that was moved and not woken is woken by the reconciler.
    """
    runs, moved = application.runs, 0  # asked first: without Temporal nothing would go on
    if not wanted.scope.number:
        application.policies.choose(wanted.scope, wanted.policy, wanted.by)
    while page := application.policies.movable(wanted.scope, wanted.sha, limit=_TOGETHER):
        for case_id in page:
            moved += move(application.ledger, case_id, wanted.orders)
            progress("moving cases", moved, max(total, moved))
        woken = [application.desk.look(case_id) for case_id in page]
        application.runner.run(wake_all(runs, woken, lambda *_: None))
    return moved


def moves_summary(found: list[Difference]) -> dict[str, int]:
    """How many cases would go from which step to which."""
    ways = Counter(f"{_name(one.before)} → {_name(one.after)}" for one in found if one.differs)
    return dict(ways.most_common())


def _difference(file: CaseFile, wanted: Move) -> Difference:
    """The same look twice: the second with the message that the case would be told."""
    noted = (*file.noted, Noted(message=refused_parts(file, wanted.sha, wanted.orders)))
    then = replace(file, policy=wanted.policy, noted=noted)
    return Difference(
        case=file.invoice.case_id,
        before=case_state(file, wanted.now).next_action,
        after=case_state(then, wanted.now).next_action,
    )


def _name(action: Action) -> str:
    return action.step or action.do.value
