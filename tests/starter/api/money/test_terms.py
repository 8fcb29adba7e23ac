"""C10: a billing system opens an invoice with several due dates, and sees its parts."""

from __future__ import annotations

from tests.starter.api.factories import Desk, Outside

TERMS = [{"due": "2099-02-01", "amount": "60.00"}, {"due": "2099-03-01", "amount": "59.00"}]


def test_an_invoice_in_parts_is_opened_once_and_shows_them(outside: Outside, desk: Desk) -> None:
    """C10: other terms under the same number are another invoice."""
    first = desk.open(due="2099-02-01", terms=TERMS)
    again = desk.open(due="2099-02-01", terms=TERMS)
    whole = desk.open(due="2099-02-01")

    assert (first.status_code, again.status_code, whole.status_code) == (201, 200, 409)
    desk.post("/v1/cases/R-1/payments", {"id": "P", "amount": "70.00"})
    shown = desk.get("/v1/cases/R-1").json()
    assert (shown["due"], shown["open"], shown["to_pay"]) == ("2099-02-01", "119.00", "60.00")
    assert [(one["due"], one["open"]) for one in shown["terms"]] == [
        ("2099-02-01", "60.00"),
        ("2099-03-01", "59.00"),
    ]


def test_wrong_terms_are_refused_by_their_field_and_open_nothing(desk: Desk) -> None:
    """C10: the answer says what is wrong and what to write."""
    wrong = [TERMS[0], {"due": "2099-03-01", "amount": "58.00"}]
    told = desk.open(due="2099-02-01", terms=wrong)
    alone = desk.open(due="2099-02-01", terms=TERMS[:1])

    assert (told.status_code, told.json()["field"]) == (422, "terms")
    assert "1.00 EUR less than the invoice of 119.00 EUR" in told.json()["detail"]
    assert alone.status_code == 422
    assert desk.get("/v1/cases/R-1").status_code == 404
