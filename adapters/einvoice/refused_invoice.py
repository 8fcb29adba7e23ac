"""Why an electronic invoice was refused."""

from __future__ import annotations

from adapters.files.refused import RefusedFileError


class InvoiceFileError(RefusedFileError):
    """A file that no invoice can be read from."""
