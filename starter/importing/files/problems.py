"""What is wrong with a file: every line at fault, with its column, the reason and the way out."""

from __future__ import annotations

from collections.abc import Sequence

from domain.errors import DomainError

SHOWN = 20
"""More than this nobody reads; the rest is counted."""


class FileError(DomainError):
    """A file that was refused as a whole.

    Attributes:
        problems: one line each, as ``file:line: column: reason``; all of them.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        more = len(problems) - SHOWN
        lines = [*problems[:SHOWN], *([f"… and {more} more"] if more > 0 else [])]
        super().__init__("\n".join(lines), field="file")
        self.problems = tuple(problems)


class Problems:
    """Collects what is wrong with one file, so that a person hears of all of it at once."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[tuple[int, str]] = []
        self._places: set[tuple[int, str]] = set()

    def __len__(self) -> int:
        return len(self._found)

    def add(self, reason: str, *, line: int = 0, column: str = "") -> None:
        """Note one problem; line 0 stands for the file as a whole.

        Of a cell only the first is kept: what follows from it would only confuse.
        """
        if line and column and (line, column) in self._places:
            return
        self._places.add((line, column))
        place = f"{self._file}:{line}" if line else self._file
        words = (place, column, reason) if column else (place, reason)
        self._found.append((line, ": ".join(words)))

    @property
    def lines(self) -> frozenset[int]:
        """The lines at fault."""
        return frozenset(line for line, _ in self._found)

    @property
    def texts(self) -> list[str]:
        """All that was found, in the order of the file."""
        return [text for _, text in sorted(self._found, key=lambda problem: problem[0])]

    def refuse(self) -> None:
        """End the reading if anything was found.

        Raises:
            FileError: with all problems in the order of the file.
        """
        if self._found:
            raise FileError(self.texts)


def refuse_file(file: str, reason: str, *, line: int = 0) -> FileError:
    """The error for a file that cannot even be split into cells."""
    return FileError([f"{file}:{line}: {reason}" if line else f"{file}: {reason}"])
