"""Shows agencies, their quotes, news and money as lines of lists."""

from __future__ import annotations

from typing import Any

from domain.agencies.agency_file import AgencyProfile
from domain.agencies.quotes import AgencyQuote


def agency_line(agency: AgencyProfile) -> dict[str, Any]:
    """Show an agency as a line of a list."""
    return {
        "agency": agency.id,
        "name": agency.name,
        "kind": agency.kind,
        "contact": agency.contact or None,
        "email": agency.email or None,
        "phone": agency.phone or None,
        "reached_by": agency.reached.by,
        "hears": agency.reached.hears,
        "tariff_of": agency.tariff.as_of if agency.tariff else None,
        "tariff_source": agency.tariff.source if agency.tariff else None,
        "silence_days": agency.silence_days,
    }


def quote_line(quote: AgencyQuote) -> dict[str, Any]:
    """Show a quote as a line of a list."""
    fee = quote.fee
    return {
        "agency": quote.agency,
        "eligible": quote.eligible,
        "why_not": (quote.detail or quote.reason.value) if quote.reason else None,
        "reason": quote.reason.value if quote.reason else None,
        "claim": quote.claim.amount,
        "currency": quote.claim.amount.currency,
        "success_percent": f"{fee.success_percent + fee.surcharge_percent:f}" if fee else None,
        "surcharge_percent": f"{fee.surcharge_percent:f}" if fee else None,
        "fixed": fee.fixed if fee else None,
        "minimum": fee.minimum if fee else None,
        "cost": quote.cost,
        "net": quote.net,
        "needs": list(quote.needs),
        "valid_until": quote.valid_until,
        "source": quote.source or None,
        "as_of": quote.as_of,
        "live": quote.live,
    }
