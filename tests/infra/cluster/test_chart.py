"""The chart: rendered by real Helm, held against Kubernetes' schemas, and safe by default."""

from __future__ import annotations

import json
import re
from typing import Any

import helm_python
import kubernetes_validate
import pytest

from adapters.config.environment import SECRETS
from adapters.runtime.machine import LAST_CALL
from adapters.temporal.queues import Duty
from starter.api.app import THREADS
from tests.infra.cluster.charts import (
    ADDRESS,
    CHART,
    NEWEST,
    OLDEST,
    ROOT,
    Manifest,
    Values,
    check,
    environment,
    given,
    notes,
    of_kind,
    pods,
    render,
)
from worker import SPARE

CLOUD = given(
    temporal={"authentication": "config", "secret": "cloud", "prepare": False},
    secrets={"keys": ["AMICABLE_DATABASE_URL", "AMICABLE_SENDGRID__API_KEY"]},
    settings={"AMICABLE_LIVE": "1", "AMICABLE_EMAIL__PROVIDER": "sendgrid"},
    gateway={"ingress": {"enabled": True, "host": "dunning.example", "tlsSecret": "tls"}},
    console={
        "enabled": True,
        "publicUrl": "https://console.example",
        "ingress": {"enabled": True, "tlsSecret": "tls"},
    },
    storage={"existingClaim": "outbox"},
    image={"pullSecrets": ["registry"]},
)
ONE_POD = given(
    workers={
        "decide": None,
        "send": None,
        "background": None,
        "all": {"duties": ["decide", "send", "background"], "replicas": 1, "resources": {}},
    },
    gateway={"enabled": False},
    temporal={"authentication": "certificate", "secret": "mtls"},
    networkPolicy={"enabled": False},
    metrics={"enabled": False},
)
every_choice = pytest.mark.parametrize(
    "values", [ADDRESS, CLOUD, ONE_POD], ids=["as it comes", "cloud", "one worker"]
)


@every_choice
@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_kubernetes_knows_every_field(values: Values, version: str) -> None:
    manifests = render(values)

    assert len(manifests) >= 3
    for manifest in manifests:
        check(manifest, version)


def test_helm_has_nothing_to_say_against_the_chart() -> None:
    report = helm_python.lint(str(CHART), dict(ADDRESS), strict=True)

    assert report["errors"] == []
    assert [one for one in report["messages"] if one["severity"] > 1] == []


def test_a_number_in_words_would_be_noticed() -> None:
    """The schemas do see what they are for."""
    (deployment,) = of_kind(render(ONE_POD), "Deployment").values()
    deployment["spec"]["replicas"] = "two"

    with pytest.raises(kubernetes_validate.ValidationError, match="two"):
        check(deployment)


@pytest.mark.parametrize(
    "wrong",
    [
        {"workers": {"decide": {"replicas": "two"}}},
        {"workers": {"decide": {"replicas": 0}}},
        {"workers": {"send": {"duties": ["mail"]}}},
        {"secrets": {"keys": ["AMICABLE_SENDGRID__API_KEY"]}},
        {"secrets": {"keys": ["AMICABLE_DATABASE_URL", "AMICABLE_LIVE"]}},
        {"settings": {"AMICABLE_SENDGRID__API_KEY": "SG.x"}},
        {"settings": {"LIVE": "1"}},
        {"settings": {"AMICABLE_LIVE": 1}},
        {"temporal": {"address": "https://temporal"}},
        {"console": {"enabled": True, "publicUrl": "http://console.example"}},
        {"gatway": {}},
    ],
    ids=json.dumps,
)
def test_values_that_cannot_be_meant_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(helm_python.HelmValuesError):
        render(given(**wrong))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "temporal.address"),
        (given(workers={"background": None}), "nobody has the duty background"),
        (given(temporal={"authentication": "config"}), "temporal.secret"),
        (given(gateway={"ingress": {"enabled": True, "host": "a.example"}}), "https only"),
    ],
    ids=["address", "duty", "secret", "ingress"],
)
def test_what_is_missing_is_said_in_words(values: Values, words: str) -> None:
    with pytest.raises(helm_python.HelmRenderError, match=words):
        render(values)


@every_choice
def test_no_pod_is_root_may_write_or_has_rights(values: Values) -> None:
    for name, pod in pods(render(values)):
        spec = pod["spec"]
        (container,) = spec["containers"]

        assert spec["securityContext"]["runAsNonRoot"], name
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert spec["automountServiceAccountToken"] is False
        assert spec["enableServiceLinks"] is False, "a Service would set AMICABLE_* variables"
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        writable = {one["mountPath"] for one in container["volumeMounts"] if "readOnly" not in one}
        assert writable == {"/tmp", "/var/lib/amicable"}  # noqa: S108 - of the container


def test_the_pod_runs_as_the_user_of_the_image() -> None:
    dockerfile = (ROOT / "infra/docker/Dockerfile").read_text()
    (user,) = re.findall(r"^USER (\d+)$", dockerfile, re.MULTILINE)

    assert {pod["spec"]["securityContext"]["runAsUser"] for _, pod in pods(render())} == {int(user)}


@every_choice
def test_secrets_are_files_and_stand_in_no_manifest(values: Values) -> None:
    manifests = render(values)

    assert not of_kind(manifests, "Secret")
    for _, pod in pods(manifests):
        (container,) = pod["spec"]["containers"]
        told = environment(container)
        assert not set(told) & set(SECRETS)
        assert told["AMICABLE_DATABASE_URL_FILE"] == "/run/secrets/amicable/AMICABLE_DATABASE_URL"
        (mount,) = [one for one in container["volumeMounts"] if one["name"] == "secrets"]
        assert mount["readOnly"]


def test_the_schema_of_the_values_knows_every_secret() -> None:
    schema = json.loads((CHART / "values.schema.json").read_text())

    named = schema["properties"]["secrets"]["properties"]["keys"]["items"]["enum"]
    assert named == list(SECRETS)
    assert schema["properties"]["settings"]["propertyNames"]["not"]["enum"] == list(SECRETS)


def test_every_duty_has_a_deployment_of_its_own() -> None:
    workers = {
        environment(pod["spec"]["containers"][0])["AMICABLE_WORKER__QUEUES"]
        for name, pod in pods(render())
        if "worker-" in name
    }
    assert workers == set(Duty)


def test_containers_do_what_the_image_can_do() -> None:
    start = (ROOT / "infra/docker/start").read_text()
    for _, pod in pods(render()):
        (container,) = pod["spec"]["containers"]
        probes = [probe["exec"]["command"][1] for probe in _probes(container) if "exec" in probe]
        for what in (*container["args"], *probes):
            assert re.search(rf"^  {what}\) ", start, re.MULTILINE), what


def _probes(container: Manifest) -> list[Manifest]:
    return [container[f"{what}Probe"] for what in ("startup", "readiness", "liveness")
            if f"{what}Probe" in container]  # fmt: skip


def test_every_service_is_probed_and_jobs_run_before_a_release() -> None:
    manifests = render()
    jobs = of_kind(manifests, "Job")

    assert set(jobs) == {"acme-amicable-migrate", "acme-amicable-namespace"}
    for job in jobs.values():
        assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"
    for name, pod in pods(manifests):
        (container,) = pod["spec"]["containers"]
        assert len(_probes(container)) == (0 if name in jobs else 3)
        assert container["resources"]["limits"]["memory"]
        assert container["resources"]["requests"]


def test_a_stopping_pod_has_time_for_its_last_call() -> None:
    graces = {
        name: pod["spec"].get("terminationGracePeriodSeconds") for name, pod in pods(render())
    }
    workers = [grace for name, grace in graces.items() if "worker-" in name]

    assert min(workers) > LAST_CALL.total_seconds()


def test_the_notes_count_the_connections_that_postgresql_needs() -> None:
    """By the same figures as docs/operations.md, with one more pod of each while it rolls out."""
    each = {duty: duty.slots + SPARE + 4 for duty in Duty}
    replicas = {Duty.DECIDE: 2, Duty.SEND: 2, Duty.BACKGROUND: 1}
    workers = sum(each[duty] * (count + 1) for duty, count in replicas.items())
    needed = workers + (THREADS + 4) * 3 + 10

    assert f"at least {needed} for this release" in notes()
    assert "lie in the outbox, which goes with its pod" in notes()
    assert "outbox" not in notes(CLOUD)
