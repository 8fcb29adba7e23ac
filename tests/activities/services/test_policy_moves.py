"""What another version of a policy would change for a case, before anything is changed (B13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest

from activities.ports.stores.policies import PolicyScope
from activities.ports.types import CaseFile
from activities.services.policies import (
    NextStepChange,
    PolicyService,
    costs_summary,
    moves_summary,
)
from domain.money import Money
from domain.policy.model import Policy
from tests.activities.services.test_letter_previews import FILE, OPENED, POLICY


class Kept:
    """A ledger with some cases that would move, read three at a time."""

    def __init__(self, *files: CaseFile) -> None:
        self.kept = {file.invoice.case_id: file for file in files}

    def sha_of(self, policy: Policy) -> str:
        """Any."""
        return "0" * 64

    def movable(self, scope: PolicyScope, sha: str, after: str, most: int) -> list[str]:
        """The ids after one of them."""
        return [one for one in sorted(self.kept) if one > after][:3]

    def files(self, ids: list[str]) -> list[CaseFile]:
        """Their files."""
        return [self.kept[one] for one in ids]

    def recipients(self, case_id: str) -> dict[str, str]:
        """Nothing was sent."""
        return {}


def changes(policy: Policy, *files: CaseFile) -> list[NextStepChange]:
    kept = cast("Any", Kept(*(files or (FILE,))))
    service = PolicyService(kept, kept, kept, lambda: OPENED)
    return list(service.differences(service.plan(PolicyScope(creditor="acme"), policy, "eva")))


def days_later(step: str, days: int) -> Policy:
    """The policy with one step so many days later."""
    steps = tuple(
        replace(one, on=replace(one.on, days=one.on.days + days)) if one.id == step else one
        for one in POLICY.steps
    )
    return replace(POLICY, steps=steps)


def test_the_same_policy_changes_nothing_and_names_every_day_up_to_the_plan_b() -> None:
    (one,) = changes(POLICY)

    assert not one.changes
    assert [step.step for step in one.steps] == ["polite", "fee", "final", "plan-b"]
    assert one.costs_before == one.costs_after == Money(500, "EUR")


@pytest.mark.parametrize(("days", "changed"), [(0, False), (1, True)])
def test_a_step_that_comes_a_day_later_is_a_change_though_the_next_one_is_the_same(
    days: int, *, changed: bool
) -> None:
    (one,) = changes(days_later("final", days))

    assert not one.differs
    assert one.changes is changed
    assert one.plan_b is not None
    assert one.plan_b.differs is changed


def test_the_next_step_and_the_costs_are_summed_up_over_all_cases() -> None:
    """Four cases on two pages; the reminder comes a day later, and the fee is let go."""
    files = [replace(FILE, invoice=replace(FILE.invoice, number=f"R-{n}")) for n in range(4)]
    later = days_later("polite", 1)
    found = changes(replace(later, steps=(later.steps[0], later.steps[2])), *files)

    assert [one.case for one in found] == [file.invoice.case_id for file in files]
    assert moves_summary(found) == {"polite → polite": 4}
    assert costs_summary(found) == {"EUR": (Money(2000, "EUR"), Money(0, "EUR"))}
    (first, *_) = found
    assert first.before.at is not None
    assert first.after.at == first.before.at + timedelta(days=1)


def test_of_a_case_that_is_parked_nothing_is_foreseen() -> None:
    (one,) = changes(days_later("final", 1), replace(FILE, parked=True))
    assert one.steps == ()
