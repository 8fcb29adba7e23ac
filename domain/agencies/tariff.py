"""A tariff: bands by amount, age, country and kind of debtor, each with its fee (P70)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from domain.agencies.quotes import AgencyFee, AgencyQuote, NotTaken, QuoteClaim
from domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffBand:
    """One price of a tariff, and the claims that it is for; None and empty are any.

    Attributes:
        least: from this amount on.
        most: up to and including this amount.
        from_days: from so many days overdue on.
        to_days: up to and including so many days overdue.
        countries: of debtors, ISO 3166 alpha-2.
        debtors: businesses, consumers, or empty for both.
        success_percent: of what is collected.
        fixed: payable whatever comes in.
        minimum: the least success fee.
    """

    least: Money | None = None
    most: Money | None = None
    from_days: int | None = None
    to_days: int | None = None
    countries: tuple[str, ...] = ()
    debtors: str = ""
    success_percent: Decimal
    fixed: Money
    minimum: Money

    def misfit(self, claim: QuoteClaim) -> NotTaken | None:
        """Tell why the band is not for a claim; None if it is."""
        if self.countries and claim.country not in self.countries:
            return NotTaken.COUNTRY
        if self.debtors and (self.debtors == "consumers") is not claim.consumer:
            return NotTaken.CONSUMER
        amount, days = claim.amount.minor, claim.days_overdue
        if (self.least and amount < self.least.minor) or (self.most and amount > self.most.minor):
            return NotTaken.AMOUNT
        too_new = self.from_days is not None and days < self.from_days
        too_old = self.to_days is not None and days > self.to_days
        return NotTaken.AGE if too_new or too_old else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """An agency's prices as they were published or agreed.

    Attributes:
        currency: of all its amounts; claims in another one are not quoted.
        bands: the first that fits a claim is its price.
        surcharges: (days overdue, percent) from which more is taken; the oldest that fits counts.
        needs: what the agency wants before it begins.
        valid_days: for so many days a quote of it holds.
        source: where the prices were read: an address, a contract.
        as_of: the day on which they were read.
    """

    currency: str
    bands: tuple[TariffBand, ...]
    surcharges: tuple[tuple[int, Decimal], ...] = ()
    needs: tuple[str, ...] = ()
    valid_days: int = 30
    source: str
    as_of: date

    def quote(self, agency: str, claim: QuoteClaim, today: date) -> AgencyQuote:
        """Name the price of a claim, or why it is not taken."""
        band, misfit = self._band(claim)
        named = AgencyQuote(agency=agency, claim=claim, source=self.source, as_of=self.as_of)
        if band is None:
            return replace(named, reason=misfit)
        fee = AgencyFee(
            success_percent=band.success_percent,
            surcharge_percent=self._surcharge(claim.days_overdue),
            fixed=band.fixed,
            minimum=band.minimum,
        )
        until = today + timedelta(days=self.valid_days)
        return replace(named, fee=fee, needs=self.needs, valid_until=until)

    def _band(self, claim: QuoteClaim) -> tuple[TariffBand | None, NotTaken]:
        if claim.contested:
            return None, NotTaken.CONTESTED
        if claim.amount.minor <= 0:
            return None, NotTaken.NOTHING_OPEN
        if claim.amount.currency != self.currency:
            return None, NotTaken.CURRENCY
        misfits = [(band, band.misfit(claim)) for band in self.bands]
        found = next((band for band, misfit in misfits if misfit is None), None)
        # Of several bands the one that fits in most respects says best what is wrong.
        order = (NotTaken.AMOUNT, NotTaken.AGE, NotTaken.CONSUMER, NotTaken.COUNTRY)
        told = {misfit for _, misfit in misfits}
        return found, next((one for one in order if one in told), NotTaken.AMOUNT)

    def _surcharge(self, days: int) -> Decimal:
        fitting = [(start, percent) for start, percent in self.surcharges if days >= start]
        return max(fitting)[1] if fitting else Decimal(0)
