"""Reads TOML that people wrote, and finds a key's line, so that a complaint can name it."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

Path = tuple[str | int, ...]

_TABLE = re.compile(r"^\s*\[(?P<list>\[)?\s*(?P<name>[^\[\]]+?)\s*\]")
_KEY = re.compile(r"""^\s*(?P<key>(?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*[\w-]+)*)\s*=""")
_AT_LINE = re.compile(r"\(at line (?P<line>\d+), column \d+\)")
_AT_END = re.compile(r"\(at end of document\)")

_MOST = 1_000_000
_MOST_DOTS = 200
"""In one key: what the parser remembers of it grows with the square of its parts."""
_BETWEEN_KEYS = re.compile(r"[^\w.\-\"' \t]+")


def parse_toml(text: str) -> dict[str, Any]:
    """Read a TOML text of bounded size and depth.

    Raises:
        tomllib.TOMLDecodeError: if it is none, or larger or deeper than anybody writes.
    """
    if len(text) > _MOST:
        raise tomllib.TOMLDecodeError(f"it has more than {_MOST:,} characters")
    if any(part.count(".") > _MOST_DOTS for part in _BETWEEN_KEYS.split(text)):
        raise tomllib.TOMLDecodeError(f"a name has more than {_MOST_DOTS} dots")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise tomllib.TOMLDecodeError("it is nested too deep") from None


def line_of(text: str, path: Sequence[str | int]) -> int:
    """Find the line (from 1) of a key, or of the nearest table around it, else 1."""
    places = dict(_places(text))
    wanted = tuple(path)
    while wanted and wanted not in places:
        wanted = wanted[:-1]
    return places.get(wanted, 1)


def line_of_error(text: str, complaint: str) -> int:
    """Read the line that a TOML parser's message names, such as ``(at line 3, column 5)``."""
    found = _AT_LINE.search(complaint)
    if found:
        return int(found["line"])
    return max(1, len(text.splitlines())) if _AT_END.search(complaint) else 1


def _places(text: str) -> Iterator[tuple[Path, int]]:
    table: Path = ()
    seen: Counter[Path] = Counter()
    for number, line in enumerate(text.splitlines(), start=1):
        header = _TABLE.match(line)
        if header:
            table = _parts(header["name"])
            if header["list"]:
                seen[table] += 1
                table = (*table, seen[table] - 1)
            yield table, number
            continue
        entry = _KEY.match(line)
        if entry:
            yield (*table, *_parts(entry["key"])), number


def _parts(dotted: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
