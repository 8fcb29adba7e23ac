"""From a scenario in words to a policy and a world in which it happens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.message_types import ActionType
from domain.policy.model import Anchor, Base, PlanB, Policy, Step
from tests.stories.story import Story

FILE = Path("scenarios") / "peer_scenarios.yaml"


def plot(folder: Path, scenario: str) -> dict[str, Any]:
    """One scenario of the file; the test is skipped where the file is absent."""
    file = folder / FILE
    if not file.is_file():
        pytest.skip(f"no scenarios at {file}; set AMICABLE_SHARED_DATA")
    known = yaml.safe_load(file.read_text(encoding="utf-8"))["scenarios"]
    plots = {entry["id"]: entry for entry in known}
    found: dict[str, Any] = plots[scenario]
    policy = found.get("policy")
    if isinstance(policy, str):
        found["policy"] = plots[policy.removeprefix("same as ")]["policy"]
    return found


def ladder(levels: Iterable[tuple[str, Anchor]], gap: int = 0) -> Policy:
    """Reminders at any hour of any day, and nothing else."""
    steps = tuple(
        Step(id=name, on=anchor, do=ActionType.REMIND, channels=("email",), order=order)
        for order, (name, anchor) in enumerate(levels)
    )
    return Policy(
        name="peer",
        steps=steps,
        plan_b=PlanB(on=Anchor(Base.DUE, 3000)),
        minimum_gap_days=gap,
        opens=0,
        closes=1440,
        working_days_only=False,
        review_days=3000,
    )


def levels(given: dict[str, Any], base: Base) -> list[tuple[str, Anchor]]:
    """``{levels: [{name: L1, days: 30}]}`` counted from the issue or the due date."""
    return [(str(level["name"]), Anchor(base, level["days"])) for level in given["levels"]]


def world(policy: Policy, *, issued: date, due: date, amount: object = "100") -> Story:
    """An invoice somewhere without holidays, at any hour."""
    return Story(
        policy=policy, issued=str(issued), due=str(due), amount=str(amount), place=("UTC", "")
    )


def level_on(story: Story, day: date) -> str:
    """The level that an invoice has reached at the end of a day; CLEAR if none holds."""
    story.until(str(day))
    if story.case.outcome:
        return "CLEAR"
    said = [deed.step for deed in story.deeds if deed.do is ActionType.REMIND]
    return said[-1] if said else "CLEAR"


def offset(text: str, due: date) -> date:
    """``D+5`` as a date."""
    return due + timedelta(days=int(text.split(maxsplit=1)[0].removeprefix("D")))
