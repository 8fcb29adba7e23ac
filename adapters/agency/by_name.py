"""Delivers to each agency the way its own file says; all else goes to the installation's one."""

from __future__ import annotations

from pathlib import Path

from activities.ports.agencies.book import AgencyBook
from activities.ports.ports import Agency
from activities.ports.types import AGENCY, Dossier, Receipt, Sent
from adapters.agency.agency import AgencyFolder, AgencyWebhook
from adapters.runtime.files import safe_file_name
from domain.agencies.agency_file import AgencyProfile
from domain.errors import DomainError


class AgencyByName:
    """Finds the agency of a delivery in the book, and its way in that agency's file."""

    def __init__(self, shared: Agency, book: AgencyBook, home: Path) -> None:
        self._shared, self._book, self._home = shared, book, home

    def deliver(self, dossier: Dossier) -> Receipt:
        """Hand over, update or recall a case; what cannot be delivered is for a person."""
        if dossier.agency == AGENCY:
            return self._shared.deliver(dossier)
        try:
            known = self._book.profile(dossier.agency)
            if known is None or not known.works_for(dossier.creditor.id):
                detail = f"no agency takes it under the name {dossier.agency}"
                return Receipt(sent=Sent.REJECTED, detail=detail)
            return self._way(known).deliver(dossier)
        except (DomainError, ValueError) as error:
            return Receipt(sent=Sent.NOT_SENT, detail=str(error)[:200], channel_down=True)

    def _way(self, known: AgencyProfile) -> Agency:
        told = known.reached
        if told.by == "webhook":
            return AgencyWebhook(told.url, secret_in_file(told.secret_file))
        place = (
            Path(told.folder) if told.folder else self._home / "agency" / safe_file_name(known.id)
        )
        return AgencyFolder(place)


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
