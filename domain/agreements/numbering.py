"""Numbers agreements within their case: one that was taken back keeps its number for itself.

Steps are named by these numbers, and a step is said once: whatever takes the place of an agreement
that was told to the customer must not inherit its name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.agreements.reducer import Agreement, agreements_of
from domain.case.agreement_types import Plan, Promise
from domain.case.model import Case

INSTALMENT_MISSED, PLAN_OVER = "missed", "over"
"""What the words about an instalment are that did not come: that it is missed, and the last one."""

_STEP = re.compile(r"instalment-(?P<plan>[0-9]+)-(?P<part>[0-9]+)-(?P<what>[a-z]+)")


@dataclass(frozen=True, slots=True)
class InstalmentStep:
    """A step about an instalment.

    Attributes:
        plan: the how-manieth plan of its case, from 1.
        part: the how-manieth instalment of it, from 0.
        what: reminder, call, missed or over.
    """

    plan: int
    part: int
    what: str

    def __str__(self) -> str:
        """Name the step."""
        return f"instalment-{self.plan}-{self.part + 1}-{self.what}"


def instalment_step(step: str) -> InstalmentStep | None:
    """Read which instalment a step is about; None if it is about something else."""
    found = _STEP.fullmatch(step)
    if found is None:
        return None
    return InstalmentStep(int(found["plan"]), int(found["part"]) - 1, found["what"])


def asks_for_an_instalment(step: str) -> bool:
    """Tell whether a step is the word about an instalment that did not come."""
    found = instalment_step(step)
    return found is not None and found.what in (INSTALMENT_MISSED, PLAN_OVER)


def number_of_agreement(case: Case, agreed: Agreement) -> int:
    """Find the how-manieth agreement of its case one is, from 1."""
    return _place([*agreements_of(case), *_gone(case)], agreed)


def promise_number(case: Case, promise: Promise) -> int:
    """Find the how-manieth promise of its case one is, from 1."""
    gone = [agreed for agreed in _gone(case) if isinstance(agreed, Promise)]
    return _place([*case.promises, *gone], promise)


def plan_number(case: Case, plan: Plan) -> int:
    """Find the how-manieth plan of its case one is, from 1."""
    return _place([*case.plans, *_gone_plans(case)], plan)


def plan_of_number(case: Case, number: int) -> Plan | None:
    """Find the plan of that number; None if there is none, or it was taken back."""
    return next((plan for plan in case.plans if plan_number(case, plan) == number), None)


def agreements_ever(case: Case) -> int:
    """Count the agreements that were ever made about a case, those that count no more included."""
    return len(agreements_of(case)) + len(_gone(case))


def _gone(case: Case) -> list[Promise | Plan]:
    return [back.agreed for back in case.taken_back if back.agreed]


def _gone_plans(case: Case) -> list[Plan]:
    return [agreed for agreed in _gone(case) if isinstance(agreed, Plan)]


def _place(made: list[Agreement] | list[Promise] | list[Plan], agreed: Agreement) -> int:
    """Order them as they were made; what was recorded at one instant keeps its order."""
    keys = [one.key for one in sorted(made, key=lambda one: one.made_at)]
    return keys.index(agreed.key) + 1
