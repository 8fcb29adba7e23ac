"""The same holds under every policy that the check accepts, not only under the shipped ones."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from domain.policy.model import Policy
from tests.properties.homes import Home, homes
from tests.properties.households import Street
from tests.properties.lives import QUICK
from tests.properties.meeting.any_policy import policies
from tests.properties.meeting.every_check import keeps_every_promise

MANY_REFUSED = (HealthCheck.filter_too_much, HealthCheck.too_slow)
"""The check refuses most policies that are drawn: those are not the subject here."""


@settings(QUICK, max_examples=200, suppress_health_check=MANY_REFUSED)
@given(homes, policies())
def test_whole_lives_keep_every_promise_under_any_policy(home: Home, policy: Policy) -> None:
    keeps_every_promise(Street(replace(home, policy=policy)))
