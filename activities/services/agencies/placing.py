"""The service that compares agencies for a case, and places it with the one that was chosen."""

from __future__ import annotations

from activities.agencies.comparing import comparison, quotes_for
from activities.agencies.telling import CaseTelling
from activities.cases.waking import ToWake
from activities.ports.agencies.book import AgencyBook
from activities.ports.clock import Clock
from activities.ports.types import CaseFile
from domain.agencies.agency_file import AgencyProfile
from domain.agencies.quotes import AgencyQuote
from domain.decision.state import case_state
from domain.errors import DomainError, RefusedError
from domain.message_types import MessageType
from domain.wire import Answer


class PlacingService:
    """Says before the decision what an agency would cost, and carries the decision out."""

    def __init__(self, book: AgencyBook, telling: CaseTelling, clock: Clock) -> None:
        self._book = book
        self._telling = telling
        self._clock = clock

    def agencies(self, creditor: str) -> tuple[AgencyProfile, ...]:
        """List the agencies that a creditor works with."""
        return self._book.profiles(creditor)

    def agency(self, creditor: str, agency: str) -> AgencyProfile:
        """Find an agency of a creditor.

        Raises:
            DomainError: if the creditor works with none of that name.
        """
        found = self._book.profile(agency)
        if found is None or not found.works_for(creditor):
            raise DomainError(f"{creditor} works with no agency {agency}", field="agency")
        return found

    def quotes(self, file: CaseFile) -> tuple[AgencyQuote, ...]:
        """Ask every agency of the creditor for its price, the best first; nothing is decided."""
        return quotes_for(self._book, case_state(file, self._clock()))

    def place(
        self, file: CaseFile, agency: str, *, by: str, note: str = "", key: str = ""
    ) -> tuple[Answer, ToWake]:
        """Decide that an agency takes over; all quotes and the choice are kept as evidence.

        Raises:
            DomainError: if the creditor works with none of that name.
            RefusedError: if that agency does not take the claim.
        """
        state = case_state(file, self._clock())
        case_id, known = file.invoice.case_id, self.agency(file.invoice.creditor, agency)
        quotes = quotes_for(self._book, state)
        mine = next((quote for quote in quotes if quote.agency == known.id), None)
        if mine and mine.reason:
            told = f"{known.name} does not take it: {mine.detail or mine.reason.value}"
            raise RefusedError(told, field="agency")
        body = {"id": key, "ref": known.id, "by": by, "note": note}
        return self._telling.say(
            case_id,
            MessageType.HANDOFF_APPROVED,
            body,
            lambda session: (comparison(session.state, quotes, known.id, by),),
        )
