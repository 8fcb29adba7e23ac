"""Policies over HTTP: shown, checked, looked at before, chosen; experiments begun and ended."""

from __future__ import annotations

from typing import Any

from adapters.runtime.machine import machine_clock
from domain.policy.policy_file import shipped_policy_text
from tests.starter.api.factories import Desk, Outside, day

OURS = shipped_policy_text("any_hour").replace('name = "any-hour"', 'name = "ours"')


def names(desk: Desk) -> dict[str, Any]:
    listed = desk.get("/v1/policies").json()["items"]
    return {one["name"]: one for one in listed}


def test_a_shipped_policy_is_shown_with_its_file_and_a_version_by_its_digits(desk: Desk) -> None:
    desk.open("R-1")
    standard = desk.get("/v1/policies/standard").json()
    known = desk.get(f"/v1/policies/{names(desk)['standard']['sha256'][:12]}").json()

    assert standard["text"].startswith(shipped_policy_text("standard")[:50])
    assert known["sha256"] == standard["sha256"]
    assert known["steps"] == standard["steps"]
    assert known["text"] is None
    assert desk.get("/v1/policies/abcdef0123").status_code == 404
    assert desk.get("/v1/policies/abc").status_code == 404


def test_a_version_of_another_creditor_is_none(desk: Desk, outside: Outside) -> None:
    desk.open("R-1")
    moved = desk.post("/v1/policy-moves", {"text": OURS}).json()
    other = outside.desk(f"{desk.creditor}-x")
    assert desk.get(f"/v1/policies/{moved['sha256']}").status_code == 200
    assert other.get(f"/v1/policies/{moved['sha256']}").status_code == 404
    refused = other.post("/v1/policy-moves", {"policy": moved["sha256"]})
    assert (refused.status_code, refused.json()["field"]) == (422, "policy")


def test_a_file_with_faults_is_refused_with_each_line(desk: Desk) -> None:
    bad = OURS.replace("[[steps]]", "[[stebs]]", 1) + "\nunknown = 1\n"
    refused = desk.post("/v1/policy-checks", {"text": bad}, "reader")
    fine = desk.post("/v1/policy-checks", {"text": OURS}, "reader").json()

    assert refused.status_code == 422
    assert refused.json()["field"] == "text"
    assert refused.json()["errors"]
    assert all("policy:" in one["detail"] for one in refused.json()["errors"])
    assert fine["name"] == "ours"


def test_a_policy_that_is_none_or_two_is_named(desk: Desk) -> None:
    for body in ({}, {"policy": "standard", "text": OURS}, {"policy": "standart"}):
        refused = desk.post("/v1/policy-moves", body)
        assert (refused.status_code, refused.json()["field"]) == (422, "policy"), refused.text
    assert "did you mean standard" in desk.post("/v1/policy-moves", {"policy": "standart"}).text
    assert desk.post("/v1/policy-moves", {"policy": "standard", "number": "R-9"}).status_code == 422


def test_looking_changes_nothing_and_moving_goes_on_until_none_is_left(
    desk: Desk, outside: Outside
) -> None:
    for number in ("R-1", "R-2", "R-3"):
        desk.open(number, due=day(10))
    look = desk.post("/v1/policy-previews", {"text": OURS}, "reader").json()
    assert set(names(desk)) == {"standard"}
    first = desk.post("/v1/policy-moves", {"text": OURS, "most": 2}).json()
    second = desk.post("/v1/policy-moves", {"text": OURS, "most": 2, "by": "ann"}).json()
    outside.told()
    opened = desk.open("R-4").json()

    assert (look["cases"], len(look["rows"]), look["kept"]) == (3, 3, 0)
    assert (first["moved"], first["left"]) == (2, 1)
    assert (second["moved"], second["left"]) == (1, 0)
    assert names(desk)["ours"]["running"] == 4
    assert names(desk)["ours"]["chosen_for"] == [desk.creditor]
    assert len({*outside.temporal.woken} - {opened["case"]}) == 3
    assert desk.post("/v1/policy-moves", {"text": OURS}, "collector").status_code == 403


def test_one_invoice_or_customer_moves_by_itself(desk: Desk) -> None:
    desk.open("R-1")
    desk.open("R-2", customer="C-2")
    desk.open("R-3", customer="C-2")
    assert desk.post("/v1/policy-moves", {"text": OURS, "number": "R-2"}).json()["moved"] == 1
    assert names(desk)["ours"]["chosen_for"] == []
    of_c2 = desk.post("/v1/policy-moves", {"policy": "any-hour", "customer": "C-2"}).json()
    assert (of_c2["moved"], of_c2["kept"]) == (1, 1)
    assert names(desk)["any-hour"]["chosen_for"] == [f"{desk.creditor}/C-2"]


def test_an_experiment_is_begun_and_ended(desk: Desk) -> None:
    wanted = {"name": "gentler", "challenger": {"policy": "any_hour"}}
    begun = desk.post("/v1/experiments", wanted).json()
    twice = desk.post("/v1/experiments", {**wanted, "name": "another"})
    bad = desk.post("/v1/experiments", {**wanted, "challenger": {"policy": "none"}})
    ended = desk.post("/v1/experiments/gentler/endings", {"keep": "challenger"}).json()

    assert (begun["champion"], begun["challenger"]) == ("standard", "any-hour")
    assert twice.status_code == 422
    assert (bad.status_code, bad.json()["field"]) == (422, "challenger")
    assert (ended["kept"], bool(ended["ended_at"])) == ("challenger", True)
    assert names(desk)["any-hour"]["chosen_for"] == [desk.creditor]
    assert machine_clock().isoformat() >= ended["ended_at"][:10]
