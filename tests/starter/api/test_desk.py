"""What collectors do beside messages, said by programs: the same services, the same answers."""

from typing import Any

from sqlalchemy import Engine

from activities.ports.types import Task
from adapters.ledger.tasks.desk import put_task
from domain.parties.tasks import TaskKind
from starter.api.desk.table import DESK_ROUTES
from tests.starter.api.factories import Desk, day


def test_a_plan_is_calculated_and_nothing_is_recorded(desk: Desk) -> None:
    desk.open()
    asked = f"count=3&every=month&date={day(14)}"
    told = desk.get(f"/v1/cases/R-1/plan-preview?{asked}").json()
    refused = desk.get("/v1/cases/R-1/plan-preview?count=3").json()

    assert [part["amount"] for part in told["parts"]] == ["39.66", "39.66", "39.68"]
    assert told["left_after"] == "0.00"
    assert "date" in refused["refused"]
    assert desk.get("/v1/cases/R-1").json()["agreed"] == []


def test_a_task_is_taken_done_and_opened_again(engine: Engine, desk: Desk) -> None:
    case = desk.open().json()["case"]
    key = f"question/{case}/1"
    put_task(engine, Task(key=key, kind=TaskKind.QUESTION, case=case, title="What now?"))
    path = f"/v1/tasks/{key.replace('/', '%2F')}"
    taken = desk.post(f"{path}/take", {"by": "ann"}, "collector").json()
    desk.post(f"{path}/done", {"by": "ann"}, "collector")
    other = desk.post(f"{path}/undo", {"by": "ben"}, "collector")
    undone = desk.post(f"{path}/undo", {"by": "ann"}, "collector").json()

    assert (taken["owner"], taken["status"], undone["status"]) == ("ann", "open", "open")
    assert other.status_code == 422
    assert "ann did it" in other.json()["detail"]


def test_contact_data_is_corrected_and_a_wrong_one_is_refused(desk: Desk) -> None:
    desk.open(customer="C-1")
    said = {"phone": "+442079460113", "language": "fr"}
    fine = desk.ask("PATCH", "/v1/customers/C-1", "collector", json=said)
    wrong = desk.ask("PATCH", "/v1/customers/C-1", "collector", json={"phone": "12"})
    nobody = desk.ask("PATCH", "/v1/customers/C-9", "collector", json=said)

    assert fine.json() == {
        "customer": "C-1",
        "changed": ["phone", "language"],
        "kept_as_it_was": [],
    }
    assert (wrong.status_code, nobody.status_code) == (422, 404)


def test_a_customer_is_checked_with_an_order(desk: Desk) -> None:
    desk.open(customer="C-1")
    seen = desk.get("/v1/customers/C-1/check?order=1200&currency=EUR").json()
    wrong = desk.get("/v1/customers/C-1/check?order=1200")
    nobody = desk.get("/v1/customers/C-9/check")

    assert (seen["score"], seen["customer_class"], seen["warnings"]) == (None, "new", [])
    assert (seen["exposures"][0]["ordered"], seen["exposures"][0]["limit"]) == ("1200.00", None)
    assert (wrong.status_code, nobody.status_code) == (422, 404)


def test_many_are_looked_at_and_then_done_each_with_its_own_answer(desk: Desk) -> None:
    for number, customer in (("R-1", "C-1"), ("R-2", "C-2")):
        desk.open(number, customer=customer)
    order: dict[str, Any] = {"act": "pause", "customers": ["C-1", "C-2"], "reason": "fair"}
    looked = desk.post("/v1/bulk", order | {"look": True}, "collector").json()
    done = desk.post("/v1/bulk", order | {"id": "b-1"}, "collector").json()
    wrong = desk.post(
        "/v1/bulk", {"act": "class", "customers": ["C-1"], "value": "risk"}, "collector"
    )

    assert looked.get("looked"), looked
    assert [line["ok"] for line in looked["lines"]] == [True, True]
    assert {line["number"] for line in done["lines"] if line["ok"]} == {"R-1", "R-2"}
    assert desk.get("/v1/cases/R-1").json()["stage"] == "paused"
    assert wrong.status_code == 422


def test_notes_owners_and_files_are_kept(desk: Desk) -> None:
    desk.open(customer="C-1")
    noted = desk.post("/v1/customers/C-1/notes", {"said": "mornings"}, "collector")
    given = desk.post("/v1/customers/C-1/owner", {"owner": ""}, "collector")
    nobody = desk.post("/v1/customers/C-1/owner", {"owner": "zoe"}, "collector")
    file = {"name": "photo.png", "content": "iVBORw0KGgo="}
    kept = desk.post("/v1/cases/R-1/evidence", file, "collector")
    broken = desk.post("/v1/cases/R-1/evidence", file | {"content": "????"}, "collector")

    assert [one.status_code for one in (noted, given, kept)] == [200, 200, 200]
    assert (nobody.status_code, broken.status_code) == (404, 422)
    assert len(kept.json()["sha256"]) == 64


def test_operation_ids_are_commands() -> None:
    assert {name for _, _, name, *_ in DESK_ROUTES} == {
        *("calculatePlan", "takeTask", "undoTask", "noteCustomer", "changeCustomer"),
        *("giveCustomer", "actOnMany", "keepFile"),
    }
