"""Which reports there are: what each is asked, how it is drawn, which columns it has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from activities.ports.stores.reports import Period, ReportScope
from adapters.runtime.machine import machine_clock
from adapters.wiring.advice.experiments import experiment_service
from domain.history.reports import parse_buckets
from starter.charts import of_reports, of_the_desk, of_trials
from starter.charts.chart import Chart
from starter.charts.words import ChartWords
from starter.console.security.visit import Visit
from starter.console.shown.pictures import chart_words
from starter.console.shown.values import shown_day
from starter.views.experiment_lines import experiment_rows

_DAYS, _WEEKS = 90, 8
_BUCKETS = "30,60,90"

Rows = Sequence[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportQuestion:
    """What a report is asked: by whom, of which day and currency, and of which days before it."""

    visit: Visit
    scope: ReportScope
    period: Period

    @property
    def day(self) -> str:
        """The day, in words for a picture."""
        day = shown_day(self.scope.on, self.visit.now, self.visit.tongue)
        return self.visit.gettext("at the end of %(day)s") % {"day": day}

    @property
    def days(self) -> str:
        """The days, in words for a picture."""
        first, last = (
            shown_day(one, self.visit.now, self.visit.tongue)
            for one in (self.period.first, self.period.last)
        )
        return self.visit.gettext("%(first)s to %(last)s") % {"first": first, "last": last}

    @property
    def words(self) -> ChartWords:
        """The words of pictures in the person's language."""
        return chart_words(self.visit.tongue)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReport:
    """A report: its name, how its rows are made and drawn, and which columns it shows.

    Attributes:
        over_days: whether it looks at days, and not at one alone.
        by_currency: whether it can be asked of one currency.
        about: what it counts, in a sentence.
    """

    label: str
    make: Callable[[ReportQuestion], Rows]
    draw: Callable[[Any, ReportQuestion], Chart]
    columns: tuple[str, ...]
    over_days: bool = False
    by_currency: bool = True
    about: str = ""


def _desk(
    draw: Callable[[Any, str, ChartWords], Chart],
) -> Callable[[Any, ReportQuestion], Chart]:
    return lambda rows, asked: draw(rows, asked.days, asked.words)


def _experiment(asked: ReportQuestion) -> Rows:
    service = experiment_service(asked.visit.application.engine, machine_clock)
    if not service.every(asked.visit.creditor):
        return ()
    return experiment_rows(service.report(asked.visit.creditor))


REPORTS: Mapping[str, ShownReport] = {
    "ageing": ShownReport(
        label="Ageing",
        make=lambda asked: asked.visit.application.reports.ageing(
            asked.scope, parse_buckets(_BUCKETS)
        ),
        draw=lambda rows, asked: of_reports.ageing_chart(rows, asked.day, asked.words),
        columns=(
            *("currency", "bucket", "invoices", "open", "share"),
            *("disputed", "with_agency", "net"),
        ),
        about="Open money by how many days it is late.",
    ),
    "dso": ShownReport(
        label="Days sales outstanding",
        make=lambda asked: asked.visit.application.reports.dso(asked.scope, _DAYS, asked.period),
        draw=lambda rows, asked: of_reports.dso_chart(rows, asked.day, asked.words),
        columns=(
            *("currency", "receivables", "overdue", "sales"),
            *("dso", "best_possible", "delinquent", "cei"),
        ),
        over_days=True,
        about="How long money takes to come, and how well these days collected.",
    ),
    "promises": ShownReport(
        label="Promises",
        make=lambda asked: asked.visit.application.reports.promises(asked.scope),
        draw=lambda rows, asked: of_reports.promises_chart(rows, asked.day, asked.words),
        columns=("currency", "collector", "made", *of_reports.FATES, "kept_percent"),
        about="What became of promises, by who recorded them.",
    ),
    "recovery": ShownReport(
        label="Recovered by step",
        make=lambda asked: asked.visit.application.reports.recovery(asked.scope, asked.period),
        draw=lambda rows, asked: of_reports.recovery_chart(rows, asked.days, asked.words),
        columns=(
            *("currency", "step", "customer_class"),
            *("recovered", "cases", "settled", "days_median"),
        ),
        over_days=True,
        about="Which step was the last before the money of these days came.",
    ),
    "benchmarks": ShownReport(
        label="What works here",
        make=lambda asked: asked.visit.application.reports.benchmarks(asked.scope, asked.period),
        draw=lambda rows, asked: of_reports.benchmarks_chart(rows, asked.days, asked.words),
        columns=(
            *("currency", "kind", "value", "tried", "paid", "recovered"),
            *("share", "difference", "low", "high", "chance"),
        ),
        over_days=True,
        about="Of the customers whom a step, channel, hour or tone reached: how many percent paid "
        "within two weeks, by how many points that differs from the others of its kind, between "
        "which bounds, and whether it may be chance.",
    ),
    "experiment": ShownReport(
        label="Champion and challenger",
        make=_experiment,
        draw=lambda rows, asked: of_trials.experiment_chart(rows, asked.words),
        columns=("measure", "champion", "challenger", "difference", "low", "high", "said"),
        by_currency=False,
        about="The policy that is tried beside the one in use, of the newest experiment: each "
        "measure of both arms, with an interval that holds however often you look.",
    ),
    "reasons": ShownReport(
        label="Why they are late",
        make=lambda asked: asked.visit.services.figures.reasons(
            asked.visit.creditor, asked.period, asked.visit.zone, asked.scope.currency
        ),
        draw=_desk(of_the_desk.reasons_chart),
        columns=("currency", "reason", "said", "invoices", "invoiced"),
        over_days=True,
        about="What customers said in disputes and calls, and why invoices were paused or given "
        "up: each reason once for an invoice.",
    ),
    "work": ShownReport(
        label="Collectors' work",
        make=lambda asked: asked.visit.services.figures.work(
            asked.visit.creditor, asked.period, asked.visit.zone
        ),
        draw=_desk(of_the_desk.work_chart),
        columns=(
            *("person", "customers", "calls", "reached", "agreements"),
            *("disputes", "other", "tasks", "late", "notes"),
        ),
        over_days=True,
        by_currency=False,
        about="What each person wrote down in these days, on the clocks of your own zone. Late "
        "are tasks that were done after their time.",
    ),
    "contacts": ShownReport(
        label="What left, what came back",
        make=lambda asked: asked.visit.services.figures.contacts(
            asked.visit.creditor, asked.period, asked.visit.zone
        ),
        draw=_desk(of_the_desk.contacts_chart),
        columns=(
            *("channel", "step", "left", "delivered", "opened"),
            *("failed", "answered", "refused"),
        ),
        over_days=True,
        by_currency=False,
        about="Messages of these days, and what is known of their arrival up to now. One message "
        "about several invoices counts once.",
    ),
    "forecast": ShownReport(
        label="Expected money",
        make=lambda asked: asked.visit.application.reports.forecast(asked.scope, _WEEKS),
        draw=lambda rows, asked: of_reports.forecast_chart(rows, asked.day, asked.words),
        columns=("currency", "kind", "first", "last", "expected", "low", "high"),
        about="What may be expected week by week: agreed, and by habit.",
    ),
}
"""Every report by the word that stands in its address."""
