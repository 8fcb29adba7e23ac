"""Finds the steps of the ladder that a case has behind it, over its episodes."""

from __future__ import annotations

from domain.case.model import Case, Deed
from domain.deed import LADDER_ANEW, base_of
from domain.message_types import ActionType
from domain.policy.model import Policy


def settled_steps(case: Case, policy: Policy) -> dict[str, Deed]:
    """The steps that are done for this episode, by name, as they were done last.

    What an earlier episode did stays done; a hold that was lifted may come again. What was said
    for an earlier due date does not count.
    """
    before = _before_it_came(case, policy) if case.elsewhere else {}
    if case.episode == 1:
        return before | {base_of(deed.step): deed for deed in case.deeds}
    first = _first_episode(case)
    counted = [deed for deed in case.deeds if deed.episode >= first]
    earlier = [deed for deed in counted if deed.episode < case.episode]
    again = set()
    if not case.credit_held:
        again = {deed.step for deed in earlier if deed.do is ActionType.HOLD_CREDIT}
    settled = {base_of(d.step): d for d in earlier if base_of(d.step) not in again}
    mine = {base_of(d.step): d for d in counted if d.episode == case.episode}
    return (before if first == 1 else {}) | _held_since(case) | settled | mine


def _held_since(case: Case) -> dict[str, Deed]:
    """A hold that an earlier part brought and that is on still: it need not be put on again."""
    held = case.last_deed(ActionType.HOLD_CREDIT)
    return {base_of(held.step): held} if held and case.credit_held else {}


def _first_episode(case: Case) -> int:
    begun = (d.episode for d in case.deeds if d.step.startswith(LADDER_ANEW))
    return max(begun, default=1)


def _before_it_came(case: Case, policy: Policy) -> dict[str, Deed]:
    """The steps before one that others had said: they are behind the case as well."""
    found: dict[str, Deed] = {}
    for deed in case.elsewhere:
        last = policy.step(deed.step)
        earlier = [step for step in policy.steps if last and step.order < last.order]
        found |= {step.id: deed for step in earlier}
    return found
