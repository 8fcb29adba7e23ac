"""A case as it stands, folded from its file without any lock: to be looked at, never acted on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from activities.ports.types import CaseFile
from domain.case.facts import Action, Facts
from domain.case.model import Case
from domain.case.money import Ground
from domain.contact.routes import Reach, SentTo
from domain.decision.deeds import Planned, forward
from domain.decision.rules import next_action
from domain.fold.fold import fold
from domain.policy.classes import class_of


@dataclass(frozen=True, slots=True)
class View:
    """A case's file with what the rules make of it at an instant."""

    file: CaseFile
    facts: Facts
    now: datetime

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return self.facts.case

    def next(self) -> Action:
        """What the rules want now, by the very function that decides in earnest."""
        return next_action(self.facts, self.file.policy, self.now)

    def ahead(self, most: int, sent: SentTo) -> Iterator[Planned]:
        """What will happen if nobody says another word; where messages went so far is given."""
        file = self.file
        return forward(self.facts, file.policy, self.now, Reach(file.debtor, sent), most=most)


def look_at_case(file: CaseFile, now: datetime) -> View:
    """Fold a file into a view."""
    debtor, policy = file.debtor, file.policy
    calendar = policy.calendar(debtor.zone, debtor.country, debtor.subdivision)
    case = fold(
        file.invoice, file.messages, file.deeds, Ground(policy, calendar, file.debtor.consumer)
    ).case
    return View(file, Facts(case, calendar, class_name(file), file.customer), now)


def class_name(file: CaseFile) -> str:
    """The class by which the customer is chased: set by hand, else by the history."""
    return file.debtor.customer_class or class_of(file.history, file.policy.classes)
