"""The case is a function of the set of its facts: order and repetition do not matter."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from domain.case import Case, Deed, Message
from domain.fold import fold, with_deed
from domain.moves import Ground
from tests.properties.lives import QUICK, Life, Witness, lives


def shaken(
    dice: Random, messages: list[Message], deeds: list[Deed]
) -> tuple[list[Message], list[Deed]]:
    """The same facts in another order, some of them more than once."""
    more = messages + dice.choices(messages, k=3) if messages else []
    done = deeds + dice.choices(deeds, k=3) if deeds else []
    dice.shuffle(more)
    dice.shuffle(done)
    return more, done


@QUICK
@given(lives, st.randoms(use_true_random=False))
def test_every_order_and_multiplicity_of_the_same_facts_gives_the_same_case(
    life: Life, dice: Random
) -> None:
    world = Witness(life)
    ground = Ground(world.policy, world.calendar)
    expected = world.folded
    for _ in range(3):
        messages, deeds = shaken(dice, world.messages, world.deeds)
        assert fold(world.invoice, messages, deeds, ground) == expected


@QUICK
@given(lives)
def test_folding_deed_by_deed_is_folding_all_at_once(life: Life) -> None:
    world = Witness(life)
    ground = Ground(world.policy, world.calendar)
    case: Case = fold(world.invoice, world.messages, [], ground).case
    for deed in world.deeds:
        case = with_deed(case, deed)

    assert case == world.case
