"""The routes of the desk: method, address, name, handler, roles and answer of each."""

from __future__ import annotations

from domain.parties.keys import KeyRole
from starter.api.desk import answers, routes
from starter.api.people import contact

_CASE, _CUSTOMER, _TASK = "/v1/cases/{number}", "/v1/customers/{customer}", "/v1/tasks/{key}"
_COLLECTOR = (KeyRole.COLLECTOR,)
_BOTH = (KeyRole.BILLING, KeyRole.COLLECTOR)
_LOOKING = (*_BOTH, KeyRole.READER)

DESK_ROUTES = (
    (
        "GET",
        f"{_CASE}/plan-preview",
        "calculatePlan",
        routes.calculate_over_http,
        _LOOKING,
        answers.PlanCalculated,
    ),
    ("POST", f"{_TASK}/take", "takeTask", routes.take_over_http, _COLLECTOR, answers.TaskTaken),
    ("POST", f"{_TASK}/undo", "undoTask", routes.undo_over_http, _COLLECTOR, answers.TaskTaken),
    (
        "POST",
        f"{_CUSTOMER}/notes",
        "noteCustomer",
        routes.note_over_http,
        _COLLECTOR,
        answers.NoteKept,
    ),
    ("PATCH", _CUSTOMER, "changeCustomer", contact.change_customer, _BOTH, answers.CustomerChanged),
    (
        "POST",
        f"{_CUSTOMER}/owner",
        "giveCustomer",
        routes.give_over_http,
        _COLLECTOR,
        answers.OwnerSet,
    ),
    ("POST", "/v1/bulk", "actOnMany", routes.act_on_many, _COLLECTOR, answers.BulkDone),
    ("POST", f"{_CASE}/evidence", "keepFile", routes.keep_file, _BOTH, answers.FileKept),
)
"""Every route of the desk."""
