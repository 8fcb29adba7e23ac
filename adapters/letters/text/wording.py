"""Finds the words of a letter: which template, whose version of it, in which language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import FunctionLoader, Template, TemplateNotFound, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from activities.ports.types import LetterError
from adapters.letters.letter import Paragraph
from adapters.letters.text.catalogue import version_of
from adapters.letters.text.locale import LetterLocale
from adapters.letters.text.sandbox import TemplateError, checked_template, printed, sandbox

HELPERS = ("final_demand.txt", "agency.txt", "dispute_outcome.txt")
"""Sentences that several letters share; they include nothing themselves."""

BLOCKS = ("subject", "opening", "request", "follows", "ignore")
"""What the words of a letter consist of, in this order."""

SHORT_BLOCKS = ("text", "machine", "greeting", "again", "noted")
"""What a text message and a call consist of."""

_OURS = "shipped/"
"""Before a template's name: the shipped one, whatever the creditor has of that name."""

PARAGRAPHS = re.compile(r"\n\s*\n")
BULLET = "- "


def own_file(folder: Path | None, name: str) -> Path | None:
    """Find a creditor's own version of a template, if there is one."""
    path = folder / "words" / name if folder else None
    return path if path and path.is_file() else None


def shipped_words() -> tuple[str, ...]:
    """List the names of all shipped templates of words."""
    folder = files("adapters.letters").joinpath("templates", "words")
    return tuple(sorted(path.name for path in folder.iterdir() if path.name.endswith(".txt")))


def shipped_template(name: str) -> str | None:
    """Read a shipped template; None if there is none of that name."""
    if name not in shipped_words():
        return None
    path = files("adapters.letters").joinpath("templates", "words", name)
    return path.read_text(encoding="utf-8")


def source_of(name: str, folder: Path | None = None) -> str | None:
    """Read a template, a creditor's own before the shipped one; None if there is none.

    Raises:
        TemplateError: if it is no text.
    """
    if name.startswith(_OURS):
        return shipped_template(name.removeprefix(_OURS))
    path = own_file(folder, name)
    try:
        return path.read_text(encoding="utf-8") if path else shipped_template(name)
    except UnicodeDecodeError:
        raise TemplateError("is not UTF-8; save it as that") from None


@dataclass(frozen=True, slots=True)
class Words:
    """Templates of words in one language, for one creditor.

    Attributes:
        folder: the creditor's own templates and translations; None for the shipped ones alone.
    """

    locale: LetterLocale
    folder: Path | None = None

    def say(self, name: str, block: str, values: Mapping[str, Any]) -> str:
        """Render one block of a letter; its lines are joined, its paragraphs kept.

        Raises:
            LetterError: naming the template, if it cannot be put into words.
        """
        template = self._holding(name, block)
        if template is None:
            return ""
        try:
            raw = printed(template, values, block)
        except (TemplateError, UndefinedError, TypeError, ValueError, RecursionError) as error:
            raise LetterError(f"block {block}: {error}", f"words/{name}.txt") from None
        return "\n\n".join(filter(None, map(_joined, PARAGRAPHS.split(raw))))

    def has(self, name: str, block: str) -> bool:
        """Tell whether a letter has words of its own for a block, even if they are empty."""
        return self._holding(name, block) is not None

    def paragraphs(self, name: str, block: str, values: Mapping[str, Any]) -> tuple[Paragraph, ...]:
        """Render one block of a letter, paragraph by paragraph."""
        text = self.say(name, block, values)
        return tuple(_paragraph(part) for part in text.split("\n\n") if part)

    def _holding(self, name: str, block: str) -> Template | None:
        """The template that has the block: a creditor's own need not have all of them."""
        ours, own = f"{_OURS}{name}.txt", f"{name}.txt"
        for file in (own, ours) if own_file(self.folder, own) else (ours,):
            template = self._template(file)
            if block in template.blocks:
                return template
        return None

    def _template(self, file: str) -> Template:
        try:
            return _environment(self.locale, self.folder).get_template(file)
        except TemplateNotFound:
            name = file.removeprefix(_OURS)
            raise LetterError("there is no such template", f"words/{name}") from None
        except TemplateError as error:
            raise LetterError(error.reason, f"words/{error.file}", error.line) from None


def words_environment(folder: Path | None = None) -> ImmutableSandboxedEnvironment:
    """Make the environment of plain words; each layout escapes them for its place.

    A creditor's file that was mended is read again, so nobody has to start a worker anew.
    """

    def load(name: str) -> tuple[str, None, Callable[[], bool]] | None:
        read = version_of(own_file(folder, name))
        try:
            source = source_of(name, folder)
            if source is None:
                return None
            checked_template(made, source, () if name in HELPERS else HELPERS)
        except TemplateError as error:
            # Named here: a shared sentence is read while another template prints.
            raise TemplateError(str(error), error.line, name) from None
        return source, None, lambda: version_of(own_file(folder, name)) == read

    made = sandbox(FunctionLoader(load), autoescape=False, extensions=("jinja2.ext.i18n",))
    return made


@lru_cache(maxsize=128)
def _environment(locale: LetterLocale, folder: Path | None) -> ImmutableSandboxedEnvironment:
    made = words_environment(folder)
    spoken = locale.translations

    def several(one: str, many: str, n: int) -> str:
        return locale.written(spoken.ngettext(one, many, n))

    made.install_gettext_callables(locale.gettext, several, newstyle=True)  # type: ignore[attr-defined]  # put there by the i18n extension
    return made


def _joined(paragraph: str) -> str:
    """The lines of a paragraph as one, but for the lines of a list."""
    lines = [line.strip() for line in paragraph.splitlines() if line.strip()]
    if any(line.startswith(BULLET) for line in lines):
        return "\n".join(lines)
    return " ".join(lines)


def _paragraph(text: str) -> Paragraph:
    lines = text.split("\n")
    if lines[0].startswith(BULLET):
        return Paragraph(items=tuple(line.removeprefix(BULLET) for line in lines))
    return Paragraph(text=text)
