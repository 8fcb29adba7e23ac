"""A log says where a fault of ours is, in one place, and nothing else about it."""

from collections.abc import Callable

import pytest

from activities.watching.faults import place_of


def _ours() -> None:
    raise ValueError("+49 151 234567")


def _called() -> None:
    _ours()


@pytest.mark.parametrize("fault", [_ours, _called])
def test_the_innermost_line_of_our_own_is_named(fault: Callable[[], None]) -> None:
    with pytest.raises(ValueError, match="151") as caught:
        fault()
    assert place_of(caught.value) == f"test_faults.py:{_ours.__code__.co_firstlineno + 1}"


def test_what_was_never_raised_has_no_place() -> None:
    assert place_of(ValueError()) == ""
