"""Why a command ends without having done what was asked; `ending` gives each its exit code."""

from __future__ import annotations


class UsageError(ValueError):
    """The command was understood, but something else must be given."""


class NotFoundError(LookupError):
    """What was named does not exist."""


class CommandRefusedError(RuntimeError):
    """The ledger refused it; the text is the reason."""
