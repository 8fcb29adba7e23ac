"""Credit over HTTP: may this order go out, holds by hand, limits and bureaus' reports."""

from __future__ import annotations

import pytest

from tests.starter.api.factories import Desk

CUSTOMER = "/v1/customers/C-1"


def test_an_order_may_go_out_until_somebody_holds_the_credit(desk: Desk) -> None:
    desk.open("R-1")
    before = desk.get(f"{CUSTOMER}/credit").json()
    held = desk.post(f"{CUSTOMER}/credit-holds", {"reason": "rumours"}, "collector").json()
    again = desk.post(f"{CUSTOMER}/credit-holds", {"reason": "rumours"}).json()
    orders = {
        order: desk.get(f"{CUSTOMER}/credit?order={order}").json()["allowed"]
        for order in ("normal", "prepaid", "delivered")
    }
    released = desk.post(f"{CUSTOMER}/credit-releases", {"reason": "paid", "by": "ann"}).json()
    after = desk.get(f"{CUSTOMER}/credit").json()

    assert (before["allowed"], before["credit"], before["credit_changes"]) == (True, "ok", [])
    assert (held["before"], held["credit"], held["changed"]) == ("ok", "held", True)
    assert (again["credit"], again["changed"]) == ("held", False)
    assert orders == {"normal": False, "prepaid": True, "delivered": True}
    assert (released["credit"], after["allowed"]) == ("ok", True)
    assert (after["credit_changes"][0]["after"], after["credit_changes"][0]["by"]) == ("ok", "ann")


def test_a_limit_is_set_seen_and_taken_away(desk: Desk) -> None:
    desk.open("R-1")
    wanted = {"amount": "100.00", "currency": "EUR", "reason": "bank reference"}
    kept = desk.post(f"{CUSTOMER}/limits", wanted).json()
    [beside] = desk.get(f"{CUSTOMER}/check").json()["exposures"]
    gone = desk.post(f"{CUSTOMER}/limits", {"currency": "EUR", "reason": "left"}).json()
    [without] = desk.get(f"{CUSTOMER}/check").json()["exposures"]

    assert (kept["amount"], kept["currency"], kept["why"]) == ("100.00", "EUR", "bank reference")
    assert (beside["left"], beside["limit"]["amount"]) == ("-19.00", "100.00")
    assert (gone["amount"], without["limit"]) == (None, None)
    assert desk.post(f"{CUSTOMER}/limits", wanted, "collector").status_code == 403


@pytest.mark.parametrize(
    ("address", "body", "field"),
    [
        ("limits", {"amount": "5.00", "currency": "XXQ", "reason": "x"}, "currency"),
        ("limits", {"amount": "-5", "currency": "EUR", "reason": "x"}, "amount"),
        ("limits", {"amount": "5.00", "currency": "EUR"}, "reason"),
        ("limits", {"amount": "5.00", "currency": "EUR", "reason": " "}, "reason"),
        ("credit-holds", {"reason": ""}, "reason"),
        ("credit-reports", {"source": "B", "date": "2999-01-01", "said": "A"}, "date"),
        ("credit-reports", {"source": "B", "date": "2026-01-01"}, "said"),
        ("credit-reports", {"source": "B", "date": "2026-01-01", "amount": "1.00"}, "currency"),
        ("credit-reports", {"source": "B", "date": "2026-01-01", "currency": "EUR"}, "amount"),
    ],
)
def test_a_no_names_the_field(desk: Desk, address: str, body: object, field: str) -> None:
    desk.open("R-1")
    refused = desk.post(f"{CUSTOMER}/{address}", body)
    assert (refused.status_code, refused.json().get("field")) == (422, field), refused.text


def test_a_bureaus_report_is_shown_with_its_source(desk: Desk) -> None:
    desk.open("R-1")
    told = {"source": "Example Bureau", "date": "2026-03-01", "amount": "900.00", "currency": "EUR"}
    kept = desk.post(f"{CUSTOMER}/credit-reports", told).json()
    shown = desk.get(f"{CUSTOMER}/check").json()["report"]

    assert (kept["source"], kept["limit"]) == ("Example Bureau", "900.00 EUR")
    assert (shown["source"], shown["date"]) == ("Example Bureau", "2026-03-01")
    nobody = desk.post("/v1/customers/nobody/credit-reports", told)
    assert nobody.status_code == 404
