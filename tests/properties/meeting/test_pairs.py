"""Where two messages meet: every pair of kinds, in both orders, before and after each step."""

import os

import pytest

from domain.message_types import MessageType
from tests.properties.homes import STANDARD
from tests.properties.meeting.every_check import keeps_every_promise
from tests.properties.meeting.pairs import Pair, pairs, play, triples


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


@pytest.mark.soak
@pytest.mark.skipif(not os.environ.get("AMICABLE_SOAK"), reason="some 70,000 lives: make soak")
@pytest.mark.parametrize("first", MessageType)
def test_and_where_three_meet(first: MessageType) -> None:
    faults = [fault for triple in triples(STANDARD, first) if (fault := fault_of(triple))]

    assert not faults, "\n".join(faults)
