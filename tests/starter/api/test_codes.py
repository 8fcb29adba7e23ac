"""Statuses follow from codes: whatever sentences of ours a caller's own text holds."""

from typing import Any

import pytest

from tests.starter.api.factories import Desk, day
from tests.starter.api.test_problems import is_problem

OURS = (
    "was used before with other content",
    "is already recorded with other content",
    "conflict",
    "there is no such case",
    "heard, not yet applied; send it again to see the answer",
    "posted before; nothing changed; 5.00 EUR stay on the account",
)
"""Sentences that we say ourselves."""


@pytest.mark.parametrize("ours", OURS)
def test_our_own_words_in_a_refused_message_change_no_status(desk: Desk, ours: str) -> None:
    desk.open()
    words = {"note": ours, "reason": ours, "by": ours[:50]}

    missing = desk.post("/v1/cases/R-1/payment-reversals", {"id": "B-9", "ref": ours} | words)
    unknown = desk.post(
        "/v1/cases/R-1/contact-news", {"id": "N-1", "reason": ours, "ref": ours}, "collector"
    )

    assert is_problem(missing, "refused", 422)
    assert ours in missing.json()["detail"]
    assert missing.json()["code"] == "refused"
    assert is_problem(unknown, "refused", 422)
    assert unknown.json()["code"] == "invalid"


@pytest.mark.parametrize("ours", OURS)
def test_our_own_words_in_an_accepted_message_change_no_status(desk: Desk, ours: str) -> None:
    desk.open()
    dispute = {"id": ours, "amount": "10.00", "reason": ours, "note": ours}
    credit = {"id": f"{ours}!", "amount": "1.00", "note": ours}

    for path, body, role in (
        ("disputes", dispute, "collector"),
        ("credit-notes", credit, "billing"),
    ):
        first = desk.post(f"/v1/cases/R-1/{path}", body, role)
        again = desk.post(f"/v1/cases/R-1/{path}", body, role)
        other = desk.post(f"/v1/cases/R-1/{path}", body | {"amount": "2.00"}, role)
        assert (first.status_code, again.status_code) == (200, 200)
        assert (first.json()["code"], again.json()["code"]) == ("accepted", "accepted")
        assert is_problem(other, "conflict", 409)
        assert other.json()["code"] == "conflict"


@pytest.mark.parametrize("ours", OURS)
def test_our_own_words_in_a_payment_change_no_status(desk: Desk, ours: str) -> None:
    desk.open(ours)
    money: dict[str, Any] = {"id": ours, "amount": "19.00", "currency": "EUR", "note": ours}
    money |= {"invoices": [ours]}

    first, again = desk.post("/v1/payments", money), desk.post("/v1/payments", money)
    other = desk.post("/v1/payments", money | {"amount": "20.00"})
    stranger = desk.post("/v1/payments", money | {"id": "B-2", "customer": ours})

    assert (first.status_code, first.json()["code"]) == (200, "accepted")
    assert (again.status_code, again.json()["code"]) == (200, "known_already")
    assert is_problem(other, "conflict", 409)
    assert is_problem(stranger, "refused", 422)
    assert stranger.json()["code"] == "refused"


def test_why_a_message_is_refused_is_said_in_one_word(desk: Desk) -> None:
    desk.open()
    far = {"id": "P-1", "date": day(400), "by": "ann"}

    longer = desk.post("/v1/cases/R-1/promises", far, "collector")
    past = desk.post("/v1/cases/R-1/promises", far | {"id": "P-2", "date": day(-400)}, "collector")
    nothing = desk.post("/v1/cases/R-1/credit-notes", {"id": "CN-1", "amount": "0"})
    nobody = desk.post("/v1/cases/R-404/promises", far, "collector")
    by_call = {"id": "C-1", "reason": "promised", "date": day(400), "by": "ann"}
    in_part = desk.post("/v1/cases/R-1/calls", by_call, "collector")

    told = [one.json()["code"] for one in (longer, past, nothing, nobody, in_part)]
    assert told == ["refused_by_policy", "refused", "invalid", "not_found", "accepted_in_part"]
    assert [one.status_code for one in (longer, past, nothing, nobody, in_part)] == [
        *(422, 422, 422, 404, 422),
    ]
