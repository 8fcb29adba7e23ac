"""A card number that somebody writes into a note is nowhere in the ledger (PCI DSS 3.4)."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import text

from activities.ports.stores.customers import Mark
from adapters.config.settings import Settings
from adapters.ledger.core.engine import Engine
from adapters.ledger.tables import METADATA
from starter.api.routes.table import ROUTES, ApiRoute
from starter.application import Application
from tests.starter.api.factories import Desk, Outside, day
from tests.starter.api.test_isolation import CUSTOMER, NUMBER, address, body_of

CARD, KEPT = "4111 1111 1111 1111", "**** **** **** 1111"


def test_a_note_keeps_the_last_four_digits_only(engine: Engine, desk: Desk) -> None:
    """2026-11-29: the customer told the collector his card on the phone, and she wrote it down."""
    desk.open()
    note = f"wants to pay by {CARD}"
    told = desk.post(
        "/v1/cases/R-1/promises", {"id": "P-1", "date": day(12), "note": note}, "collector"
    )
    again = desk.post(
        "/v1/cases/R-1/promises", {"id": "P-1", "date": day(12), "note": note}, "collector"
    )
    money = {"id": "B-1", "amount": "1.00", "currency": "EUR", "invoices": ["R-1"], "note": note}
    paid = desk.post("/v1/payments", money)

    assert (told.status_code, again.status_code, paid.status_code) == (200, 200, 200)
    queries = {
        "SELECT * FROM message WHERE case_id LIKE :c": f"invoice/{desk.creditor}/%",
        "SELECT * FROM payment WHERE creditor = :c": desk.creditor,
    }
    with engine.connect() as link:
        for query, mine in queries.items():
            rows = str(link.execute(text(query), {"c": mine}).all())
            assert CARD not in rows
            assert KEPT in rows


def test_a_task_is_ticked_off_without_the_card(desk: Desk) -> None:
    desk.open()
    desk.post("/v1/cases/R-1/disputes", {"id": "D-1", "reason": "goods"}, "collector")
    (task, *_) = desk.get("/v1/tasks").json()["items"]
    key = task["key"].replace("/", "%2F")
    desk.post(f"/v1/tasks/{key}/done", {"note": f"paid with {CARD}"}, "collector")
    (kept, *_) = desk.get("/v1/tasks?status=done").json()["items"]
    assert kept["done_note"] == f"paid with {KEPT}"


def test_the_reason_of_a_flag_keeps_no_card(engine: Engine, desk: Desk) -> None:
    desk.open()
    mark = Mark(flag="vulnerable", is_on=True, why=f"read out {CARD}", by="ann")
    application = Application(Settings(), engine)
    assert application.flags.set_flag(desk.creditor, "C-1", mark).changed
    with engine.connect() as link:
        rows = str(
            link.execute(
                text("SELECT * FROM account_flag WHERE creditor = :c"), {"c": desk.creditor}
            ).all()
        )
    assert CARD not in rows
    assert KEPT in rows


FREE = {"note", "reason", "said", "passage", "value"}
"""Fields in which people write what they like."""

WRITES = [one for one in ROUTES if one.method != "GET" and not one.in_lines]


def _with_a_card(route: ApiRoute) -> Iterator[dict[str, Any]]:
    """What is sent there, with a card in one field after the other; each under an id of its own."""
    body = body_of(route)
    for field in sorted(FREE & {*body, "note"}):
        told = {**body, field: f"<{route.name or route.path}: {field}> {CARD}"}
        yield told | {"id": f"{body['id']}-{field}"} if "id" in body else told


def test_no_request_leaves_a_card_in_the_ledger(engine: Engine, outside: Outside) -> None:
    """2026-11-30: of 70 addresses, holds of credit and whatever was refused kept it."""
    desk = outside.desk(f"cards-{id(outside)}")
    assert desk.open(NUMBER, customer=CUSTOMER).status_code == 201
    statuses = set()
    for route in WRITES:
        key = {"Authorization": f"Bearer {desk.keys[route.roles[0]]}"}
        for body in _with_a_card(route):
            answer = desk.client.request(route.method, address(route, desk), json=body, headers=key)
            assert CARD not in answer.text, (route.path, body)
            statuses.add(answer.status_code)

    assert {200, 422} <= statuses
    assert _rows_with(engine, CARD) == []


def _rows_with(engine: Engine, words: str) -> list[str]:
    """Every row of the ledger that holds them."""
    with engine.connect() as link:
        return [
            f"{name}: {row}"
            for name in METADATA.tables
            for row in link.execute(
                text(f"SELECT t::text FROM {name} AS t WHERE strpos(t::text, :words) > 0"),  # noqa: S608 - names of our own tables
                {"words": words},
            ).scalars()
        ]
