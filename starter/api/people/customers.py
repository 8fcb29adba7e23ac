"""What programs say of customers beside invoices: ways of contact, wishes, their data, links."""

from __future__ import annotations

import base64
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Path, Query
from fastapi.responses import JSONResponse

from activities.ports.stores.customers import Mark
from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.types import ConflictError
from activities.services.customers.customers import HEARD_AT_ONCE
from activities.services.page.links import PageLinkService
from adapters.wiring.customer_page import page_services
from domain.parties.people import CHANNELS, EMAIL, PHONE, Debtor, Point, kind_for
from starter.api.dependencies import Ask, Asked, Number, shown_json
from starter.api.errors import HttpProblem
from starter.api.people.bodies import (
    ContactWayGone,
    CustomerErasure,
    CustomerFlag,
    CustomersAsked,
    LinkEnd,
    NewContactWay,
    NewLink,
    OptOut,
    WordsAsked,
)
from starter.api.reading import named_object
from starter.contact_data import read_phone
from starter.many import notes_of
from starter.views.customer_sheet import words_of
from starter.views.plain import plain_value

CustomerInPath = Annotated[str, Path(description="Your id of the customer.", min_length=1)]
_LinkId = Annotated[str, Path(description="The link's id, as the list shows it.", min_length=1)]


def list_debtors_over_http(wanted: Annotated[CustomersAsked, Query()], ask: Asked) -> JSONResponse:
    """List customers: credit, flags, and what is open in each currency."""
    rows = ask.application.customers.list(ask.creditor, wanted.limit)
    told = [
        {
            "customer": row.customer,
            "name": row.name,
            "credit": row.credit,
            "do_not_contact": row.do_not_contact,
            "vulnerable": row.vulnerable,
            "running": row.running,
            "open": words_of(row.open),
        }
        for row in rows
    ]
    return shown_json({"items": told})


def search_over_http(wanted: Annotated[WordsAsked, Query()], ask: Asked) -> JSONResponse:
    """Find customers and invoices by a part of a name or number, or by an amount."""
    return shown_json(plain_value(notes_of(ask.application).search(ask.creditor, wanted.words)))


def list_contacts(customer: CustomerInPath, ask: Asked) -> JSONResponse:
    """List every way to a customer and what it is used for, the account's own first."""
    return _ways(_debtor(customer, ask))


def add_contact(customer: CustomerInPath, new: NewContactWay, ask: Asked) -> JSONResponse:
    """Add a way to a customer, tried when those before it do not get through."""
    debtor = _debtor(customer, ask)
    if bool(new.email.strip()) == bool(new.phone.strip()):
        raise HttpProblem("invalid", "email: write it or a phone, each by itself", field="email")
    email = new.email.strip()
    way = email or read_phone(new.phone.strip(), debtor.country)
    kind = EMAIL if email else PHONE
    point = Point(kind=kind, point=way, person=new.person, role=new.role, rank=new.rank)
    ask.application.customers.add_point(ask.creditor, debtor.id, point)
    return _looked_again(debtor.id, ask)


def remove_contact(customer: CustomerInPath, gone: ContactWayGone, ask: Asked) -> JSONResponse:
    """Take a further way to a customer off the list."""
    debtor = _debtor(customer, ask)
    ask.application.customers.remove_point(ask.creditor, debtor.id, gone.point)
    return _looked_again(debtor.id, ask)


def flag_customer(customer: CustomerInPath, said: CustomerFlag, ask: Asked) -> JSONResponse:
    """Leave a customer to people: not to be contacted, or vulnerable; or no more."""
    known = named_object(customer, "customer")
    mark = Mark(flag=said.flag, is_on=said.on, why=said.reason, by=said.by or ask.somebody)
    change = ask.application.flags.set_flag(ask.creditor, known, mark)
    return _heard(known, change.cases, ask, changed=change.changed)


def opt_out_over_http(customer: CustomerInPath, said: OptOut, ask: Asked) -> JSONResponse:
    """Leave a customer alone on one channel; others are still used."""
    known, by = named_object(customer, "customer"), said.by or ask.somebody
    woken = ask.application.flags.opt_out(ask.creditor, known, said.channel, by)
    return _heard(known, woken, ask, changed=True)


def export_over_http(customer: CustomerInPath, ask: Asked) -> JSONResponse:
    """Show everything that is kept about a customer (GDPR, Art. 15)."""
    debtor = _debtor(customer, ask)
    found = ask.application.erasure.export(ask.creditor, debtor.id)
    files = [
        {"path": str(one.path), "content": base64.b64encode(one.body).decode()}
        for one in found.files
    ]
    return shown_json({"customer": debtor.id, "data": plain_value(found.rows), "files": files})


def erase_over_http(customer: CustomerInPath, said: CustomerErasure, ask: Asked) -> JSONResponse:
    """Erase a person's data for good (GDPR, Art. 17), once nothing is claimed any more."""
    debtor, erasure = _debtor(customer, ask), ask.application.erasure
    if found := erasure.obstacles(ask.creditor, debtor.id):
        way_out = "collect it, withdraw it or write it off first"
        raise ConflictError(f"{'; '.join(found)}: the data is needed for the claim; {way_out}")
    erasure.erase(ask.creditor, debtor.id, by=said.by or ask.somebody, why=said.reason)
    return shown_json({"customer": debtor.id, "erased": True})


def list_links(customer: CustomerInPath, ask: Asked) -> JSONResponse:
    """List the links to a customer's page: one of each message, and those made by hand."""
    debtor = _debtor(customer, ask)
    return shown_json({"items": plain_value(_links(ask).list(ask.creditor, debtor.id))})


def make_link(number: Number, new: NewLink, ask: Asked) -> JSONResponse:
    """Make a link to the customer's page of a case; it ends with the case."""
    case_id, links = ask.row(number).case_id, _links(ask)
    if not links.can_be_followed:
        raise HttpProblem("refused", "no customer can reach a page here; ask whoever runs this")
    made = links.issue(case_id, new.recipient, new.by or ask.somebody)
    return shown_json({"id": made.id, "case": case_id, "url": links.url(made.id)})


def revoke_link(customer: CustomerInPath, link: _LinkId, end: LinkEnd, ask: Asked) -> JSONResponse:
    """Take one link back; whoever has another one keeps it."""
    debtor, named, links = _debtor(customer, ask), named_object(link, "link"), _links(ask)
    if named not in {one.id for one in links.list(ask.creditor, debtor.id)}:
        raise NotKnownError(Sought.LINK, "there is no such link")
    links.revoke(named, end.by or ask.somebody)
    return shown_json({"id": named, "revoked": True})


def _links(ask: Ask) -> PageLinkService:
    return page_services(ask.application.engine, ask.application.settings).links


def _debtor(customer: str, ask: Ask) -> Debtor:
    return ask.application.customers.debtor(ask.creditor, named_object(customer, "customer"))


def _ways(debtor: Debtor) -> JSONResponse:
    own = (Point(kind=EMAIL, point=debtor.email), Point(kind=PHONE, point=debtor.phone))
    ways = [*(point for point in own if point.point), *debtor.further]
    return shown_json({"customer": debtor.id, "items": [_way(debtor, one) for one in ways]})


def _way(debtor: Debtor, point: Point) -> dict[str, Any]:
    mine = (channel for channel in CHANNELS if kind_for(channel) == point.kind)
    used = [channel for channel in mine if debtor.works(channel, point.point)]
    return {**asdict(point), "used_for": used}


def _looked_again(customer: str, ask: Ask) -> JSONResponse:
    customers = ask.application.customers
    ask.wake(*map(ask.application.desk.look, customers.to_wake(ask.creditor, customer)))
    return _ways(customers.debtor(ask.creditor, customer))


def _heard(customer: str, cases: tuple[str, ...], ask: Ask, *, changed: bool) -> JSONResponse:
    ask.wake(*map(ask.application.desk.look, cases[:HEARD_AT_ONCE]))
    return shown_json({"customer": customer, "changed": changed, "cases": len(cases)})
