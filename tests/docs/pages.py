"""The pages of the documentation, and what in them can be checked by a machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CACHES = {".pytest_cache", ".hypothesis", ".mypy_cache", ".ruff_cache", ".import_linter_cache"}
ELSEWHERE = {".git", ".venv", "var"} | CACHES

_FENCE = re.compile(r"^( *)(```+)[^\n]*\n(.*?)^\1\2 *$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_COMMAND = re.compile(r"^(?:\$ )?(?:[A-Z_]+=\S* )*amicable (.+)$")
_FILE = re.compile(r"[\w.-]+(?:/[\w.-]+)*/[\w.-]+\.(?:py|md|toml|json|yml|yaml|ini|lock|txt|csv)")


def everything() -> list[Path]:
    """Every file of the project."""
    found = (path for folder in _folders() for path in folder.rglob("*") if path.is_file())
    return sorted([*found, *(path for path in ROOT.iterdir() if path.is_file())])


def pages() -> list[Path]:
    """Every Markdown page of the project."""
    return [path for path in everything() if path.suffix == ".md"]


def _folders() -> list[Path]:
    return [path for path in ROOT.iterdir() if path.is_dir() and path.name not in ELSEWHERE]


def anchors(page: Path) -> set[str]:
    """The headings of a page, as links name them."""
    titles = re.findall(r"^#+ (.+)$", _FENCE.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def links(page: Path) -> list[str]:
    """The links of a page that stay within the project."""
    text = _SPAN.sub("", _FENCE.sub("", page.read_text()))
    return [link for link in _LINK.findall(text) if "://" not in link]


def files(page: Path) -> list[str]:
    """The files that a page names in backticks, with their folder."""
    spans = _SPAN.findall(_FENCE.sub("", page.read_text()))
    return [span for span in spans if _FILE.fullmatch(span)]


def commands(page: Path) -> Iterator[list[str]]:
    """The words after `amicable` of every command that a page shows."""
    text = page.read_text()
    blocks = [found[2].replace("\\\n", " ") for found in _FENCE.findall(text)]
    lines = [line for block in blocks for line in re.split(r"\n|&&|\|\|?|;", block)]
    spans = [span.partition(" | ")[0] for span in _SPAN.findall(_FENCE.sub("", text))]
    for line in [*lines, *spans]:
        found = _COMMAND.match(line.strip())
        if found:
            yield found[1].partition("  ")[0].partition(" #")[0].split()
