"""Reports, policies, experiments and webhooks over HTTP: the same figures as everywhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.ledger.customers.people import upsert_creditor
from adapters.runtime.machine import machine_clock
from adapters.wiring.advice.experiments import experiment_service
from domain.parties.people import Creditor
from domain.policy.policy_file import standard_policy
from starter.api.steering.reports import ReportName
from tests.starter.api.factories import Desk, Outside


@pytest.mark.parametrize("report", list(ReportName))
def test_every_report_is_answered_without_floats(desk: Desk, report: ReportName) -> None:
    desk.open("R-1")
    answer = desk.get(f"/v1/reports/{report}")

    assert answer.status_code == 200
    items = answer.json()["items"]
    assert not [value for row in items for value in row.values() if isinstance(value, float)]
    if report is ReportName.AGEING:
        assert sum(float(row["open"]) for row in items) == 119


def test_a_day_to_come_and_a_report_that_is_none_are_refused(desk: Desk) -> None:
    assert desk.get("/v1/reports/ageing?on=2999-01-01").status_code == 422
    assert desk.get("/v1/reports/recovery?first=2026-02-01&last=2026-01-01").status_code == 422
    assert desk.get("/v1/reports/everything").status_code == 422
    assert desk.get("/v1/reports/ageing?off=1").status_code == 422


def test_a_report_counts_as_it_is_asked(desk: Desk) -> None:
    desk.open("R-1")
    edges = desk.get("/v1/reports/ageing?buckets=10,20").json()["items"]
    weeks = desk.get("/v1/reports/forecast?weeks=2").json()["items"]
    more = desk.get("/v1/reports/forecast?weeks=5").json()["items"]
    sales = [desk.get(f"/v1/reports/dso?days={days}").json()["items"] for days in (1, 90)]

    assert [one["bucket"] for one in edges] == ["not due", "1-10", "11-20", ">20"]
    assert len(more) - len(weeks) == 3
    assert sales[0][0]["dso_simple"] != sales[1][0]["dso_simple"]


def test_a_backtest_looks_back_a_year_unless_told(desk: Desk) -> None:
    desk.open("R-1")
    paid = {"id": "B-1", "amount": "119.00", "currency": "EUR", "invoices": ["R-1"]}
    desk.post("/v1/payments", paid)
    [row] = desk.get("/v1/reports/forecast?backtest=true").json()["items"]
    before = "first=2020-01-01&last=2020-12-31"
    [none] = desk.get(f"/v1/reports/forecast?backtest=true&{before}").json()["items"]

    assert (row["invoices"], none["invoices"]) == (1, 0)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("ageing?weeks=3", "weeks"),
        ("promises?first=2026-01-01", "first"),
        ("dso?buckets=30", "buckets"),
        ("forecast?first=2026-01-01", "first"),
        ("forecast?backtest=true&currency=EUR", "currency"),
        ("forecast?weeks=54", "weeks"),
        ("dso?days=0", "days"),
        ("ageing?buckets=30,20", "buckets"),
        ("ageing?buckets=", "buckets"),
        ("recovery?last=2999-01-01", "last"),
        ("recovery?first=2026-02-01&last=2026-01-01", "first"),
        ("ageing?currency=XXQ", "currency"),
    ],
)
def test_what_a_report_is_not_asked_is_refused_by_name(desk: Desk, asked: str, field: str) -> None:
    answer = desk.get(f"/v1/reports/{asked}")

    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:amicable:problem:invalid"
    assert answer.json()["field"] == field


def test_policies_and_experiments_are_shown(desk: Desk, outside: Outside) -> None:
    tried = replace(standard_policy(), name="tried")
    service = experiment_service(outside.engine, machine_clock)
    service.start(desk.creditor, "gentler", tried, "ann")
    desk.open("R-1")

    [listed] = desk.get("/v1/experiments").json()["items"]
    shown = desk.get("/v1/experiments/gentler").json()
    policies = desk.get("/v1/policies").json()["items"]

    assert (listed["name"], listed["challenger"]) == ("gentler", "tried")
    assert not shown["may_conclude"]
    assert sum(arm["customers"] for arm in shown["arms"]) == 1
    assert {one["name"] for one in policies} <= {"standard", "tried"}
    assert sum(one["cases"] for one in policies) == 1
    assert desk.get("/v1/experiments/another").status_code == 404


def test_a_billing_system_looks_after_its_webhook(desk: Desk, outside: Outside) -> None:
    upsert_creditor(outside.engine, Creditor(id=desk.creditor, name="Acme"))
    wanted = {"name": "billing", "url": "http://127.0.0.1/x"}
    refused = desk.post("/v1/webhooks", wanted)
    unsigned = desk.post("/v1/webhooks", {**wanted, "url": "https://billing.example/x"})
    unknown = desk.post("/v1/webhooks/nobody/removals", {})

    assert {refused.status_code, unsigned.status_code} == {422}
    assert unknown.status_code == 404
    assert desk.ask("GET", "/v1/webhooks", "billing").json() == {"items": []}
    assert desk.ask("GET", "/v1/webhooks", "reader").status_code == 403
