"""Finds words that reached nobody while there was no way to the customer, and can be said now.

Whoever could not be written to has not been silent: the ladder begins with its first word after
the due date, not with the formal demand that the calendar has come to (P10, P16).
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.case.facts import Facts
from domain.case.model import Case, Deed
from domain.deed import AGAIN, base_of
from domain.message_types import ActionType, Result
from domain.policy.model import Policy, Step

_MOST = 3
"""Times that a step is tried in an episode: a way that looks like one may be none."""


def never_heard(facts: Facts, policy: Policy) -> frozenset[str]:
    """List the steps that count as not said, by name: firmer than any word that arrived.

    Once the mildest of them has arrived the firmer ones follow it, each with its own time.
    """
    if not facts.reach:
        return frozenset()
    tried = list(_tried(facts.case, policy))
    if not tried or _is_in_vain(tried):
        return frozenset()
    steps = [(policy.step(deed.step), deed) for deed in tried]
    heard = [step.order for step, deed in steps if step and deed.reached_debtor]
    return frozenset(
        step.id
        for step, _ in steps
        if step
        and step.order > max(heard, default=-1)
        and facts.reach & set(step.channels)
        and len(said_so_far(facts.case, step)) < _MOST
    )


def said_so_far(case: Case, step: Step) -> list[Deed]:
    """List how an episode has said a step so far, whether it arrived or not."""
    mine = (deed for deed in case.deeds if deed.episode == case.episode)
    return [deed for deed in mine if base_of(deed.step) == step.id]


def next_name(case: Case, step: Step) -> str:
    """Name a step as it is said next: by itself, or as its how-manieth time."""
    before = len(said_so_far(case, step))
    return f"{step.id}{AGAIN}{before + 1}" if before else step.id


def _tried(case: Case, policy: Policy) -> Iterator[Deed]:
    """The messages of this episode, newest first, up to a word beside the ladder that arrived."""
    for deed in reversed(case.deeds):
        if deed.episode != case.episode:
            return
        if not deed.is_message or deed.do is ActionType.ACKNOWLEDGE:
            continue
        if deed.reached_debtor and policy.step(deed.step) is None:
            return
        yield deed


def _is_in_vain(tried: list[Deed]) -> bool:
    """Whether the newest was already a second try for which there was no way either."""
    newest = tried[0]
    same = (deed for deed in tried[1:] if base_of(deed.step) == base_of(newest.step))
    before = next(same, None)
    return before is not None and newest.result is before.result is Result.REJECTED
