"""Alerts: each has its page, can be read by Prometheus, and rings when it should."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.docs.pages import anchors
from tests.infra.cluster.charts import ROOT
from tests.infra.cluster.figures import RULES, SEVERITIES, alerts, dashboards

WAITED = 'temporal_activity_schedule_to_start_latency_bucket{task_queue="amicable",le="%s"}'
FREE = 'temporal_worker_task_slots_available{task_queue="a",worker_type="ActivityWorker"}'
FIRES = {
    "AmicableNoFigures": {"up": "1"},
    "AmicableLedgerAway": {"amicable_ledger_up": "0"},
    "AmicableStepsLate": {"amicable_oldest_due_step_seconds": "4000"},
    "AmicableReconcilerSilent": {"amicable_reconciler_seconds": "2000"},
    "AmicableReconcilerFails": {"amicable_reconciler_failing_parts": "1"},
    "AmicableCasesStuck": {"amicable_stuck_cases": "1"},
    "AmicableProviderLeftAlone": {"amicable_providers_left_alone": "1"},
    "AmicableSendsUnknown": {"amicable_unknown_sends": "1"},
    "AmicableMailBounces": {
        'amicable_bounce_ratio{channel="email"}': "0.03",
        'amicable_messages_sent{channel="email"}': "500",
    },
    "AmicableMailUnwanted": {
        'amicable_opt_out_ratio{channel="email"}': "0.002",
        'amicable_messages_sent{channel="email"}': "5000",
    },
    "AmicableAnswersWait": {"amicable_events_waiting": "1", "amicable_replies_waiting": "0"},
    "AmicableWebhooksWait": {"amicable_webhooks_waiting": "200"},
    "AmicableTasksOverdue": {
        'amicable_tasks{kind="call",overdue="yes"}': "11",
        'amicable_tasks{kind="fix",overdue="yes"}': "10",
    },
    "AmicableDutyUnserved": {
        'temporal_num_pollers{task_queue="amicable"}': "5",
        'temporal_num_pollers{task_queue="amicable-send"}': "5",
    },
    "AmicableWorkWaits": {
        WAITED % "10000": "0",
        WAITED % "100000": "0+9",
        WAITED % "+Inf": "0+9",
    },
    "AmicableSlotsFull": {FREE: "0"},
    "AmicableWorkflowTasksFail": {
        'temporal_workflow_task_execution_failed{workflow_type="invoice"}': "0+1"
    },
    "AmicableTemporalRefuses": {
        'temporal_request_failure{operation="Poll",status_code="UNAVAILABLE"}': "0+60"
    },
}
"""For each alert the figures, minute by minute, at which it must ring."""


@pytest.mark.parametrize("rule", alerts(), ids=lambda rule: rule["alert"])
def test_every_alert_says_how_bad_it_is_and_has_its_page(rule: dict[str, object]) -> None:
    labels, notes = rule["labels"], rule["annotations"]
    assert isinstance(labels, dict)
    assert isinstance(notes, dict)
    page, _, anchor = notes["runbook"].partition("#")

    assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}
    assert labels["severity"] in SEVERITIES
    assert notes["summary"].endswith(".")
    assert anchor == str(rule["alert"]).lower()
    assert anchor in anchors(ROOT / page)


def test_alerts_and_dashboards_are_named_once() -> None:
    names = Counter(rule["alert"] for rule in alerts())
    boards = dashboards()

    assert max(names.values()) == 1
    assert set(names) == set(FIRES)
    assert len({board["uid"] for board in boards.values()}) == len(boards) == 2
    for board in boards.values():
        assert {panel["datasource"]["uid"] for panel in board["panels"]} == {"${datasource}"}


@pytest.fixture
def promtool() -> str:
    """Prometheus' own checker."""
    found = shutil.which("promtool")
    if not found:
        pytest.skip("promtool is not installed (Debian: the package prometheus)")
    return found


def test_prometheus_itself_can_read_the_rules(promtool: str) -> None:
    done = subprocess.run([promtool, "check", "rules", str(RULES)], capture_output=True, text=True)  # noqa: PLW1510 - asserted

    assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_rings_when_it_should_and_not_before(promtool: str, tmp_path: Path) -> None:
    told = tmp_path / "alerts.yml"
    told.write_text(yaml.safe_dump({"rule_files": [str(RULES)], "tests": list(_rehearsals())}))
    done = subprocess.run([promtool, "test", "rules", str(told)], capture_output=True, text=True)  # noqa: PLW1510 - asserted

    assert done.returncode == 0, done.stdout + done.stderr


def _rehearsals() -> Iterator[dict[str, object]]:
    """Each alert with the figures at which it rings; well before its time it is silent."""
    for rule in alerts():
        name, minutes = rule["alert"], _minutes(rule["for"]) + 15
        series = [
            {"series": key, "values": f"{values}x{minutes}"} for key, values in FIRES[name].items()
        ]
        count = f'count(ALERTS{{alertname="{name}",alertstate="firing"}}) or vector(0)'
        yield {
            "interval": "1m",
            "input_series": series,
            "promql_expr_test": [
                {"expr": count, "eval_time": when, "exp_samples": [{"labels": "{}", "value": n}]}
                for when, n in (("1m", 0), (f"{minutes}m", 1))
            ],
        }


def _minutes(text: str) -> int:
    return int(text[:-1]) * {"m": 1, "h": 60}[text[-1]]
