"""The service that decides what becomes of a case that an agency gave back with money open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from activities.agencies.telling import CaseTelling
from activities.cases.waking import ToWake
from activities.ports.clock import Clock
from activities.ports.types import CaseFile
from activities.services.agencies.placing import PlacingService
from activities.services.agencies.progress import AgencyProgressService
from domain.case.chosen_plan_b import read_plan_b
from domain.decision.state import case_state
from domain.errors import InvalidError, RefusedError
from domain.message_types import MessageType
from domain.money import Money
from domain.wire import Answer
from domain.words import unknown_word

OURSELVES, WRITE_OFF = "ourselves", "write_off"
RETURN_CHOICES = f"{OURSELVES}, agency:NAME, lawyer:NAME or {WRITE_OFF}"
"""How a decision is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnChoice:
    """What may become of the case.

    Attributes:
        choice: how it is written.
        means: what it means, in words.
        name: the agency's or the lawyer's, as people call it.
        net: what would come in with that agency, where it names a price.
    """

    choice: str
    means: str
    name: str = ""
    net: Money | None = None


class ReturnedCaseService:
    """Lists what a person may decide, and carries it out as one act."""

    def __init__(
        self,
        placing: PlacingService,
        progress: AgencyProgressService,
        telling: CaseTelling,
        clock: Clock,
    ) -> None:
        self._placing, self._progress = placing, progress
        self._telling, self._clock = telling, clock

    def choices(self, file: CaseFile) -> tuple[ReturnChoice, ...]:
        """List what may be decided; nothing where nothing waits for a decision.

        Raises:
            DomainError: if an agency's file cannot be read.
        """
        if not self._waits(file):
            return ()
        ourselves = ReturnChoice(choice=OURSELVES, means="go on ourselves, where the ladder stood")
        all_open = ReturnChoice(choice=WRITE_OFF, means="write all of it off")
        return (ourselves, *self._others(file), all_open)

    def decide(
        self, file: CaseFile, choice: str, *, by: str, note: str = "", key: str = ""
    ) -> tuple[Answer, ToWake]:
        """Carry a decision out; said again under its id it counts once.

        Raises:
            InvalidError: if it is none of the choices.
            RefusedError: if nothing waits for a decision, or the agency does not take the case.
        """
        if not any(one.key == key for one in file.messages if key):
            self._check(file, choice)
        named = read_plan_b(choice) if ":" in choice else None
        if named:
            return self._placing.place(file, named.to, by=by, note=note, key=key)
        body = {"id": key, "by": by, "note": note, "reason": "the agency gave it back"}
        return self._telling.say(file.invoice.case_id, _SAID[choice], body)

    def _waits(self, file: CaseFile) -> bool:
        case = case_state(file, self._clock()).case
        return case.came_back_undecided and not case.outcome

    def _check(self, file: CaseFile, choice: str) -> None:
        if not self._waits(file):
            raise RefusedError("no agency gave it back, or it is decided already", field="choice")
        known = [one.choice for one in self.choices(file)]
        if choice not in known:
            raise InvalidError(unknown_word(choice, "choice", known), field="choice")

    def _others(self, file: CaseFile) -> Iterator[ReturnChoice]:
        """Other agencies that take it, the best offer first, then the creditor's lawyers."""
        placed = self._progress.placements(file.invoice.case_id)
        last = placed[-1].agency if placed else ""
        agencies = {one.id: one for one in self._placing.agencies(file.invoice.creditor)}
        for quote in self._placing.quotes(file):
            if quote.agency != last and quote.reason is None:
                name = agencies[quote.agency].name
                means, chosen = f"give it to {name}", f"agency:{quote.agency}"
                yield ReturnChoice(choice=chosen, means=means, name=name, net=quote.net)
        for one in agencies.values():
            if one.kind == "lawyer" and one.id != last:
                means = f"give it to the lawyer {one.name}"
                yield ReturnChoice(choice=f"lawyer:{one.id}", means=means, name=one.name)


_SAID = {OURSELVES: MessageType.RESUME, WRITE_OFF: MessageType.WRITE_OFF}
