"""Credit on the account over HTTP: posted, allocated to invoices or given back; twice is once."""

from typing import Any

import pytest

from tests.starter.api.factories import Desk, Outside
from tests.starter.api.test_problems import is_problem

NOTE = {"id": "CR-3", "customer": "C-1", "amount": "230.00", "currency": "EUR", "source": "erp"}
LYING = {"payment": "erp/CR-3"}
R_1 = LYING | {"invoices": ["R-1"]}


def credited(desk: Desk) -> dict[str, Any]:
    """A credit note of 230.00 that names no invoice; an invoice of 119.00 is open."""
    desk.open()
    told: dict[str, Any] = desk.post("/v1/payments", NOTE | {"kind": "credit_note"}).json()
    return told


def open_amount(desk: Desk) -> str:
    """What is open of R-1."""
    shown: str = desk.get("/v1/cases/R-1").json()["open"]
    return shown


def test_a_credit_note_is_posted_and_settles_nothing_by_itself(desk: Desk) -> None:
    told = credited(desk)
    customer = desk.get("/v1/customers/C-1").json()

    assert (told["left"], told["parts"]) == ("230.00", {})
    assert open_amount(desk) == "119.00"
    assert (customer["unallocated"], customer["credit_notes"]) == ([], ["230.00 EUR"])
    assert customer["in_favour"] == ["230.00 EUR"]
    briefing = desk.get("/v1/customers/C-1/briefing").json()
    assert briefing["in_favour"] == ["230.00 EUR"]
    assert "230.00 EUR of theirs settle no invoice yet" in briefing["questions"][0]
    assert "allocate or refund it" in " ".join(briefing["script"]["beware"])


@pytest.mark.parametrize("role", ["billing", "collector"])
def test_it_is_allocated_once_and_the_rest_given_back(desk: Desk, role: str) -> None:
    credited(desk)
    order = {"id": "A-1", "payment": "erp/CR-3", "invoices": ["R-1"]}

    first = desk.post("/v1/allocations", order, role).json()
    again = desk.post("/v1/allocations", order, role).json()
    back = desk.post("/v1/refunds", {"id": "F-1", "payment": "erp/CR-3"}, role).json()

    assert (list(first["parts"].values()), first["left"], first["new"]) == (
        ["119.00"],
        "111.00",
        True,
    )
    assert (again["parts"], again["new"], again["code"]) == (first["parts"], False, "known_already")
    assert (back["given_back"], back["left"]) == ("111.00", "0.00")
    assert open_amount(desk) == "0.00"
    assert desk.get("/v1/customers/C-1").json()["in_favour"] == []


def test_a_surplus_goes_to_another_invoice(desk: Desk) -> None:
    desk.open()
    desk.open("R-2")
    money = {"id": "B-1", "amount": "150.00", "currency": "EUR", "invoices": ["R-1"]}
    desk.post("/v1/payments", money)

    told = desk.post(
        "/v1/allocations", {"id": "A-1", "surplus_of": "R-1", "invoices": ["R-2"]}
    ).json()

    assert list(told["parts"].values()) == ["31.00"]
    assert desk.get("/v1/cases/R-2").json()["open"] == "88.00"


@pytest.mark.parametrize(
    ("path", "order", "sort", "status"),
    [
        ("allocations", {"invoices": ["R-1"]}, "invalid", 422),
        ("allocations", R_1 | {"surplus_of": "R-1"}, "invalid", 422),
        ("allocations", LYING | {"invoices": []}, "invalid", 422),
        ("allocations", {"payment": "erp/CR-9", "invoices": ["R-1"]}, "not-found", 404),
        ("allocations", {"surplus_of": "R-9", "invoices": ["R-1"]}, "not-found", 404),
        ("allocations", LYING | {"invoices": ["R-9"]}, "invalid", 422),
        ("allocations", R_1 | {"amount": "0.00"}, "invalid", 422),
        ("allocations", R_1 | {"amount": "230.01"}, "refused", 422),
        ("refunds", LYING | {"amount": "230.01"}, "refused", 422),
        ("refunds", {"payment": ""}, "invalid", 422),
    ],
)
def test_what_is_not_there_or_not_owed_is_refused(
    desk: Desk, path: str, order: dict[str, Any], sort: str, status: int
) -> None:
    credited(desk)

    assert is_problem(desk.post(f"/v1/{path}", {"id": "A-1"} | order), sort, status)
    assert desk.get("/v1/customers/C-1").json()["in_favour"] == ["230.00 EUR"]


def test_an_order_needs_an_id(desk: Desk) -> None:
    credited(desk)
    order = {"payment": "erp/CR-3", "invoices": ["R-1"]}

    assert is_problem(desk.post("/v1/allocations", order), "invalid", 422)
    assert desk.post("/v1/allocations", order, key="A-7").json()["id"] == "A-7"


def test_another_creditors_credit_is_not_there(desk: Desk, outside: Outside) -> None:
    credited(desk)
    other = outside.desk(f"{desk.creditor}-x")
    other.open()

    answer = other.post(
        "/v1/allocations", {"id": "A-1", "payment": "erp/CR-3", "invoices": ["R-1"]}
    )

    assert is_problem(answer, "not-found", 404)


def test_readers_and_unknown_kinds_are_refused(desk: Desk) -> None:
    credited(desk)
    order = {"id": "A-1", "payment": "erp/CR-3", "invoices": ["R-1"]}

    assert is_problem(desk.post("/v1/allocations", order, "reader"), "forbidden", 403)
    assert is_problem(desk.post("/v1/payments", NOTE | {"id": "X", "kind": "gift"}), "invalid", 422)
