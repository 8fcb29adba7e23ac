"""An agency with its own key: its cases and nothing else; news, money and files of them (P72)."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any

import pytest
from httpx import Response

from adapters.ledger.core.engine import Engine
from adapters.ledger.gateway import keys
from domain.parties.keys import KeyRole
from tests.starter.api.agencies.placed import place
from tests.starter.api.factories import Desk

Ask = Callable[..., Response]


def asking(desk: Desk, engine: Engine, agency: str) -> Ask:
    """A program of an agency."""
    _, secret = keys.make_key(engine, desk.creditor, KeyRole.AGENCY, agency)

    def ask(method: str, path: str, body: Any = None) -> Response:
        headers = {"Authorization": f"Bearer {secret}"}
        return desk.client.request(method, f"/v1/agency{path}", json=body, headers=headers)

    return ask


@pytest.fixture
def nordwind(desk: Desk, engine: Engine) -> Ask:
    """Nordwind has R-1, Zephyr has R-2, nobody has R-3."""
    for number in ("R-1", "R-2", "R-3"):
        assert desk.open(number).status_code == 201
    place(engine, f"invoice/{desk.creditor}/R-1", "nordwind")
    place(engine, f"invoice/{desk.creditor}/R-2", "zephyr")
    return asking(desk, engine, "nordwind")


def test_it_sees_its_own_cases_and_learns_nothing_of_others(nordwind: Ask, desk: Desk) -> None:
    shown = nordwind("GET", "/cases").json()
    assert [(one["number"], one["acts_next"]) for one in shown["items"]] == [("R-1", "agency")]
    file = nordwind("GET", "/cases/R-1").json()
    assert file["data"]["amounts"]["open"] == "119.00"

    news = {"id": "N-1", "state": "working"}
    others = [nordwind("GET", f"/cases/{number}").text for number in ("R-2", "R-3", "R-4")] + [
        nordwind("POST", f"/cases/{number}/news", news).text for number in ("R-2", "R-3", "R-4")
    ]
    assert len(set(others)) == 1, "nobody learns whether there is such a case"
    assert {nordwind("GET", "/cases/R-2").status_code} == {404}
    own = nordwind("GET", "/cases").request.headers
    everything = desk.client.get("/v1/cases", headers={"Authorization": own["authorization"]})
    assert everything.status_code == 403


def test_a_case_that_went_to_another_agency_is_not_its_any_more(
    nordwind: Ask, desk: Desk, engine: Engine
) -> None:
    place(engine, f"invoice/{desk.creditor}/R-1", "zephyr", step="plan-b-approved-2")

    assert nordwind("GET", "/cases").json()["items"] == []
    assert nordwind("GET", "/cases/R-1").status_code == 404
    zephyr = asking(desk, engine, "zephyr")
    assert [one["number"] for one in zephyr("GET", "/cases").json()["items"]] == ["R-1", "R-2"]


def test_news_count_once_and_the_case_tells_who_must_act(nordwind: Ask, desk: Desk) -> None:
    asks = {"id": "N-1", "state": "needs_info", "note": "the contract, please"}
    assert nordwind("POST", "/cases/R-1/news", asks).status_code == 200
    assert nordwind("POST", "/cases/R-1/news", asks).status_code == 200
    assert nordwind("POST", "/cases/R-1/news", asks | {"state": "legal"}).status_code == 409
    assert nordwind("POST", "/cases/R-1/news", {"id": "N-2", "state": "told"}).status_code == 422

    sheet = desk.get("/v1/cases/R-1").json()["agency"]
    assert (sheet["agency"], sheet["state"], sheet["acts_next"]) == (
        "nordwind",
        "needs_info",
        "we",
    )
    told = {"id": "M-1", "note": "it is with the files"}
    assert desk.post("/v1/cases/R-1/agency-messages", told, "collector").status_code == 200
    words = nordwind("GET", "/cases/R-1").json()["data"]["messages"]
    assert [(one["from"], one["state"], one["text"]) for one in words] == [
        ("agency", "needs_info", "the contract, please"),
        ("creditor", "told", "it is with the files"),
    ]


def test_money_is_the_customers_payment_with_its_fee_beside_it(nordwind: Ask, desk: Desk) -> None:
    collected = {"id": "S-1", "collected": "100.00", "fee": "12.50"}
    assert nordwind("POST", "/cases/R-1/money", collected).status_code == 200
    assert nordwind("POST", "/cases/R-1/money", collected).status_code == 200
    other = nordwind("POST", "/cases/R-1/money", collected | {"fee": "13.00"})
    nothing = nordwind("POST", "/cases/R-1/money", {"id": "S-2"})
    assert (other.status_code, nothing.status_code) == (409, 422)

    case = desk.get("/v1/cases/R-1").json()
    assert (case["paid"], case["open"]) == ("100.00", "19.00")
    assert (case["agency"]["owed"], case["agency"]["balance"]) == ("87.50", "owed_to_us")
    paid_out = {"id": "P-1", "paid_out": "87.50"}
    assert nordwind("POST", "/cases/R-1/money", paid_out).status_code == 200
    assert desk.get("/v1/cases/R-1").json()["agency"]["balance"] == "balanced"


def test_money_that_is_taken_back_is_owed_again_once(nordwind: Ask, desk: Desk) -> None:
    nordwind("POST", "/cases/R-1/money", {"id": "S-1", "collected": "100.00", "fee": "12.50"})
    back = {"id": "S-2", "reverses": "S-1"}
    assert nordwind("POST", "/cases/R-1/money", back).status_code == 200
    assert nordwind("POST", "/cases/R-1/money", back).status_code == 200
    again = nordwind("POST", "/cases/R-1/money", {"id": "S-3", "reverses": "S-1"})
    unknown = nordwind("POST", "/cases/R-1/money", {"id": "S-4", "reverses": "S-9"})
    assert (again.status_code, unknown.status_code) == (422, 422)

    case = desk.get("/v1/cases/R-1").json()
    assert case["open"] == "119.00"
    sheet = case["agency"]
    assert (sheet["collected"], sheet["in_ledger"], sheet["balance"]) == (
        "0.00",
        "0.00",
        "balanced",
    )


def test_files_go_both_ways(nordwind: Ask, desk: Desk) -> None:
    content = b64encode(b"%PDF-1.4 our letter").decode()
    kept = nordwind("POST", "/cases/R-1/files", {"name": "letter.pdf", "content": content}).json()
    assert (kept["name"], kept["media_type"]) == ("letter.pdf", "application/pdf")

    found = nordwind("GET", f"/cases/R-1/files/{kept['sha256']}").json()
    assert b64decode(found["content"]) == b"%PDF-1.4 our letter"
    assert nordwind("GET", f"/cases/R-1/files/{'0' * 64}").status_code == 404
    assert nordwind("GET", f"/cases/R-2/files/{kept['sha256']}").status_code == 404
    listed = nordwind("GET", "/cases/R-1").json()["data"]["evidence"]
    assert [one["sha256"] for one in listed] == [kept["sha256"]]


def test_the_creditor_reads_all_accounts_and_asks_agencies_at_once(
    nordwind: Ask, desk: Desk
) -> None:
    """Of the installation nobody has an interface: nobody is asked, and that is said."""
    money = {"id": "S-1", "collected": "19.00", "fee": "2.00", "paid_out": "10.00"}
    assert nordwind("POST", "/cases/R-1/money", money).status_code == 200

    (account,) = desk.get("/v1/agency-accounts").json()["items"]
    assert account["case"] == f"invoice/{desk.creditor}/R-1"
    sums = [account[name] for name in ("collected", "in_ledger", "fee", "paid_out", "owed")]
    assert sums == ["19.00", "19.00", "2.00", "10.00", "7.00"]
    assert account["balance"] == "owed_to_us"
    polled = desk.post("/v1/agency-polls", {}, "collector").json()
    assert polled == {"asked": 0, "news": 0, "payments": 0, "unknown": [], "failed": {}}


def test_what_becomes_of_a_case_that_came_back_is_one_request(nordwind: Ask, desk: Desk) -> None:
    assert desk.get("/v1/cases/R-1/agency-decisions").json()["choices"] == []
    back = {"id": "N-1", "state": "returned"}
    assert nordwind("POST", "/cases/R-1/news", back).status_code == 200
    shown = desk.get("/v1/cases/R-1/agency-decisions").json()["choices"]
    assert [one["choice"] for one in shown] == ["ourselves", "write_off"]

    path, wanted = "/v1/cases/R-1/agency-decisions", {"id": "D-1", "choice": "write_off"}
    wrong = desk.post(path, {"id": "D-0", "choice": "agency:none"}, "collector")
    answers = [desk.post(path, wanted, "collector").json() for _ in range(2)]
    assert wrong.status_code == 422
    assert [one["accepted"] for one in answers] == [True, True]
    assert desk.get("/v1/cases/R-1").json()["open"] == "0.00"
