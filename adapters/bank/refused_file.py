"""Why a bank's file was refused: the line, the part at fault, and the reason, never its text."""

from __future__ import annotations

from domain.errors import DomainError


class BankFileError(DomainError):
    """A file that no statement can be read from; the text names line and element.

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

    def of(self, file: str) -> BankFileError:
        """Name the file that it is about."""
        return BankFileError(self.reason, line=self.line, part=self.part, file=file)
