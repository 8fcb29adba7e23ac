"""What is kept of experiments, and which customers are in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.experiments.arms import Arm
from domain.policy.model import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """Two policies side by side; instants in UTC.

    Attributes:
        id: its name, of the creditor's choosing.
        kept: what became of it: an arm, or empty.
    """

    creditor: str
    id: str
    champion: Policy
    challenger: Policy
    started_at: datetime
    by: str = ""
    ended_at: datetime | None = None
    kept: str = ""

    def policy_of(self, arm: Arm) -> Policy:
        """The policy of an arm."""
        return self.challenger if arm is Arm.CHALLENGER else self.champion


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The arm of an experiment that a customer's new case belongs to."""

    experiment: str
    arm: Arm
    policy: Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolledCase:
    """A case of an experiment; of each customer only the first counts in the figures."""

    case: str
    customer: str
    arm: Arm


class ExperimentStore(Protocol):
    """The experiments of each creditor; one runs at a time."""

    def start(self, new: Experiment) -> bool:
        """Begin an experiment; False if another one runs, or had that name."""
        ...

    def list(self, creditor: str) -> tuple[Experiment, ...]:
        """List a creditor's experiments, newest first."""
        ...

    def stop(self, creditor: str, experiment: str, kept: str) -> bool:
        """End an experiment; False if it does not run."""
        ...

    def first_cases(self, creditor: str, experiment: str) -> tuple[EnrolledCase, ...]:
        """List the first case of each customer in an experiment, by case id."""
        ...
