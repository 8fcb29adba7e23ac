"""Which command to type is said by the command line alone: other texts serve others, too."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from starter.cli.docs import all_commands
from tests.architecture.project_files import PACKAGES, ROOT, shown, sources, tree

WORDS = sorted({words.split()[0] for words, _ in all_commands()})
OPTIONS = sorted(
    {
        option.removeprefix("--")
        for _, command in all_commands()
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    }
)
COMMAND = re.compile(rf"\bamicable (?:(?:{'|'.join(WORDS)})\b|$)")
OPTION = re.compile(rf"(?<![\w-])--(?:{'|'.join(OPTIONS)})(?![\w-])")
_COMMAND_LINE = ROOT / "starter" / "cli"
_OTHERS_OPTIONS = {"infra/servers", "starter/rehearsal/server.py"}
"""They start other programs, whose options may be called as ours are."""


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def _named(path: Path) -> Iterator[str]:
    """Each text of a file that names a command of ours, or an option of one."""
    place = shown(path)
    for line, text in _texts(path):
        mine = OPTION.search(text) and not place.startswith(tuple(_OTHERS_OPTIONS))
        if COMMAND.search(text) or mine:
            yield f"{place}:{line}: {text.strip()[:80]}"


def test_no_text_outside_the_command_line_names_a_command() -> None:
    files = [
        path for path in sources(*PACKAGES, "worker.py") if not path.is_relative_to(_COMMAND_LINE)
    ]
    assert len(files) > 300
    found = [line for path in files for line in _named(path)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "run `amicable up`",
        "asks: amicable ",
        "amicable task list",
        "Run: amicable doctor",
        "say --map a=b",
        "(--yes)",
    ],
)
def test_a_command_in_a_text_would_be_noticed(text: str) -> None:
    assert COMMAND.search(text) or OPTION.search(text)


@pytest.mark.parametrize("text", ["amicable", "install amicable", "amicable-demo", "--no-sync"])
def test_the_name_of_the_product_is_no_command(text: str) -> None:
    assert not COMMAND.search(text)
    assert not OPTION.search(text)
