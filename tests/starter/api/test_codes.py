"""Statuses follow from codes: whatever sentences of ours a caller's own text holds."""

from typing import Any

import pytest

from domain.answer_codes import AnswerCode
from starter.api.errors import HttpProblem, coded
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
    assert is_problem(unknown, "invalid", 422)
    assert unknown.json()["code"] == "invalid"
    assert unknown.json()["field"] == "reason"


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
    names = [one.json()["type"].rpartition(":")[2] for one in (longer, past, nothing, in_part)]
    assert names == ["refused", "refused", "invalid", "refused"]
    assert nothing.json()["field"] == "amount"


NO = set(AnswerCode) - {AnswerCode.ACCEPTED, AnswerCode.KNOWN_ALREADY}


def test_every_no_of_the_ledger_is_a_problem_that_says_what_to_do() -> None:
    told = {code: coded(code, "why", field="amount") for code in NO}

    assert {code: one.sort.name for code, one in told.items()} == {
        AnswerCode.INVALID: "invalid",
        AnswerCode.REFUSED: "refused",
        AnswerCode.REFUSED_BY_POLICY: "refused",
        AnswerCode.ACCEPTED_IN_PART: "refused",
        AnswerCode.NOT_FOUND: "not-found",
        AnswerCode.CONFLICT: "conflict",
        AnswerCode.NOT_YET_APPLIED: "busy",
    }
    assert [HttpProblem(name, "why").code for name in ("invalid", "not-found", "conflict")] == [
        *(AnswerCode.INVALID, AnswerCode.NOT_FOUND, AnswerCode.CONFLICT),
    ]
    assert all(one.field == "amount" for one in told.values())


def test_what_was_mended_is_heard_and_what_stands_is_not_asked_twice(desk: Desk) -> None:
    """An invalid message leaves its idempotency key free; a refused one is kept under it."""
    desk.open()
    address, wrong = "/v1/cases/R-1/promises", {"id": "P-1", "date": "soon", "by": "ann"}
    unread = desk.post(address, wrong, "collector", "key-1")
    mended = desk.post(address, wrong | {"date": day(3)}, "collector", "key-1")
    past = {"id": "P-2", "date": day(-9), "by": "ann"}
    refused = desk.post(address, past, "collector", "key-2")
    again = desk.post(address, past, "collector", "key-2")
    other = desk.post(address, past | {"date": day(3)}, "collector", "key-2")

    assert is_problem(unread, "invalid", 422)
    assert mended.status_code == 200
    assert is_problem(refused, "refused", 422)
    assert again.headers["idempotent-replayed"] == "true"
    assert is_problem(other, "key-reused", 422)
