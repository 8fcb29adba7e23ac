"""What is asked of Prometheus: the alert rules and dashboards, and the figures they name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from tests.infra.cluster.charts import ROOT

MONITORING = ROOT / "infra/monitoring"
RULES = MONITORING / "alerts.yml"
SEVERITIES = {"critical", "warning", "info"}

_SELECTOR = re.compile(r"\b((?:amicable|temporal)_[a-z_]+)(?:\{([^}]*)\})?")
_LABEL = re.compile(r"(\w+)\s*(?:=~|!~|!=|=)\s*\"")
_GROUPED = re.compile(r"\bby \(([\w, ]+)\)")
_CALLED = re.compile(r"\b([a-z_]+)\s*(?:by \([\w, ]+\)\s*)?\(")
FUNCTIONS = {"absent", "histogram_quantile", "increase", "max", "min", "rate", "sum"}
"""What an expression may call; `by` and `or` are words of the language."""


@dataclass(frozen=True)
class Figure:
    """A figure as an expression names it, with the labels by which it chooses."""

    name: str
    labels: frozenset[str]


def alerts() -> list[dict[str, Any]]:
    """Every alert rule, in the order of the file."""
    rules = yaml.safe_load(RULES.read_text())
    return [rule for group in rules["groups"] for rule in group["rules"]]


def dashboards() -> dict[str, dict[str, Any]]:
    """Each dashboard by the name of its file."""
    return {path.name: json.loads(path.read_text()) for path in MONITORING.glob("*.json")}


def expressions() -> Iterator[tuple[str, str]]:
    """Every expression, with where it stands."""
    for rule in alerts():
        yield rule["alert"], rule["expr"]
    for name, board in dashboards().items():
        for panel in board["panels"]:
            for target in panel["targets"]:
                yield f"{name}: {panel['title']}", target["expr"]


def figures(expression: str) -> list[Figure]:
    """Find the figures that an expression names."""
    return [
        Figure(name, frozenset(_LABEL.findall(labels)))
        for name, labels in _SELECTOR.findall(expression)
    ]


def grouped(expression: str) -> set[str]:
    """Find the labels by which an expression groups."""
    return {label.strip() for labels in _GROUPED.findall(expression) for label in labels.split(",")}


def called(expression: str) -> set[str]:
    """Find the functions that an expression calls."""
    return set(_CALLED.findall(re.sub(r'"[^"]*"', '""', expression))) - {"by", "or", "and"}


def balanced(expression: str) -> bool:
    """Tell whether every bracket of an expression is closed."""
    rest = re.sub(r'"[^"]*"', "", expression)
    while (shorter := re.sub(r"\(\)|\[\]|\{\}|[^()\[\]{}]", "", rest)) != rest:
        rest = shorter
    return not rest
