"""The exit codes of every command."""

from __future__ import annotations

OK, ERROR, USAGE, NOT_FOUND, CONFLICT = range(5)
