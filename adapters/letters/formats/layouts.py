"""Layouts of mails: MJML with places for words, made into HTML once and filled in per letter.

The words are put in after MJML has done its work, and are escaped there; so whatever a customer or
a creditor typed is never a tag of either language. An error names the line of the MJML it is in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from traceback import extract_tb
from typing import Any

from jinja2 import Template
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from mjml import mjml2html

from adapters.letters.formats.tags import TagError, check_tags
from adapters.letters.text.sandbox import TemplateError, checked_template, printed, sandbox

PLACE = re.compile(r"jinja~(\d+)~")
POSITION = re.compile(r"position (\d+)")
OPENED = re.compile(r"(\{[{%][-+]?)")

Tag = tuple[int, str]
"""The line that a Jinja tag stands in, and the tag."""


class LayoutError(ValueError):
    """A layout that cannot be used, with the line to look at.

    Attributes:
        reason: what is wrong, without the place.
        line: from 1.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line, self.reason = line, reason


@cache
def shipped_layout() -> str:
    """Load the layout for creditors who have none of their own."""
    return (files("adapters.letters") / "templates" / "mail.mjml").read_text("utf-8")


def fill_in(layout: str, values: dict[str, Any]) -> str:
    """Fill a layout in with the values of a letter.

    Raises:
        LayoutError: if the layout is no good, or wants a value that is not there.
    """
    template, came_from = _compiled(layout)
    try:
        return printed(template, values)
    except (JinjaError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        frames = extract_tb(error.__traceback__)
        at = [frame.lineno for frame in frames if frame.filename == "<template>" and frame.lineno]
        line = came_from.get(template.get_corresponding_lineno(at[-1]), 1) if at else 1
        raise LayoutError(line, str(error)) from error


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return sandbox(autoescape=True)


@lru_cache(maxsize=64)
def _compiled(layout: str) -> tuple[Template, dict[int, int]]:
    """The template, and from which line of the layout a line of the template comes."""
    _check_jinja(layout)
    tags: list[Tag] = []
    came_from: dict[int, int] = {}
    hidden = "".join(_hide(layout, tags))
    try:
        check_tags(hidden)
        html = mjml2html(hidden, fonts={})
    except TagError as error:
        raise LayoutError(error.line, str(error)) from error
    except ValueError as error:
        raise LayoutError(_line_in(hidden, str(error)), str(error)) from error
    return _environment().from_string("".join(_show(html, tags, came_from))), came_from


def _check_jinja(layout: str) -> None:
    try:
        checked_template(_environment(), layout)
    except TemplateError as error:
        # Jinja gives no line to what is refused without one: a change of escaping.
        raise LayoutError(error.line or _line_before(layout, "autoescape"), str(error)) from error


def _hide(layout: str, tags: list[Tag]) -> Iterator[str]:
    """The layout with a number for each Jinja tag, every line still in its place."""
    tag, begun, given = "", 1, 1
    for line, kind, text in _environment().lex(layout):
        if kind == "data":
            missing = "\n" * (line - given) if "\n" in text else ""
            given += text.count("\n") + len(missing)
            yield missing + text
            continue
        begun, tag = (begun, tag + text) if tag else (line, text)
        if kind.endswith("_end") or kind == "raw_begin":
            yield "" if kind == "comment_end" else f"jinja~{len(tags)}~"
            tags.append((begun, tag))
            tag = ""


def _show(html: str, tags: list[Tag], came_from: dict[int, int]) -> Iterator[str]:
    """The HTML with its Jinja tags back, each begun on a line of its own so that it is found."""
    line, end = 1, 0
    for place in PLACE.finditer(html):
        begun, tag = tags[int(place[1])]
        before, end = html[end : place.start()], place.end()
        line += before.count("\n") + 1
        came_from |= {line + n: begun + n for n in range(tag.count("\n") + 1)}
        line += tag.count("\n")
        yield before + OPENED.sub(r"\1" + "\n", tag, count=1)
    yield html[end:]


def _line_before(text: str, word: str) -> int:
    before, found, _ = text.partition(word)
    return before.count("\n") + 1 if found else 1


def _line_in(text: str, message: str) -> int:
    position = POSITION.search(message)
    return text.encode()[: int(position[1])].count(b"\n") + 1 if position else 1
