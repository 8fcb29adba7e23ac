"""Lets a person steer the ladder: leave a step out, or have it said today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from domain.case.model import Case, Deed, Message
from domain.case.money import Ground
from domain.changed import changed
from domain.errors import RefusedError
from domain.message_types import MESSAGES_TO_DEBTOR, ActionType, MessageType
from domain.policy.model import Step
from domain.words import nearest_word

STEERING = frozenset({MessageType.STEP_SKIPPED, MessageType.SEND_NOW})
"""Messages about a step of the ladder that is still to come."""


def steered(case: Case, message: Message, ground: Ground) -> Case:
    """Leave a step out, or note that it is wanted today.

    What is left out counts as no word to the customer: gaps and deadlines know nothing of it.

    Raises:
        RefusedError: if the policy has no such step, or no reason is given.
    """
    if case.outcome:
        raise RefusedError("nothing is open on this invoice, so no step is to come")
    step = _step(message, ground)
    if message.kind is MessageType.SEND_NOW:
        if step.do not in MESSAGES_TO_DEBTOR:
            raise RefusedError(f"{step.id} is no message to the customer", field="ref")
        return changed(case, wanted_now=(step.id, message.at))
    if not message.reason:
        raise RefusedError("say why it is left out", field="reason")
    return changed(case, skipped=(*case.skipped, _left_out(message, step)))


def with_skipped(deeds: Iterable[Deed], skipped: tuple[Deed, ...]) -> Iterator[Deed]:
    """Add to what was done what was left out, each in the episode of its instant.

    What was done all the same, because it was on its way already, counts as done.
    """
    done = [deed for deed in deeds if deed.do is not ActionType.WAIT]
    said = {(deed.episode, deed.step) for deed in done}
    yield from done
    for one in skipped:
        episode = max((deed.episode for deed in done if deed.at < one.at), default=1)
        if (episode, one.step) not in said:
            yield replace(one, episode=episode)


def _step(message: Message, ground: Ground) -> Step:
    names = [step.id for step in ground.policy.steps]
    if not message.ref:
        raise RefusedError(f"ref names the step: {', '.join(names)}", field="ref")
    step = ground.policy.step(message.ref)
    if step is None:
        near = nearest_word(message.ref, names)
        hint = f"did you mean {near}? " if near else ""
        reason = f"{hint}the steps are {', '.join(names)}"
        raise RefusedError(f"the policy has no step {message.ref!r}; {reason}", field="ref")
    return step


def _left_out(message: Message, step: Step) -> Deed:
    who = f"{message.by} left it out" if message.by else "it was left out"
    why = f"{who}: {message.reason}"
    return Deed(step=step.id, do=ActionType.WAIT, at=message.at, why=why)
