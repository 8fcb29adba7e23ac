"""Asks agencies that have an interface of their own: what they take, and how cases stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import httpx

from activities.ports.agencies.book import AskLaterError, GivenFile, PolledCase
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
            AskLaterError: if it does not answer.
            DomainError: if what is said of it in its file cannot be used.
        """
        with _later(agency):
            return DebituraApi(agency).state(case_id)

    def attach(
        self, agency: AgencyProfile, case_id: str, files: Sequence[GivenFile]
    ) -> tuple[str, ...]:
        """Give the files that are not there yet; answers the names of those that it does not take.

        Raises:
            AskLaterError: if it does not answer, or does not know the case.
            DomainError: if what is said of it in its file cannot be used.
        """
        with _later(agency):
            return DebituraApi(agency).attach(case_id, files)


@contextmanager
def _later(agency: AgencyProfile) -> Iterator[None]:
    """Say in one way that an agency is to be asked later."""
    try:
        yield
    except (httpx.HTTPError, OSError) as error:
        raise AskLaterError(f"{agency.id}: {type(error).__name__}") from None
    except AnsweredError as error:
        raise AskLaterError(f"{agency.id}: {error}", error.receipt.retry_after) from None
