"""Lines about policies, as commands and the gateway show them: what one means, whom it moves."""

from __future__ import annotations

from typing import Any

from activities.services.policies import NextStepChange
from domain.policy.model import Policy


def policy_meaning(found: Policy) -> dict[str, Any]:
    """Tell what a policy means: its name, its Plan B, and its steps in their order."""
    return {
        "name": found.name,
        "plan_b": {"on": str(found.plan_b.on), "do": found.plan_b.do.value},
        "steps": [
            {
                "id": step.id,
                "on": str(step.on),
                "do": step.do.value,
                "channels": step.channels,
                "deadline_days": step.deadline_days,
                "for": step.classes,
            }
            for step in found.steps
        ],
    }


def moved_case(one: NextStepChange) -> dict[str, Any]:
    """Tell what comes next of a case, by its policy now and by the one it would follow."""
    return {
        "case": one.case,
        "now": one.before.step or one.before.do.value,
        "now_at": one.before.at,
        "then": one.after.step or one.after.do.value,
        "then_at": one.after.at,
        "why": one.after.ahead or one.after.why,
    }
