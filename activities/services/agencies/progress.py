"""The service for what agencies and we tell each other about placed cases (P72)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from activities.agencies.telling import CaseTelling
from activities.cases.waking import ToWake
from activities.ports.agencies.store import AgencyStore, Placed
from activities.ports.stores.errors import NotKnownError, Sought
from domain.errors import InvalidError
from domain.evidence.model import Filed
from domain.ids import CaseId
from domain.message_types import AgencyNews, MessageType
from domain.wire import Answer
from domain.words import unknown_word

THEIRS = tuple(word for word in AgencyNews if word is not AgencyNews.TOLD)
"""What an agency may report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyReport:
    """What an agency says about a case.

    Attributes:
        id: the agency's own: said twice, it counts once.
        state: a word of its vocabulary.
        note: free text for people.
        at: when it happened (UTC), as RFC 3339; empty for now.
        files: what came along, kept as evidence of the case.
    """

    id: str
    state: str
    note: str = ""
    at: str = ""
    files: Sequence[Filed] = field(default_factory=tuple)


class AgencyProgressService:
    """Takes in what agencies report, and tells them what we have to say."""

    def __init__(self, store: AgencyStore, telling: CaseTelling) -> None:
        self._store = store
        self._telling = telling

    def placements(self, case_id: str) -> tuple[Placed, ...]:
        """List to whom a case was given, the oldest first."""
        return self._store.placements(case_id)

    def cases(
        self, creditor: str, agency: str = "", after: str = "", limit: int = 50
    ) -> tuple[Placed, ...]:
        """List a creditor's cases that are, or were last, with an agency, or with any."""
        return self._store.placed(creditor, agency, after, limit)

    def own_case(self, case_id: str, agency: str) -> Placed:
        """Find the placement of a case that an agency was given last.

        Raises:
            NotKnownError: if it never was this agency's, or is another's now.
        """
        placed = self._store.placements(case_id)
        if not placed or placed[-1].agency != agency or not agency:
            raise NotKnownError(Sought.CASE, f"{agency} was not given {case_id}")
        return placed[-1]

    def had_case(self, case_id: str, agency: str) -> None:
        """Check that a case was ever given to an agency: its money may come after another has it.

        Raises:
            NotKnownError: if it never was.
        """
        if not agency or all(one.agency != agency for one in self._store.placements(case_id)):
            raise NotKnownError(Sought.CASE, f"{agency} was not given {case_id}")

    def named(self, creditor: str, agency: str, names: Iterable[str]) -> tuple[Placed, ...]:
        """Find those of an agency's cases that are called so, by our id of them or by its own."""
        cases = dict.fromkeys(
            case
            for name in names
            for case in (name, *self._store.known_as(creditor, agency, name))
            if case.startswith(f"{CaseId.KIND}/{creditor}/")
        )
        last = (self._store.placements(case)[-1:] for case in cases)
        return tuple(one for found in last for one in found if one.agency == agency)

    def report(self, case_id: str, agency: str, told: AgencyReport) -> tuple[Answer, ToWake]:
        """Record what an agency reports of a case that it was given.

        Raises:
            NotKnownError: if it was not given the case.
            InvalidError: if the state is none.
        """
        self.own_case(case_id, agency)
        if told.state not in THEIRS:
            raise InvalidError(unknown_word(told.state, "state", THEIRS), field="state")
        body = {
            "id": f"{agency}/{told.id}",
            "reason": told.state,
            "note": told.note,
            "at": told.at,
            "by": agency,
        }
        kept = tuple(told.files)
        return self._telling.say(case_id, MessageType.AGENCY_NEWS, body, lambda _: kept)

    def tell(self, case_id: str, text: str, *, by: str, key: str = "") -> tuple[Answer, ToWake]:
        """Write to whoever has the case; it goes out with the case's next delivery, at once."""
        if not text.strip():
            raise InvalidError("write what the agency is to know", field="note")
        body = {"id": key, "reason": AgencyNews.TOLD.value, "note": text, "by": by}
        return self._telling.say(case_id, MessageType.AGENCY_NEWS, body)


def said_at(at: datetime | None) -> str:
    """Write an instant as a message carries it; empty without one."""
    return at.isoformat() if at else ""
