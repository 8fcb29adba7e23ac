"""Shows a plan that was calculated, for commands and programs."""

from __future__ import annotations

from typing import Any

from domain.intake.plan_calculator import PlanCalculation


def plan_sheet(found: PlanCalculation) -> dict[str, Any]:
    """Lay a calculated plan out: its parts, its costs, and whether it may be agreed on."""
    return {
        "open": found.open,
        "parts": [
            {
                "date": part.day,
                "amount": part.amount,
                "left": part.left,
                "in_time_by": part.in_time_by,
                "cured_by": part.cured_by,
            }
            for part in found.parts
        ],
        "costs_now": found.costs_now,
        "left_after": found.left_after,
        "refused": found.refused,
        "approval": found.approval,
        "plan_b": found.plan_b,
        "limits": list(found.limits),
    }
