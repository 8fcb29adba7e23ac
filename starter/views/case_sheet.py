"""Shows everything about one case, for commands and programs."""

from __future__ import annotations

from typing import Any

from activities.ports.stores.replies import HeardBack
from domain.agreements.text import agreement_values, what_follows
from domain.case.model import Deed
from domain.case.terms import what_is_left
from domain.decision.deeds import stage_of
from domain.decision.describing import who_has
from domain.decision.state import CaseState
from domain.history.reports import words_of_fate
from domain.money import Money
from domain.payments.pending import on_its_way
from starter.application import Application
from starter.views.agency_lines import agency_sheet
from starter.views.lines import received_file, task_line
from starter.views.looking import View


def case_sheet(application: Application, view: View) -> dict[str, Any]:
    """Show everything about a case: money, agreements, messages, deeds, what comes next."""
    given = view.case.invoice.case_id
    contacts = application.cases.contacts(given)
    return {
        **_state(view),
        "promises": [_promise(view, at) for at in range(len(view.case.promises))],
        "agreed": list(agreement_values(view.case, view.now)),
        "disputes": [_dispute(view, at) for at in range(len(view.case.disputes))],
        "said": [_said(view, at) for at in range(len(view.file.recorded))],
        "done": deeds_done(view),
        "messages": [
            {"id": a.message_id, "at": a.at, "step": a.step, "channel": a.channel}
            | {"to": a.recipient}
            | {"result": a.result, "detail": a.detail}
            for a in contacts.attempts
        ],
        "heard_back": [_heard(one) for one in contacts.heard_back],
        "tasks": [task_line(task)["title"] for task in contacts.tasks],
        "agency": agency_sheet(application, view),
    }


def deeds_done(view: View) -> list[dict[str, Any]]:
    """List what was done for a case, each with its reason."""
    return [_deed(view, deed) for deed in view.case.deeds]


def reasons(view: View) -> dict[str, Any]:
    """Explain what a case does next, and why."""
    action, held = view.state.next_action, "everything is on hold" if view.file.on_hold else ""
    parked = "the case is parked until it is resumed" if view.file.parked else ""
    return {
        "case": view.case.invoice.case_id,
        "next": action.do.value,
        "step": action.step or None,
        "at": action.at,
        "why": action.why_at(view.now),
        "but": parked or held or None,
        "stage": _stage(view),
        "customer_class": view.state.customer_class,
        "policy": view.file.policy.name,
    }


def _discount(view: View) -> dict[str, Any] | None:
    """The discount for paying early: how much, until when, and what was earned of it (P07)."""
    offer = view.case.invoice.discount
    if offer is None:
        return None
    earned = _money(view, view.case.discount)
    return {
        "amount": _money(view, offer.minor),
        "until": view.case.discount_until,
        "earned": earned,
    }


def _terms(view: View) -> list[dict[str, Any]] | None:
    """The parts in which the invoice falls due, each with what is left of it."""
    case = view.case
    if not case.invoice.terms:
        return None
    left = what_is_left(case)
    return [
        {"due": part.day, "amount": _money(view, part.minor), "open": _money(view, minor)}
        for part, minor in zip(case.invoice.terms, left, strict=True)
    ]


def _state(view: View) -> dict[str, Any]:
    case, action = view.case, view.state.next_action
    return {
        "case": case.invoice.case_id,
        "customer": view.file.debtor.id,
        "customer_name": view.file.debtor.name,
        "customer_class": view.state.customer_class,
        "issued": case.invoice.issued,
        "due": case.printed_due,
        "terms": _terms(view),
        "currency": case.invoice.amount.currency,
        "amount": case.invoice.amount,
        **_sums(view),
        "discount": _discount(view),
        "reference": case.invoice.reference or None,
        "on_its_way": _money(view, on_its_way(case, view.now)),
        **_stands(view),
        "outcome": case.outcome.value if case.outcome else None,
        "episode": case.episode,
        "policy": view.file.policy.name,
        "parked": view.file.parked,
        "on_hold": view.file.on_hold,
        "next": action.step or action.do.value,
        "next_at": action.at,
        "why": action.why_at(view.now),
    }


def _stands(view: View) -> dict[str, Any]:
    """Where the case stands, and who has it: we or the agency."""
    return {"stage": _stage(view), "who_has_it": who_has(view.case, view.state.calendar)}


def _sums(view: View) -> dict[str, Any]:
    names = ("paid", "credited", "written_off", "disputed", "surplus", "open", "costs_left")
    sums = {name: _money(view, getattr(view.case, name)) for name in names}
    return sums | to_pay_of(view.state)


def to_pay_of(state: CaseState) -> dict[str, Any]:
    """Show what is to be paid now, and the costs in it, as a letter of now would ask for them."""
    stated = state.statement
    return {"costs": stated.costs, "to_pay": stated.total, "costs_accrue": stated.accruing}


def planned_line(view: View, deed: Deed) -> dict[str, Any]:
    """Show a deed that is to come as a line of a list."""
    return {
        "at": deed.at,
        "deed": deed.do.value,
        "step": deed.step,
        "channel": deed.channel or None,
        "why": deed.why,
        "open": _money(view, deed.open),
        "currency": view.case.invoice.amount.currency,
    }


def _promise(view: View, at: int) -> dict[str, Any]:
    promise = view.case.promises[at]
    amount = _money(view, promise.amount) if promise.amount is not None else None
    return {
        "date": promise.day,
        "amount": amount,
        "state": words_of_fate(view.case, promise, view.now),
        "check_at": promise.plan_b.check_at,
        "plan_b": what_follows(view.case, promise),
        "by": promise.by,
        "channel": promise.channel,
        "approved_by": promise.approved_by,
        "confirmed_at": promise.confirmed_at,
    }


def _dispute(view: View, at: int) -> dict[str, Any]:
    dispute = view.case.disputes[at]
    amount = _money(view, dispute.amount) if dispute.amount is not None else None
    return {
        "id": dispute.key,
        "opened_at": dispute.opened_at,
        "amount": amount,
        "reason": dispute.reason,
    }


def _said(view: View, at: int) -> dict[str, Any]:
    recorded = view.file.recorded[at]
    told = recorded.message
    return {
        "at": told.at,
        "id": told.key,
        "what": told.kind.value,
        "amount": told.amount,
        "date": told.day,
        "status": recorded.status,
        "note": told.note or told.reason,
        "by": told.by,
    }


def _deed(view: View, deed: Deed) -> dict[str, Any]:
    return {
        "at": deed.at,
        "deed": deed.do.value,
        "step": deed.step,
        "channel": deed.channel,
        "result": deed.result.value,
        "failed_at": deed.failed_at,
        "received_at": deed.receipt_at,
        "why": deed.why,
    }


def _heard(one: HeardBack) -> dict[str, Any]:
    """What is known of how a message was received (P02): no words of anybody."""
    told = {"at": one.at, "step": one.step, "channel": one.channel}
    files = [received_file(file) for file in one.files]
    return told | {"what": one.what, "code": one.code or None, "files": files}


def _money(view: View, minor: int) -> Money:
    return Money(minor, view.case.invoice.amount.currency)


def _stage(view: View) -> str:
    return stage_of(view.case, view.state.calendar, view.now).value
