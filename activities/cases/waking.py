"""Makes from a transaction what the workflows of its cases are woken with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from activities.cases.session import Session
from activities.ports.ports import AccountRepository
from domain.case.model import Case
from domain.decision.deeds import stage_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ToWake:
    """A case whose workflow must be told that the ledger has news."""

    case: Case
    stage: str
    is_over: bool


def to_wake(session: Session) -> ToWake:
    """Describe for its workflow a case that was just looked at."""
    case = session.case
    stage = stage_of(case, session.calendar, session.now).value
    return ToWake(case=case, stage=stage, is_over=nothing_follows(session) or session.file.parked)


def all_to_wake(
    account: AccountRepository, case_ids: Iterable[str], now: datetime
) -> tuple[ToWake, ...]:
    """Describe many cases of an account for their workflows, each once, read together."""
    wanted = tuple(dict.fromkeys(case_ids))
    if not wanted:
        return ()
    with account.together(wanted):
        return tuple(to_wake(Session(account, case_id, now)) for case_id in wanted)


def nothing_follows(session: Session) -> bool:
    """Tell whether a case is closed and nothing is to be done any more: no workflow runs for it.

    Money for what was given up leaves a closed case closed, and still lifts the hold of credit.
    """
    case = session.case
    return case.closed and case.outcome is not None and session.state.next_action.at is None
