"""Finds the words of a letter: which template, whose version of it, in which language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import FunctionLoader, Template, TemplateNotFound, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from activities.papers import LetterError
from adapters.letters.catalogue import translations
from adapters.letters.sandbox import TemplateError, checked, printed, sandbox
from adapters.letters.sheet import Paragraph
from adapters.letters.tongue import Tongue

HELPERS = ("final_demand.txt", "agency.txt")
"""Sentences that several letters share; they include nothing themselves."""

BLOCKS = ("subject", "opening", "request", "follows", "ignore")
"""What the words of a letter consist of, in this order."""

SHORT_BLOCKS = ("text", "machine")
"""What a text message and a call consist of."""

PARAGRAPHS = re.compile(r"\n\s*\n")
BULLET = "- "


def own_file(folder: Path | None, name: str) -> Path | None:
    """A creditor's own version of a template, if there is one."""
    path = folder / "words" / name if folder else None
    return path if path and path.is_file() else None


def shipped_words() -> tuple[str, ...]:
    """The names of all shipped templates of words."""
    folder = files("adapters.letters").joinpath("templates", "words")
    return tuple(sorted(path.name for path in folder.iterdir() if path.name.endswith(".txt")))


def shipped_text(name: str) -> str | None:
    """A shipped template as text; None if there is none of that name."""
    if name not in shipped_words():
        return None
    path = files("adapters.letters").joinpath("templates", "words", name)
    return path.read_text(encoding="utf-8")


def source_of(name: str, folder: Path | None = None) -> str | None:
    """The text of a template, a creditor's own before the shipped one; None if there is none."""
    path = own_file(folder, name)
    return path.read_text(encoding="utf-8") if path else shipped_text(name)


@dataclass(frozen=True, slots=True)
class Words:
    """Templates of words in one language, for one creditor.

    Attributes:
        folder: the creditor's own templates and translations; None for the shipped ones alone.
    """

    tongue: Tongue
    folder: Path | None = None

    def say(self, name: str, block: str, values: Mapping[str, Any]) -> str:
        """One block of a letter as text; its lines are joined, its paragraphs kept.

        Raises:
            LetterError: naming the template, if it cannot be put into words.
        """
        template = self._holding(name, block)
        if template is None:
            return ""
        try:
            raw = printed(template, values, block)
        except (TemplateError, UndefinedError, TypeError, ValueError, RecursionError) as error:
            raise LetterError(f"words/{name}.txt: block {block}: {error}") from None
        return "\n\n".join(filter(None, map(_joined, PARAGRAPHS.split(raw))))

    def has(self, name: str, block: str) -> bool:
        """Whether a letter has words of its own for a block, even if they are empty."""
        return self._holding(name, block) is not None

    def paragraphs(self, name: str, block: str, values: Mapping[str, Any]) -> tuple[Paragraph, ...]:
        """One block of a letter, paragraph by paragraph."""
        text = self.say(name, block, values)
        return tuple(_paragraph(part) for part in text.split("\n\n") if part)

    def _holding(self, name: str, block: str) -> Template | None:
        """The template that has the block: a creditor's own need not have all of them."""
        for folder in (self.folder, None) if own_file(self.folder, f"{name}.txt") else (None,):
            template = self._template(f"{name}.txt", folder)
            if block in template.blocks:
                return template
        return None

    def _template(self, file: str, folder: Path | None) -> Template:
        try:
            return _environment(self.tongue.locale.language, folder).get_template(file)
        except TemplateNotFound as error:
            raise LetterError(f"words/{error}: there is no such template") from None
        except TemplateError as error:
            raise LetterError(f"words/{file}:{error.line}: {error}") from None


def words_environment(folder: Path | None = None) -> ImmutableSandboxedEnvironment:
    """The environment of plain words; whatever lays them out escapes them for its place."""

    def load(name: str) -> str | None:
        source = source_of(name, folder)
        if source is not None:
            checked(made, source, () if name in HELPERS else HELPERS)
        return source

    made = sandbox(FunctionLoader(load), autoescape=False, extensions=("jinja2.ext.i18n",))
    return made


@lru_cache(maxsize=128)
def _environment(language: str, folder: Path | None) -> ImmutableSandboxedEnvironment:
    made = words_environment(folder)
    spoken = translations(language, folder)
    made.install_gettext_callables(spoken.gettext, spoken.ngettext, newstyle=True)  # type: ignore[attr-defined]  # put there by the i18n extension
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
