"""A report looks back, at one currency that there is, over a period that ends after it begins."""

from datetime import date

import pytest

from activities.ports.stores.reports import Period
from activities.services.reports import PeriodError, ReportService
from adapters.ledger.stores.reports import SqlReportStore
from domain.errors import DomainError
from tests.activities.services.stores import NOW, clock

TODAY = NOW.date()


@pytest.fixture
def service() -> ReportService:
    """The service, of which nothing is asked that a ledger would have to answer."""
    return ReportService(SqlReportStore(None), clock)  # type: ignore[arg-type]  # never asked


def test_a_report_is_about_today_unless_a_day_is_named(service: ReportService) -> None:
    assert service.scope(None).on == TODAY
    assert service.scope(date(2026, 3, 31), "acme", "eur").currency == "EUR"


def test_a_day_that_is_still_to_come_is_refused_by_its_name(service: ReportService) -> None:
    with pytest.raises(DomainError, match="a report looks back") as refused:
        service.scope(date(2026, 11, 21))
    assert refused.value.field == "on"
    with pytest.raises(DomainError, match="a report looks back") as refused:
        service.period(None, date(2026, 11, 21), TODAY)
    assert refused.value.field == "to"


def test_what_is_no_currency_is_refused(service: ReportService) -> None:
    with pytest.raises(DomainError, match="XXQ"):
        service.scope(None, "", "xxq")


def test_a_period_is_the_month_up_to_the_day(service: ReportService) -> None:
    assert service.period(None, None, TODAY) == Period(first=date(2026, 11, 1), last=TODAY)


def test_a_period_that_ends_before_it_begins_is_refused_with_both_days(
    service: ReportService,
) -> None:
    with pytest.raises(PeriodError) as refused:
        service.period(date(2026, 9, 1), date(2026, 8, 31), TODAY)
    assert refused.value.period == Period(first=date(2026, 9, 1), last=date(2026, 8, 31))
