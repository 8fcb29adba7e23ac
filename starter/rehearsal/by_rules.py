"""The rehearsal in memory: the pure rules, run forward over simulated cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from domain.decision.state import CaseState
from domain.history.record import RunningHistory, is_over_before, record_of
from domain.interest.added_rates import AddedRate
from domain.policy.model import Policy
from domain.simulation.case import SimulatedCase
from domain.simulation.world import Household, World
from starter.rehearsal.script import ScriptLine, ScriptPart, lines, script_order

Beat = Callable[[int], None]


def life_of(part: ScriptPart, policy: Policy, rates: tuple[AddedRate, ...] = ()) -> SimulatedCase:
    """Make the simulated case of one invoice, before anything was said or done."""
    state = CaseState(
        invoice=part.invoice,
        policy=policy,
        debtor=part.debtor,
        now=part.invoice.opened_at,
        rates=rates,
    )
    return SimulatedCase(state, part.ends_at)


class Rehearsal:
    """A simulation that opens every case of a script on its day, and tells it its messages."""

    def __init__(
        self, script: Iterable[ScriptPart], policy: Policy, rates: tuple[AddedRate, ...] = ()
    ) -> None:
        self._policy = policy
        self._rates = rates
        self._world = World()
        self._homes: dict[str, Household] = {}
        self._histories: dict[str, RunningHistory] = {}
        self._cast: list[tuple[ScriptPart, SimulatedCase]] = []
        for part in script:
            self._announce(part)

    def run(self, beat: Beat = lambda _: None) -> list[ScriptLine]:
        """Run to the end; answers every deed and how each case stands."""

        def goes_on(number: int) -> bool:
            beat(number)
            return True

        self._world.run(goes_on)
        told = (lines(part, life.case, life.deeds) for part, life in self._cast)
        return script_order(line for found in told for line in found)

    def _announce(self, part: ScriptPart) -> None:
        life, home = life_of(part, self._policy, self._rates), self._home(part)
        self._cast.append((part, life))
        self._world.settle(life, home)
        self._world.expect(life, part.invoice.opened_at, lambda: self._open(part, life))
        for message in part.events:
            self._world.expect(life, part.heard_at(message), message)

    def _home(self, part: ScriptPart) -> Household:
        return self._homes.setdefault(part.debtor.id, Household(debtor=part.debtor))

    def _open(self, part: ScriptPart, life: SimulatedCase) -> None:
        """Open a case with its customer's history of that instant: only what has stirred is new."""
        before, home = part.invoice.opened_at, self._home(part)
        history = self._histories.setdefault(part.debtor.id, RunningHistory())
        for place, other in list(home.stirred.items()):
            history.note(place, record_of(other.case, other.calendar, before))
            if is_over_before(other.case, before):
                del home.stirred[place]
        life.opens(history.history())


def rehearse_by_rules(
    script: Iterable[ScriptPart],
    policy: Policy,
    beat: Beat = lambda _: None,
    rates: tuple[AddedRate, ...] = (),
) -> list[ScriptLine]:
    """Rehearse a policy by the pure rules alone."""
    return Rehearsal(script, policy, rates).run(beat)
