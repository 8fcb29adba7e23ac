"""What a seeded bug is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bug:
    """One exact replacement in one file; the old text must be there exactly once.

    Attributes:
        caught_by: what pytest is told to run.
        lines: where it stands, the closest first: tests that run there are asked.
    """

    name: str
    file: str
    old: str
    new: str
    caught_by: tuple[str, ...] = ()
    lines: tuple[range, ...] = ()

    @property
    def place(self) -> tuple[str, str]:
        """The file and what the bug makes of its text: what a survivor is known by."""
        return self.file, self.new
