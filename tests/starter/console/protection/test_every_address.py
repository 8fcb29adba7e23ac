"""Roles and creditors over every address that the console has, also those that come to be."""

from typing import Any

import pytest
from httpx import Response

from domain.parties.console import ConsoleRole
from tests.starter.console.factories import OWN, Console, Visitor
from tests.starter.console.protection.addresses import (
    FIELDS,
    OPEN_FOR_ALL,
    OWN_ACCESS,
    SECRET,
    Address,
    addresses,
)

_QUERY = {"number": "R-1", "customer": "C-1", "q": "canar"}


def asked(visitor: Visitor, one: Address, **headers: str) -> Response:
    """Ask an address as a page of the console would."""
    if one.method == "GET":
        return visitor.client.get(one.path, params=_QUERY)
    return visitor.client.post(one.path, data=FIELDS, headers=headers or OWN)


def stands(console: Console, creditor: str, case_id: str) -> list[Any]:
    """Everything of a creditor that an act could change."""
    application = console.application
    return [
        application.cases.messages(case_id),
        application.customers.show(creditor, "C-1").debtor,
        console.services.looking.timeline(creditor, "C-1"),
        application.policies.choices(creditor),
        application.keys.list(creditor),
        application.webhooks.list(creditor),
        application.team.list(creditor),
        console.services.access.people(creditor),
        application.creditors.is_known(creditor),
        [hold for hold in application.holds.list() if hold.scope == creditor],
    ]


def test_another_creditors_admin_sees_nothing_and_changes_nothing(
    console: Console, ann: Visitor
) -> None:
    case_id = console.opened(ann.creditor)
    stranger = console.visitor(f"{ann.creditor}-x", "admin", "mallory")
    before = stands(console, ann.creditor, case_id)
    tried = [one for one in addresses(console) if one.template not in OWN_ACCESS]
    answers = {str(one): asked(stranger, one) for one in tried}

    assert not {name for name, answer in answers.items() if SECRET in answer.text}
    assert not {name for name, answer in answers.items() if answer.status_code >= 500}
    assert stands(console, ann.creditor, case_id) == before
    assert case_id not in console.temporal.woken
    assert SECRET in ann.get("/customers/C-1").text, "it is there for its own people"


def test_an_auditor_changes_nothing_at_any_address(console: Console, ann: Visitor) -> None:
    case_id = console.opened(ann.creditor)
    auditor = console.visitor(ann.creditor, ConsoleRole.AUDITOR, "ed")
    before = stands(console, ann.creditor, case_id)
    tried = [one for one in addresses(console) if one.method == "POST"]
    tried = [one for one in tried if one.template not in OWN_ACCESS | OPEN_FOR_ALL]
    statuses = {str(one): asked(auditor, one).status_code for one in tried}

    assert {name: status for name, status in statuses.items() if status != 403} == {}
    assert stands(console, ann.creditor, case_id) == before


def test_without_a_session_every_address_leads_to_the_door(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)
    ann.client.cookies.clear()
    tried = [one for one in addresses(console) if one.template not in OPEN_FOR_ALL]
    answers = {str(one): asked(ann, one) for one in tried}

    open_to_all = {
        name: one.status_code
        for name, one in answers.items()
        if one.headers.get("location") != "/sign-in"
    }
    assert open_to_all == {}
    assert not [name for name, answer in answers.items() if SECRET in answer.text]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_form_of_another_site_is_taken_at_any_address(
    console: Console, ann: Visitor, site: str
) -> None:
    case_id = console.opened(ann.creditor)
    before = stands(console, ann.creditor, case_id)
    tried = [one for one in addresses(console) if one.method == "POST"]
    statuses = {asked(ann, one, **{"sec-fetch-site": site}).status_code for one in tried}

    assert statuses == {403}
    assert stands(console, ann.creditor, case_id) == before


def test_looking_at_every_page_changes_nothing(console: Console, ann: Visitor) -> None:
    case_id = console.opened(ann.creditor)
    before = stands(console, ann.creditor, case_id)
    pages = [one for one in addresses(console) if one.method == "GET"]
    answers = [asked(ann, one) for one in pages]

    assert stands(console, ann.creditor, case_id) == before
    assert not [one.url for one in answers if one.status_code >= 500]


def test_every_answer_may_stand_in_no_frame_and_in_no_cache(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)
    pages = [one for one in addresses(console) if one.method == "GET"]
    answers = [asked(ann, one) for one in pages if one.template != "/static/{name}"]

    for one in answers:
        assert one.headers["x-frame-options"] == "DENY", one.url
        assert "frame-ancestors 'none'" in one.headers["content-security-policy"], one.url
        assert one.headers["cache-control"] == "no-store", one.url
        assert " style=" not in one.text, one.url
        assert "<script>" not in one.text, one.url
