"""Why customers are late, what people did, and what left and came back, of any days."""

from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from activities.ports.stores.console.figures import WorkRow
from activities.ports.stores.reports import Period
from activities.services.console.figures import span_of
from adapters.ledger.core.engine import Engine
from adapters.runtime.machine import machine_clock
from starter.console.pages.reporting.kinds import REPORTS
from tests.starter.console.factories import Console, Visitor, in_days, words_of


def test_days_begin_and_end_on_the_clocks_of_the_reader() -> None:
    days = Period(first=date(2026, 3, 28), last=date(2026, 3, 29))
    span = span_of(days, ZoneInfo("Europe/Berlin"))

    assert span.begins == datetime(2026, 3, 27, 23, tzinfo=UTC)
    assert span.ends == datetime(2026, 3, 29, 22, tzinfo=UTC), "the night in which clocks go on"


def test_each_reason_counts_once_for_an_invoice(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)
    console.opened(ann.creditor, "R-2", minor=10_000)
    console.opened(f"{ann.creditor}-x", "X-9", minor=77_700)
    for number in ("R-1", "R-2"):
        ann.post("/acts/dispute", number=number, reason="goods")
    ann.post("/acts/outcome", number="R-1", reason="no_answer")
    ann.post("/acts/outcome", number="R-1", reason="no_answer")
    words = words_of(ann.get("/reports?of=reasons"))

    assert "EUR goods dispute opened 2 €219.00" in words
    assert "EUR no answer call result 1 €119.00" in words
    assert "nothing to report" in words_of(
        ann.get(f"/reports?of=reasons&on={in_days(-5)}&from={in_days(-9)}")
    )


def test_what_each_person_did_is_counted_and_no_program_is_among_them(
    console: Console, ann: Visitor
) -> None:
    console.opened(ann.creditor)
    bob = console.visitor(ann.creditor, "collector", "bob")
    ann.post("/acts/outcome", number="R-1", reason="reached")
    bob.post("/acts/outcome", number="R-1", reason="no_answer")
    bob.post("/acts/promise", number="R-1", date=in_days(3))
    bob.post("/customer/note", customer="C-1", said="hello")
    rows = _work(console, ann.creditor)

    assert set(rows) == {"ann", "bob"}
    assert (rows["ann"].calls, rows["ann"].reached, rows["ann"].agreements) == (1, 1, 0)
    assert (rows["bob"].calls, rows["bob"].reached, rows["bob"].agreements) == (1, 0, 1)
    assert (rows["bob"].notes, rows["bob"].customers) == (1, 1)


def test_what_left_stands_beside_what_came_back(
    console: Console, ann: Visitor, engine: Engine
) -> None:
    case_id = console.opened(ann.creditor)
    with engine.begin() as link:
        for number, state in enumerate(("accepted", "accepted", "rejected"), start=1):
            told = {"id": _uuid(case_id, number), "creditor": ann.creditor, "state": state}
            link.execute(text(_MESSAGE), told | {"case": case_id, "step": f"polite~{number}"})
        for kind in ("delivered", "opened", "opened"):
            told = {"key": f"{case_id}/{kind}", "id": _uuid(case_id, 1), "kind": kind}
            link.execute(text(_EVENT), told)
        told = {"key": f"{case_id}/bounced", "id": _uuid(case_id, 2), "kind": "bounced"}
        link.execute(text(_EVENT), told)
    page = ann.get("/reports?of=contacts")
    words = words_of(page)

    assert "email polite reminder 2 1 1 1 0 1" in words
    assert "channel,step,left" in ann.get("/reports.csv?of=contacts").text


@pytest.mark.parametrize("name", REPORTS)
def test_every_filter_is_part_of_every_address(console: Console, ann: Visitor, name: str) -> None:
    console.opened(ann.creditor)
    page = ann.get(f"/reports?of={name}&on={in_days(-1)}&from={in_days(-9)}&currency=eur").text

    assert page.count(f"on={in_days(-1)}&amp;from={in_days(-9)}&amp;currency=EUR") == (
        len(REPORTS) + 1
    )
    assert ann.get(f"/reports?of={name}&on={in_days(-9)}&from={in_days(-1)}").status_code == 422


_MESSAGE = """
WITH m AS (INSERT INTO outbound_message (id, creditor, customer, state, attempt, channel)
  VALUES (CAST(:id AS uuid), :creditor, 'C-1', :state, 1, 'email') RETURNING id)
INSERT INTO outbound_item (case_id, step, episode, message_id) SELECT :case, :step, 9, id FROM m
"""
_EVENT = """
INSERT INTO provider_event (dedupe_key, message_id, provider, kind)
VALUES (:key, :id, 'test', :kind) ON CONFLICT DO NOTHING
"""


def _uuid(case_id: str, number: int) -> str:
    return str(uuid5(NAMESPACE_URL, f"{case_id}/{number}"))


def _work(console: Console, creditor: str) -> dict[str, WorkRow]:
    today = machine_clock().date()
    period = Period(first=today, last=today)
    found = console.services.figures.work(creditor, period, ZoneInfo("UTC"))
    return {row.person: row for row in found}
