"""The routes of credit: method, address, name, handler, roles and answer of each."""

from __future__ import annotations

from domain.parties.keys import KeyRole
from starter.api.credit import bodies, routes
from starter.api.schemas import RouteRow

_CUSTOMER = "/v1/customers/{customer}"
_BILLING = (KeyRole.BILLING,)
_BOTH = (KeyRole.BILLING, KeyRole.COLLECTOR)
_LOOKING = (*_BOTH, KeyRole.READER)
_moved, _kept = bodies.CreditMoved, bodies.CreditReportKept


CREDIT_ROUTES: tuple[RouteRow, ...] = (
    (
        "GET",
        f"{_CUSTOMER}/check",
        "checkCustomer",
        routes.check_over_http,
        _LOOKING,
        bodies.CustomerChecked,
    ),
    (
        "GET",
        f"{_CUSTOMER}/credit",
        "showCredit",
        routes.show_credit,
        _LOOKING,
        bodies.DeliveryAnswer,
    ),
    ("POST", f"{_CUSTOMER}/credit-holds", "holdCredit", routes.hold_credit, _BOTH, _moved),
    ("POST", f"{_CUSTOMER}/credit-releases", "releaseCredit", routes.release_credit, _BOTH, _moved),
    (
        "POST",
        f"{_CUSTOMER}/limits",
        "setLimit",
        routes.set_limit_over_http,
        _BILLING,
        bodies.LimitSet,
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
