"""What holds for every case, whatever is said to it and whenever."""

import re
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings

from domain.agreements.status import agreed_until
from domain.case.money import Ground
from domain.decision.deeds import IN_THE_WINDOW
from domain.decision.rules import next_action
from domain.fold.fold import fold, money_adds_up
from domain.ladder.demand import RENEWED
from domain.message_types import ActionType, MessageType, Result
from tests.properties.lives import QUICK, Life, Witness, lives
from tests.stories.story import contacts

OF_AN_AGREEMENT = re.compile(r"agreement-.*-(confirmed|reminder)|instalment-.*-(reminder|missed)")
"""What is said while an agreement runs."""

BOUND = timedelta(days=500)
"""Sixteen times the review days, and then a weekend and a few holidays."""


@QUICK
@given(lives)
def test_nobody_who_has_paid_is_chased(life: Life) -> None:
    world = Witness(life)
    world.live(world.now + timedelta(days=90))

    for case in world.spoken:
        assert case.open >= world.policy.smallest_chased("EUR")
        assert case.outcome is None
        assert not case.with_agency


@QUICK
@given(lives)
def test_nobody_is_written_to_while_the_case_stands_still(life: Life) -> None:
    """Wholly disputed, paused, or agreed upon: at the instant of the message, none of it holds.

    But the confirmation of an agreement, a friendly word before its day, and the word about a
    missed instalment are said while it runs.
    """
    world = Witness(life)
    world.live(world.now + timedelta(days=90))
    written = contacts(world.deeds)

    assert len(written) == len(world.spoken)
    for case, deed in zip(world.spoken, written, strict=True):
        assert case.undisputed >= world.policy.smallest_chased("EUR")
        if case.paused:
            assert case.paused_until
            assert world.calendar.end_of(case.paused_until) <= deed.at
        holds = agreed_until(case)
        if holds and not OF_AN_AGREEMENT.fullmatch(deed.step):
            assert holds <= deed.at


@QUICK
@given(lives)
def test_each_step_is_done_at_most_once_in_an_episode(life: Life) -> None:
    world = Witness(life)
    world.live(world.now + timedelta(days=400))
    keys = [(deed.step, deed.episode) for deed in world.deeds]

    assert len(keys) == len(set(keys))


@QUICK
@given(lives)
def test_between_two_messages_lies_the_minimum_gap(life: Life) -> None:
    """But for the word about an agreement that was made or not kept: the same day (P50, P52)."""
    world = Witness(life)
    world.live(world.now + timedelta(days=90))
    gap = timedelta(days=world.policy.minimum_gap_days)
    demands = [deed for deed in contacts(world.deeds) if deed.do is not ActionType.ACKNOWLEDGE]
    reached = [deed for deed in demands if deed.result is not Result.REJECTED]

    for before, after in pairwise(reached):
        if re.match(r"promise-broken|instalment-.*-(missed|over)", after.step):
            continue
        day = world.calendar.local_date
        assert day(after.at) - day(before.at) >= gap
        if after.step.startswith(RENEWED):
            continue  # what fell due once more is told at once, with a later deadline
        if before.deadline and before.episode == after.episode:
            assert day(after.at) > before.deadline


@QUICK
@given(lives)
def test_silence_always_ends(life: Life) -> None:
    """Without another word each case ends, is handed off, or is put before a person."""
    world = Witness(life)
    end = world.now + BOUND
    before = len(world.deeds)
    world.live(end)
    action, case = world.next, world.case
    too_small = case.open < world.policy.smallest_chased("EUR")

    if case.outcome:
        assert case.closed
        assert action.at is None
    elif not too_small or case.with_agency:
        assert action.at
        asked = (ActionType.ASK_PERSON, ActionType.HAND_OFF)
        assert [deed for deed in world.deeds[before:] if deed.do in asked]


@QUICK
@given(lives)
def test_money_adds_up_after_every_message(life: Life) -> None:
    world = Witness(life)
    ground = Ground(world.policy, world.calendar)
    for heard in range(len(world.messages) + 1):
        case = fold(world.invoice, world.messages[:heard], [], ground).case

        assert money_adds_up(case)
        assert min(case.paid, case.credited, case.written_off, case.open, case.surplus) >= 0
        assert case.disputed + case.undisputed == case.open
        moved = sum(minor for _, minor in case.moves)
        assert moved == case.received + case.credited


@QUICK
@given(lives)
def test_deeds_toward_the_debtor_happen_inside_the_window_and_never_before_the_facts(
    life: Life,
) -> None:
    world = Witness(life)
    world.live(world.now + timedelta(days=90))

    for deed in world.deeds:
        assert deed.at >= world.invoice.opened_at
        if deed.do in IN_THE_WINDOW:
            assert world.calendar.within(deed.at) == deed.at
    assert world.deeds == sorted(world.deeds, key=lambda deed: deed.at)


@QUICK
@given(lives)
def test_the_same_facts_give_the_same_answer(life: Life) -> None:
    """At any instant, before and after: the rules answer, always, and always the same."""
    world = Witness(life)
    facts = world.facts
    for days in (-400, -30, -1, 0, 1, 30, 400):
        now = world.now + timedelta(days=days)
        action = next_action(facts, world.policy, now)

        assert action == next_action(facts, world.policy, now)
        assert action.why
        assert (action.at is None) == (action.do is ActionType.WAIT)


@QUICK
@given(lives)
def test_what_is_foreseen_is_what_happens(life: Life) -> None:
    world = Witness(life)
    foreseen = world.foresee(12)
    before = len(world.deeds)
    world.live(max([world.now, *(deed.at for deed in foreseen)]) + timedelta(seconds=1))

    assert world.deeds[before : before + len(foreseen)] == foreseen


@QUICK
@given(lives)
def test_without_news_nobody_hears_of_a_case_on_more_than_a_few_days_a_month(life: Life) -> None:
    """P82: never a flood."""
    world = Witness(life)
    start = world.now
    world.live(start + timedelta(days=30))
    written = [deed for deed in contacts(world.deeds) if deed.at >= start]

    most = 16 if world.policy.minimum_gap_days == 2 else 11
    assert len(written) <= most
    assert not [deed for deed in world.deeds if deed.do is ActionType.WAIT]


def test_every_kind_of_message_is_tried() -> None:
    """Else these properties would say less than they seem to."""
    tried: set[MessageType] = set()

    @settings(QUICK, max_examples=720)
    @given(lives)
    def collect(life: Life) -> None:
        tried.update(said.kind for said in life.said)

    collect()
    assert tried == set(MessageType)
