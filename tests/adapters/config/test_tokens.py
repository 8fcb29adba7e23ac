"""Tokens in addresses and links: only ours are believed, for their own purpose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.config.tokens import RECEIPT, REPLY, Tokens

NEW, OLD = "n" * 32, "o" * 32
MESSAGE = "0b54e6a2-7c0e-4d0b-9a51-5f6f1f0f4a11"


def test_a_token_names_its_message_also_in_capitals_and_within_an_address() -> None:
    tokens = Tokens([NEW])
    address = tokens.reply_address(MESSAGE, "reply.acme.example")

    assert len(address.partition("@")[0]) <= 64
    assert tokens.answered(address) == MESSAGE
    assert tokens.answered(address.upper()) == MESSAGE
    assert tokens.answered("billing@acme.example") is None


def test_a_token_of_the_secret_before_counts_and_one_of_nobody_does_not() -> None:
    token = Tokens([OLD]).sign(REPLY, MESSAGE)

    assert Tokens([OLD, NEW]).read(REPLY, token) == MESSAGE
    assert Tokens([NEW]).read(REPLY, token) is None
    assert Tokens([]).read(REPLY, token) is None
    assert Tokens([OLD]).read(RECEIPT, token) is None


def test_without_a_secret_nothing_is_signed() -> None:
    assert not Tokens([])
    with pytest.raises(ValueError, match="AMICABLE_REPLIES__SECRET"):
        Tokens([]).sign(REPLY, MESSAGE)


@given(st.integers(0, 51), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_no_token_survives_a_changed_letter(place: int, letter: str) -> None:
    """Row 43: bit-flips."""
    tokens = Tokens([NEW])
    token = tokens.sign(REPLY, MESSAGE)
    changed = token[:place] + letter + token[place + 1 :]

    assert (tokens.read(REPLY, changed) is not None) == (changed == token)


def test_the_spare_bits_of_the_last_letter_count() -> None:
    tokens = Tokens([NEW])
    token = tokens.sign(REPLY, MESSAGE)
    others = {token[:25] + letter + token[26:] for letter in "abcdefghijklmnopqrstuvwxyz234567"}

    assert [one for one in others if tokens.read(REPLY, one)] == [token]


@given(st.text())
def test_whatever_comes_as_a_token_is_answered_without_an_error(text: str) -> None:
    tokens = Tokens([NEW])
    assert tokens.read(REPLY, text) is None
    assert tokens.answered(f"reply+{text}@x.example") is None
