"""Sums, files, payments, answers, bank entries, the hold and the team over HTTP."""

from __future__ import annotations

from base64 import b64decode, b64encode

from activities.ports.incoming import Reply, ReplyKind
from adapters.ledger.inbound.incoming import note_reply
from adapters.ledger.stores.team import SqlTeamStore
from adapters.runtime.machine import machine_clock
from domain.parties.team import Role
from tests.starter.api.factories import Desk, Outside, day
from tests.starter.api.test_isolation import STATEMENT


def test_what_settles_a_case_is_told_for_any_day(desk: Desk) -> None:
    desk.open("R-1")
    desk.post(
        "/v1/payments", {"id": "B-1", "amount": "19.00", "currency": "EUR", "invoices": ["R-1"]}
    )
    today = desk.get("/v1/cases/R-1/statement").json()
    later = desk.get(f"/v1/cases/R-1/statement?on={day(5)}").json()

    assert (today["principal"], today["total"], today["currency"]) == ("100.00", "100.00", "EUR")
    assert later["day"] == day(5)
    assert desk.get("/v1/cases/R-1/statement?on=soon").json()["field"] == "on"


def test_files_are_listed_and_read_and_a_copy_is_a_pdf(desk: Desk) -> None:
    desk.open("R-1")
    pdf = b64encode(b"%PDF-1.4 hello").decode()
    copy = desk.post("/v1/cases/R-1/copies", {"name": "r1.pdf", "content": pdf}).json()
    note = b64encode(b"hello").decode()
    kept = desk.post("/v1/cases/R-1/evidence", {"name": "a.txt", "content": note}).json()
    listed = desk.get("/v1/cases/R-1/evidence").json()["items"]
    read = desk.get(f"/v1/cases/R-1/evidence/{kept['sha256']}").json()
    no_pdf = desk.post("/v1/cases/R-1/copies", {"name": "a.txt", "content": note})

    assert copy["role"] == "invoice"
    assert {one["name"] for one in listed} == {"r1.pdf", "a.txt"}
    assert b64decode(read["content"]) == b"hello"
    assert no_pdf.status_code == 422
    assert desk.get("/v1/cases/R-1/evidence/abcdef012345").status_code == 404


def test_payments_are_listed_with_what_is_left(desk: Desk) -> None:
    desk.open("R-1")
    money = {"amount": "200.00", "currency": "EUR", "customer": "C-1"}
    desk.post("/v1/payments", {"id": "B-1", **money, "invoices": ["R-1"]})
    desk.post("/v1/payments", {"id": "B-2", **money, "kind": "credit_note"})
    both = desk.get("/v1/payments").json()["items"]
    left = desk.get("/v1/payments?unallocated=true").json()["items"]

    assert {one["payment"]: one["invoices"] for one in both} == {
        "billing/B-1": "R-1",
        "billing/B-2": "",
    }
    assert [one["left"] for one in left] == ["200.00"]


def test_a_task_and_an_answer_are_shown_to_their_own_creditor(desk: Desk, outside: Outside) -> None:
    desk.open("R-1")
    for name, key in ((desk.creditor, "mail/mine"), ("somebody", f"mail/{desk.creditor}")):
        said = Reply(
            key=f"{key}-{desk.creditor}",
            channel="email",
            sort=ReplyKind.REPLY,
            at=machine_clock(),
            said="I paid yesterday.",
        )
        note_reply(outside.engine, said, (name, "C-1"), (), ())
    [line] = desk.get("/v1/replies").json()["items"]
    shown = desk.get(f"/v1/replies/{line['key'].replace('/', '%2F')}").json()
    task = desk.get("/v1/tasks").json()["items"][0]
    one = desk.get(f"/v1/tasks/{task['key'].replace('/', '%2F')}").json()

    assert "said" not in line
    assert shown["said"] == "I paid yesterday."
    assert desk.get(f"/v1/replies/mail%2F{desk.creditor}-{desk.creditor}").status_code == 404
    assert one["key"] == task["key"]


def test_bank_entries_are_decided_on(desk: Desk) -> None:
    desk.open("R-1")
    file = b64encode(STATEMENT.replace("CANARY-7", "nothing known").encode()).decode()
    desk.post("/v1/bank/statements", {"name": "bank.sta", "content": file})
    [entry] = desk.get("/v1/bank/entries?state=open").json()["items"]
    address = f"/v1/bank/entries/{entry['entry']}"
    assert desk.get(address).json()["entry"] == entry["entry"]

    paid = desk.post(f"{address}/assign", {"invoices": ["R-1"]}).json()
    assert desk.get("/v1/cases/R-1").json()["open"] == "118.00"
    back = desk.post(f"{address}/undo", {"note": "by mistake"}, "collector").json()
    assert desk.get("/v1/cases/R-1").json()["open"] == "119.00"
    done = desk.post(f"{address}/dismiss", {"note": "taxes"}).json()
    again = desk.post(f"{address}/assign", {"invoices": ["R-1"]})

    assert [one["state"] for one in (paid, back, done)] == ["posted", "open", "dismissed"]
    assert again.status_code == 422
    assert desk.post(f"{address}/assign", {"invoices": []}).json()["field"] == "invoices"


def test_everything_is_stopped_and_let_go_for_this_creditor_alone(
    desk: Desk, outside: Outside
) -> None:
    other = outside.desk(f"{desk.creditor}-x")
    on = desk.post("/v1/hold/on", {"by": "ann"}).json()
    assert other.get("/v1/hold").json() == {"hold": False, "holds": []}
    shown = desk.get("/v1/hold").json()
    off = desk.post("/v1/hold/off", {}).json()

    assert on == shown
    assert (on["hold"], on["holds"][0]["by"], on["holds"][0]["all"]) == (True, "ann", False)
    assert off == {"hold": False, "holds": []}


def test_a_colleague_is_away_and_back(desk: Desk, outside: Outside) -> None:
    SqlTeamStore(outside.engine).put(desk.creditor, "ann", Role.COLLECTOR)
    away = desk.post("/v1/team/ann/away", {}, "collector").json()
    back = desk.post("/v1/team/ann/back", {}, "collector").json()
    [listed] = desk.get("/v1/team").json()["items"]

    assert (away["away"], away["passed_on"], back["away"]) == (True, 0, False)
    assert listed == {"name": "ann", "role": "collector", "away": False, "tasks": 0}
    assert desk.post("/v1/team/bob/away", {}, "collector").status_code == 404
