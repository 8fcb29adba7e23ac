"""Why a file was refused: the line, the part at fault, and the reason, never its text."""

from __future__ import annotations

from typing import Self

from domain.errors import DomainError


class RefusedFileError(DomainError):
    """A file that cannot be read; the text names line and element, not its content.

    Attributes:
        file: the file's name.
        line: where, counted from 1; 0 if it is the file as a whole.
        part: the element or field at fault; empty if it is the file as a whole.
    """

    def __init__(self, reason: str, *, line: int = 0, part: str = "", file: str = "") -> None:
        where = [file, f"line {line}" if line else "", part]
        super().__init__(": ".join([*filter(None, where), reason]), field="file")
        self.reason = reason
        self.file = file
        self.line = line
        self.part = part

    def of(self, file: str) -> Self:
        """Name the file that it is about."""
        return type(self)(self.reason, line=self.line, part=self.part, file=file)
