"""The routes of bulk, figures and webhooks: method, address, name, handler, roles, answer."""

from __future__ import annotations

from domain.parties.keys import KeyRole
from starter.api.routes.opening import NewCase
from starter.api.routes.payments import NewPayment
from starter.api.schemas import CaseOpened, PaymentPosted
from starter.api.steering import endpoints, figures, lines, reports

_BILLING = (KeyRole.BILLING,)
_LOOKING = (KeyRole.BILLING, KeyRole.COLLECTOR, KeyRole.READER)
_HOOK = "/v1/webhooks/{name}"
_told = endpoints.EndpointTold

STEERING_ROUTES = (
    (
        "GET",
        "/v1/reports/{report}",
        "showReport",
        reports.show_report,
        _LOOKING,
        reports.ReportRows,
    ),
    ("GET", "/v1/policies", "listPolicies", figures.list_policies, _LOOKING, figures.FigureRows),
    (
        "GET",
        "/v1/experiments",
        "listExperiments",
        figures.list_experiments,
        _LOOKING,
        figures.FigureRows,
    ),
    (
        "GET",
        "/v1/experiments/{name}",
        "showExperiment",
        figures.show_experiment,
        _LOOKING,
        figures.ExperimentShown,
    ),
    (
        "GET",
        "/v1/webhooks",
        "listWebhooks",
        endpoints.list_endpoints,
        _BILLING,
        endpoints.EndpointList,
    ),
    (
        "POST",
        "/v1/webhooks",
        "addWebhook",
        endpoints.add_endpoint,
        _BILLING,
        endpoints.EndpointShown,
    ),
    ("POST", f"{_HOOK}/trials", "tryWebhook", endpoints.try_endpoint, _BILLING, _told),
    ("POST", f"{_HOOK}/retries", "retryWebhook", endpoints.retry_endpoint, _BILLING, _told),
    ("POST", f"{_HOOK}/removals", "removeWebhook", endpoints.remove_endpoint, _BILLING, _told),
)
"""Every route of figures and webhooks."""

LINES_ROUTES = (
    ("/v1/bulk/cases", "openMany", lines.open_many_over_http, NewCase, CaseOpened),
    ("/v1/bulk/payments", "postMany", lines.post_many_over_http, NewPayment, PaymentPosted),
)
"""The routes that take many lines, with what each is and is answered; all are billing's."""
