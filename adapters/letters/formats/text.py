"""Writes a letter as plain text: the same words as its HTML, a line each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adapters.letters.letter import FiguresRow, FiguresTable, Glance, LetterContent, WayToPay
from adapters.letters.text.locale import BLANKS

GAPS = re.compile(r"\n{3,}")


def plain_text_of(content: LetterContent) -> str:
    """Write the text part of a mail."""
    words = "\n\n".join("\n".join(block) for block in _blocks(content) if block)
    return GAPS.sub("\n\n", words.translate(BLANKS).strip()) + "\n"


def _blocks(content: LetterContent) -> Iterator[list[str]]:
    yield [content.sender.name]
    yield list(_glance(content.glance, content.colon)) if content.glance else []
    yield [" · ".join((content.date.value, content.recipient.name, *content.recipient.lines))]
    yield [content.greeting]
    for paragraph in content.opening:
        yield [*filter(None, (paragraph.text,)), *(f"- {item}" for item in paragraph.items)]
    for way in filter(None, (content.confirm, content.page)):
        yield list(_way(way, content.colon))
    for table in content.tables:
        yield _table(table, content.colon)
    yield [_line(row, content.colon) for row in content.totals]
    yield list(_ways(content))
    yield [content.terms_heading, *content.terms] if content.terms else []
    for words in (*content.follows, content.ignore, *content.notes, content.contact):
        yield [words] if words else []
    yield [content.regards, *content.signature]
    yield [content.sender.name, *content.sender.lines, *content.legal]


def _glance(glance: Glance, colon: str) -> Iterator[str]:
    """The sum, the day and the way, before any sentence."""
    for row in (*glance.sums, *filter(None, (glance.until,))):
        yield _line(row, colon)
    if glance.online:
        yield f"{glance.online.button or glance.online.label}{colon}{glance.online.link}"
    for row in glance.transfer:
        yield _line(row, colon)
    if glance.note:
        yield glance.note


def _table(table: FiguresTable, colon: str) -> list[str]:
    return [*filter(None, (table.title,)), *(_line(row, colon) for row in table.rows)]


def _line(row: FiguresRow, colon: str) -> str:
    return f"{row.label}{colon}{row.value}" + (f"\n  ({row.note})" if row.note else "")


def _ways(content: LetterContent) -> Iterator[str]:
    if content.pay_heading:
        yield content.pay_heading
    for way in content.ways:
        yield from _way(way, content.colon)
    if content.pay_note:
        yield content.pay_note


def _way(way: WayToPay, colon: str) -> Iterator[str]:
    if way.link:
        yield f"- {way.label}{colon}{way.link}"
        return
    yield f"- {way.label}"
    for row in way.rows:
        yield f"  {_line(row, colon)}"
