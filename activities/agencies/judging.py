"""Judges the Plan B of agreements that were told to a workflow, before they are recorded (P53).

Commands and programs hear at once that nobody could carry it out; whoever sent a signal hears
nothing, so a person finds it on the desk.
"""

from __future__ import annotations

from dataclasses import replace

from activities.cases.hearing import refuse
from activities.ports.agencies.plan_b import PlanBChecks
from activities.ports.clock import Clock
from activities.ports.ports import Ledger
from domain.case.chosen_plan_b import PLAN_B_FIELD
from domain.errors import RefusedError
from domain.intake.limits import read_object
from domain.wire import Answer, CaseActivityInput, ReceivedMessage


def judge_plan_b(
    ledger: Ledger, checks: PlanBChecks, turn: CaseActivityInput, clock: Clock
) -> tuple[CaseActivityInput, dict[str, Answer]]:
    """Refuse what names a Plan B that nobody could carry out; answers what is left to be heard.

    No account is held while an agency with an interface of its own is asked.
    """
    wrong = {item.key: (item, why) for item in turn.heard if (why := _unfit(checks, turn, item))}
    if not wrong:
        return turn, {}
    left = tuple(item for item in turn.heard if item.key not in wrong)
    with ledger.account_of(turn.case) as account:
        answers = {
            key: refuse(account, turn.case, clock(), item, why)
            for key, (item, why) in wrong.items()
        }
    return replace(turn, heard=left), answers


def _unfit(
    checks: PlanBChecks, turn: CaseActivityInput, item: ReceivedMessage
) -> RefusedError | None:
    """Why a message cannot be taken; what cannot even be read is refused where it is read."""
    if PLAN_B_FIELD not in item.body or item.size:
        return None
    try:
        body = read_object(item.body)
    except RefusedError:
        return None
    named = body.get(PLAN_B_FIELD)
    if not isinstance(named, str) or not named:
        return None
    try:
        checks.check(turn.case, named, str(body.get("id") or item.key))
    except RefusedError as why:
        return why
    return None
