"""Why a bank's file was refused."""

from __future__ import annotations

from adapters.files.refused import RefusedFileError


class BankFileError(RefusedFileError):
    """A file that no statement can be read from."""
