"""What the pages say exists, exists: links, files, commands; and their order is kept."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer

from starter.cli.main import app
from tests.docs.pages import ROOT, anchors, commands, everything, files, links, pages

APP: Any = typer.main.get_command(app)
PAGES = pages()
THERE = [path.as_posix() for path in everything()]
DECISIONS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
TERM = re.compile(r"^\*\*(.+?)\.\*\* ", re.MULTILINE)
# Written so that this file does not itself hold what it looks for.
OF_SOME_MACHINE = re.compile(r"(?<![\w.~}])/(work|home|Users)/\w")
REGISTRY = re.compile(r"\b(pypi|pythonhosted|npmjs|ghcr|quay|artifactory)\.\w+", re.IGNORECASE)

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


@each_page
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in links(page):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page

        assert target.exists(), f"{page.name} links to {link}, which does not exist"
        assert not anchor or anchor in anchors(target), f"{page.name}: {link} has no such heading"


@each_page
def test_every_file_that_is_named_exists(page: Path) -> None:
    """A path may begin anywhere: a table about `domain/` need not repeat it."""
    for name in files(page):
        assert any(path.endswith(f"/{name}") for path in THERE), f"there is no {name}"


@each_page
def test_every_command_that_is_shown_is_a_real_one(page: Path) -> None:
    for words in commands(page):
        wrong = _wrong(APP, words)
        assert not wrong, f"{page.name}: amicable {' '.join(words)}: {wrong}"


def _wrong(command: Any, words: list[str]) -> str:
    """Why a command cannot be right; empty if it can."""
    rest = list(words)
    while rest and hasattr(command, "commands"):
        word = rest.pop(0).strip("…")
        if not word or word.startswith("-"):
            return ""
        if word not in command.commands:
            return f"there is no {word}"
        command = command.commands[word]
    known = {option for param in command.params for option in param.opts} | {"-h", "--help"}
    used = [word.partition("=")[0] for word in rest if re.match(r"--?[a-z]", word)]
    return ", ".join(f"there is no {option}" for option in used if option not in known)


def test_a_command_that_does_not_exist_would_be_noticed() -> None:
    assert _wrong(APP, ["invoice", "list", "-o", "json"]) == ""
    assert _wrong(APP, ["invoice", "burn"]) == "there is no burn"
    assert _wrong(APP, ["down", "--hard"]) == "there is no --hard"


def test_the_glossary_is_in_the_order_of_the_alphabet() -> None:
    terms = TERM.findall((ROOT / "docs/glossary.md").read_text())

    assert len(terms) > 40
    assert terms == sorted(terms, key=str.casefold)
    assert len(set(terms)) == len(terms)


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_tells_its_context_and_its_price(page: Path) -> None:
    headings = re.findall(r"^#+ .+$", page.read_text(), re.MULTILINE)

    assert headings[0].startswith(f"# {page.name[:4]}: ")
    assert headings[1:] == ["## Context", "## Decision", "## Price"]


def test_decisions_are_numbered_without_a_gap_and_all_are_listed() -> None:
    listed = (ROOT / "docs/decisions/README.md").read_text()

    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    assert all(f"]({page.name})" in listed for page in DECISIONS)


def test_the_requirements_name_each_line_of_the_practice_once_in_order() -> None:
    page = (ROOT / "docs/requirements.md").read_text()
    lines = re.findall(r"^\| (P\d\d) \|", page, re.MULTILINE)
    missing = re.findall(r"\((P\d\d)[,)]", page)

    assert lines == sorted(set(lines))
    assert not set(lines) & set(missing)


def test_each_line_of_the_practice_names_tests_that_there_are() -> None:
    """2026-11-30: a test that is moved or renamed took its line's proof along without a word."""
    page = (ROOT / "docs/requirements.md").read_text()
    rows = [line for line in page.splitlines() if re.match(r"\| P\d\d \|", line)]
    every = re.findall(r"`(tests/[\w./]+)`", page)

    assert rows
    assert [row[:6] for row in rows if "`tests/" not in row] == []
    assert [path for path in every if not (ROOT / path).is_file()] == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)  # noqa: S607, PLW1510 - outside a checkout the pages alone are looked at
    names = listed.stdout.split("\n") if listed.returncode == 0 else []
    tracked = [ROOT / name for name in names if name and (ROOT / name).is_file()]

    for path in {*tracked, *PAGES}:
        text = path.read_text(errors="replace")
        found = OF_SOME_MACHINE.search(text) or REGISTRY.search(text)
        assert not found, f"{path.relative_to(ROOT)} names {found[0] if found else ''}"
