"""Asks agencies that have an interface of their own: what they take, and how cases stand."""

from __future__ import annotations

from datetime import date

import httpx

from activities.ports.agencies.book import PolledCase
from adapters.agency.debitura import AnsweredError, DebituraApi
from domain.agencies.agency_file import AgencyProfile
from domain.agencies.quotes import AgencyQuote, NotTaken, QuoteClaim

DEBITURA = "debitura"


class AskedAgencies:
    """Agencies with an interface, by how their files say that they are reached."""

    def quote(self, agency: AgencyProfile, claim: QuoteClaim, today: date) -> AgencyQuote:
        """Ask what it takes; an agency that cannot be asked gives a quote that says so."""
        try:
            return DebituraApi(agency).quote(claim, today)
        except ValueError as error:
            why = str(error)[:200]
            unanswered = NotTaken.UNANSWERED
            return AgencyQuote(
                agency=agency.id, claim=claim, reason=unanswered, detail=why, live=True
            )

    def can_be_asked(self, agency: AgencyProfile) -> bool:
        """Whether there is a way to ask it."""
        return agency.reached.by == DEBITURA

    def state(self, agency: AgencyProfile, case_id: str) -> PolledCase | None:
        """Ask how a case stands.

        Raises:
            ConnectionError: if it does not answer.
            DomainError: if what is said of it in its file cannot be used.
        """
        try:
            return DebituraApi(agency).state(case_id)
        except httpx.HTTPError as error:
            raise ConnectionError(f"{agency.id}: {type(error).__name__}") from None
        except AnsweredError as error:
            raise ConnectionError(f"{agency.id}: {error}") from None
