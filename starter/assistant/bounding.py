"""Keeps answers for assistants short: a long text is cut, and of a long list the end left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

MOST_CHARACTERS = 40_000
"""Of one answer: some ten thousand words of a model's memory."""

LONGEST_WORDS = 4_000
"""Of one text."""

CUT_OFF = "left_out"
"""Under this word stands how many lines of which list are not shown."""


def bounded(told: Any, most: int = MOST_CHARACTERS) -> Any:
    """Cut an answer to its bound: the longest list is halved until it fits, and that is said."""
    found, left = _cut_texts(told), dict[str, int]()
    while len(json.dumps(found, ensure_ascii=False)) > most:
        name, holder, key = max(_lists(found), key=_size, default=("", None, None))
        if holder is None or len(holder[key]) == 0:
            break
        keep = len(holder[key]) // 2
        left[name] = left.get(name, 0) + len(holder[key]) - keep
        holder[key] = holder[key][:keep]
    return found | {CUT_OFF: left} if left and isinstance(found, dict) else found


def _cut_texts(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _cut_texts(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_cut_texts(one) for one in value]
    if isinstance(value, str) and len(value) > LONGEST_WORDS:
        return f"{value[:LONGEST_WORDS]} […]"
    return value


def _lists(value: Any, name: str = "") -> list[tuple[str, Any, Any]]:
    """Every list of an answer: its place in words, and where it stands."""
    found = list[tuple[str, Any, Any]]()
    if isinstance(value, dict):
        for key, one in value.items():
            place = f"{name}.{key}".lstrip(".")
            if isinstance(one, list):
                found.append((place, value, key))
            found += _lists(one, place)
    elif isinstance(value, list):
        for one in value:
            found += _lists(one, name)
    return found


def _size(place: tuple[str, Any, Any]) -> int:
    _, holder, key = place
    return len(json.dumps(holder[key], ensure_ascii=False))
