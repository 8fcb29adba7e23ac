"""Takes in what a print service reports of posted letters: one small JSON file each."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

import structlog
from sqlalchemy import Engine

from activities.ports.incoming import ReportKind
from activities.ports.incoming_ports import MailboxError
from adapters.ledger.inbound.events import ProviderEvent, note_event
from domain.errors import DomainError
from domain.intake.limits import read_object
from domain.intake.reading import read_zoned_instant

PRINT_REPORTS = "reports"
"""The folder within the print queue in which a service puts its reports."""

STATUSES = MappingProxyType(
    {
        "posted": ReportKind.ACCEPTED,
        "delivered": ReportKind.DELIVERED,
        "returned": ReportKind.BOUNCED,
        "failed": ReportKind.FAILED,
    }
)
"""What a service may say of a letter: came back means that the address does not work."""

MOST_REPORTS = 500
"""Reports of one round; the rest comes with the next."""

_LARGEST = 64 * 1024
_CODE = re.compile(r"[A-Za-z0-9._-]{1,40}")
_TAKEN, _UNREAD = ".taken", ".unread"
_log = structlog.get_logger("amicable.print")


@dataclass(frozen=True, slots=True)
class PrintReports:
    """Reads the reports beside a print queue; each counts once, however often it is put there.

    A report is renamed when it is in the ledger: whoever dies between reads it again.
    """

    engine: Engine
    folder: Path
    clock: Callable[[], datetime]

    def round(self) -> int:
        """Keep every new report; answers how many were new.

        Raises:
            MailboxError: if the folder cannot be read.
        """
        place = self.folder / PRINT_REPORTS
        try:
            found = sorted(place.glob("*.json"))[:MOST_REPORTS] if place.is_dir() else []
            return sum(self._take(path) for path in found)
        except OSError as error:
            kind = type(error).__name__
            raise MailboxError(f"the reports beside AMICABLE_POST__FOLDER: {kind}") from None

    def _take(self, path: Path) -> bool:
        event = self._event(path)
        if event is None:
            _log.warning("print_report_unread", file=path.name)
            path.rename(path.with_suffix(_UNREAD))
            return False
        new = note_event(self.engine, event)
        path.rename(path.with_suffix(_TAKEN))
        return new

    def _event(self, path: Path) -> ProviderEvent | None:
        """Read one report; None if it says nothing that can be understood."""
        if path.is_symlink() or path.stat().st_size > _LARGEST:
            return None
        try:
            told = read_object(path.read_bytes().decode())
            letter, kind = str(told["id"]), STATUSES[str(told["status"])]
            at = read_zoned_instant(told["at"])
        except (OSError, ValueError, KeyError, DomainError):
            return None  # one that cannot be read holds up no other
        return ProviderEvent(
            dedupe_key=f"print/{letter[:64]}:{told['status']}",
            message_id=letter[:64],
            provider="print",
            kind=kind.value,
            at=min(at, self.clock()),
            raw=json.dumps(told, ensure_ascii=True, default=str)[:_LARGEST],
            reason=reason if _CODE.fullmatch(reason := str(told.get("reason", ""))) else "",
        )
