"""Whatever a person can do, a program can: by an operation of its own, or there is a reason."""

from __future__ import annotations

import json

from starter.api.routes.table import ROUTES
from starter.cli.docs import all_commands
from starter.console import pages
from tests.docs.pages import ROOT
from tests.starter.api.commands.parity import (
    CONSOLE_ONLY,
    FROM_THE_CONSOLE,
    NOT_OVER_HTTP,
    OVER_HTTP,
    parity_page,
)

OPERATIONS = {route.name for route in ROUTES}
ONLY_FOR_PROGRAMS = {
    *("search", "contactNews", "remindedElsewhere", "addFile", "showFile"),
}
"""Operations of what commands do by other ways: options of an import, an agency's own files."""


def named(told: dict[str, str]) -> set[str]:
    return {name for names in told.values() for name in names.split(", ")}


def test_every_command_has_its_operation_or_a_reason() -> None:
    commands = {words for words, _ in all_commands()}
    assert commands == {*OVER_HTTP, *NOT_OVER_HTTP}
    assert not OVER_HTTP.keys() & NOT_OVER_HTTP.keys()
    assert named(OVER_HTTP) | ONLY_FOR_PROGRAMS == OPERATIONS


def test_every_act_of_the_console_has_its_operation() -> None:
    folder = pages.__path__[0]
    posted = {
        found
        for file in sorted((ROOT / folder).rglob("*.py"))
        for found in _posted(file.read_text(encoding="utf-8"))
    }
    assert posted == {*FROM_THE_CONSOLE, *CONSOLE_ONLY}
    assert named(FROM_THE_CONSOLE) <= OPERATIONS


def _posted(text: str) -> list[str]:
    lines = (line for line in text.splitlines() if 'methods=["POST"]' in line)
    return [found for line in lines if (found := line.split('"')[1]).startswith("/")]


def test_the_page_is_the_one_that_is_written_down() -> None:
    page = (ROOT / "docs" / "commands-over-http.md").read_text(encoding="utf-8")
    way_out = "python -m tests.starter.api.commands.parity > docs/commands-over-http.md"
    assert page == parity_page(), f"commands or operations changed; then: {way_out}"


def test_operations_are_told_apart_and_named_alike() -> None:
    described = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    told = [one["operationId"] for path in described["paths"].values() for one in path.values()]
    assert len(told) == len(set(told))
    assert set(told) == OPERATIONS
