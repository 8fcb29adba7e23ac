"""Customers over HTTP: found, reached, left alone, told of their data, erased; links to pages."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from adapters.config.settings import Settings
from adapters.config.settings_groups import ApiSettings, RepliesSettings
from tests.starter.api.factories import Desk, Outside

CUSTOMER = "/v1/customers/C-1"


def test_customers_are_listed_and_found(desk: Desk) -> None:
    desk.open("R-1", contact={"name": "Globex Ltd", "zone": "UTC"})
    [line] = desk.get("/v1/customers").json()["items"]
    by_name = desk.get("/v1/search?words=globex").json()
    by_number = desk.get("/v1/search?words=R-1").json()

    assert (line["customer"], line["name"], line["open"]) == ("C-1", "Globex Ltd", ["119.00 EUR"])
    assert "Globex Ltd" in str(by_name)
    assert "R-1" in str(by_number)
    assert desk.get("/v1/search").status_code == 422


def test_a_further_way_is_added_and_taken_away(desk: Desk, outside: Outside) -> None:
    desk.open("R-1", contact={"email": "a@customer.example", "country": "GB"})
    outside.told()
    before = len(outside.temporal.woken)
    added = desk.post(f"{CUSTOMER}/contacts", {"phone": "020 7946 0958", "person": "Ann"}).json()
    outside.told()
    woken = len(outside.temporal.woken)
    both = desk.post(f"{CUSTOMER}/contacts", {"email": "x@y.example", "phone": "+442079460958"})
    removed = desk.post(f"{CUSTOMER}/contact-removals", {"point": "+442079460958"}).json()

    assert [one["point"] for one in added["items"]] == ["a@customer.example", "+442079460958"]
    assert added["items"][1]["used_for"] == ["sms", "voice"]
    assert woken == before + 1
    assert (both.status_code, both.json()["field"]) == (422, "email")
    assert [one["point"] for one in removed["items"]] == ["a@customer.example"]
    gone = desk.post(f"{CUSTOMER}/contact-removals", {"point": "+442079460958"})
    assert gone.status_code == 404


def test_all_contact_data_is_corrected_as_at_the_command_line(desk: Desk) -> None:
    desk.open("R-1", contact={"country": "GB"})
    told = {"phone": "020 7946 0958", "kind": "business", "street": "1 High St", "town": "Leeds"}
    changed = desk.ask("PATCH", CUSTOMER, json=told).json()
    wrong = desk.ask("PATCH", CUSTOMER, json={"payment_terms": "soon"})
    number = desk.ask("PATCH", CUSTOMER, json={"phone": "12"})
    shown = desk.get(CUSTOMER).json()

    assert sorted(changed["changed"]) == sorted(told)
    assert (shown["phone"], shown["street"], shown["kind"]) == (
        "+442079460958",
        "1 High St",
        "business",
    )
    assert (wrong.status_code, wrong.json()["field"]) == (422, "payment_terms")
    assert (number.status_code, number.json()["field"]) == (422, "phone")


def test_who_wants_to_be_left_alone_is(desk: Desk) -> None:
    desk.open("R-1")
    flag = {"flag": "do_not_contact", "reason": "asked by letter"}
    first = desk.post(f"{CUSTOMER}/flags", flag, "collector").json()
    again = desk.post(f"{CUSTOMER}/flags", flag, "collector").json()
    off = desk.post(f"{CUSTOMER}/flags", {"flag": "do_not_contact", "on": False}).json()
    out = desk.post(f"{CUSTOMER}/opt-outs", {"channel": "sms"}).json()
    unknown = desk.post(f"{CUSTOMER}/flags", {"flag": "rich"})

    assert (first["changed"], first["cases"], again["changed"], off["changed"]) == (
        True,
        1,
        False,
        True,
    )
    assert out["cases"] == 1
    assert (unknown.status_code, unknown.json()["field"]) == (422, "flag")


def test_data_is_told_and_erased_once_nothing_is_claimed(desk: Desk) -> None:
    desk.open("R-1", contact={"name": "Ann Lee"})
    told = desk.ask("GET", f"{CUSTOMER}/data", "billing").json()
    early = desk.post(f"{CUSTOMER}/erasure", {"reason": "letter of 1 March"})
    desk.post("/v1/cases/R-1/withdrawals", {"id": "W-1"})
    done = desk.post(f"{CUSTOMER}/erasure", {"reason": "letter of 1 March"})
    after = desk.get(CUSTOMER).json()

    assert "Ann Lee" in str(told["data"])
    assert (early.status_code, early.json()["code"]) == (409, "conflict")
    assert "letter of 1 March" not in early.text
    assert done.json() == {"customer": "C-1", "erased": True}
    assert "Ann Lee" not in str(after)
    assert after["erased_at"]
    assert desk.post(f"{CUSTOMER}/erasure", {"reason": ""}).status_code == 422


def test_a_link_to_the_page_is_made_listed_and_taken_back(
    desk: Desk, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open("R-1")
    closed = desk.post("/v1/cases/R-1/links", {})
    application = outside.app.state.gate.application
    public = ApiSettings(public_url="https://pay.acme.example")
    known = application.settings.model_copy(
        update={"api": public, "replies": RepliesSettings(secret=SecretStr("s" * 32))}
    )
    monkeypatch.setitem(application.__dict__, "settings", known)
    made = desk.post("/v1/cases/R-1/links", {"recipient": "chef@example.com"}).json()
    [line] = desk.ask("GET", f"{CUSTOMER}/links", "billing").json()["items"]
    other = outside.desk(f"{desk.creditor}-x")
    other.open("R-1")
    stolen = other.post(f"{CUSTOMER}/links/{made['id']}/end", {})
    ended = desk.post(f"{CUSTOMER}/links/{made['id']}/end", {}).json()
    [after] = desk.ask("GET", f"{CUSTOMER}/links", "billing").json()["items"]

    assert isinstance(known, Settings)
    assert closed.status_code == 422
    assert made["url"].startswith("https://pay.acme.example/")
    assert (line["id"], line["recipient"]) == (made["id"], "chef@example.com")
    assert stolen.status_code == 404
    assert ended["revoked"]
    assert after["revoked_at"]
