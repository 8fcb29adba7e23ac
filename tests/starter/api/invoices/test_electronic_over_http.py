"""Electronic invoices over HTTP: opened and started behind the answer, once."""

from base64 import b64encode
from typing import Any

import pytest

from tests.adapters.einvoice import samples
from tests.starter.api.factories import Desk, Outside

PATH = "/v1/invoices/import"


def files(**bodies: bytes) -> list[dict[str, str]]:
    return [{"name": name, "content": b64encode(body).decode()} for name, body in bodies.items()]


@pytest.fixture
def desk(outside: Outside) -> Desk:
    return outside.desk("einvoices")


def told(desk: Desk, body: dict[str, Any], status: int = 200) -> dict[str, Any]:
    answer = desk.post(PATH, body)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_an_invoice_is_opened_started_and_known_afterwards(outside: Outside, desk: Desk) -> None:
    body = {"files": files(a=samples.ubl("H-1", "99.00", prepaid="20.00", buyer_id="C-7"))}
    first = told(desk, body)
    outside.told()
    assert (first["opened"], first["started"]) == (1, 1)
    assert outside.temporal.woken.count("invoice/einvoices/H-1") == 1
    shown = desk.get("/v1/cases/H-1").json()
    assert (shown["customer"], shown["open"]) == ("C-7", "99.00")
    again = told(desk, body)
    assert (again["opened"], again["known"], again["started"]) == (0, 1, 0)


def test_a_credit_note_reduces_an_open_case_once(outside: Outside, desk: Desk) -> None:
    told(desk, {"files": files(a=samples.ubl("H-2", "100.00", buyer_id="C-7"))})
    note = samples.ubl("G-2", "30.00", root="CreditNote", about="H-2")
    for _ in range(2):
        assert told(desk, {"files": files(b=note)})["credit_notes"] == 1
        assert desk.get("/v1/cases/H-2").json()["open"] == "70.00"


def test_a_dry_run_and_a_question(desk: Desk) -> None:
    body = {"files": files(a=samples.ubl("H-3", due="", terms="as agreed", buyer_id="C-7"))}
    assert [one["number"] for one in told(desk, body | {"dry_run": True})["asked"]] == ["H-3"]
    assert desk.get("/v1/cases/H-3").status_code == 404
    usual = body | {"terms": "30 days", "dry_run": True}
    assert [one["due"] for one in told(desk, usual)["would_open"]] == ["2026-04-04"]
    assert told(desk, body)["asked"]
    tasks = desk.get("/v1/tasks").json()["items"]
    assert any("H-3" in task["title"] for task in tasks)


def test_what_is_wrong_is_named_by_file_and_element(desk: Desk) -> None:
    wrong = told(desk, {"files": files(bad=samples.ubl("H-4", "a lot"))}, 422)
    assert wrong["detail"] == "bad: line 26: PayableAmount: is no amount"
    told(desk, {"files": files(a=samples.ubl("H-5", buyer_id="C-1"))})
    other = told(desk, {"files": files(b=samples.ubl("H-5", "7.00", buyer_id="C-1"))}, 409)
    assert "H-5 was opened before" in other["detail"]
    assert told(desk, {"files": [{"name": "x", "content": "no base64!"}]}, 422)
