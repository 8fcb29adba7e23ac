"""Many invoices and payments in one request: each line its own answer, each counts once."""

from __future__ import annotations

import json
import socket
from typing import Any
from urllib.parse import urlsplit

import pytest
from httpx import Response

from starter.api.steering.lines import MOST_BULK_LINES
from tests.starter.api.factories import Desk, Outside, day, invoice
from tests.starter.api.test_problems import is_problem


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
    assert sent(desk, path, " \r\n", "").status_code == 400
    for many in (MOST_BULK_LINES + 1, 10_001):
        assert is_problem(sent(desk, path, *["{}"] * many), "too-large", 413)
    assert sent(desk, path, {}, role="collector").status_code == 403
    headers = {"Content-Type": "application/x-ndjson"}
    bad = desk.ask("POST", path, "billing", content=b"{}\n{}\n\xff\xfe\n{}", headers=headers)
    assert is_problem(bad, "malformed", 400)
    assert "line 3 is not UTF-8" in bad.json()["detail"]


def test_files_of_windows_and_half_lines_are_read_line_by_line(desk: Desk) -> None:
    told = [json.dumps(invoice(f"R-{number}")) for number in range(1, 4)]
    body = "\ufeff" + "\r\n".join(["", told[0], " ", told[1], told[2][:-20]])
    headers = {"Content-Type": "application/x-ndjson; charset=utf-8"}
    answer = desk.ask("POST", "/v1/bulk/cases", content=body.encode(), headers=headers)
    found = [json.loads(line) for line in answer.text.splitlines()]

    assert [(one["line"], one["status"]) for one in found] == [(2, 201), (4, 201), (5, 400)]


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ('{"number": ' + "[" * 50_000, 400),
        ('{"number": ' + "9" * 5_000 + "}", 400),
        ('{"number": NaN}', 400),
        ("null", 422),
        ('"text"', 422),
        ('{"number": "\\u0000"}', 422),
        ('{"number": "\\ud83d"}', 422),
        (json.dumps({"number": "x" * 800_000}), 422),
        (json.dumps({f"field{at}": at for at in range(5_000)}), 422),
        ('{"\u2028": "\u2028"}', 422),
    ],
)
def test_a_hostile_line_has_its_answer_and_stops_no_other(
    desk: Desk, line: str, status: int
) -> None:
    found = lines(desk, "/v1/bulk/cases", line, invoice("R-1"))

    assert [one["status"] for one in found] == [status, 201]
    assert len(json.dumps(found[0])) < 10_000


def test_keys_of_the_whole_mean_nothing(desk: Desk) -> None:
    """Not even two of them: each line counts by its own number, and one without an id by none."""
    body = json.dumps({"amount": "19.00", "currency": "EUR", "customer": "C-1"}).encode()
    keys = [("Idempotency-Key", "k"), ("Idempotency-Key", "k")]
    plain = {"Authorization": f"Bearer {desk.keys['billing']}"}
    headers = [*plain.items(), ("Content-Type", "application/x-ndjson"), *keys]
    answers = [
        desk.client.post("/v1/bulk/payments", content=body, headers=headers) for _ in range(2)
    ]

    assert [json.loads(one.text)["problem"]["field"] for one in answers] == ["id", "id"]
    assert not any("idempotent-replayed" in one.headers for one in answers)


def test_whoever_hangs_up_midway_says_it_all_again_and_nothing_doubles(
    desk: Desk, outside: Outside
) -> None:
    told = [invoice(f"R-{number}") for number in range(1, 21)]
    body = "\n".join(map(json.dumps, told)).encode()
    url = urlsplit(str(outside.client.base_url))
    head = (
        "POST /v1/bulk/cases HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
        f"Authorization: Bearer {desk.keys['billing']}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    for part in (body[: len(body) // 2], body):  # within the body, and before the answer
        with socket.create_connection((url.hostname or "", url.port or 0), timeout=100) as line:
            line.sendall(head + part)
    found = lines(desk, "/v1/bulk/cases", *told)
    again = lines(desk, "/v1/bulk/cases", *told)
    outside.told()

    assert {one["status"] for one in found} <= {200, 201}
    assert {one["status"] for one in again} == {200}
    assert len(desk.get("/v1/cases", params={"limit": 200}).json()["items"]) == len(told)
