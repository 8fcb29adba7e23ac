"""The service for experiments: two policies side by side on a creditor's new cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from activities.ports.clock import Clock
from activities.ports.experiments.store import EnrolledCase, Experiment, ExperimentStore
from activities.ports.stores.cases import CaseFiles
from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.stores.policies import PolicyScope, PolicyStore
from activities.services.experiments.outcomes import (
    MEASURES,
    CustomerOutcome,
    outcome_of,
    sums_paid,
)
from domain.errors import DomainError, InvalidError, RefusedError
from domain.experiments.arms import Arm
from domain.experiments.comparing import Comparison, Sample, compare, sample_of
from domain.experiments.conclusion import sentence_of
from domain.money import Money
from domain.policy.model import Policy
from domain.policy.policy_file import standard_policy

_LONGEST_NAME = 60
_TOGETHER = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLine:
    """One measure of both arms, and the difference with its always-valid interval."""

    measure: str
    champion: Sample
    challenger: Sample
    comparison: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperimentReport:
    """How an experiment stands.

    Attributes:
        customers: how many are in each arm.
        known: of how many the time has come.
        money: what came of their first invoices, by arm and currency.
        sentence: whether one may conclude, in words.
    """

    experiment: Experiment
    customers: dict[Arm, int]
    known: dict[Arm, int]
    money: dict[Arm, tuple[Money, ...]]
    lines: tuple[MeasureLine, ...]
    sentence: str

    @property
    def first(self) -> MeasureLine:
        """The measure that one concludes from."""
        return self.lines[0]


class ExperimentService:
    """Begins experiments, shows how they stand, and ends them."""

    def __init__(
        self, store: ExperimentStore, policies: PolicyStore, files: CaseFiles, clock: Clock
    ) -> None:
        self._store = store
        self._policies = policies
        self._files = files
        self._clock = clock

    def start(
        self, creditor: str, name: str, challenger: Policy, by: str, champion: Policy | None = None
    ) -> Experiment:
        """Begin an experiment on new cases; the champion is what new cases follow now.

        Raises:
            DomainError: if that is no name.
            RefusedError: if both policies are the same, one runs already, or had that name.
        """
        if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
            raise DomainError(f"write a name of up to {_LONGEST_NAME} characters", field="name")
        usual = champion or self._policies.choices(creditor).get("") or standard_policy()
        if self._policies.sha_of(usual) == self._policies.sha_of(challenger):
            raise InvalidError(
                "both policies are the same: there is nothing to compare", field="challenger"
            )
        new = Experiment(
            creditor=creditor,
            id=name,
            champion=usual,
            challenger=challenger,
            started_at=self._clock(),
            by=by,
        )
        if not self._store.start(new):
            raise RefusedError("another experiment runs, or had that name; end it, or name another")
        return new

    def every(self, creditor: str) -> tuple[Experiment, ...]:
        """List a creditor's experiments, newest first."""
        return self._store.list(creditor)

    def find(self, creditor: str, name: str = "") -> Experiment:
        """Find an experiment by its name, else the newest.

        Raises:
            NotKnownError: if there is none.
        """
        found = next((one for one in self.every(creditor) if name in ("", one.id)), None)
        if found is None:
            raise NotKnownError(Sought.EXPERIMENT, f"{creditor} has no experiment {name}".strip())
        return found

    def stop(self, creditor: str, name: str, keep: Arm | None, by: str) -> Experiment:
        """End an experiment; if asked, new cases follow the policy of an arm from now on.

        Cases that are in it go on by the policy of their arm.

        Raises:
            RefusedError: if it does not run.
        """
        found = self.find(creditor, name)
        if not self._store.stop(creditor, found.id, keep or ""):
            raise RefusedError(f"{found.id} does not run")
        if keep:
            self._policies.choose(PolicyScope(creditor=creditor), found.policy_of(keep), by)
        return self.find(creditor, found.id)

    def report(self, creditor: str, name: str = "") -> ExperimentReport:
        """Show how an experiment stands, as often as anybody likes."""
        found = self.find(creditor, name)
        enrolled = self._store.first_cases(creditor, found.id)
        known = self._outcomes(enrolled)
        arms = {arm: [one for one in known if one.arm is arm] for arm in Arm}
        lines = tuple(_line(measure, arms) for measure in MEASURES)
        many = Counter(one.arm for one in enrolled)
        return ExperimentReport(
            experiment=found,
            customers={arm: many[arm] for arm in Arm},
            known={arm: len(arms[arm]) for arm in Arm},
            money={arm: _sums(arms[arm]) for arm in Arm},
            lines=lines,
            sentence=sentence_of(lines[0].comparison, min(map(len, arms.values()))),
        )

    def _outcomes(self, enrolled: Sequence[EnrolledCase]) -> list[CustomerOutcome]:
        now, arms = self._clock(), {one.case: one.arm for one in enrolled}
        ids, found = sorted(arms), list[CustomerOutcome]()
        for begin in range(0, len(ids), _TOGETHER):
            for file in self._files.files(ids[begin : begin + _TOGETHER]):
                one = outcome_of(file, arms[file.invoice.case_id], now)
                found += [one] if one else []
        return found


def _line(measure: str, arms: dict[Arm, list[CustomerOutcome]]) -> MeasureLine:
    value, more_is_better = MEASURES[measure]
    champion = sample_of(map(value, arms[Arm.CHAMPION]))
    challenger = sample_of(map(value, arms[Arm.CHALLENGER]))
    found = compare(champion, challenger, more_is_better=more_is_better)
    return MeasureLine(measure=measure, champion=champion, challenger=challenger, comparison=found)


def _sums(found: list[CustomerOutcome]) -> tuple[Money, ...]:
    return tuple(Money(minor, currency) for currency, minor in sorted(sums_paid(found).items()))
