"""The case is a function of the set of its facts: order and repetition do not matter."""

from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from domain.case.model import Case, Deed, Message
from domain.case.money import Ground
from domain.fold.fold import fold, with_deed
from domain.message_types import MessageType
from tests.properties.lives import QUICK, Life, Witness, lives
from tests.stories.story import Story


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


DAYS = st.integers(0, 12)


@QUICK
@given(st.permutations(["promise", "first", "second"]), DAYS, DAYS)
def test_money_in_time_never_triggers_anything_in_whatever_order_it_is_heard(
    order: list[str], first: int, second: int
) -> None:
    """P51: a promise of all by the 18th; both halves come by then, booked by their value dates.

    What is heard late is said on the last day before the check, whatever it is.
    """
    world = Story()
    world.live(world.at("2026-02-18 23:00"))
    for what in order:
        if what == "promise":
            at = world.at("2026-02-06 11:00")
            world.hears(at, MessageType.PROMISE, day="2026-02-18")
        else:
            day = first if what == "first" else second
            world.hears(world.at("2026-02-06") + timedelta(days=day), MessageType.PAYMENT, "500.00")
    world.until("2026-06-30")

    assert world.since("2026-02-18")[-1].endswith("close close")
    assert not [deed for deed in world.deeds if deed.step.startswith("promise-broken")]
    assert not [deed for deed in world.deeds if deed.step == "cash-only"]
