"""A letter as plain text: the same words as its HTML, a line each, for whoever reads it so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adapters.letters.letter import FiguresRow, FiguresTable, LetterContent, WayToPay
from adapters.letters.text.locale import BLANKS

GAPS = re.compile(r"\n{3,}")


def plain_text_of(sheet: LetterContent) -> str:
    """The text part of a mail."""
    words = "\n\n".join("\n".join(block) for block in _blocks(sheet) if block)
    return GAPS.sub("\n\n", words.translate(BLANKS).strip()) + "\n"


def _blocks(sheet: LetterContent) -> Iterator[list[str]]:
    yield [sheet.sender.name, *sheet.sender.lines]
    yield [sheet.recipient.name, *sheet.recipient.lines]
    yield [_line(sheet.date)]
    yield [sheet.greeting]
    for paragraph in sheet.opening:
        yield [*filter(None, (paragraph.text,)), *(f"- {item}" for item in paragraph.items)]
    yield list(_way(sheet.confirm)) if sheet.confirm else []
    for table in sheet.tables:
        yield _table(table)
    yield [_line(row) for row in sheet.totals]
    yield list(_ways(sheet))
    yield [sheet.terms_heading, *sheet.terms] if sheet.terms else []
    for words in (*sheet.follows, sheet.ignore, *sheet.notes, sheet.contact):
        yield [words] if words else []
    yield [sheet.regards, *sheet.signature]


def _table(table: FiguresTable) -> list[str]:
    return [*filter(None, (table.title,)), *(_line(row) for row in table.rows)]


def _line(row: FiguresRow) -> str:
    return f"{row.label}: {row.value}" + (f"\n  ({row.note})" if row.note else "")


def _ways(sheet: LetterContent) -> Iterator[str]:
    if sheet.pay_heading:
        yield sheet.pay_heading
    for way in sheet.ways:
        yield from _way(way)
    if sheet.pay_note:
        yield sheet.pay_note


def _way(way: WayToPay) -> Iterator[str]:
    if way.link:
        yield f"- {way.label}: {way.link}"
        return
    yield f"- {way.label}"
    for row in way.rows:
        yield f"  {_line(row)}"
