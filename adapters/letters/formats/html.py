"""Makes the HTML of a mail: the same words as its text, set as a quiet business letter."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from adapters.letters.formats.layouts import LayoutError, fill_in, shipped_layout
from adapters.letters.letter import FiguresRow, LetterContent, Paragraph, Picture, WayToPay

__all__ = ["LayoutError", "html_of"]

SHARES = (0.2126, 0.7152, 0.0722)
"""How much red, green and blue add to brightness."""

DARKEST = 0.04045
"""Below it, sRGB is a straight line."""

_PLAIN = (
    "language",
    "subject",
    "greeting",
    "pay_heading",
    "pay_note",
    "terms_heading",
    "terms",
    "follows",
    "ignore",
    "notes",
    "contact",
    "regards",
    "signature",
)
"""Fields that are texts or lists of texts already."""

PREVIEW = 150
"""What a list of mails shows of one; the rest would only be cut."""

UNBROKEN = 20
"""Letters in a row that a phone has room for beside a label; an amount is shorter."""


def html_of(content: LetterContent, layout: str | None = None) -> str:
    """Make the HTML part of a mail, in the shipped layout or the creditor's own (MJML with Jinja).

    A layout is given the fields of the sheet by their names, except ``bill``. A paragraph's
    ``items`` are its ``points``; a row that has to break within a word has ``long``; a way has its
    link as ``href`` if it may be one; ``preview`` and ``on_accent`` are added.

    Raises:
        LayoutError: if the layout is no good; the message begins with the line.
    """
    return fill_in(shipped_layout() if layout is None else layout, _values(content))


def _values(content: LetterContent) -> dict[str, Any]:
    """The sheet as texts, lists and mappings of them: a layout can reach nothing else."""
    return {name: getattr(content, name) for name in _PLAIN} | {
        "sender": asdict(content.sender),
        "recipient": asdict(content.recipient),
        "date": _row(content.date),
        "opening": [_paragraph(paragraph) for paragraph in content.opening],
        "confirm": _way(content.confirm)
        if content.confirm and _is_https(content.confirm.link)
        else {},
        "tables": [{"title": table.title, "rows": _rows(table.rows)} for table in content.tables],
        "totals": _rows(content.totals),
        "ways": [_way(way) for way in content.ways],
        "logo": _picture(content.logo) if content.logo else {},
        "codes": [_picture(code) for code in content.codes],
        "preview": _preview(content),
        "accent": content.colour,
        "on_accent": _readable_on(content.colour),
    }


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    """A mapping with ``items`` would hide them behind its own method of that name."""
    return {"text": paragraph.text, "points": list(paragraph.items)}


def _rows(rows: tuple[FiguresRow, ...]) -> list[dict[str, str]]:
    return [_row(row) for row in rows]


def _row(row: FiguresRow) -> dict[str, str]:
    unbroken = max(map(len, re.split(r"[ -]", row.value)))
    return {
        "label": row.label,
        "value": row.value,
        "note": row.note,
        "weight": row.weight,
        "long": "long" if unbroken > UNBROKEN else "",
    }


def _way(way: WayToPay) -> dict[str, Any]:
    return {
        "label": way.label,
        "rows": _rows(way.rows),
        "link": way.link,
        "href": way.link if _is_https(way.link) else "",
        "button": way.button,
    }


def _picture(picture: Picture) -> dict[str, str]:
    return {"name": picture.name, "alt": picture.alt, "caption": picture.caption}


def _is_https(link: str) -> bool:
    """Whether a link may be one: a browser drops blanks and controls that hide another scheme."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.netloc) and link.isprintable() and " " not in link


def _preview(content: LetterContent) -> str:
    """The request, as a list of mails shows it beside the subject."""
    text = " ".join(next((part.text for part in content.opening if part.text), "").split())
    if len(text) <= PREVIEW:
        return text
    return text[:PREVIEW].rpartition(" ")[0] + "…"


def _readable_on(colour: str) -> str:
    """Black or white, whichever stands out more from a colour (WCAG 2, relative luminance)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    light = sum(share * _linear(part) for share, part in zip(SHARES, parts, strict=True))
    return "#ffffff" if 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 else "#000000"


def _linear(part: float) -> float:
    return part / 12.92 if part <= DARKEST else float(((part + 0.055) / 1.055) ** 2.4)
