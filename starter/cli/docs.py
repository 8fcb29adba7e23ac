"""Writes the page of all commands from the commands themselves: `python -m starter.cli.docs`."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from starter.cli.main import app

HEAD = """# Commands

Made from the commands themselves by `python -m starter.cli.docs > docs/cli.md`.

Data goes to stdout, everything else to stderr; `-o table|json|jsonl` chooses how data is shown.
Exit codes: 0 ok · 1 error or refusal · 2 usage · 3 not found · 4 conflict (the same id with other
content). Amounts in JSON are decimal strings, instants are UTC with `Z`.
A case is named by its id, `invoice/CREDITOR/NUMBER`, or by its number with `--creditor` (or
`AMICABLE_CREDITOR`).
"""


def commands_page() -> str:
    """Write the whole page, in Markdown."""
    return "\n".join([HEAD, *(_section(words, found) for words, found in all_commands())])


def all_commands() -> Iterator[tuple[str, Any]]:
    """List every command by its words, such as ``invoice open``, in the order of the help."""
    yield from _leaves("", get_command(app))


def _leaves(words: str, found: Any) -> Iterator[tuple[str, Any]]:
    inner = getattr(found, "commands", None)
    if inner is None:
        yield words, found
        return
    for name, one in inner.items():
        yield from _leaves(f"{words} {name}".strip(), one)


def _section(words: str, command: Any) -> str:
    text = inspect.cleandoc(command.help or "")
    said, _, example = text.partition("Example: ")
    lines = [f"## amicable {words}", "", said.strip(), ""]
    if example:
        lines += ["```", example.strip(), "```", ""]
    table = [_line(one) for one in command.params if one.name not in ("help", "output")]
    if table:
        lines += ["| option | default | meaning |", "|---|---|---|", *table, ""]
    return "\n".join(lines)


def _line(parameter: Any) -> str:
    is_option = parameter.param_type_name == "option"
    name = parameter.opts[-1] if is_option else (parameter.metavar or parameter.name).upper()
    default = parameter.default
    shown = str(default) if default and is_option else ""
    if parameter.required:
        shown = "required"
    said = (getattr(parameter, "help", "") or "").replace("|", "\\|")
    return f"| `{name}` | {shown} | {said} |"


if __name__ == "__main__":
    sys.stdout.write(commands_page())
