"""Compares what agencies take for a case, and keeps the comparison as evidence (P70)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from activities.ports.agencies.book import AgencyBook
from domain.agencies.quotes import AgencyQuote, QuoteClaim, ranked
from domain.decision.state import CaseState
from domain.evidence.model import Evidence, Filed, filed

OURS_ALONE = "agency-quotes-"
"""How the names of files begin that no agency gets: what others would take is not its business."""

BEST_NET = "best_net"
"""In the place of an agency's name: the one of which most would come in."""


def claim_of(state: CaseState) -> QuoteClaim:
    """Put together what an agency is told of a claim to name its price.

    A debtor that nobody called a consumer counts as the policy assumes.
    """
    case, today = state.case, state.calendar.local_date(state.now)
    assumed = state.policy.charges.consumers
    return QuoteClaim(
        creditor=case.invoice.creditor,
        amount=state.statement.total,
        days_overdue=max(0, (today - case.due).days),
        country=state.debtor.country,
        consumer=assumed if state.debtor.consumer is None else state.debtor.consumer,
        contested=bool(case.contested) and case.undisputed <= 0,
    )


def quotes_for(book: AgencyBook, state: CaseState, *, live: bool = True) -> tuple[AgencyQuote, ...]:
    """Ask every agency of the creditor, the one that brings in most first.

    Without ``live`` their tariffs alone answer: nobody outside is asked.
    """
    claim, today = claim_of(state), state.calendar.local_date(state.now)
    agencies = book.profiles(claim.creditor)
    asked = (book.quote(one, claim, today, live=live) for one in agencies if one.kind == "agency")
    return ranked(asked)


def comparison(state: CaseState, quotes: tuple[AgencyQuote, ...], chosen: str, by: str) -> Filed:
    """Write the quotes and what was chosen as a file to be kept with the case."""
    told = {
        "case": state.case.invoice.case_id,
        "at": state.now.isoformat().replace("+00:00", "Z"),
        "chosen": chosen,
        "by": by,
        "quotes": [quote_values(quote) for quote in quotes],
    }
    body = json.dumps(told, indent=2, ensure_ascii=False).encode()
    name = f"{OURS_ALONE}{state.now:%Y%m%dT%H%M%SZ}.json"
    return filed(name, body, note=f"chosen: {chosen}", by=by)


def for_agencies(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Leave out what no agency gets of the files that are kept with a case."""
    return tuple(file for file in evidence if not file.name.startswith(OURS_ALONE))


def quote_values(quote: AgencyQuote) -> dict[str, Any]:
    """Write a quote in plain values: decimal strings, dates as ISO writes them."""
    fee = quote.fee
    return {
        "agency": quote.agency,
        "eligible": quote.eligible,
        "reason": quote.reason.value if quote.reason else None,
        "detail": quote.detail or None,
        "claim": quote.claim.amount.plain,
        "currency": quote.claim.amount.currency,
        "success_percent": f"{fee.success_percent + fee.surcharge_percent:f}" if fee else None,
        "surcharge_percent": f"{fee.surcharge_percent:f}" if fee else None,
        "fixed": fee.fixed.plain if fee else None,
        "minimum": fee.minimum.plain if fee else None,
        "cost": quote.cost.plain if quote.cost else None,
        "net": quote.net.plain if quote.net else None,
        "needs": list(quote.needs),
        "valid_until": quote.valid_until.isoformat() if quote.valid_until else None,
        "source": quote.source or None,
        "as_of": quote.as_of.isoformat() if quote.as_of else None,
        "live": quote.live,
    }
