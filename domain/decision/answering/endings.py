"""What the last word about an invoice has to tell beside thanks: a surplus, a recall, a plan."""

from __future__ import annotations

from dataclasses import dataclass

from domain.agreements.status import current_plan, missed_part
from domain.case.agreement_types import Dispute
from domain.case.model import Case
from domain.message_types import ActionType, Outcome
from domain.policy.answers import AnswerLetter
from domain.policy.model import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a case has ended, as far as its customer should hear more than thanks.

    Attributes:
        surplus: minor units that came in beyond the invoice.
        conceded: minor units that were credited for a dispute, where that left nothing to pay.
        plan_kept: whether the last instalment of a plan settled it.
        recalled: whether the agency had it, and was told to stop.
    """

    surplus: int = 0
    conceded: int = 0
    plan_kept: bool = False
    recalled: bool = False

    @property
    def tells(self) -> tuple[AnswerLetter, ...]:
        """The answers that it calls for."""
        found = {
            AnswerLetter.OVERPAID: self.surplus,
            AnswerLetter.DECIDED: self.conceded,
            AnswerLetter.PLAN_KEPT: self.plan_kept,
            AnswerLetter.RECALLED: self.recalled,
        }
        return tuple(letter for letter, holds in found.items() if holds)


def told_at_the_end(case: Case, policy: Policy) -> tuple[AnswerLetter, ...]:
    """List what the end of a case tells its customer.

    What the policy wants, and how a dispute was decided whose receipt the customer got (P41).
    """
    decided = _conceded(case) if case.settled_disputes else None
    own = decided is not None and policy.disputes.answers(decided.channel)
    if not (policy.answers or own):
        return ()
    wanted = {*policy.answers, *((AnswerLetter.DECIDED,) if own else ())}
    return tuple(one for one in case_ending(case).tells if one in wanted)


def case_ending(case: Case) -> Ending:
    """Find what the end of a case has to tell; nothing while something is left to collect."""
    if case.outcome not in (Outcome.PAID, Outcome.CREDITED):
        return Ending()
    plan, decided = current_plan(case) if case.plans else None, _conceded(case)
    return Ending(
        surplus=case.surplus,
        conceded=decided.conceded if decided else 0,
        plan_kept=plan is not None and missed_part(case, plan) is None and case.paid > 0,
        recalled=_recalled(case),
    )


def _conceded(case: Case) -> Dispute | None:
    """Find the dispute that was settled last by crediting, if nobody has told the customer."""
    settled = [one for one in case.settled_disputes if one.settled_at and one.conceded]
    if not settled:
        return None
    newest = max(settled, key=lambda one: (one.settled_at or case.heard_at, one.number))
    at, last = newest.settled_at, case.last_message
    came_after = any(minor > 0 and at and moved > at for moved, minor in case.money)
    told = last is not None and at is not None and last.at > at
    return None if told or came_after else newest


def _recalled(case: Case) -> bool:
    back = case.last_deed(ActionType.RECALL)
    return back is not None and back.episode == case.episode
