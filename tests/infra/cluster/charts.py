"""The chart as Helm itself renders it, and what Kubernetes would say to it."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import helm_python
import kubernetes_validate
import yaml

ROOT = Path(__file__).parents[3]
CHART = ROOT / "infra/helm/amicable"
ADDRESS = {"temporal": {"address": "temporal.example:7233"}}
OLDEST, NEWEST = "1.30", "1.36"
"""The chart's kubeVersion begins with the first; the second is the newest with a schema."""

Manifest = dict[str, Any]
Values = Mapping[str, Any]


def render(values: Values = ADDRESS, name: str = "acme") -> list[Manifest]:
    """Render every manifest, after the values were checked as `helm install` checks them."""
    chart = helm_python.Chart.load(str(CHART))
    chart.validate_schema(dict(values))
    pages = chart.render(dict(values), name=name, namespace="dunning")
    return [
        one
        for path, page in pages.items()
        if path.endswith(".yaml")
        for one in yaml.safe_load_all(page)
        if one
    ]


def notes(values: Values = ADDRESS) -> str:
    """What Helm tells whoever installs."""
    chart = helm_python.Chart.load(str(CHART))
    pages = chart.render(dict(values), name="acme", namespace="dunning")
    return next(page for path, page in pages.items() if path.endswith("NOTES.txt"))


def given(**values: Any) -> Values:
    """The address of Temporal, and more."""
    return merged(ADDRESS, values)


def merged(one: Values, other: Values) -> dict[str, Any]:
    """Put one set of values over another, as Helm does."""
    both = copy.deepcopy(dict(one))
    for key, value in other.items():
        known = both.get(key)
        deeper = isinstance(known, dict) and isinstance(value, Mapping)
        both[key] = merged(known or {}, value) if deeper else value
    return both


def check(manifest: Manifest, version: str = NEWEST) -> None:
    """Hold a manifest against Kubernetes' own schema, in which unknown fields are errors."""
    kubernetes_validate.validate(manifest, version, strict=True)


def pods(manifests: list[Manifest]) -> Iterator[tuple[str, Manifest]]:
    """Each pod that would run, with the name of what makes it."""
    for one in manifests:
        if template := one.get("spec", {}).get("template"):
            yield one["metadata"]["name"], template


def of_kind(manifests: list[Manifest], kind: str) -> dict[str, Manifest]:
    """The manifests of a kind, by name."""
    return {one["metadata"]["name"]: one for one in manifests if one["kind"] == kind}


def environment(container: Manifest) -> dict[str, str]:
    """The variables of a container."""
    return {one["name"]: one["value"] for one in container["env"]}
