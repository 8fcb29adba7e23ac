"""What is wrong with a file: every line at fault, with its column, the reason and the way out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from domain.errors import DomainError

SHOWN = 20
"""More than this nobody reads; the rest is counted."""


class ReadOption(StrEnum):
    """What can be said beforehand of how a file is written."""

    COLUMNS = "columns"
    CONSTANTS = "constants"
    DATE_FORMAT = "date_format"
    DECIMAL_COMMA = "decimal_comma"


class UnreadableError(DomainError):
    """A cell that could be read if something had been said of the file.

    Attributes:
        option: what would have to be said.
    """

    def __init__(self, message: str, option: ReadOption, *, field: str | None = None) -> None:
        super().__init__(message, field=field)
        self.option = option


class FileError(DomainError):
    """A file that was refused as a whole.

    Attributes:
        problems: one line each, as ``file:line: column: reason``; all of them.
        options: what might have to be said of the file.
    """

    def __init__(self, problems: Sequence[str], options: Iterable[ReadOption] = ()) -> None:
        more = len(problems) - SHOWN
        lines = [*problems[:SHOWN], *([f"… and {more} more"] if more > 0 else [])]
        super().__init__("\n".join(lines), field="file")
        self.problems = tuple(problems)
        self.options = tuple(dict.fromkeys(options))


class Problems:
    """Collects what is wrong with one file, so that a person hears of all of it at once."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[tuple[int, str]] = []
        self._options: list[ReadOption] = []

    def __len__(self) -> int:
        return len(self._found)

    def add(
        self, reason: str, *, line: int = 0, column: str = "", option: ReadOption | None = None
    ) -> None:
        """Note one problem; line 0 stands for the file as a whole."""
        self._options += [option] if option else []
        place = f"{self._file}:{line}" if line else self._file
        words = (place, column, reason) if column else (place, reason)
        self._found.append((line, ": ".join(words)))

    def refuse(self) -> None:
        """End the reading if anything was found.

        Raises:
            FileError: with all problems in the order of the file.
        """
        if self._found:
            self._found.sort(key=lambda problem: problem[0])
            raise FileError([text for _, text in self._found], self._options)


def refuse_file(file: str, reason: str, *, line: int = 0) -> FileError:
    """The error for a file that cannot even be split into cells."""
    return FileError([f"{file}:{line}: {reason}" if line else f"{file}: {reason}"])
