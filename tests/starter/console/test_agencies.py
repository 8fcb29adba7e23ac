"""Agencies in the console: quotes before the decision, words both ways, and money (P70, P72)."""

from pathlib import Path
from typing import Any

import pytest

from adapters.ledger.core.engine import Engine
from adapters.runtime.machine import machine_clock
from starter.console.pages.agencies.placing import agency_address
from starter.views.looking import look_at_case
from tests.domain.agencies.test_tariff import NORDWIND
from tests.starter.api.agencies.placed import place
from tests.starter.console.factories import Console, Visitor, words_of

PAGE = "/agencies/case/R-1"


def given_to(console: Console, ann: Visitor, engine: Engine, agency: str = "nordwind") -> str:
    case = console.opened(ann.creditor)
    place(engine, case, agency)
    return case


def test_quotes_are_compared_and_a_supervisor_decides(
    console: Console,
    creditor: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """P70."""
    described = NORDWIND.replace('countries = ["DE", "AT"]\n', "")
    (tmp_path / "nordwind.toml").write_text(described)
    (tmp_path / "dear.toml").write_text(described.replace('"20"', '"40"'))
    placing = console.services.application.agencies.placing
    monkeypatch.setattr(placing._book, "_folder", tmp_path)
    console.opened(creditor)
    choice: dict[str, Any] = {"number": "R-1", "agency": "dear", "id": "H-1"}
    collector = console.visitor(creditor, "collector")
    assert collector.post("/agencies/place", **choice).status_code == 403

    eva = console.visitor(creditor, "supervisor")
    page = words_of(eva.get(PAGE))
    assert page.index("dear") > page.index("nordwind"), "what brings in most stands first"
    assert eva.post("/agencies/place", **choice).headers["location"] == PAGE
    assert "agency-quotes-" in words_of(eva.get("/cases/R-1")), "the quotes are evidence"


def test_words_go_both_ways_and_who_acts_next_is_seen(
    console: Console, ann: Visitor, engine: Engine
) -> None:
    """P72."""
    given_to(console, ann, engine)
    news: dict[str, Any] = {
        "number": "R-1",
        "state": "needs_info",
        "note": "the contract, please",
        "id": "N-1",
    }
    assert ann.post("/agencies/news", **news).headers["location"] == PAGE
    assert "we act next" in words_of(ann.get("/agencies"))

    ann.post("/agencies/tell", number="R-1", note="it is with the files", id="M-1")
    page = words_of(ann.get(PAGE))
    assert page.index("the contract, please") < page.index("it is with the files")
    assert ann.post("/agencies/tell", number="R-1", note="").status_code == 422
    assert ann.post("/agencies/news", number="R-1", state="told").status_code == 422


def test_money_is_recorded_once_beside_the_ledger(
    console: Console, ann: Visitor, engine: Engine
) -> None:
    given_to(console, ann, engine)
    money: dict[str, Any] = {
        "number": "R-1",
        "report": "S-1",
        "collected": "100.00",
        "fee": "20.00",
    }
    for _ in range(2):
        assert ann.post("/agencies/money", **money).headers["location"] == PAGE

    page = words_of(ann.get(PAGE))
    assert "Owed to us €80.00" in page
    assert "S-1" not in words_of(ann.get("/agencies"))
    assert ann.post("/agencies/money", number="R-1", report="S-2").status_code == 422


def test_what_came_back_is_decided_by_one_press(
    console: Console, ann: Visitor, engine: Engine
) -> None:
    case = given_to(console, ann, engine)
    ann.post("/agencies/news", number="R-1", state="returned", id="N-2")
    came_back = words_of(ann.get("/cases/R-1"))
    collector = console.visitor(ann.creditor, "collector", "ben")
    offered = words_of(collector.get("/cases/R-1"))
    collector.post("/acts/resume", number="R-1", id="go-on")
    file = console.application.cases.file(case)

    assert "The agency gave it back: what now?" in came_back
    assert "Write it off" in came_back
    assert "Write it off" not in offered
    assert file
    assert not look_at_case(file, machine_clock()).case.came_back_undecided
    assert "what now?" not in words_of(ann.get("/cases/R-1"))


def test_another_creditors_case_is_not_there(
    console: Console, ann: Visitor, engine: Engine
) -> None:
    given_to(console, ann, engine)
    stranger = console.visitor(f"{ann.creditor}-x")

    assert stranger.get(PAGE).status_code == 404
    for act in ("tell", "news", "money", "place"):
        fields: dict[str, Any] = {
            "number": "R-1",
            "note": "x",
            "state": "working",
            "collected": "1.00",
        }
        assert stranger.post(f"/agencies/{act}", **fields).status_code in (403, 404)
    assert "Canary" not in stranger.get("/agencies").text


def test_a_number_with_a_slash_is_found() -> None:
    assert agency_address("2026/7 ü") == "/agencies/case/2026%2F7%20%C3%BC"


def test_a_case_that_came_back_goes_on_by_one_button(
    console: Console, ann: Visitor, creditor: str, engine: Engine
) -> None:
    given_to(console, ann, engine)
    news: dict[str, Any] = {"number": "R-1", "state": "returned", "id": "N-1"}
    ann.post("/agencies/news", **news)
    bob = console.visitor(creditor, "collector")
    assert "A supervisor decides" in words_of(bob.get(PAGE))
    choice: dict[str, Any] = {"number": "R-1", "choice": "ourselves", "id": "D-1"}
    assert bob.post("/agencies/decide", **choice).status_code == 403

    assert "we act next" in words_of(bob.get("/agencies"))

    eva = console.visitor(creditor, "supervisor")
    page = words_of(eva.get(PAGE))
    assert "It came back: how does it go on?" in page
    assert "Write all of it off" in page
    for _ in range(2):
        assert eva.post("/agencies/decide", **choice).headers["location"] == PAGE
    assert "how does it go on?" not in words_of(eva.get(PAGE))
    assert eva.post("/agencies/decide", number="R-1", choice="write_off").status_code == 422
