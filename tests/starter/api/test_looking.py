"""What is shown: lists a page at a time in a constant number of queries, and single things."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from sqlalchemy import event, text

from activities.ports.stores.batches import CaseOpening
from activities.ports.types import Task
from adapters.ledger.batch.open_many import open_many
from adapters.ledger.core.engine import Engine
from adapters.ledger.tasks.desk import put_task
from domain.parties.tasks import TaskKind
from domain.policy.policy_file import standard_policy
from tests.ledger import factories
from tests.starter.api.factories import Desk, day


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Every query that the ledger is asked meanwhile."""
    asked: list[str] = []

    def note(_c: object, _k: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def many(engine: Engine, creditor: str, count: int) -> None:
    """So many open cases, each due a day after the one before."""
    policy = standard_policy()
    invoices = [
        factories.invoice(
            creditor, f"N-{n:03}", customer=f"C-{n % 7}", due=date(2026, 3, 1) + timedelta(days=n)
        )
        for n in range(count)
    ]
    open_many(
        engine,
        creditor,
        [CaseOpening(invoice=one, policy=policy) for one in invoices],
        (),
        factories.FILE,
    )


def test_a_list_asks_the_ledger_as_often_for_200_cases_as_for_one(
    engine: Engine, desk: Desk
) -> None:
    many(engine, desk.creditor, 200)

    with counted(engine) as for_one:
        one = desk.get("/v1/cases?limit=1").json()
    with counted(engine) as for_all:
        every = desk.get("/v1/cases?limit=200").json()
    with counted(engine) as for_tasks:
        desk.get("/v1/tasks?limit=200")

    assert (len(one["items"]), len(every["items"])) == (1, 200)
    assert len(for_all) == len(for_one) == len(for_tasks) == 2, "the key, and the list"


def test_a_briefing_asks_the_ledger_as_often_for_many_invoices_as_for_few(
    engine: Engine, desk: Desk
) -> None:
    many(engine, desk.creditor, 70)

    with counted(engine) as for_ten:
        told = desk.get("/v1/customers/C-0/briefing").json()
    desk.open("ALONE", customer="C-9")
    with counted(engine) as for_one:
        desk.get("/v1/customers/C-9/briefing")

    assert len(told["invoices"]) == 10
    assert len(for_ten) == len(for_one)


def test_pages_follow_each_other_without_a_gap_and_without_a_repeat(
    engine: Engine, desk: Desk
) -> None:
    many(engine, desk.creditor, 23)

    seen, after = [], ""
    while True:
        page = desk.get("/v1/cases", params={"limit": 5, "cursor": after}).json()
        seen += [case["number"] for case in page["items"]]
        after = page["next"]
        if after is None:
            break

    assert seen == [f"N-{n:03}" for n in range(23)]


def test_a_list_holds_what_was_asked_for(engine: Engine, desk: Desk) -> None:
    many(engine, desk.creditor, 14)

    def numbers(**wanted: str) -> list[str]:
        found = desk.get("/v1/cases", params=wanted).json()
        return [case["number"] for case in found["items"]]

    assert numbers(customer="C-3") == ["N-003", "N-010"]
    assert numbers(due_from="2026-03-03", due_until="2026-03-04") == ["N-002", "N-003"]
    assert numbers(stage="closed") == []
    assert len(numbers(open_only="true")) == 14
    for wrong in ({"custmer": "C-3"}, {"stage": "late"}, {"cursor": "%%"}, {"due_from": "soon"}):
        refused = desk.get("/v1/cases", params=wrong)
        assert (refused.status_code, refused.json()["field"]) == (422, next(iter(wrong)))


def test_a_case_tells_what_was_said_and_done_what_comes_next_and_why(desk: Desk) -> None:
    desk.open(due=day(0))
    desk.post(
        "/v1/cases/R-1/disputes", {"id": "D-1", "amount": "19.00", "reason": "goods"}, "collector"
    )

    sheet = desk.get("/v1/cases/R-1").json()
    why = desk.get("/v1/cases/R-1/why").json()
    ahead = desk.get("/v1/cases/R-1/preview?limit=3").json()

    assert (sheet["disputed"], [one["what"] for one in sheet["said"]]) == (
        "19.00",
        ["dispute_opened"],
    )
    assert (why["next"], why["why"]) == (ahead["items"][0]["deed"], sheet["why"])
    assert len(ahead["items"]) == 3
    assert all(step["at"].endswith("Z") and step["why"] for step in ahead["items"])


def test_a_customer_and_a_briefing_tell_what_a_collector_needs(desk: Desk) -> None:
    desk.open(contact={"name": "Globex", "phone": "+4930901820", "language": "de"})

    customer = desk.get("/v1/customers/C-1").json()
    briefing = desk.get("/v1/customers/C-1/briefing").json()

    assert (customer["name"], customer["open"]) == ("Globex", ["119.00 EUR"])
    assert (briefing["phone"], briefing["invoices"][0]["open"]) == ("+4930901820", "119.00")
    assert desk.get("/v1/customers/C-2").status_code == 404
    assert desk.get("/v1/customers/C-2/briefing").status_code == 404


def _page_by_page(desk: Desk) -> Iterator[dict[str, Any]]:
    """Every task of the creditor, and those that are everybody's: other tests may leave some."""
    page: dict[str, Any] = {"next": ""}
    while page["next"] is not None:
        asked = {"limit": "1"} | ({"cursor": page["next"]} if page["next"] else {})
        page = desk.get("/v1/tasks", params=asked).json()
        assert len(page["items"]) <= 1
        yield from page["items"]


def test_a_task_is_found_and_ticked_off_once_by_its_key(engine: Engine, desk: Desk) -> None:
    desk.open("2026/7", contact={"email": "accounts@customer.example"})
    case = f"invoice/{desk.creditor}/2026/7"
    loose = f"unposted/payment/{desk.creditor}/bank/B-1"
    put_task(
        engine, Task(key=f"call/{case}/1/call", kind=TaskKind.CALL, case=case, title="call them")
    )
    put_task(engine, Task(key=loose, kind=TaskKind.REFUSED, case="", title="no such invoice"))

    listed = [*_page_by_page(desk)]
    mine = [task for task in listed if task["key"] in {loose, f"call/{case}/1/call"}]
    path = f"/v1/tasks/{mine[0]['key'].replace('/', '%2F')}/done"
    done = desk.post(path, {"note": "pays on Friday", "by": "ann"}, "collector").json()
    again = desk.post(path, {"note": "again", "by": "bob"}, "collector").json()

    assert [task["title"] for task in mine] == ["call them", "no such invoice"]
    assert (done["status"], done["done_by"]) == ("done", "ann")
    assert again == done
    assert len(desk.get("/v1/tasks", params={"number": "2026/7"}).json()["items"]) == 0
    kept = desk.get("/v1/tasks?status=done&limit=200").json()["items"]
    assert [one["done_note"] for one in kept if one["key"] == mine[0]["key"]] == ["pays on Friday"]


def test_what_everybody_was_told_of_comes_first_on_every_page(engine: Engine, desk: Desk) -> None:
    """P81: passed from hand to hand and still not done."""
    case = f"invoice/{desk.creditor}/R-9"
    for name, days in (("soon", -9), ("never", 9)):
        due = factories.NOON + timedelta(days=days)
        put_task(
            engine, Task(key=f"{case}/{name}", kind=TaskKind.CALL, case=case, title="?", due_at=due)
        )
    with engine.begin() as link:
        link.execute(
            text("UPDATE task SET passed_on = 3 WHERE key = :key"), {"key": f"{case}/never"}
        )

    mine = [task for task in _page_by_page(desk) if task["key"].startswith(case)]
    assert [task["key"] for task in mine] == [f"{case}/never", f"{case}/soon"]
    assert [task["passed_on"] for task in mine] == [3, 0]


def test_a_call_says_at_once_what_was_promised_in_it(desk: Desk) -> None:
    """P50: the same meaning as on the command line."""
    desk.open()
    body = {"id": "c-1", "reason": "promised", "date": day(5), "amount": "50.00", "by": "ann"}
    told = desk.post("/v1/cases/R-1/calls", body, "collector").json()

    assert "call_result and promise accepted" in told["text"]
    assert told["check_at"]
