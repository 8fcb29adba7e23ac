"""Whatever is answered "accepted" changes the case, or is a fact that somebody can see."""

from dataclasses import replace

from domain.fold.fold import fold
from domain.message_types import MessageType
from tests.properties.households import Street, Watched

SEEN_BY_ITSELF = (
    MessageType.CALL_RESULT,
    MessageType.CONTACT_NEWS,
    MessageType.IN_FLIGHT,
    MessageType.NUDGE,
    MessageType.POLICY_CHANGED,
)
"""A call and a letter's fate are in the books, a policy is what is looked at, a nudge wakes, and
money on its way may be there already."""


def what_is_accepted_has_an_effect(street: Street, life: Watched) -> None:
    """Fold with and without each message: the case differs, by more than that it was heard."""
    said = sorted(life.state.messages, key=lambda message: message.at)
    for number, message in enumerate(said):
        if message.kind in SEEN_BY_ITSELF:
            continue
        done = [deed for deed in life.deeds if deed.at < message.at]
        before = fold(life.invoice, said[:number], done, life.state.ground).case
        after = fold(life.invoice, said[: number + 1], done, life.state.ground)
        if message.kind is MessageType.RESUME and before.released_at == message.at:
            continue  # something else let it go on at that very instant
        if message.key not in after.refused:
            told = f"{message.kind.value} was accepted and changes nothing"
            assert replace(before, heard_at=after.case.heard_at) != after.case, told
