"""Checks a creditor's own letters before any customer sees them: faults by file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

from activities.ports.types import LetterError
from adapters.letters.formats.html import LayoutError, html_of
from adapters.letters.formats.sms import NEVER_SPOKEN
from adapters.letters.formats.style import FILE, LAYOUT, StyleError, style_in
from adapters.letters.letter import LetterContent
from adapters.letters.notices import FORMS, missing_forms, notices
from adapters.letters.text.catalogue import LANGUAGES, SOURCE
from adapters.letters.text.sandbox import TemplateError, checked_template
from adapters.letters.text.template_choice import occasion_of
from adapters.letters.text.wording import (
    BLOCKS,
    HELPERS,
    SHORT_BLOCKS,
    shipped_words,
    words_environment,
)
from adapters.letters.writer import LetterWriter
from starter.letters.left_out import LetterProblem, as_told, unnamed, unsaid
from starter.letters.own_phrases import phrase_problems
from starter.letters.samples import samples

_KNOWN = (FILE, LAYOUT, "words", FORMS)
_DEMAND = "formal-final"
"""The sample that has all that a layout must show."""

_TAG = re.compile(r"<[^>]*>")
_CHANNELS = ("email", "sms", "voice", "machine")


def problems_in(folder: Path) -> list[LetterProblem]:
    """List all faults of a creditor's folder: each file by itself, then all together."""
    found = [*_strangers(folder), *_style(folder), *_words(folder), *phrase_problems(folder)]
    found += _untranslatable(folder)
    return found or list(_written(folder))


def _strangers(folder: Path) -> Iterator[LetterProblem]:
    """A misspelt name would be passed over in silence for ever."""
    known = {f"words/{name}" for name in shipped_words()} | {f"{code}.po" for code in LANGUAGES}
    known |= {f"{FORMS}/{name}" for one in notices() for name in one.forms}
    pictures = (".png", ".jpg", ".jpeg")
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in known | set(_KNOWN) and not name.endswith(pictures):
            yield LetterProblem(
                name, 0, "is no file of a letter; see docs/letters.md for their names"
            )


def _style(folder: Path) -> Iterator[LetterProblem]:
    try:
        style = style_in(folder)
    except StyleError as error:
        yield LetterProblem(error.file, error.line, error.reason)
        return
    for name in missing_forms(style):
        reason = "has to be there as a PDF; until then the last demand stays a plain one"
        yield LetterProblem(f"{FORMS}/{name}", 0, reason)
    if style.layout is None:
        return
    data = next(one.data for one in samples(SOURCE) if one.name == _DEMAND)
    content = LetterWriter().content(data)
    try:
        html = html_of(content, style.layout)
    except LayoutError as error:
        yield LetterProblem(LAYOUT, error.line, error.reason)
    else:
        yield from _forgotten(content, unescape(_TAG.sub("", html)), unescape(html))


def _forgotten(content: LetterContent, page: str, html: str) -> Iterator[LetterProblem]:
    """A layout that leaves out what a demand is for: the sum, its day, or how to pay it."""
    if content.glance is None:
        return
    until = content.glance.until
    needed = {
        "the sum (glance.sums, or tables and totals)": content.glance.sums[-1].value,
        "the day (glance.until)": until.value if until else "",
        "the payment reference (glance.transfer, or ways)": content.glance.transfer[-1].value,
        "whom to ask (contact)": content.contact,
    }
    for what, value in needed.items():
        if value not in page:
            yield LetterProblem(LAYOUT, 0, f"leaves out {what}; every demand says it")
    online = content.glance.online
    if online and online.link not in html:
        reason = "leaves out the link (glance.online, page, or ways); every demand says it"
        yield LetterProblem(LAYOUT, 0, reason)


def _words(folder: Path) -> Iterator[LetterProblem]:
    environment = words_environment(folder)
    for path in sorted((folder / "words").glob("*.txt")):
        name = f"words/{path.name}"
        try:
            source = path.read_text(encoding="utf-8")
            checked_template(environment, source, () if path.name in HELPERS else HELPERS)
        except TemplateError as error:
            yield LetterProblem(name, error.line, str(error))
        except UnicodeDecodeError:
            yield LetterProblem(name, 0, "is not UTF-8; save it as that")
        else:
            yield from _blocks(name, source)


_TAGS = re.compile(
    r"{#.*?#}|{%-?\+?\s*trans\b.*?{%[-+]?\s*endtrans\s*[-+]?%}|{%.*?%}|{{.*?}}", re.DOTALL
)
"""What of a template is no plain text: comments, what is translated, statements, values."""


def _untranslatable(folder: Path) -> Iterator[LetterProblem]:
    """Plain text that would stand in every language as it is, in a folder of several languages."""
    if not any((folder / f"{code}.po").is_file() for code in LANGUAGES if code != SOURCE):
        return
    for path in sorted((folder / "words").glob("*.txt")):
        try:
            source = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # told by itself
        plain = _TAGS.sub(lambda hit: "\n" * hit[0].count("\n"), source)
        for number, line in enumerate(plain.splitlines(), start=1):
            if re.search(r"[^\W\d_]{2}", line):
                reason = (
                    f"{line.strip()[:40]!r} stands in every language; put it between trans tags"
                )
                yield LetterProblem(f"words/{path.name}", number, reason)


def _blocks(name: str, source: str) -> Iterator[LetterProblem]:
    known = SHORT_BLOCKS if name.endswith(("sms.txt", "voice.txt")) else BLOCKS
    for number, line in enumerate(source.splitlines(), start=1):
        for block in re.findall(r"{%[-+]?\s*block\s+(\w+)", line):
            if block not in known:
                yield LetterProblem(name, number, f"there is no block {block}: {', '.join(known)}")


def _written(folder: Path) -> Iterator[LetterProblem]:
    """Every letter in every language, as it would be written with this folder."""
    letters, found = LetterWriter(folder.resolve().parent), dict[str, LetterProblem]()
    for code in LANGUAGES:
        for sample in samples(code):
            us = replace(sample.data.creditor, id=folder.resolve().name)
            spoken = occasion_of(sample.data) not in NEVER_SPOKEN
            for channel in _CHANNELS if spoken else _CHANNELS[:2]:
                try:
                    letter = letters.write(replace(as_told(sample, channel), creditor=us))
                except LetterError as error:
                    problem = LetterProblem(error.file, error.line, error.reason)
                    found[str(problem)] = problem
                else:
                    found |= unsaid(sample, channel, letter.text)
                    found |= unnamed(sample, letter.subject) if channel == "email" else {}
    yield from (found[text] for text in sorted(found))
