"""The routes of policies and experiments: method, address, name, handler, roles and answer."""

from __future__ import annotations

from domain.parties.keys import KeyRole
from starter.api.policies import bodies, routes

_BILLING = (KeyRole.BILLING,)
_LOOKING = (KeyRole.BILLING, KeyRole.COLLECTOR, KeyRole.READER)
_POLICIES, _EXPERIMENTS = "/v1/policies", "/v1/experiments"
_meant, _line = bodies.PolicyMeant, bodies.ExperimentLine

POLICY_ROUTES = (
    ("GET", f"{_POLICIES}/{{policy}}", "showPolicy", routes.show_policy, _LOOKING, _meant),
    ("POST", "/v1/policy-checks", "checkPolicy", routes.check_policy, _LOOKING, _meant),
    (
        "POST",
        "/v1/policy-previews",
        "previewPolicy",
        routes.look_at_policy,
        _LOOKING,
        bodies.PolicyMoves,
    ),
    (
        "POST",
        "/v1/policy-moves",
        "applyPolicy",
        routes.apply_policy_over_http,
        _BILLING,
        bodies.PolicyApplied,
    ),
    ("POST", _EXPERIMENTS, "startExperiment", routes.start_experiment, _BILLING, _line),
    (
        "POST",
        f"{_EXPERIMENTS}/{{name}}/endings",
        "stopExperiment",
        routes.stop_experiment,
        _BILLING,
        _line,
    ),
)
"""Every route of policies and experiments."""
