"""Every promise of this project, looked for in one customer's whole life."""

from tests.properties.households import Street
from tests.properties.meeting.answered import the_plan_b_that_was_answered_follows
from tests.properties.meeting.effects import what_is_accepted_has_an_effect
from tests.properties.meeting.pressing import OF_PRESSURE
from tests.properties.test_whole_lives import OF_A_CASE, one_voice

OF_ANSWERS = (what_is_accepted_has_an_effect, the_plan_b_that_was_answered_follows)


def keeps_every_promise(street: Street) -> None:
    """Check the customer as one, and each of its cases."""
    one_voice(street)
    for life in street.lives:
        for check in (*OF_A_CASE, *OF_PRESSURE, *OF_ANSWERS):
            check(street, life)
