"""Shows data: a table for people, JSON for programs; always on stdout, nothing else there."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from domain.harmless import escaped_for_json, harmless
from starter.views.plain import local_instants, plain_value

WIDE = 200
"""Columns of a table that goes into a file or a pipe."""

NUMBERS = frozenset(
    {
        *(
            "amount",
            "open",
            "paid",
            "left",
            "costs_left",
            "invoices",
            "share",
            "disputed",
            "with_agency",
        ),
        *("receivables", "overdue", "sales", "dso", "dso_simple", "best_possible", "delinquent"),
        *("cei", "made", "kept", "late", "part", "broken", "replaced", "running"),
        *("kept_percent", "recovered", "cases", "settled", "days_median", "days_mean"),
    }
)
"""Columns of figures: they stand to the right."""

_ANY_WIDTH = 10_000

MARKED = {
    "reminding": "yellow",
    "promised": "green",
    "disputed": "magenta",
    "paused": "cyan",
    "with_agency": "red",
}
"""Stages that a terminal shows in a colour; the word says the same."""

_Row = Mapping[str, Any]


class Format(StrEnum):
    """How data is shown."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


def say(text: str) -> None:
    """Tell a person how it goes, on stderr."""
    sys.stderr.write(f"{harmless(text)}\n")
    sys.stderr.flush()


def show_text(text: str) -> None:
    """Show a text as it is to be read, on stdout; what a terminal would obey is spelt out."""
    sys.stdout.write(f"{harmless(text)}\n")


def show_rows(
    rows: Iterable[_Row], output: Format, columns: Sequence[str], empty: str = ""
) -> None:
    """Show a list: a table of these columns, or every field as JSON."""
    if output is Format.JSONL:  # one after the other: there may be more than fit into memory
        for row in rows:
            _write(json.dumps(_shown(row, output), ensure_ascii=False))
        return
    found = [_shown(row, output) for row in rows]
    if output is Format.JSON:
        _write(json.dumps(found, indent=2, ensure_ascii=False))
    elif found:
        print_list(_console(), found, columns)
    elif empty:
        say(empty)


def print_list(console: Console, rows: Sequence[_Row], columns: Sequence[str]) -> None:
    """Print a table where its lines fit into a terminal, else an entry for each row.

    A name that is to be copied is never cut: an entry begins with its first column, whole.
    """
    table = _table(rows, columns)
    needs = console.measure(table, options=console.options.update(width=_ANY_WIDTH)).maximum
    if not console.is_terminal or needs <= console.width:
        console.print(table)
        return
    for row in rows:
        for line in _entry(row, columns, console.width):
            console.print(line, soft_wrap=True)


def show_page(lines: Iterable[str]) -> None:
    """Show a page of text; a line that is longer than the terminal goes on between two words."""
    console = _console()
    for line in lines:
        broken = _wrapped(harmless(line), console.width) if console.is_terminal else [line]
        show_text("\n".join(broken))


def show_one(row: _Row, output: Format) -> None:
    """Show one thing: a line per field, or one JSON object."""
    found = _shown(row, output)
    if output is Format.JSON:
        _write(json.dumps(found, indent=2, ensure_ascii=False))
    elif output is Format.JSONL:
        _write(json.dumps(found, ensure_ascii=False))
    else:
        _console().print(_sheet(found))


def _shown(row: _Row, output: Format) -> Any:
    """Values as JSON carries them; for a person instants are told in the person's own zone."""
    return plain_value(local_instants(row) if output is Format.TABLE else row)


def _table(rows: Sequence[_Row], columns: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        right = name in NUMBERS
        table.add_column(name.replace("_", " "), justify="right" if right else "left")
    for row in rows:
        table.add_row(*(_marked(name, _cell(row.get(name))) for name in columns))
    return table


def _entry(row: _Row, columns: Sequence[str], width: int) -> Iterator[Text]:
    """A row that is too long for a line: what it is called, and below it all that is known."""
    first, *others = columns
    yield Text(_cell(row.get(first)), style="bold")
    told = ((name, _cell(row.get(name)).replace("\n", "; ")) for name in others)
    words = "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in told if value)
    yield from (Text(line) for line in _wrapped(f"  {words}", width))


def _wrapped(line: str, width: int) -> list[str]:
    """A line in as many as it needs, each at the depth of the first; no word is broken."""
    depth = line[: len(line) - len(line.lstrip())]
    found = textwrap.wrap(
        line.strip(),
        width,
        initial_indent=depth,
        subsequent_indent=depth,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return found or [""]


def _marked(name: str, words: str) -> Text:
    return Text(words, style=MARKED.get(words, "") if name == "stage" else "")


def _sheet(row: _Row) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="bold")
    table.add_column()
    for name, value in row.items():
        words = _labelled(value) if isinstance(value, dict) else _cell(value)
        table.add_row(name.replace("_", " "), Text(words))
    return table


def _labelled(value: _Row) -> str:
    """Figures that belong together, each with its name; those that are not there are left out."""
    told = ((name.replace("_", " "), _cell(item)) for name, item in value.items())
    return "\n".join(f"{name}: {words}" for name, words in told if words)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(_cell(item) for item in value)
    if isinstance(value, dict):
        return "  ".join(_told(name, item) for name, item in value.items() if _says(item))
    return harmless(str(value))


def _says(item: Any) -> bool:
    return item not in ("", None) and item is not False


def _told(name: str, item: Any) -> str:
    """One of several values in a line: a yes without its question would say nothing."""
    return name.replace("_", " ") if item is True else _cell(item)


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else WIDE, highlight=False)


def _write(text: str) -> None:
    # JSON itself escapes only what is below a space; a terminal obeys other signs, too.
    sys.stdout.write(f"{escaped_for_json(text)}\n")
