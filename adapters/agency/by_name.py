"""Delivers to each agency the way its own file says; all else goes to the installation's one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from activities.ports.agencies.book import AgencyBook
from activities.ports.ports import Agency
from activities.ports.types import AGENCY, LAWYER, Dossier, Receipt, Sent
from adapters.agency.agency import AgencyFolder, AgencyWebhook
from adapters.agency.debitura import DebituraApi
from adapters.agency.file_links import FileLinks
from adapters.agency.secrets import secret_in_file
from adapters.runtime.files import safe_file_name
from domain.agencies.agency_file import AgencyProfile
from domain.errors import DomainError


class AgencyByName:
    """Finds the agency of a delivery in the book, and its way in that agency's file."""

    def __init__(
        self, shared: Agency, book: AgencyBook, home: Path, links: FileLinks | None = None
    ) -> None:
        self._shared, self._book, self._home, self._links = shared, book, home, links

    def deliver(self, dossier: Dossier) -> Receipt:
        """Hand over, update or recall a case; what cannot be delivered is for a person."""
        if dossier.agency == AGENCY:
            return self._shared.deliver(dossier)
        if dossier.agency == LAWYER:
            receipt = AgencyFolder(self._home / "agency" / LAWYER).deliver(dossier)
            carried = f"have a lawyer write the demand, its file is ready: {dossier.why}"
            return replace(receipt, by_hand=carried)
        try:
            known = self._book.profile(dossier.agency)
            if known is None or not known.works_for(dossier.creditor.id):
                detail = f"no agency takes it under the name {dossier.agency}"
                return Receipt(sent=Sent.REJECTED, detail=detail)
            receipt = self._way(known).deliver(dossier)
            return _for_a_person(receipt, known, dossier)
        except (DomainError, ValueError) as error:
            return Receipt(sent=Sent.NOT_SENT, detail=str(error)[:200], channel_down=True)

    def _way(self, known: AgencyProfile) -> Agency:
        told = known.reached
        if told.by == "webhook":
            links = self._links if told.files == "links" else None
            return AgencyWebhook(told.url, secret_in_file(told.secret_file), links=links)
        if told.by == "debitura":
            return DebituraApi(known)
        place = (
            Path(told.folder) if told.folder else self._home / "agency" / safe_file_name(known.id)
        )
        return AgencyFolder(place)


def _for_a_person(receipt: Receipt, known: AgencyProfile, dossier: Dossier) -> Receipt:
    """What lies ready for an agency that has no way to hear of it is carried by a person."""
    first = dossier.kind in ("case.handed_off", "case.letter_wanted")
    hears = known.reached.by != "person" and (first or known.reached.hears)
    if receipt.sent is not Sent.ACCEPTED or hears:
        return receipt
    what = "give it the file" if first else "tell it"
    return replace(receipt, by_hand=f"{what} ({known.name}): {dossier.why}")
