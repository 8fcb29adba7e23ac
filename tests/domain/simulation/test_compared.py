"""Two futures of a case side by side: every step that moves, comes or goes."""

from dataclasses import replace
from datetime import UTC, datetime

from domain.deed import Deed
from domain.message_types import ActionType
from domain.simulation.compared import step_moves


def _deeds(**days: int) -> list[Deed]:
    """Reminders on days of March 2026."""
    at = {step: datetime(2026, 3, day, 9, tzinfo=UTC) for step, day in days.items()}
    return [Deed(step=step, do=ActionType.REMIND, at=when) for step, when in at.items()]


def test_every_step_is_listed_by_its_earliest_day_and_tells_whether_it_moves() -> None:
    now, then = _deeds(polite=5, second=9, formal=30), _deeds(polite=5, formal=12, call=8)

    moves = step_moves(now, then)
    assert [(one.step, one.differs) for one in moves] == [
        ("polite", False),
        ("call", True),
        ("second", True),
        ("formal", True),
    ]
    assert (moves[1].before, moves[2].after) == (None, None)


def test_a_step_that_does_something_else_on_the_same_day_moves_too() -> None:
    """The agency instead of a person, a letter on paper instead of a mail."""
    (mail,) = _deeds(polite=5)
    paper, agency = replace(mail, channel="post"), replace(mail, do=ActionType.HAND_OFF)
    for then in (paper, agency):
        (one,) = step_moves([mail], [then])
        assert one.differs
        assert one.does_another
    assert not step_moves([mail], [mail])[0].does_another
    assert not step_moves([mail], [])[0].does_another


def test_of_a_step_that_is_done_again_the_first_time_counts() -> None:
    assert not step_moves(_deeds(polite=5), [*_deeds(polite=5), *_deeds(polite=9)])[0].differs
