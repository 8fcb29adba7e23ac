"""Writes a letter as plain text: the same words as its HTML, a line each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adapters.letters.letter import FiguresRow, FiguresTable, LetterContent, WayToPay
from adapters.letters.text.locale import BLANKS

GAPS = re.compile(r"\n{3,}")


def plain_text_of(content: LetterContent) -> str:
    """Write the text part of a mail."""
    words = "\n\n".join("\n".join(block) for block in _blocks(content) if block)
    return GAPS.sub("\n\n", words.translate(BLANKS).strip()) + "\n"


def _blocks(content: LetterContent) -> Iterator[list[str]]:
    yield [content.sender.name, *content.sender.lines]
    yield [content.recipient.name, *content.recipient.lines]
    yield [_line(content.date)]
    yield [content.greeting]
    for paragraph in content.opening:
        yield [*filter(None, (paragraph.text,)), *(f"- {item}" for item in paragraph.items)]
    yield list(_way(content.confirm)) if content.confirm else []
    for table in content.tables:
        yield _table(table)
    yield [_line(row) for row in content.totals]
    yield list(_ways(content))
    yield [content.terms_heading, *content.terms] if content.terms else []
    for words in (*content.follows, content.ignore, *content.notes, content.contact):
        yield [words] if words else []
    yield [content.regards, *content.signature]


def _table(table: FiguresTable) -> list[str]:
    return [*filter(None, (table.title,)), *(_line(row) for row in table.rows)]


def _line(row: FiguresRow) -> str:
    return f"{row.label}: {row.value}" + (f"\n  ({row.note})" if row.note else "")


def _ways(content: LetterContent) -> Iterator[str]:
    if content.pay_heading:
        yield content.pay_heading
    for way in content.ways:
        yield from _way(way)
    if content.pay_note:
        yield content.pay_note


def _way(way: WayToPay) -> Iterator[str]:
    if way.link:
        yield f"- {way.label}: {way.link}"
        return
    yield f"- {way.label}"
    for row in way.rows:
        yield f"  {_line(row)}"
