"""The company that is owed and its bank accounts over HTTP."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import fields

from adapters.ledger.customers.people import upsert_creditor
from domain.parties.people import Creditor
from tests.starter.api.factories import Desk, Outside
from tests.starter.api.test_isolation import STATEMENT

ACCOUNT = "10020030/1234567"


def test_a_key_shows_its_own_company(desk: Desk, outside: Outside) -> None:
    none = desk.get("/v1/creditor").json()
    company = Creditor(id=desk.creditor, name="Acme", email="billing@acme.example", iban="")
    upsert_creditor(outside.engine, company)
    shown = desk.get("/v1/creditor").json()

    assert (none["id"], none["name"]) == (desk.creditor, "")
    assert set(shown) == {field.name for field in fields(Creditor)}
    assert (shown["id"], shown["email"]) == (desk.creditor, "billing@acme.example")


def test_an_account_is_awaited_until_somebody_says_that_it_is_closed(
    desk: Desk, outside: Outside
) -> None:
    stranger = outside.desk(f"{desk.creditor}-x")
    file = b64encode(STATEMENT.encode()).decode()
    desk.post("/v1/bank/statements", {"name": "bank.sta", "content": file})
    [account] = desk.get("/v1/bank/accounts").json()["items"]
    address = f"/v1/bank/accounts/{ACCOUNT.replace('/', '%2F')}"
    stopped = desk.post(f"{address}/stop", {}, "collector").json()
    refused = stranger.post(f"{address}/stop", {})
    resumed = desk.post(f"{address}/resume", {}).json()

    told = (account["account"], account["known_until"], account["closing"], account["waits"])
    assert told == (ACCOUNT, "2026-03-02", "101.00", True)
    assert stopped == {**account, "waits": False}
    assert resumed == account
    assert refused.status_code == 404
    assert stranger.get("/v1/bank/accounts").json() == {"items": []}
