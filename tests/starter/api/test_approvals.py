"""Approvals over HTTP: who approves is who has the key."""

from __future__ import annotations

from dataclasses import replace

from adapters.ledger.gateway import keys
from adapters.ledger.tasks.team import put_colleague
from domain.parties.keys import KeyRole
from domain.parties.team import Role
from tests.starter.api.factories import Desk, Outside, day


def test_the_key_says_who_approves_and_the_body_cannot(outside: Outside, desk: Desk) -> None:
    """Ann's promises are recorded with another key than the one that approves."""
    weber = keys.make_key(outside.engine, desk.creditor, KeyRole.COLLECTOR, label="m.weber")[1]
    desk.open()
    claimed = {"id": "c-1", "date": day(20), "by": "ann", "approved_by": "m.weber"}
    assert desk.post("/v1/cases/R-1/promises", claimed, "collector").status_code == 422
    for number in "123":
        asked = {"id": f"p-{number}", "date": day(20), "by": "ann"}
        answer = desk.post("/v1/cases/R-1/promises", asked, "collector")
    assert (answer.status_code, answer.json()["code"]) == (422, "refused_by_policy")

    refused = desk.post("/v1/cases/R-1/approvals", {"ref": "p-3"}, "collector")
    assert refused.json()["detail"].endswith(f"is no supervisor in the team of {desk.creditor}")

    who = refused.json()["detail"].partition(" is no")[0]
    for name in (who, "m.weber"):
        put_colleague(outside.engine, desk.creditor, name, Role.SUPERVISOR)
    own = desk.post("/v1/cases/R-1/approvals", {"ref": "p-3"}, "collector")
    assert own.json()["detail"] == f"{who} recorded it and cannot approve it"
    approved = replace(desk, keys={"collector": weber}).post(
        "/v1/cases/R-1/approvals", {"ref": "p-3"}, "collector"
    )
    assert (approved.status_code, approved.json()["code"]) == (200, "accepted")
