"""Reads a creditor's style from its folder: colour, logo, own words and layout."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from adapters.letters.letter import ACCENT, COLOUR, Picture
from domain.interest.toml_lines import parse_toml

FILE = "letters.toml"
LAYOUT = "mail.mjml"
SWITCH = re.compile(r"[A-Z]{2}( (business|consumer|enforcement))?")
"""How a creditor switches a country on: ``FR``, or for one kind of debtor ``NL consumer``.

``CH enforcement`` adds that the country's debt enforcement may follow.
"""

PAPER = ("demand", "always", "never")
"""When a letter goes along as a PDF: with formal demands, with each mail, or never."""

LONGEST_SHORT_NAME = 20
LARGEST_LOGO = 200 * 1024
PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class StyleError(ValueError):
    """A creditor's folder that cannot be used; the text names file, line or key, and the way out.

    Attributes:
        reason: what is wrong, without the place.
        file: the file in the folder.
        line: from 1; 0 if the whole file is meant.
    """

    def __init__(self, file: str, message: str, line: int = 0) -> None:
        super().__init__(f"{file}:{line}: {message}" if line else f"{file}: {message}")
        self.reason, self.file, self.line = message, file, line


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """The look of a creditor's letters.

    Attributes:
        folder: where its own templates and translations lie; None if it has none.
        accent: ``#rrggbb``.
        paper: one of ``PAPER``.
        layout: its own MJML; None for the shipped one.
        short_name: what a text message begins with; empty for the company's name.
        formal_notice: the countries for which the last demand takes the form of their law.
        plain_sms: whether text messages do without accents, which cost half of their room.
    """

    folder: Path | None = None
    accent: str = ACCENT
    paper: str = "demand"
    logo: Picture | None = None
    layout: str | None = None
    short_name: str = ""
    plain_sms: bool = False
    formal_notice: tuple[str, ...] = ()


PLAIN = Style()
"""The shipped look."""


def style_in(folder: Path, name: str = "") -> Style:
    """Read the look that a folder describes; the shipped one if it is not there.

    Args:
        folder: the creditor's folder.
        name: what the logo says to who does not see it.

    Raises:
        StyleError: naming file and key.
    """
    if not folder.is_dir():
        return PLAIN
    told = _told(folder / FILE)
    layout = folder / LAYOUT
    return Style(
        folder=folder,
        accent=told.get("accent", ACCENT),
        paper=told.get("paper", "demand"),
        logo=_logo(folder, told["logo"], name) if "logo" in told else None,
        layout=layout.read_text(encoding="utf-8") if layout.is_file() else None,
        short_name=told.get("short_name", ""),
        plain_sms=told.get("plain_sms", False),
        formal_notice=tuple(told.get("formal_notice", ())),
    )


def _told(file: Path) -> dict[str, Any]:
    try:
        told = parse_toml(file.read_text(encoding="utf-8")) if file.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StyleError(FILE, f"this is not TOML: {error}") from None
    for key, value in told.items():
        reason = _wrong(key, value)
        if reason:
            raise StyleError(FILE, f"{key}: {reason}")
    return told


def _wrong(key: str, value: object) -> str:
    """What is wrong with a key, and the way out; empty if nothing is."""
    if key not in _FITS:
        return f"is no key here; the keys are {', '.join(_FITS)}"
    fits, way_out = _FITS[key]
    return "" if fits(value) else way_out


def _is_colour(value: object) -> bool:
    return isinstance(value, str) and COLOUR.fullmatch(value) is not None


def _is_short(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_SHORT_NAME


def _are_switches(value: object) -> bool:
    return isinstance(value, list) and all(SWITCH.fullmatch(str(one)) for one in value)


_FITS: Mapping[str, tuple[Callable[[object], bool], str]] = MappingProxyType(
    {
        "accent": (_is_colour, f'write a colour like "{ACCENT}"'),
        "formal_notice": (
            _are_switches,
            'write countries, such as ["FR", "NL consumer", "SE business"]',
        ),
        "logo": (
            lambda value: isinstance(value, str) and bool(value),
            'write a file\'s name, like "logo.png"',
        ),
        "paper": (lambda value: value in PAPER, f"write one of {', '.join(PAPER)}"),
        "plain_sms": (lambda value: isinstance(value, bool), "write true or false"),
        "short_name": (_is_short, f"write at most {LONGEST_SHORT_NAME} characters"),
    }
)
"""Each key of the file: what fits, and the way out."""


def _logo(folder: Path, name: str, alt: str) -> Picture:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise StyleError(FILE, f"logo: there is no file {name} in the folder")
    body = path.read_bytes()
    kind = next((kind for start, kind in PICTURES.items() if body.startswith(start)), "")
    if not kind:
        raise StyleError(name, "the logo is neither a PNG nor a JPEG; mail programs show no other")
    if len(body) > LARGEST_LOGO:
        raise StyleError(name, f"larger than {LARGEST_LOGO // 1024} kB; make it smaller")
    return Picture(name="logo", body=body, media_type=kind, alt=alt)
