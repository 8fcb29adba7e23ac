"""Opening, telling, looking: what a billing system and a collector do over HTTP."""

from datetime import timedelta

from activities.case_service import CaseService
from activities.ports.stores.tasks import TaskFilter
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core.engine import Engine
from adapters.ledger.queries import watch
from adapters.ledger.tasks import desk as collectors
from adapters.runtime.machine import machine_clock
from domain.message_types import MessageType
from starter.api.routes.messages import SAYINGS
from tests.starter.api.factories import Desk, Outside, day, opened_gateway


def test_a_case_is_opened_once_and_its_workflow_started_after_the_answer(
    outside: Outside, desk: Desk
) -> None:
    first = desk.open(contact={"name": "Globex", "email": "pay@globex.example"})
    again = desk.open()
    other = desk.open(amount="120.00")

    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert first.json() == again.json() | {"new": True}
    assert (first.json()["open"], first.json()["customer_name"]) == ("119.00", "Globex")
    assert other.json()["type"] == "urn:amicable:problem:conflict"
    outside.told()
    assert outside.temporal.started == [f"invoice/{desk.creditor}/R-1"]
    assert outside.temporal.woken == [f"invoice/{desk.creditor}/R-1"]


def test_an_address_that_cannot_be_one_opens_nothing(desk: Desk) -> None:
    wrong = desk.open(contact={"email": "globex"})

    assert (wrong.status_code, wrong.json()["field"]) == (422, "contact.email")
    assert desk.get("/v1/cases/R-1").status_code == 404


def test_a_number_with_a_slash_is_one_segment_and_is_decoded_once(desk: Desk) -> None:
    for number in ("2026/0007", "2026%2F0007", "100 % ünlü"):
        assert desk.open(number).status_code == 201

    slashed = desk.get("/v1/cases/2026%2F0007").json()
    literal = desk.get("/v1/cases/2026%252F0007").json()
    spelled = desk.get("/v1/cases/100%20%25%20%C3%BCnl%C3%BC").json()

    assert slashed["case"].endswith("/2026/0007")
    assert literal["case"].endswith("/2026%2F0007")
    assert spelled["case"].endswith("/100 % ünlü")
    assert desk.get("/v1/cases/2026/0007").status_code == 404
    assert desk.get("/v1/cases/%FF").status_code == 404
    assert desk.get("/v1/cases/a%00b").status_code == 404


def test_a_promise_is_answered_with_its_check_and_its_plan_b(outside: Outside, desk: Desk) -> None:
    desk.open()

    said = {"id": "call-17", "date": day(14), "by": "ann", "channel": "phone"}
    told = desk.post("/v1/cases/R-1/promises", said, "collector").json()

    assert told["accepted"]
    assert told["check_at"] > day(14)
    assert told["plan_b"]
    outside.told()
    assert outside.temporal.woken == [f"invoice/{desk.creditor}/R-1"]
    promises = desk.get("/v1/cases/R-1").json()["promises"]
    assert [(one["date"], one["by"]) for one in promises] == [(day(14), "ann")]


def test_what_the_ledger_refuses_is_answered_in_its_words_and_kept_for_a_person(
    engine: Engine, desk: Desk
) -> None:
    desk.open()

    refused = desk.post(
        "/v1/cases/R-1/credit-notes", {"id": "CN-1", "amount": "9.00", "at": f"{day(30)}T00:00:00Z"}
    )
    again = desk.post("/v1/cases/R-1/credit-notes", {"id": "CN-2", "amount": "9.00"})
    other = desk.post("/v1/cases/R-1/credit-notes", {"id": "CN-2", "amount": "8.00"})

    assert (refused.status_code, again.status_code, other.status_code) == (422, 200, 409)
    assert refused.json()["type"] == "urn:amicable:problem:invalid"
    assert "lies in the future" in refused.json()["detail"]
    assert "was used before with other content" in other.json()["detail"]
    waiting = collectors.find_tasks(engine, TaskFilter(creditor=desk.creditor, kind="refused"))
    assert (
        sorted(row.task.title.partition(":")[0] for row in waiting)
        == ["credit note could not be applied"] * 2
    )


def test_every_documented_message_but_three_can_be_said_over_http() -> None:
    """Payments have an address of their own; a nudge and a policy's change are our own words."""
    elsewhere = {MessageType.PAYMENT, MessageType.NUDGE, MessageType.POLICY_CHANGED}

    assert {saying.kind for saying in SAYINGS} == set(MessageType) - elsewhere
    assert len({saying.path for saying in SAYINGS}) == len(SAYINGS)


def test_money_settles_the_invoices_it_names_and_nobody_elses(outside: Outside, desk: Desk) -> None:
    for number, customer in (("R-1", "C-1"), ("R-2", "C-1"), ("R-3", "C-2")):
        desk.open(number, customer=customer)
    outside.told()
    outside.temporal.woken.clear()
    money = {"amount": "150.00", "currency": "EUR", "source": "bank"}

    both = desk.post("/v1/payments", money | {"id": "B-1", "invoices": ["R-1", "R-2"]})
    again = desk.post("/v1/payments", money | {"id": "B-1", "invoices": ["R-1", "R-2"]})
    of_one = {"id": "B-2", "customer": "C-1", "invoices": ["R-1", "R-3"]}
    mixed = desk.post("/v1/payments", money | of_one)
    nobody = desk.post("/v1/payments", money | {"id": "B-3"})
    anonymous = desk.post("/v1/payments", money | {"customer": "C-1"})

    case = f"invoice/{desk.creditor}"
    assert both.json()["parts"] == {f"{case}/R-1": "119.00", f"{case}/R-2": "31.00"}
    assert again.json()["parts"] == both.json()["parts"]
    assert "posted before" in again.json()["text"]
    assert [one.status_code for one in (mixed, nobody, anonymous)] == [422, 422, 422]
    assert [one.json()["field"] for one in (mixed, nobody, anonymous)] == [
        "invoices",
        "customer",
        "id",
    ]
    outside.told()
    assert set(outside.temporal.woken) <= {f"{case}/R-1", f"{case}/R-2"}
    assert f"{case}/R-2" in outside.temporal.woken


def test_an_idempotency_key_is_the_id_of_money_that_has_none(desk: Desk) -> None:
    desk.open()
    money = {"amount": "19.00", "currency": "EUR", "customer": "C-1"}

    posted = desk.post("/v1/payments", money, key="K-1")
    credited = desk.post("/v1/cases/R-1/credit-notes", {"amount": "9.00"}, key="K-2")
    nameless = desk.post("/v1/cases/R-1/credit-notes", {"amount": "9.00"})

    assert posted.json()["payment"] == f"payment/{desk.creditor}/billing/K-1"
    assert credited.json()["accepted"]
    assert (nameless.status_code, nameless.json()["field"]) == (422, "id")
    assert desk.get("/v1/cases/R-1").json()["open"] == "91.00"


def test_without_temporal_the_answer_is_given_and_the_reconciler_finds_the_case(
    engine: Engine, creditor: str
) -> None:
    with opened_gateway(engine) as outside:
        outside.temporal.away = True
        desk = outside.desk(creditor)
        opened = desk.open()
        said = desk.post("/v1/cases/R-1/pauses", {"id": "P-1"}, "collector")
        outside.told()

    assert (opened.status_code, said.status_code) == (201, 200)
    assert outside.temporal.started == []
    case = f"invoice/{desk.creditor}/R-1"
    assert case in watch.running(outside.engine, limit=10**6)
    assert case in watch.unwoken(outside.engine, timedelta(0))


def test_a_busy_account_is_worth_another_try(engine: Engine, desk: Desk) -> None:
    desk.open()

    with SqlLedger(engine).account(desk.creditor, "C-1"):
        busy = desk.post("/v1/cases/R-1/pauses", {"id": "P-1"}, "collector", key="K-1")
    after = desk.post("/v1/cases/R-1/pauses", {"id": "P-1"}, "collector", key="K-1")

    assert (busy.status_code, busy.headers["retry-after"]) == (503, "2")
    assert busy.json()["type"] == "urn:amicable:problem:busy"
    assert after.status_code == 200


def test_a_parked_case_is_taken_up_again_by_resuming_it(
    outside: Outside, engine: Engine, desk: Desk
) -> None:
    desk.open()
    watch.set_parked(engine, f"invoice/{desk.creditor}/R-1", on=True)
    outside.told()
    outside.temporal.woken.clear()

    resumed = desk.post("/v1/cases/R-1/resumptions", {}, "collector")

    assert resumed.json()["accepted"]
    assert not desk.get("/v1/cases/R-1").json()["parked"]
    outside.told()
    assert outside.temporal.woken == [f"invoice/{desk.creditor}/R-1"]


def test_who_says_so_is_the_key_unless_somebody_is_named(engine: Engine, desk: Desk) -> None:
    desk.open()
    desk.post("/v1/cases/R-1/pauses", {"id": "P-1"}, "collector")
    desk.post("/v1/cases/R-1/resumptions", {"id": "P-2", "by": "ann"}, "collector")

    said = desk.get("/v1/cases/R-1").json()["said"]

    assert said[1]["by"] == "ann"
    assert len(said[0]["by"]) == 12


def test_the_same_message_by_the_client_and_over_http_is_one(engine: Engine, desk: Desk) -> None:
    desk.open()
    case = f"invoice/{desk.creditor}/R-1"
    note = {"id": "CN-1", "amount": "9.00"}
    CaseService(SqlLedger(engine), machine_clock).say(case, MessageType.CREDIT_NOTE, note)

    told = desk.post("/v1/cases/R-1/credit-notes", note)

    assert told.status_code == 200
    assert desk.get("/v1/cases/R-1").json()["open"] == "110.00"
