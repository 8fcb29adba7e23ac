"""Writes values for JSON: amounts as decimal strings, instants in UTC."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any

from domain.money import Money


def plain_value(value: Any) -> Any:
    """Write a value for JSON: amounts as decimal strings, instants in UTC with Z."""
    simple = _simple(value)
    if simple is not None:
        return simple
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain_value(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain_value(item) for key, item in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [plain_value(item) for item in value]
    return value


def local_instants(value: Any) -> Any:
    """A value with its instants as the reader's wall shows them: 2026-03-31 09:00 CEST."""
    if isinstance(value, datetime):
        return f"{value.astimezone():%Y-%m-%d %H:%M %Z}"
    if is_dataclass(value) and not isinstance(value, type | Money):
        return {field.name: local_instants(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: local_instants(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [local_instants(item) for item in value]
    return value


def _simple(value: Any) -> str | None:
    if isinstance(value, Money):
        return value.plain
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else None
