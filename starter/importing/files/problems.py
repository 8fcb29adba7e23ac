"""Collects what is wrong with a file: every line at fault, its column, reason and way out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import DomainError

SHOWN = 20
"""More than this nobody reads; the rest is counted."""


class ReadOption(StrEnum):
    """The options by which a person can say how a file is written."""

    COLUMNS = "columns"
    CONSTANTS = "constants"
    IGNORED = "ignored"
    MEANINGS = "meanings"
    DATE_FORMAT = "date_format"
    DECIMAL_COMMA = "decimal_comma"
    DECIMAL_POINT = "decimal_point"
    LINES = "lines"
    PROFILE = "profile"
    ENCODING = "encoding"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class ReadHint:
    """What might have to be said of a file, with what probably helps; empty if that is unknown."""

    option: ReadOption
    value: str = ""


Hints = ReadOption | ReadHint | Iterable[ReadHint] | None
"""One way out, several, or none."""


def hints_of(given: Hints) -> tuple[ReadHint, ...]:
    """The ways out, each with its value."""
    if given is None:
        return ()
    if isinstance(given, ReadOption):
        return (ReadHint(given),)
    return (given,) if isinstance(given, ReadHint) else tuple(given)


class UnreadableError(DomainError):
    """A cell that could be read if something had been said of the file.

    Attributes:
        hints: what would have to be said.
    """

    def __init__(self, message: str, hints: Hints, *, field: str | None = None) -> None:
        super().__init__(message, field=field)
        self.hints = hints_of(hints)


class FileError(DomainError):
    """A file that was refused as a whole.

    Attributes:
        problems: one line each, as ``file:line: column: reason``; all of them.
        hints: what might have to be said of the file.
    """

    def __init__(
        self, problems: Sequence[str], hints: Iterable[ReadHint | ReadOption] = ()
    ) -> None:
        more = len(problems) - SHOWN
        lines = [*problems[:SHOWN], *([f"… and {more} more"] if more > 0 else [])]
        super().__init__("\n".join(lines), field="file")
        self.problems = tuple(problems)
        self.hints = tuple(dict.fromkeys(hint for one in hints for hint in hints_of(one)))

    @property
    def options(self) -> tuple[ReadOption, ...]:
        """The options that might have to be given."""
        return tuple(dict.fromkeys(hint.option for hint in self.hints))


class Problems:
    """Collects what is wrong with one file, so that a person hears of all of it at once."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[tuple[int, str]] = []
        self._places: set[tuple[int, str]] = set()
        self._hints: list[ReadHint] = []

    def __len__(self) -> int:
        return len(self._found)

    def add(self, reason: str, *, line: int = 0, column: str = "", hints: Hints = None) -> None:
        """Note one problem; line 0 stands for the file as a whole.

        Of a cell only the first is kept: what follows from it would only confuse.
        """
        if line and column and (line, column) in self._places:
            return
        self._places.add((line, column))
        self._hints += hints_of(hints)
        place = f"{self._file}:{line}" if line else self._file
        words = (place, column, reason) if column else (place, reason)
        self._found.append((line, ": ".join(words)))

    def take(self, other: Problems) -> None:
        """Take in what was found in another part of the same file."""
        self._found += other._found
        self._places |= other._places
        self._hints += other._hints

    @property
    def lines(self) -> frozenset[int]:
        """The lines at fault."""
        return frozenset(line for line, _ in self._found)

    @property
    def texts(self) -> list[str]:
        """All that was found, in the order of the file."""
        return [text for _, text in sorted(self._found, key=lambda problem: problem[0])]

    @property
    def hints(self) -> tuple[ReadHint, ...]:
        """What might have to be said of the file."""
        return tuple(dict.fromkeys(self._hints))

    def refuse(self) -> None:
        """End the reading if anything was found.

        Raises:
            FileError: with all problems in the order of the file.
        """
        if self._found:
            raise FileError(self.texts, self._hints)


def refuse_file(file: str, reason: str, *, line: int = 0, hints: Hints = None) -> FileError:
    """The error for a file that cannot be read as a whole."""
    told = f"{file}:{line}: {reason}" if line else f"{file}: {reason}"
    return FileError([told], hints_of(hints))
