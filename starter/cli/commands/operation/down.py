"""The command `down`: the embedded servers stopped."""

from __future__ import annotations

from infra import embedded
from starter.cli.output import say


def down() -> None:
    """Stop what `up` started here, and nothing else; all data stays.

    Example: amicable down
    """
    embedded.down(say=say)
