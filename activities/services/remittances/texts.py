"""Texts of the files that came with answers, each read once while the answer waits."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from domain.bank.remittance import LARGEST_ADVICE, LONGEST_ADVICE
from domain.evidence.model import PDF
from domain.evidence.received import FileFate, ReceivedFile

_READABLE = frozenset({PDF, "text/plain"})
_MOST_KEPT = 256
"""Texts in memory: all that a page of answers shows, and a few megabytes at most."""


class FileTexts:
    """Reads the texts of answers' files, and remembers the newest of them in this process.

    What is no text, or too large to be looked at, is not even fetched from the ledger. An erased
    file has no name any more, so its text is not shown from memory either.
    """

    def __init__(
        self, content: Callable[[str, str], bytes | None], text_of: Callable[[bytes], str]
    ) -> None:
        """Take in what fetches a file of an answer by its hash, and what reads its text."""
        self._content = content
        self._text_of = text_of
        self._remembered = lru_cache(maxsize=_MOST_KEPT)(self._read)

    def text(self, answer: str, file: ReceivedFile) -> str:
        """Read the text of a file that came with an answer; empty if it has none."""
        is_kept = file.fate is FileFate.KEPT and file.name
        if not is_kept or file.media_type not in _READABLE or file.size > LARGEST_ADVICE:
            return ""
        return self._remembered(answer, file.sha256)

    def _read(self, answer: str, sha256: str) -> str:
        body = self._content(answer, sha256)
        return self._text_of(body)[:LONGEST_ADVICE] if body else ""
