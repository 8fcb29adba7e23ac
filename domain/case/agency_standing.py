"""Where a case stands at the agency that has it, from what the agency reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.agencies.progress import ACTS_NEXT, ASKS, WhoActs
from domain.case.model import Case
from domain.message_types import ActionType, AgencyNews


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyStanding:
    """A case at an agency.

    Attributes:
        since: when it was handed over (UTC).
        state: what the agency reported last about where it stands; None before its first word.
        state_at: when it reported that.
        heard_at: when the agency said anything last; the handover before its first word.
        asks: what the agency asked and nobody has answered; None if nothing.
        asked_at: when it asked that.
    """

    since: datetime
    state: AgencyNews | None
    state_at: datetime | None
    heard_at: datetime
    asks: AgencyNews | None
    asked_at: datetime | None

    @property
    def acts_next(self) -> WhoActs:
        """Who must act next."""
        if self.asks:
            return WhoActs.WE
        return ACTS_NEXT[self.state] if self.state else WhoActs.AGENCY


def standing_at_agency(case: Case) -> AgencyStanding | None:
    """Put together where a case stands at its last agency; None if it never was at one.

    What was reported before the handover belongs to another placement, and what the agency says
    after it gave the case back changes nothing.
    """
    taken = case.last_deed(ActionType.HAND_OFF)
    if taken is None:
        return None
    said = [(at, word) for at, word in case.agency_said if at >= taken.at]
    states = [(at, word) for at, word in said if word in ACTS_NEXT]
    state_at, state = states[-1] if states else (None, None)
    asked_at, asks = _unanswered(said, state)
    theirs = [at for at, word in said if word is not AgencyNews.TOLD]
    return AgencyStanding(
        since=taken.at,
        state=state,
        state_at=state_at,
        heard_at=theirs[-1] if theirs else taken.at,
        asks=asks,
        asked_at=asked_at,
    )


def _unanswered(
    said: list[tuple[datetime, AgencyNews]], state: AgencyNews | None
) -> tuple[datetime | None, AgencyNews | None]:
    """The newest question that we have not answered; a state that has passed asks nothing more."""
    for at, word in reversed(said):
        if word is AgencyNews.TOLD:
            return None, None
        if word in ASKS and (word is AgencyNews.MESSAGE or word is state):
            return at, word
    return None, None
