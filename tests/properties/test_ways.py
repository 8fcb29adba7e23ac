"""Whatever becomes of our messages: nothing goes the same way twice, and silence adds nothing."""

from collections import defaultdict
from dataclasses import replace

from hypothesis import given

from domain.case.news import BOUNCED, meant_deed
from domain.contact.delivery_news import told_by
from domain.deed import AGAIN, base_of
from domain.message_types import MessageType
from domain.policy.model import Policy
from tests.properties.lives import QUICK, Life, Witness, lives
from tests.stories.story import Story, contacts


@QUICK
@given(lives)
def test_what_is_said_again_goes_no_way_twice(life: Life) -> None:
    """P14: so there are never more attempts than ways, and no circle."""
    world = Witness(life)
    world.live(world.now.replace(year=2028))
    said: dict[tuple[int, str], list[tuple[str, str]]] = defaultdict(list)
    for deed in contacts(world.deeds):
        if deed.channel:
            way = deed.channel, world.sent[deed.step, deed.episode]
            said[deed.episode, base_of(deed.step)].append(way)
    assert all(len(set(used)) == len(used) for used in said.values())


@QUICK
@given(lives)
def test_only_what_did_not_arrive_is_said_again(life: Life) -> None:
    """A message that was read, or of which nothing is known, is never repeated."""
    world = Witness(life)
    world.live(world.now.replace(year=2028))
    known = {(deed.step, deed.episode): deed for deed in world.case.deeds}
    again = [deed for deed in world.deeds if AGAIN in deed.step]
    heard = {m.key for m in world.messages if m.kind is MessageType.CONTACT_NEWS}
    assert not again or heard
    for deed in again:
        name, _, number = deed.step.partition(AGAIN)
        before = name if number == "2" else f"{name}{AGAIN}{int(number) - 1}"
        failed = known[before, deed.episode].failed_at
        opened_later = known[before, deed.episode].receipt_at
        assert failed or (opened_later and opened_later >= deed.at)


@QUICK
@given(lives)
def test_a_dead_address_is_never_used_again(life: Life) -> None:
    world = Witness(life)
    world.live(world.now.replace(year=2028))
    for message in world.messages:
        if message.kind is not MessageType.CONTACT_NEWS or message.reason != BOUNCED:
            continue
        told = told_by(message)
        deed = meant_deed([d for d in world.deeds if d.at < message.at], told)
        way = world.sent[deed.step, deed.episode] if deed else None
        later = [d for d in contacts(world.deeds) if d.at > message.at and d.channel]
        assert way is None or all(world.sent[d.step, d.episode] != way for d in later)


@QUICK
@given(lives)
def test_silence_changes_the_way_and_nothing_else(life: Life) -> None:
    """P14: never one message more, and none on another day."""
    said = tuple(word for word in life.said if word.kind is not MessageType.CONTACT_NEWS)
    patient = replace(life.policy, contact=replace(life.policy.contact, silence_days=0))
    hasty = replace(life.policy, contact=replace(life.policy.contact, silence_days=3))

    def diary(policy: Policy) -> list[str]:
        world: Story = Witness(replace(life, said=said, policy=policy))
        world.live(world.now.replace(year=2028))
        return world.diary

    assert diary(hasty) == diary(patient)
