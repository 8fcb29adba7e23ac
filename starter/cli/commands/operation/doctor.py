"""The command `doctor`: what is missing on this machine."""

from __future__ import annotations

from infra import doctor as examination
from starter.cli.errors import CommandRefusedError
from starter.cli.options import OUTPUT, Output
from starter.cli.output import show_rows


def doctor(output: Output = OUTPUT) -> None:
    """Say in words what is missing on this machine; exit code 1 if anything is.

    Example: amicable doctor
    """
    found = examination.examine()
    rows = [
        {"ok": one.ok, "what": one.what, "advice": "" if one.ok else one.advice} for one in found
    ]
    show_rows(rows, output, ("ok", "what", "advice"))
    missing = sum(not one.ok for one in found)
    if missing:
        raise CommandRefusedError(f"{missing} of {len(found)} checks failed")
