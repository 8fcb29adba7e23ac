"""Many invoices and payments in one request: each line its own answer, each counts once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from httpx import Response

from starter.api.steering.lines import MOST_BULK_LINES
from tests.starter.api.factories import Desk, Outside, day, invoice


def lines(desk: Desk, path: str, *told: Any, role: str = "billing") -> list[dict[str, Any]]:
    answer = sent(desk, path, *told, role=role)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


def sent(desk: Desk, path: str, *told: Any, role: str = "billing", kind: str = "") -> Response:
    body = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in told)
    headers = {"Content-Type": kind or "application/x-ndjson"}
    return desk.ask("POST", path, role, content=body.encode(), headers=headers)


def test_each_line_is_opened_or_refused_by_itself(desk: Desk, outside: Outside) -> None:
    found = lines(
        desk,
        "/v1/bulk/cases",
        invoice("R-1"),
        invoice("R-2", amount="much"),
        "{not json",
        "",
        "[]",
        invoice("R-3", due=day(-400), unknown="x"),
        invoice("R-4"),
    )
    outside.told()

    assert [one["status"] for one in found] == [201, 422, 400, 422, 422, 201]
    assert [one["line"] for one in found] == [1, 2, 3, 5, 6, 7]
    assert found[1]["problem"]["field"] == "amount"
    assert found[0]["answer"]["case"].endswith("/R-1")
    assert sorted(outside.temporal.started) == sorted(found[at]["answer"]["case"] for at in (0, 5))


def test_said_again_it_counts_once_and_other_content_is_a_conflict(desk: Desk) -> None:
    first = lines(desk, "/v1/bulk/cases", invoice("R-1"), invoice("R-1", amount="1.00"))
    again = lines(desk, "/v1/bulk/cases", invoice("R-1"))

    assert [one["status"] for one in first] == [201, 409]
    assert [one["status"] for one in again] == [200]
    assert not again[0]["answer"]["new"]


def test_payments_need_ids_of_their_own_and_each_counts_once(desk: Desk) -> None:
    desk.open("R-1")
    paid = {"id": "B-1", "amount": "19.00", "currency": "EUR", "invoices": ["R-1"]}
    nameless = {name: value for name, value in paid.items() if name != "id"}
    found = lines(desk, "/v1/bulk/payments", paid, nameless, paid, {**paid, "id": "B-2"})
    lines(desk, "/v1/bulk/payments", paid)

    assert [one["status"] for one in found] == [200, 422, 200, 200]
    assert found[1]["problem"]["field"] == "id"
    assert desk.get("/v1/cases/R-1").json()["open"] == "81.00"


@pytest.mark.parametrize("path", ["/v1/bulk/cases", "/v1/bulk/payments"])
def test_what_is_no_such_body_is_refused_as_a_whole(desk: Desk, path: str) -> None:
    assert sent(desk, path, {}, kind="application/json").status_code == 415
    assert sent(desk, path, "").status_code == 400
    assert sent(desk, path, *["{}"] * (MOST_BULK_LINES + 1)).status_code == 400
    assert sent(desk, path, {}, role="collector").status_code == 403
    headers = {"Content-Type": "application/x-ndjson"}
    bad = desk.ask("POST", path, "billing", content=b"\xff\xfe", headers=headers)
    assert bad.status_code == 400
