"""The routes of credit: method, address, name, handler, roles and answer of each."""

from __future__ import annotations

from domain.parties.keys import KeyRole
from starter.api.credit import routes
from starter.api.schemas import RouteRow

_CUSTOMER = "/v1/customers/{customer}"
_BILLING = (KeyRole.BILLING,)
_BOTH = (KeyRole.BILLING, KeyRole.COLLECTOR)
_LOOKING = (*_BOTH, KeyRole.READER)
_moved, _kept = routes.CreditMoved, routes.CreditReportKept


CREDIT_ROUTES: tuple[RouteRow, ...] = (
    (
        "GET",
        f"{_CUSTOMER}/credit",
        "showCredit",
        routes.show_credit,
        _LOOKING,
        routes.DeliveryAnswer,
    ),
    ("POST", f"{_CUSTOMER}/credit-holds", "holdCredit", routes.hold_credit, _BOTH, _moved),
    ("POST", f"{_CUSTOMER}/credit-releases", "releaseCredit", routes.release_credit, _BOTH, _moved),
    (
        "POST",
        f"{_CUSTOMER}/limits",
        "setLimit",
        routes.set_limit_over_http,
        _BILLING,
        routes.LimitSet,
    ),
    (
        "POST",
        f"{_CUSTOMER}/credit-reports",
        "keepReport",
        routes.keep_report_over_http,
        _BOTH,
        _kept,
    ),
)
"""Every route of credit."""
