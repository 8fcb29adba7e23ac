"""The same holds under every policy that the check accepts, not only under the shipped ones."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from domain.policy.model import Policy
from tests.properties.homes import Home, homes
from tests.properties.households import Street
from tests.properties.lives import QUICK
from tests.properties.meeting.any_policy import policies
from tests.properties.meeting.effects import what_is_accepted_has_an_effect
from tests.properties.meeting.pressing import OF_PRESSURE
from tests.properties.test_whole_lives import OF_A_CASE, one_voice

MANY_REFUSED = (HealthCheck.filter_too_much, HealthCheck.too_slow)
"""The check refuses most policies that are drawn: those are not the subject here."""


@settings(QUICK, max_examples=200, suppress_health_check=MANY_REFUSED)
@given(homes, policies())
def test_whole_lives_keep_every_promise_under_any_policy(home: Home, policy: Policy) -> None:
    street = Street(replace(home, policy=policy))
    one_voice(street)
    for life in street.lives:
        for check in (*OF_A_CASE, *OF_PRESSURE, what_is_accepted_has_an_effect):
            check(street, life)
