"""Prints letters as PDF: an A4 page, with copies of the invoices behind it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from textwrap import shorten
from typing import Any, Literal

import typst
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from adapters.letters.letter import LetterContent, Party

TEMPLATE = Path(__file__).parents[1] / "templates" / "letter.typ"

UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
"""Marks that print nothing but could turn the order of what is read, such as an amount."""

NOT_POST = re.compile(r"@|://|^[\W\d_]*$|:\s*[+(\d]")
"""A line of a sender that is no part of its postal address."""

SWISS_FONTS = "Liberation Sans, Arial, Helvetica"
"""The only typefaces that a Swiss payment part may use; the first is the free one."""

DRAWN = ("/Widget", "/FreeText", "/Stamp", "/Highlight", "/Underline", "/StrikeOut", "/Ink")
"""Additions to a page that can be seen on paper, such as what was filled in."""

LONGEST_BACK = 120
"""Two small lines above the address in the window."""

OF_A_PAGE = ("/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents")
OF_A_DRAWING = ("/Type", "/Subtype", "/Rect", "/AP", "/AS", "/F")


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLetter:
    """A letter as a PDF.

    Attributes:
        appended: how many copies of invoices stand behind the letter; the others could not be read.
    """

    body: bytes
    appended: int = 0


def print_letter(content: LetterContent, copies: Sequence[bytes] = ()) -> PdfLetter:
    """Print a letter, with the copies of its invoices behind it; the same words, the same bytes.

    Raises:
        ValueError: a picture, or the payment part, cannot be drawn.
    """
    readable = [clean for copy in copies if (clean := _without_actions(copy))]
    body = _printed(content, keeps=not readable)
    return PdfLetter(body=_bound(body, readable) if readable else body, appended=len(readable))


def can_be_appended(copy: bytes) -> bool:
    """Tell whether a copy of an invoice can stand behind a letter, so that it may say so."""
    return bool(_without_actions(copy))


@cache
def _fonts() -> typst.Fonts:
    # The letter's own typeface comes with Typst; the system's only serve for what it lacks.
    return typst.Fonts()


def _printed(content: LetterContent, *, keeps: bool) -> bytes:
    """The letter; only without strangers' pages behind it does it promise to keep the standards.

    Nor does it where the standards cannot be kept, as for a letter that no typeface has.
    """
    try:
        if keeps and content.day and not content.bill:
            with suppress(typst.TypstError):
                return _compiled(content, ["a-2a", "ua-1"])
        return _compiled(content, [])
    except typst.TypstError as error:
        raise ValueError(
            f"letter {content.subject!r} cannot be printed: {error.message}; "
            "pictures must be PNG or JPEG, and the payment part SVG without links"
        ) from error


def _compiled(content: LetterContent, standards: list[Literal["a-2a", "ua-1"]]) -> bytes:
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=_fonts(),
        pdf_standards=list(standards),
        sys_inputs={"letter": json.dumps(_data(content), default=list)},
        # A file, not a folder: no package can ever be found or kept there.
        package_path=TEMPLATE,
        package_cache_path=TEMPLATE,
    )


def _data(content: LetterContent) -> dict[str, Any]:
    language, _, region = content.language.partition("-")
    seen: dict[str, Any] = _seen(asdict(content))
    return seen | {
        "language": language.lower(),
        "region": region.upper() if len(region) == len("CH") else None,
        "accent": content.colour,
        "back": _seen(_way_back(content.sender)),
        "bill": re.sub(r'font-family="[^"]*"', f'font-family="{SWISS_FONTS}"', content.bill),
    }


def _way_back(sender: Party) -> str:
    # Stands in the window, for a letter that cannot be delivered.
    lines = (sender.name, *(line for line in sender.lines if not NOT_POST.search(line)))
    return shorten(" · ".join(lines), LONGEST_BACK, placeholder="…")


def _seen(value: Any) -> Any:
    if isinstance(value, str):
        return UNSEEN.sub("", value)
    if isinstance(value, dict):
        return {key: _seen(each) for key, each in value.items()}
    return [_seen(each) for each in value] if isinstance(value, list | tuple) else value


def _bound(letter: bytes, copies: Sequence[bytes]) -> bytes:
    # Cloned, not merged: so the letter keeps what a screen reader needs.
    whole = PdfWriter(clone_from=BytesIO(letter))
    for copy in copies:
        for page in PdfReader(BytesIO(copy)).pages:
            whole.add_page(page)
    return _written(whole)


def _without_actions(copy: bytes) -> bytes:
    # Whoever made the file, whatever can be wrong with it: the letter goes out without it.
    try:
        reader = PdfReader(BytesIO(copy))
        if reader.is_encrypted:
            return b""
        clean = PdfWriter()
        for page in reader.pages:
            clean.add_page(_still(page))
        return _written(clean) if clean.pages else b""
    except Exception:  # noqa: BLE001 - a broken file breaks its reader in too many ways to list
        return b""


def _still(page: PageObject) -> PageObject:
    # Only what can be printed is taken: no links, scripts, sounds, or files inside the file.
    still = PageObject(page.pdf)
    for key in OF_A_PAGE:
        if key in page:
            still[NameObject(key)] = page.raw_get(key)
    drawings = [annotation.get_object() for annotation in page.get("/Annots") or ()]
    still[NameObject("/Annots")] = ArrayObject(
        DictionaryObject({NameObject(k): one.raw_get(k) for k in OF_A_DRAWING if k in one})
        for one in drawings
        if one.get("/Subtype") in DRAWN
    )
    return still


def _written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
