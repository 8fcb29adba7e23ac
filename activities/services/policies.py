"""Versions of policies: which are in use, and moving cases to another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from activities.cases.change_policy import Orders, move, refused_parts
from activities.ports.clock import Clock
from activities.ports.ports import Ledger
from activities.ports.stores.cases import CaseFiles
from activities.ports.stores.errors import AmbiguousError, NotKnownError, Sought
from activities.ports.stores.policies import BY_INVOICE, PolicyScope, PolicyStore, Version
from activities.ports.types import CaseFile, RecordedMessage
from activities.services.previews import FAR, Recipients, played_case
from domain.case.facts import Action
from domain.decision.state import case_state
from domain.deed import LEAVES_THE_LADDER
from domain.money import Money
from domain.policy.model import Policy
from domain.policy.policy_file import SHIPPED, shipped_policies
from domain.simulation.ahead import deeds_ahead
from domain.simulation.compared import FutureDeeds, StepMove, step_moves
from domain.simulation.world import Household

_TOGETHER = 200
"""Cases that are moved before they are woken together."""

_EVERY = 10_000_000
"""More cases than a creditor has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStepChange:
    """What a case would do, before and after: next, and on each day to come.

    Attributes:
        steps: every step that is to come one way or the other.
        costs_before, costs_after: costs and interest asked for on the day of its last step.
    """

    case: str
    before: Action
    after: Action
    steps: tuple[StepMove, ...]
    costs_before: Money
    costs_after: Money

    @property
    def plan_b(self) -> StepMove | None:
        """The Plan B before and after; None if it comes neither way."""
        return next((one for one in self.steps if one.step.startswith(LEAVES_THE_LADDER)), None)

    @property
    def changes(self) -> bool:
        """Whether the day of any coming step, what it does, or the costs are different."""
        dearer = self.costs_before != self.costs_after
        return dearer or self.differs or any(one.differs for one in self.steps)

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


class PolicyService:
    """Shows the policies that cases follow, and moves cases to another one."""

    def __init__(
        self, policies: PolicyStore, files: CaseFiles, ledger: Ledger, clock: Clock
    ) -> None:
        self._policies = policies
        self._files = files
        self._ledger = ledger
        self._clock = clock

    def versions(self, creditor: str = "") -> tuple[Version, ...]:
        """List the versions that cases follow, or that were chosen for new ones."""
        return self._policies.versions(creditor)

    def known(self, creditor: str, word: str, digits: int) -> Policy:
        """Find a shipped policy, or an own version by at least so many digits of its SHA-256.

        Raises:
            NotKnownError: if there is none, or several begin so.
        """
        if word in SHIPPED:
            return shipped_policies(word)
        own = [one.sha256 for one in self.versions(creditor) if one.sha256.startswith(word)]
        if len(word) < digits or len(own) != 1:
            raise NotKnownError(Sought.VERSION, "there is no such policy")
        return self.version(own[0])[1]

    def version(self, beginning: str) -> tuple[str, Policy]:
        """Find a version by the beginning of its SHA-256.

        Raises:
            NotKnownError: if no version begins like that.
            AmbiguousError: if several do.
        """
        found = self._policies.beginning_with(beginning)
        if not found:
            raise NotKnownError(Sought.VERSION, f"no version begins with {beginning}")
        if len(found) > 1:
            raise AmbiguousError(f"several versions begin with {beginning}; write more of it")
        return found[0]

    def choices(self, creditor: str) -> dict[str, Policy]:
        """Read the policies chosen for new cases, by customer; ``""`` is the creditor's own."""
        return self._policies.choices(creditor)

    def plan(self, scope: PolicyScope, policy: Policy, by: str) -> Move:
        """Plan who shall follow which policy from now on; nothing is changed."""
        sha, now = self._policies.sha_of(policy), self._clock()
        return Move(scope=scope, policy=policy, sha=sha, now=now, by=by)

    def differences(self, wanted: Move) -> Iterator[NextStepChange]:
        """Show what each case that would move does next, and each day to come, before and after.

        Each case is played by itself: what a customer's other invoices move is not foreseen here.
        """
        after = ""
        while page := self._policies.movable(wanted.scope, wanted.sha, after, _TOGETHER):
            for file in self._files.files(page):
                yield _difference(file, wanted, self._files.recipients)
            after = page[-1]

    def movable(self, wanted: Move) -> int:
        """Count the cases that would move."""
        return len(self._policies.movable(wanted.scope, wanted.sha, "", _EVERY))

    def kept(self, wanted: Move) -> int:
        """Count the cases that stay where they are: they were given a policy of their own."""
        return self._policies.kept(wanted.scope, wanted.sha)

    def move(
        self, wanted: Move, tell: Callable[[int], None], *, most: int = _EVERY
    ) -> Iterator[list[str]]:
        """Choose the policy for new cases and move the running ones; names those to be woken.

        ``tell`` is told how many have moved, at ``most`` so many. Interrupted halfway it is
        finished by doing it again: a case that has moved is left alone, and one that was moved and
        not woken is woken by the reconciler.
        """
        moved = looked = 0
        if not wanted.scope.number:
            self._policies.choose(wanted.scope, wanted.policy, wanted.by)
        while page := self._movable(wanted, most - looked):
            looked += len(page)
            for case_id in page:
                moved += move(self._ledger, case_id, wanted.orders)
                tell(moved)
            yield page

    def _movable(self, wanted: Move, most: int) -> list[str]:
        return self._policies.movable(wanted.scope, wanted.sha, "", min(most, _TOGETHER))


def moves_summary(found: list[NextStepChange]) -> dict[str, int]:
    """How many cases would go from which step to which."""
    ways = Counter(f"{_name(one.before)} → {_name(one.after)}" for one in found if one.differs)
    return dict(ways.most_common())


@dataclass(frozen=True, slots=True)
class PlanBMoves:
    """How many Plans B come earlier, later, anew, not any more, or do something else."""

    earlier: int = 0
    later: int = 0
    added: int = 0
    gone: int = 0
    other: int = 0


def plan_b_summary(found: list[NextStepChange]) -> PlanBMoves:
    """Count how the Plans B of all cases move."""
    moves = [one.plan_b for one in found if one.plan_b]
    both = [(one.before, one.after) for one in moves if one.before and one.after]
    return PlanBMoves(
        earlier=sum(after < before for before, after in both),
        later=sum(after > before for before, after in both),
        added=sum(one.before is None for one in moves),
        gone=sum(one.after is None for one in moves),
        other=sum(one.does_another for one in moves),
    )


def costs_summary(found: list[NextStepChange]) -> dict[str, tuple[Money, Money]]:
    """Add the costs of all cases up, before and after, by currency."""
    sums: dict[str, tuple[Money, Money]] = {}
    for one in found:
        currency = one.costs_before.currency
        before, after = sums.get(currency, (Money(0, currency), Money(0, currency)))
        sums[currency] = (before + one.costs_before, after + one.costs_after)
    return sums


def _difference(file: CaseFile, wanted: Move, sent_to: Recipients) -> NextStepChange:
    """The same look twice: the second with the message that the case would be told."""
    recorded = (
        *file.recorded,
        RecordedMessage(message=refused_parts(file, wanted.sha, wanted.orders)),
    )
    then = replace(file, policy=wanted.policy, recorded=recorded)
    now_ahead, then_ahead = (_future(one, wanted.now, sent_to) for one in (file, then))
    return NextStepChange(
        case=file.invoice.case_id,
        before=case_state(file, wanted.now).next_action,
        after=case_state(then, wanted.now).next_action,
        steps=step_moves(now_ahead.deeds, then_ahead.deeds),
        costs_before=now_ahead.costs,
        costs_after=then_ahead.costs,
    )


def _future(file: CaseFile, now: datetime, sent_to: Recipients) -> FutureDeeds:
    """Play one case on by itself until its Plan B."""
    mine = played_case(file, now, sent_to)
    home = Household(debtor=file.debtor, customer=file.customer)
    deeds = () if file.parked else tuple(deeds_ahead(mine, [mine], home, now, FAR))
    ends = (at for at, deed in enumerate(deeds) if deed.step.startswith(LEAVES_THE_LADDER))
    coming = deeds[: next(ends, len(deeds)) + 1]
    day = mine.state.calendar.local_date(coming[-1].at if coming else now)
    return FutureDeeds(deeds=coming, costs=mine.state.statement_on(day).costs)


def _name(action: Action) -> str:
    return action.step or action.do.value
