"""Extracts what somebody wrote in a mail: no markup, no quotes, no card numbers."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3
from mailparser_reply import EmailReplyParser

from adapters.incoming.email.mail_parts import Mail, decoded_text, kind_of, mail_parts
from domain.card_numbers import card_numbers

_LANGUAGES = ("en", "de", "fr", "it", "es", "nl", "sv", "pl")
"""Those of ours in which the splitter knows how a quote begins."""

_LONGEST = 20_000
"""Characters of an answer that are split and kept; patterns never see more."""

WINDOW, LONGEST_LINE, FOLD = 5000, 300, "\ue000\n\ue000"
CARD = "[card number]"

_FIRST = frozenset("23456")
"""What the numbers of payment cards begin with: machines write many other long numbers."""

_BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "blockquote"})
_GONE = {"script", "style", "head", "title"}
_LONG_LINE = re.compile(rf"([^\n]{{{LONGEST_LINE}}})")
_BLANKS = re.compile(r"\n[ \t\u00a0\n]*\n")
_BLANK_LINES = re.compile(r"\n{3,}")


def written_words(mail: Mail) -> str:
    """Extract all text: the plain part if there is one, else the HTML's."""
    pages = [part for part in mail_parts(mail) if _is_text(part)]
    for kind, read in (("text/plain", decoded_text), ("text/html", _from_page)):
        for part in pages:
            words = read(part).strip() if kind_of(part) == kind else ""
            if words:
                return words
    return ""


def answer_in(text: str) -> str:
    """Extract what is new in a mail, without the quoted letter that it answers.

    The splitter's patterns take hours for some texts that somebody might think of: they see only
    a few thousand characters, in lines of a bounded length.
    """
    own = _BLANKS.sub("\n\n", text[:_LONGEST].replace("\r", "")).strip()
    window, rest = own[:WINDOW], own[WINDOW:]
    folded = _LONG_LINE.sub(rf"\1{FOLD}", window)
    try:
        found = EmailReplyParser(languages=list(_LANGUAGES)).parse_reply(folded) or ""
    except Exception:  # noqa: BLE001 - a splitter that stumbles must not lose the mail
        found = folded
    answer = found.replace(FOLD, "").strip() or window
    return without_cards(answer + rest if len(answer) >= len(window.strip()) else answer)


def without_cards(text: str) -> str:
    """Take out every number that may be a card's (13 to 19 digits, Luhn)."""
    told, behind = list[str](), 0
    for number in card_numbers(text):
        start, end = number[0][0], number[-1][1]
        if text[start] in _FIRST:
            told += (text[behind:start], CARD)
            behind = end
    return "".join((*told, text[behind:]))


def _is_text(part: Mail) -> bool:
    return kind_of(part) in {"text/plain", "text/html"} and not part.get_filename("")


def _from_page(part: Mail) -> str:
    clean = nh3.clean(decoded_text(part), tags=set(_BLOCKS), clean_content_tags=_GONE)
    reader = _Page()
    reader.feed(clean)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.words).splitlines())
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


class _Page(HTMLParser):
    """Reads a cleaned page: its words, a line for each block, nothing of what is quoted."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._quoted = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._quoted += tag == "blockquote"
        self.words.append("\n" if tag in _BLOCKS else "")

    def handle_endtag(self, tag: str) -> None:
        self._quoted -= tag == "blockquote"
        self.words.append("\n" if tag in _BLOCKS else "")

    def handle_data(self, data: str) -> None:
        if self._quoted <= 0:
            self.words.append(data)
