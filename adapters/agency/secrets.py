"""Reads secrets of agencies from the files that name them."""

from __future__ import annotations

from pathlib import Path

from domain.errors import DomainError


def secret_in_file(file: str) -> str:
    """Read a secret from its file.

    Raises:
        DomainError: if it cannot be read; the text names the file alone.
    """
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{Path(file).name or 'secret_file'} cannot be read: {type(error).__name__}"
        raise DomainError(message, field="agency") from None
