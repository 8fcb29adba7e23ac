"""Makes the HTML of a mail: the same words as its text, set as a quiet business letter."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from adapters.letters.formats.layouts import LayoutError, fill_in, shipped_layout
from adapters.letters.letter import (
    FiguresRow,
    Glance,
    LetterContent,
    Paragraph,
    Party,
    Picture,
    WayToPay,
)

__all__ = ["LayoutError", "html_of"]

SHARES = (0.2126, 0.7152, 0.0722)
"""How much red, green and blue add to brightness."""

DARKEST = 0.04045
"""Below it, sRGB is a straight line."""

_PLAIN = (
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
    "legal",
)
"""Fields that are texts or lists of texts already."""

PREVIEW = 150
"""What a list of mails shows of one; the rest would only be cut."""

UNBROKEN = 26
"""Letters in a row that a phone has room for; an amount, a number and an address are shorter."""

LONGEST_WHOLE = 42
"""What is kept on one line: the longest account number with its blanks fits a phone."""

_WHOLE = re.compile(
    r"\+\d[\d\u00a0 ()-]{5,}\d"  # a telephone number
    r"|(?<!\S)(?=[A-Z0-9 ]*\d)(?:[A-Z0-9]{2,5} ){2,}[A-Z0-9]{1,5}(?!\S)"  # an account, a reference
    r"|\d[\d .,\u2019]* [A-Z]{3}\b|\b[A-Z]{3} \d[\d.,\u2019]*\d"  # an amount
    rf"|(?<!\S)(?=\S{{3,{UNBROKEN}}}(?!\S))\S*\w[-/@]\w\S*"  # INV-7, E-Mail, a@b.example
)
_KEPT = Markup('<span style="white-space:nowrap">{}</span>')


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
    return {name: _shown(getattr(content, name)) for name in _PLAIN} | {
        "language": content.language,
        "subject": content.subject,
        "heading": kept_whole(content.subject),
        "colon": content.colon,
        "sender": _party(content.sender),
        "recipient": _party(content.recipient),
        "glance": _glance(content.glance) if content.glance else {},
        "page": _way(content.page) if content.page else {},
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


def kept_whole(text: str) -> str:
    """Keep numbers, addresses and references of a text on one line each; escaped, for HTML.

    Marks that cannot be seen would do it, too, and would be copied along; so it is done by style.
    """
    parts, end = [], 0
    for found in _WHOLE.finditer(text):
        if len(found[0]) <= LONGEST_WHOLE:
            parts += [escape(text[end : found.start()]), _KEPT.format(found[0])]
            end = found.end()
    return Markup("").join((*parts, escape(text[end:])))


def _shown(value: Any) -> Any:
    return kept_whole(value) if isinstance(value, str) else [kept_whole(line) for line in value]


def _party(party: Party) -> dict[str, Any]:
    return {"name": party.name, "lines": [kept_whole(line) for line in party.lines]}


def _glance(glance: Glance) -> dict[str, Any]:
    return {
        "sums": _rows(glance.sums),
        "until": _row(glance.until) if glance.until else {},
        "online": _way(glance.online) if glance.online else {},
        "transfer": _rows(glance.transfer),
        "note": glance.note,
    }


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    """A mapping with ``items`` would hide them behind its own method of that name."""
    return {"text": _shown(paragraph.text), "points": _shown(paragraph.items)}


def _rows(rows: tuple[FiguresRow, ...]) -> list[dict[str, str]]:
    return [_row(row) for row in rows]


def _row(row: FiguresRow) -> dict[str, str]:
    unbroken = max(map(len, row.value.split(" ")))
    return {
        "label": row.label,
        "value": row.value if unbroken > UNBROKEN else kept_whole(row.value),
        "note": kept_whole(row.note),
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
