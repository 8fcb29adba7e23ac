"""Shows a credit check: class, score and what they rest on, limits, and a bureau's report."""

from __future__ import annotations

from typing import Any

from domain.credit.check import CreditCheck
from domain.credit.limits import BureauReport, CreditLimit, Exposure


def check_sheet(found: CreditCheck) -> dict[str, Any]:
    """Show a check, the facts beside the score."""
    return {
        "customer": found.customer,
        "customer_class": found.customer_class,
        "why_class": found.why_class,
        "score": found.score,
        "facts": [
            {"fact": one.code, "points": one.points, "words": one.words} for one in found.facts
        ],
        "credit": found.credit.value,
        "exposures": [_exposure(one) for one in found.exposures],
        "warnings": list(found.warnings),
        "report": report_sheet(found.report) if found.report else None,
    }


def _exposure(one: Exposure) -> dict[str, Any]:
    told = {"currency": one.open.currency, "open": one.open.plain, "ordered": one.ordered.plain}
    limit = limit_sheet(one.limit) if one.limit else None
    left = one.left.plain if one.left is not None else None
    return {**told, "limit": limit, "left": left, "words": one.words}


def limit_sheet(limit: CreditLimit) -> dict[str, Any]:
    """Show a limit: how much, why, who set it and when."""
    amount = limit.amount.plain if limit.amount is not None else None
    told = {"amount": amount, "currency": limit.currency}
    return {**told, "why": limit.why, "by": limit.by, "at": limit.at}


def report_sheet(report: BureauReport) -> dict[str, Any]:
    """Show a bureau's report with its source and date."""
    limit = str(report.limit) if report.limit is not None else None
    told = {"source": report.source, "date": report.day, "limit": limit, "said": report.said}
    return {**told, "by": report.by, "at": report.at}
