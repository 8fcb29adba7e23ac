"""Where two messages meet: every pair of kinds, in both orders, before and after each step."""

import os
from itertools import product

import pytest

from domain.message_types import MessageType
from tests.properties.homes import STANDARD
from tests.properties.meeting.every_check import keeps_every_promise
from tests.properties.meeting.pairs import (
    Pair,
    accepted_in,
    hours_of_steps,
    pairs,
    play,
    triples,
)
from workflows.message_handlers import MessageHandlers


def fault_of(pair: Pair) -> str:
    """What is wrong with the life in which two messages meet; nothing if all is right."""
    try:
        keeps_every_promise(play(STANDARD, pair))
    except AssertionError as error:
        return f"{pair}: {error or 'see the check'}"
    return ""


@pytest.mark.parametrize("first", MessageType)
def test_what_holds_for_one_message_holds_where_two_meet(first: MessageType) -> None:
    faults = [fault for pair in pairs(STANDARD, first) if (fault := fault_of(pair))]

    assert not faults, "\n".join(faults)


def test_the_matrix_has_every_kind_that_a_case_can_be_told() -> None:
    """Read from the handlers of the workflow: a new one needs its place among the pairs."""
    handlers = {name for name in vars(MessageHandlers) if name.startswith("hear_")}
    told = {name.removeprefix("hear_") for name in handlers} - {"anything"}

    assert told == {pair.second.value for pair in pairs(STANDARD, MessageType.PAYMENT)}


def test_every_kind_is_accepted_somewhere_in_the_matrix() -> None:
    """What is refused in every pair, as for a reference that it lacks, meets nothing."""
    late = hours_of_steps(STANDARD)[4]
    lives = (play(STANDARD, Pair(*kinds, late)) for kinds in product(MessageType, MessageType))
    accepted = set[MessageType]().union(*map(accepted_in, lives))

    assert accepted == set(MessageType)


@pytest.mark.soak
@pytest.mark.skipif(not os.environ.get("AMICABLE_SOAK"), reason="some 70,000 lives: make soak")
@pytest.mark.parametrize("first", MessageType)
def test_and_where_three_meet(first: MessageType) -> None:
    faults = [fault for triple in triples(STANDARD, first) if (fault := fault_of(triple))]

    assert not faults, "\n".join(faults)
