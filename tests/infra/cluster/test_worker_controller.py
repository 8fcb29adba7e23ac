"""What Temporal's worker controller would be given: its current kinds, with no field it lacks."""

from __future__ import annotations

import copy
from typing import Any

import jsonschema
import pytest

from adapters.temporal.queues import Duty
from tests.infra.cluster.charts import Manifest, check, given, of_kind, render

CONTROLLED = given(
    workerController={"enabled": True, "apiKeySecret": "cloud-key"},
    temporal={"authentication": "config", "secret": "cloud"},
)
NAME = {"type": "string", "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"}
DURATION = {"type": "string", "pattern": r"^(\d+(h|m|s))+$"}


def _object(*required: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": list(required),
    }


# The fields of version 1.8 of the controller, read there and written down by ourselves; the pod
# itself is checked by Kubernetes' own schema.
STEP = _object(
    "rampPercentage",
    "pauseDuration",
    rampPercentage={"type": "integer", "minimum": 1, "maximum": 99},
    pauseDuration=DURATION,
)
WORKER_DEPLOYMENT = _object(
    "template",
    "rollout",
    "sunset",
    "workerOptions",
    replicas={"type": "integer", "minimum": 0},
    template={"type": "object"},
    minReadySeconds={"type": "integer"},
    progressDeadlineSeconds={"type": "integer"},
    rollout=_object(
        "strategy",
        strategy={"enum": ["Manual", "AllAtOnce", "Progressive"]},
        steps={"type": "array", "items": STEP, "maxItems": 20},
        gate={"type": "object"},
    ),
    sunset=_object(scaledownDelay=DURATION, deleteDelay=DURATION),
    workerOptions=_object(
        "connectionRef",
        "temporalNamespace",
        connectionRef=_object("name", name=NAME),
        temporalNamespace={"type": "string", "minLength": 1},
        unsafeCustomBuildID={"type": "string", "maxLength": 63},
    ),
)
CONNECTION = _object(
    "hostPort",
    hostPort={"type": "string", "pattern": "^[a-zA-Z0-9.-]+:[0-9]+$"},
    mutualTLSSecretRef=_object("name", name=NAME),
    apiKeySecretRef=_object("key", "name", key={"type": "string"}, name=NAME),
    tls={"type": "object"},
) | {"not": {"required": ["mutualTLSSecretRef", "apiKeySecretRef"]}}


def _specs(kind: str) -> dict[str, Manifest]:
    return {name: one["spec"] for name, one in of_kind(render(CONTROLLED), kind).items()}


def test_every_duty_is_a_worker_deployment_that_the_controller_knows() -> None:
    deployments = _specs("WorkerDeployment")

    assert set(deployments) == {f"acme-amicable-worker-{duty}" for duty in Duty}
    for spec in deployments.values():
        jsonschema.validate(spec, WORKER_DEPLOYMENT)
        check(_as_deployment(spec))


def _as_deployment(spec: Manifest) -> Manifest:
    """The Deployment that the controller makes of it."""
    labels = spec["template"]["metadata"]["labels"]
    made = {"selector": {"matchLabels": labels}, "template": spec["template"]}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "x"}, "spec": made}


def test_all_of_them_reach_temporal_by_one_connection() -> None:
    ((name, connection),) = _specs("Connection").items()

    jsonschema.validate(connection, CONNECTION)
    assert connection["apiKeySecretRef"] == {"name": "cloud-key", "key": "api-key"}
    assert {one["workerOptions"]["connectionRef"]["name"] for one in
            _specs("WorkerDeployment").values()} == {name}  # fmt: skip
    assert not [one for one in of_kind(render(CONTROLLED), "Deployment") if "worker" in one]


@pytest.mark.parametrize("gone", ["sunset", "rollout", "workerOptions", "template"])
def test_a_field_that_is_missing_or_mistyped_would_be_noticed(gone: str) -> None:
    spec = next(iter(_specs("WorkerDeployment").values()))
    short = copy.deepcopy(spec)
    del short[gone]

    for wrong in (short, spec | {"replica": 2}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, WORKER_DEPLOYMENT)


def test_the_connection_takes_one_kind_of_credential() -> None:
    mutual = given(
        workerController={"enabled": True, "apiKeySecret": "cloud-key"},
        temporal={"authentication": "certificate", "secret": "mtls"},
    )
    (connection,) = of_kind(render(mutual), "Connection").values()

    jsonschema.validate(connection["spec"], CONNECTION)
    assert connection["spec"]["mutualTLSSecretRef"] == {"name": "mtls"}
