"""The agencies that are described in a folder, a file each, named by the agency's short name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Protocol

from domain.agencies.agency_file import AgencyProfile, read_agency
from domain.agencies.quotes import AgencyQuote, NotTaken, QuoteClaim
from domain.errors import DomainError

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class LiveQuotes(Protocol):
    """Asks an agency itself what it takes."""

    def quote(self, agency: AgencyProfile, claim: QuoteClaim, today: date) -> AgencyQuote:
        """Ask; an agency that does not answer gives a quote that says so."""
        ...


class AgencyFolderBook:
    """Reads the folder whenever it is asked: a changed tariff counts at once.

    ``live`` are the agencies that can be asked themselves, by how they are reached.
    """

    def __init__(self, folder: Path, live: Mapping[str, LiveQuotes] | None = None) -> None:
        self._folder = folder
        self._live = dict(live or {})

    def profiles(self, creditor: str) -> tuple[AgencyProfile, ...]:
        """List the agencies that a creditor works with, by their short names.

        Raises:
            DomainError: naming the file and line that cannot be read.
        """
        names = sorted(file.stem for file in self._folder.glob("*.toml"))
        found = (self.profile(name) for name in names)
        return tuple(one for one in found if one and one.works_for(creditor))

    def profile(self, agency: str) -> AgencyProfile | None:
        """Find an agency by its short name; None if there is no file of that name.

        Raises:
            DomainError: naming the file and line that cannot be read.
        """
        if not _NAME.fullmatch(agency):
            return None
        file = self._folder / f"{agency}.toml"
        try:
            text = file.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            message = f"{file.name} cannot be read: {type(error).__name__}"
            raise DomainError(message, field="agency") from None
        return read_agency(agency, text)

    def quote(
        self, agency: AgencyProfile, claim: QuoteClaim, today: date, *, live: bool = True
    ) -> AgencyQuote:
        """Ask the agency itself where it can be asked; its tariff answers where that fails."""
        asked = self._live.get(agency.reached.by) if live else None
        told = asked.quote(agency, claim, today) if asked else None
        if told is not None and told.reason is not NotTaken.UNANSWERED:
            return told
        if agency.tariff:
            return agency.tariff.quote(agency.id, claim, today)
        return told or AgencyQuote(agency=agency.id, claim=claim, detail="no tariff is known")
