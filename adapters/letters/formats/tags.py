"""Checks the tags of a layout: nothing in a mail runs, or is fetched when it is read."""

from __future__ import annotations

import re
from xml.parsers import expat

MJML = re.compile(
    r"mjml|mj-(head|body|title|preview|attributes|all|class|style|raw|breakpoint|section|column"
    r"|html-attributes?|selector|group|wrapper|text|table|button|image|divider|spacer|hero"
    r"|navbar(-link)?|accordion(-(element|title|text))?)"
)

ACTIVE = re.compile(
    r"script|form|input|button|iframe|frame|object|embed|link|base|audio|video|source|applet|svg"
    r"|math|mj-(font|include|social(-element)?|carousel(-image)?)"
)
"""What would run, ask for something or fetch something; a mail does neither."""

FETCHED = frozenset({"src", "srcset", "background", "background-url", "poster"})

_DEEPEST = 64
"""Tags within tags; many thousand would be more than MJML's memory holds."""

_EMPTY = re.compile(r"<((?:area|br|col|hr|img|meta|wbr)\b[^<>]*?)/?>", re.IGNORECASE)
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]\w*;")
FETCHING = re.compile(r"@import|\burl\s*\(|\bsrc\s*=", re.IGNORECASE)
LEADS = re.compile(r"https:|mailto:|tel:|#|jinja~")


class TagError(ValueError):
    """A tag that cannot stand where it stands, or not at all.

    Attributes:
        line: where it is.
    """

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def check_tags(mjml: str) -> None:
    """Check that every tag is known, closed and harmless.

    Raises:
        TagError: for the first that is not.
    """
    tags = _Tags()
    try:
        # XML knows neither HTML's empty tags nor its named characters.
        tags.parser.Parse(_NAMED.sub(" ", _EMPTY.sub(r"<\1/>", mjml)), True)  # noqa: FBT003 - vendor's signature
    except expat.ExpatError as error:
        raise TagError(error.lineno, f"{expat.ErrorString(error.code)}{tags.hint()}") from error


class _Tags:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._opened
        self.parser.EndElementHandler = self._closed
        self.parser.CharacterDataHandler = self._words
        self.parser.CommentHandler = self._words
        self.parser.StartDoctypeDeclHandler = self._doctype
        self._open: list[tuple[str, int]] = []

    def hint(self) -> str:
        """Which tag is still open, for it is often the one that was meant."""
        return "; <{}> of line {} is still open".format(*self._open[-1]) if self._open else ""

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        self._open.append((name, self.parser.CurrentLineNumber))
        if len(self._open) > _DEEPEST:
            self._refuse(f"more than {_DEEPEST} tags within one another; write it flatter")
        tag = name.lower()
        if ACTIVE.fullmatch(tag):
            self._refuse(f"<{name}> has no place in a mail; leave it out")
        if tag.startswith("mj") and not MJML.fullmatch(tag):
            self._refuse(f"<{name}> is not a tag of MJML")
        for key, value in attributes.items():
            self._attribute(key.lower(), value)

    def _attribute(self, key: str, value: str) -> None:
        if key.startswith("on") or key == "http-equiv":
            self._refuse(f"{key}= has no place in a mail; leave it out")
        if key in FETCHED and not value.startswith("cid:"):
            self._refuse(f'{key}="{value}" would be fetched; a picture comes along as cid:name')
        if key == "href" and not LEADS.match(value):
            self._refuse(f'href="{value}" leads nowhere good; write https:, mailto: or tel:')
        if key == "style":
            self._words(value)

    def _closed(self, name: str) -> None:
        self._open.pop()

    def _words(self, text: str) -> None:
        if FETCHING.search(text):
            self._refuse("@import, url() and src= would fetch something here; leave them out")

    def _doctype(self, *_: object) -> None:
        self._refuse("a layout begins with <mjml>; leave <!DOCTYPE> out")

    def _refuse(self, message: str) -> None:
        raise TagError(self.parser.CurrentLineNumber, message)
