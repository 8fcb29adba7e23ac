"""Makes links to customers' pages, shows them and takes them back."""

from __future__ import annotations

from uuid import uuid4

from activities.ports.callback_urls import CallbackUrl
from activities.ports.stores.cases import CaseFiles
from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.stores.page.links import LinkRow, PageLink, PageLinkStore, RevokedBecause
from activities.ports.types import Carried
from activities.services.page.acts import CUSTOMER

_ANY = "00000000-0000-4000-8000-000000000000"
"""Stands for a link that is not made yet."""


class PageLinkService:
    """The links to customers' pages, by message and by hand."""

    def __init__(self, links: PageLinkStore, files: CaseFiles, url_of: CallbackUrl) -> None:
        self._links = links
        self._files = files
        self._url_of = url_of

    def url(self, link_id: str) -> str:
        """Write a link as a customer follows it; empty if the gateway is not open to customers."""
        return self._url_of(link_id)

    @property
    def can_be_followed(self) -> bool:
        """Whether the gateway is open to customers, so that a link leads anywhere."""
        return bool(self.url(_ANY))

    def list(self, creditor: str, customer: str) -> tuple[LinkRow, ...]:
        """List a customer's links, newest first."""
        return self._links.rows(creditor, customer)

    def issue(self, case_id: str, recipient: str = "", by: str = "") -> PageLink:
        """Make a link to the page of a case, for one person; it ends with the case's episode.

        Raises:
            NotKnownError: if there is no such case.
        """
        file = self._files.file(case_id)
        if file is None:
            raise NotKnownError(Sought.CASE, f"there is no case {case_id}")
        episode = file.decision.episode if file.decision else 1
        link = PageLink(
            id=str(uuid4()),
            creditor=file.invoice.creditor,
            customer=file.invoice.customer,
            recipient=recipient,
            carried=(Carried(case=case_id, step="", episode=episode),),
        )
        self._links.add(link, by)
        return link

    def revoke(self, link_id: str, by: str) -> None:
        """Take one link back; the others of the customer stay.

        Raises:
            NotKnownError: if there is no such link.
        """
        if not self._links.revoke(link_id, RevokedBecause.BY_US, by):
            raise NotKnownError(Sought.LINK, f"there is no link {link_id}")

    def not_meant(self, link: PageLink) -> int:
        """Take back all links to the recipient of one, who says that it is not for them."""
        return self._links.revoke_those_to(link, RevokedBecause.NOT_MEANT, CUSTOMER)
