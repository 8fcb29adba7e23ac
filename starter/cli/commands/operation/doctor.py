"""The command `doctor`: what is missing on this machine."""

from __future__ import annotations

from pydantic import ValidationError

from adapters.config.settings import Settings, SettingsError
from infra.doctor import examine
from infra.findings import Finding, Remedy
from starter.cli.ending import settings_at_fault
from starter.cli.errors import CommandRefusedError
from starter.cli.options import OUTPUT, Output
from starter.cli.output import show_rows
from starter.cli.own_servers import own_servers

_COMMANDS = {
    Remedy.START: "Run: amicable up",
    Remedy.MIGRATE: "Run: amicable migrate",
    Remedy.PREPARE: "Run: python -m infra.prepare",
    Remedy.RESTART: "Run: amicable down, then amicable up",
    Remedy.LOOK: "Run: amicable task list",
    Remedy.SERVE: "Run: amicable worker --queues",
    Remedy.NEWER_PYTHON: "Run: make PYTHON=python3.12 venv",
}


def doctor(output: Output = OUTPUT) -> None:
    """Say in words what is missing on this machine; exit code 1 if anything is.

    With servers of your own (AMICABLE_DATABASE_URL, TEMPORAL_ADDRESS) it examines those.

    Example: amicable doctor
    """
    found = _found()
    rows = [
        {"ok": one.ok, "what": one.what, "advice": "" if one.ok else _advice(one)} for one in found
    ]
    show_rows(rows, output, ("ok", "what", "advice"))
    missing = sum(not one.ok for one in found)
    if missing:
        raise CommandRefusedError(f"{missing} of {len(found)} checks failed")


def _found() -> list[Finding]:
    """Examine what every command would use; settings that cannot be read are the first finding."""
    from adapters.temporal.client import ring_of  # noqa: PLC0415 - slow to load

    well = "The settings can be read"
    try:
        Settings()
        ring_of()
        own = own_servers()
    except ValidationError as error:
        return [Finding(ok=False, what=well, advice=settings_at_fault(error)), *examine()]
    except SettingsError as error:
        return [Finding(ok=False, what=well, advice=str(error)), *examine()]
    return [Finding(ok=True, what=well), *examine(own=own)]


def _advice(one: Finding) -> str:
    command = _COMMANDS[one.remedy] if one.remedy else ""
    return " ".join(filter(None, (one.advice, command, one.about)))
