"""Whoever has one creditor's key neither reads nor changes anything of another (G3)."""

# One thing: what is sent to each address, and what nobody else may see or change there.

import hashlib
import json
import os
from base64 import b64encode
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from httpx import Response

from activities.ports.events import Endpoint
from activities.ports.types import Task
from adapters.ledger.core.engine import Engine
from adapters.ledger.gateway import keys
from adapters.ledger.stores.webhooks import SqlEndpointStore
from adapters.ledger.tasks.desk import put_task
from adapters.runtime.machine import machine_clock
from adapters.wiring.advice.experiments import experiment_service
from domain.parties.keys import KeyRole
from domain.parties.tasks import TaskKind
from domain.policy.policy_file import shipped_policy_text, standard_policy
from starter.api.auth import KeyAuthenticator
from starter.api.routes.messages import SAYINGS
from starter.api.routes.table import ROUTES, ApiRoute
from tests.adapters.einvoice.samples import ubl
from tests.starter.api.agencies.placed import place
from tests.starter.api.factories import Desk, Outside, invoice

WORDS = b"words of an agency"
NUMBER, CANARY, CUSTOMER = "CANARY-7", "Canary Ltd", "CANARY-C"
FULL = "invoice%2F{creditor}%2F" + NUMBER
OPEN_TO_ALL = {"/healthz", "/readyz", "/openapi.json"}

MONEY = {
    "id": "B-1",
    "amount": "1.00",
    "currency": "EUR",
    "customer": CUSTOMER,
    "invoices": [NUMBER],
}
STATEMENT = f""":20:X
:25:10020030/1234567
:28C:1/1
:60F:C260301EUR100,00
:61:2603020302CR1,00NTRFNONREF
:86:/EREF/E-1/NAME/Jansen B.V./REMI/USTD//{NUMBER}/
:62F:C260302EUR101,00
-"""
BODIES: dict[str, Any] = {
    "importStatement": {
        "name": "bank.sta",
        "content": b64encode(STATEMENT.encode()).decode(),
    },
    "importInvoices": {
        "files": [{"name": "in.xml", "content": b64encode(ubl("OTHER-2", due="")).decode()}]
    },
    "openCase": invoice("OTHER"),
    "postPayment": MONEY,
    "allocateMoney": {"id": "A-1", "payment": "billing/B-1", "invoices": [NUMBER]},
    "refundMoney": {"id": "F-1", "payment": "billing/B-1"},
    "finishTask": {"note": "done"},
    "takeTask": {"by": "ann"},
    "undoTask": {"by": "ann"},
    "noteCustomer": {"said": "hello"},
    "changeCustomer": {"phone": "+442079460113"},
    "giveCustomer": {"owner": ""},
    "actOnMany": {"id": "B-1", "act": "note", "customers": [CUSTOMER], "value": "hello"},
    "changeLetter": {"passage": "hello", "seen": "x"},
    "undoLetterChange": {"by": "ann"},
    "tryLetterOut": {"to": "ann@acme.example"},
    "sendLetter": {"id": "L-1", "seen": "x"},
    "keepFile": {"name": "a.txt", "content": "aGVsbG8="},
    "approve": {"ref": "call-17"},
    "openMany": json.dumps(invoice("OTHER-3")),
    "postMany": json.dumps({**MONEY, "id": "B-9"}),
    "addWebhook": {"name": "other", "url": "https://billing.example/amicable"},
    "tryWebhook": {},
    "retryWebhook": {},
    "removeWebhook": {},
    "addContact": {"email": "boss@customer.example"},
    "removeContact": {"point": "boss@customer.example"},
    "flagCustomer": {"flag": "vulnerable"},
    "optOut": {"channel": "sms"},
    "makeLink": {"recipient": "boss@customer.example"},
    "revokeLink": {},
    "keepCopy": {"name": "a.pdf", "content": b64encode(b"%PDF-1.4").decode()},
    "assignBankEntry": {"invoices": [NUMBER]},
    "dismissBankEntry": {"note": "taxes"},
    "undoBankEntry": {"note": "by mistake"},
    "stopBankAccount": {},
    "resumeBankAccount": {},
    "recordRemittance": {"seen": "x"},
    "holdOn": {},
    "holdOff": {},
    "eraseCustomer": {"reason": "asked"},
    "colleagueAway": {},
    "colleagueBack": {},
    "holdCredit": {"reason": "rumours"},
    "releaseCredit": {"reason": "paid"},
    "setLimit": {"amount": "5.00", "currency": "EUR", "reason": "bank reference"},
    "keepReport": {"source": "Bureau", "date": "2026-03-01", "said": "B"},
    "checkPolicy": {"text": shipped_policy_text("any_hour")},
    "previewPolicy": {"policy": "any_hour"},
    "applyPolicy": {"policy": "any_hour"},
    "startExperiment": {"name": "other", "challenger": {"policy": "any_hour"}},
    "stopExperiment": {"keep": "neither"},
    "pollAgencies": {"agency": "nordwind"},
    "decideReturned": {"id": "R-9", "choice": "ourselves"},
    "placeCase": {"id": "H-2", "agency": "nordwind"},
    "tellAgency": {"id": "M-1", "note": "they moved"},
    "reportNews": {"id": "N-1", "state": "working"},
    "reportMoney": {"id": "S-1", "collected": "1.00", "fee": "0.10"},
    "addFile": {"name": "note.txt", "content": b64encode(WORDS).decode()},
    **{f"/{saying.path}": saying.example for saying in SAYINGS},
}
"""What is sent where; a route that is not here fails these tests."""

COLLECTIONS = {
    *("listCases", "listTasks", "openCase", "actOnMany", "listOwnCases"),
    *("listAgencyAccounts", "pollAgencies"),
    *("showReport", "listPolicies", "listExperiments", "listWebhooks", "addWebhook"),
    *("openMany", "postMany", "showPolicy", "checkPolicy", "previewPolicy", "applyPolicy"),
    *("startExperiment", "listCustomers", "search", "listPayments", "listReplies"),
    *("listBankEntries", "listBankAccounts", "showHold", "holdOn", "holdOff", "listTeam"),
    "showCreditor",
    *("importInvoices", "postPayment", "importStatement", "allocateMoney", "refundMoney"),
}
"""Routes whose address names no object: they answer with what is the caller's own."""

DONE = {200, 201, 409, 422}

NAMELESS = {
    *("showReply", "revokeLink", "showBankEntry", "assignBankEntry", "dismissBankEntry"),
    *("undoBankEntry", "colleagueAway", "colleagueBack", "getEvidence"),
    *("stopBankAccount", "resumeBankAccount"),
    *("getReplyFile", "showRemittance", "recordRemittance"),
}
"""Routes of what this owner has none of: the tests of each have it."""

every_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)


def body_of(route: ApiRoute) -> Any:
    path = route.path[route.path.rindex("/") :]
    return BODIES[route.name] if route.name in BODIES else BODIES.get(path)


@pytest.fixture(scope="module")
def owner(engine: Engine, _gateway: Outside) -> Desk:
    """A creditor with a case, a customer and a task, each with a name nobody else may see."""
    desk = _gateway.desk(f"owner-{os.getpid()}")
    opened = desk.open(NUMBER, customer=CUSTOMER, contact={"name": CANARY})
    case = opened.json()["case"]
    place(engine, case)
    told = Endpoint(creditor=desk.creditor, name=CANARY, url="https://canary.example", kinds=())
    SqlEndpointStore(engine).put(told)
    experiments = experiment_service(engine, machine_clock)
    tried = replace(standard_policy(), name="tried")
    experiments.start(desk.creditor, CANARY, tried, "ann")
    put_task(engine, Task(key=f"call/{case}/1/call", kind=TaskKind.CALL, case=case, title=CANARY))
    return desk


@pytest.fixture(scope="module")
def stranger(_gateway: Outside, owner: Desk) -> Desk:
    """Another creditor, whose id even begins the same."""
    return _gateway.desk(f"{owner.creditor}-x")


def address(route: ApiRoute, owner: Desk, number: str = NUMBER) -> str:
    key = f"call/invoice/{owner.creditor}/{NUMBER}/1/call".replace("/", "%2F")
    sha256 = hashlib.sha256(WORDS).hexdigest()
    named = {"name": CANARY.replace(" ", "%20"), "report": "ageing", "policy": "standard"}
    named |= {
        "entry": "20261103-0a1b2c3d4e5f6071",
        "account": "DE99",
        "link": str(UUID(int=7)),
    }
    told = route.path.format(number=number, customer=CUSTOMER, key=key, sha256=sha256, **named)
    return f"{told}?words={CANARY.split(maxsplit=1)[0]}" if route.name == "search" else told


def asked(route: ApiRoute, who: Desk, path: str, headers: dict[str, str]) -> Response:
    body = None if route.method == "GET" else body_of(route)
    if route.in_lines:
        told = headers | {"Content-Type": "application/x-ndjson"}
        return who.client.request(route.method, path, content=body, headers=told)
    return who.client.request(route.method, path, json=body, headers=headers)


def with_key(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def test_every_route_has_its_entry_here_and_none_is_open_by_accident(outside: Outside) -> None:
    found = {route.path for route in outside.app.routes if isinstance(route, KeyAuthenticator)}
    other = {route.path for route in outside.app.routes if not isinstance(route, KeyAuthenticator)}  # type: ignore[attr-defined]  # all our routes have one

    assert found == {route.path for route in ROUTES}
    assert other == OPEN_TO_ALL
    assert not [route.name for route in ROUTES if route.method != "GET" and body_of(route) is None]
    assert {route.method for route in ROUTES} == {"GET", "POST", "PATCH"}


@every_route
def test_without_a_key_in_use_nothing_is_answered(
    route: ApiRoute, engine: Engine, owner: Desk
) -> None:
    made, revoked = keys.make_key(engine, owner.creditor, route.roles[0])
    keys.revoke_key(engine, made.id)
    wrong = {"Authorization": f"Basic {owner.keys[route.roles[0]]}"}
    tries: tuple[dict[str, str], ...] = ({}, wrong, with_key("amk_" + "x" * 43), with_key(revoked))

    answers = [asked(route, owner, address(route, owner), headers) for headers in tries]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1, "nobody learns which of them it was"
    assert all(answer.headers["www-authenticate"] == "Bearer" for answer in answers)


@every_route
def test_a_key_of_another_role_is_told_which_may(route: ApiRoute, owner: Desk) -> None:
    for role in set(KeyRole) - set(route.roles):
        refused = asked(route, owner, address(route, owner), with_key(owner.keys[role]))
        assert refused.status_code == 403
        assert refused.json()["type"] == "urn:amicable:problem:forbidden"


@every_route
def test_a_key_of_another_creditor_neither_sees_nor_changes_anything(
    route: ApiRoute, owner: Desk, stranger: Desk
) -> None:
    before = owner.get(f"/v1/cases/{NUMBER}").text
    told = [
        asked(route, stranger, path, with_key(stranger.keys[role]))
        for role in route.roles
        for path in _addresses(route, owner)
    ]

    if route.name not in COLLECTIONS:
        assert {answer.status_code for answer in told} == {404}
    assert not [
        answer for answer in told if CANARY in answer.text or owner.creditor + "/" in answer.text
    ]
    assert owner.get(f"/v1/cases/{NUMBER}").text == before


def _addresses(route: ApiRoute, owner: Desk) -> set[str]:
    """By number, by the whole id, and by a way around."""
    whole = FULL.format(creditor=owner.creditor)
    around = f"..%2F{owner.creditor}%2F{NUMBER}"
    return {address(route, owner, number) for number in (NUMBER, whole, around)}


def test_the_routes_do_what_they_should_for_their_own_creditor(owner: Desk) -> None:
    """Else the matrix above would also pass for routes that refuse everybody."""
    answers = {
        route.name: asked(route, owner, address(route, owner), with_key(owner.keys[route.roles[0]]))
        for route in ROUTES
        if route.name not in {"openCase", *NAMELESS}
    }
    fine = answers.values()
    assert not [name for name, one in answers.items() if one.status_code not in DONE]
    assert sum(answer.status_code == 200 for answer in fine) > 20


def test_another_creditors_cursor_leads_to_nothing_of_theirs(owner: Desk, stranger: Desk) -> None:
    for number in ("A-1", "A-2"):
        owner.open(number)
        stranger.open(number)
    theirs = owner.get("/v1/cases?limit=1").json()["next"]

    page = stranger.get("/v1/cases", params={"cursor": theirs})

    assert page.status_code == 200
    assert all(stranger.creditor in case["case"] for case in page.json()["items"])
