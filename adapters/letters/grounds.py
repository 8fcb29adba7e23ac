"""Words the grounds of costs, from which a reader can compute each of them again (P24)."""

from __future__ import annotations

from fractions import Fraction

from adapters.letters.text.laws import cited
from adapters.letters.text.locale import LetterLocale
from domain.charges.statement import CostLine, Statement
from domain.interest.grounds import Span
from domain.money import Money, round_minor


def daily_interest(stated: Statement) -> Money:
    """Compute what one further day adds, by the last rate; zero where no interest is asked for."""
    currency = stated.principal.currency
    spans = [cost.spans[-1] for cost in stated.lines if cost.name == "interest" and cost.spans]
    exact = sum(
        (Fraction(one.balance) * Fraction(one.percent) / 100 / one.year_days for one in spans),
        Fraction(0),
    )
    return round_minor(exact, currency) if exact > 0 else Money(0, currency)


def ground_in(letter_locale: LetterLocale, cost: CostLine) -> str:
    """Write the ground from which the reader can compute a cost again.

    A law is cited as its own country writes it, whatever the language of the letter.
    """
    if cost.name == "interest" and cost.spans:
        return _interest(letter_locale, cost)
    return cited(cost.law, letter_locale) or letter_locale.gettext("by the payment terms")


def _interest(letter_locale: LetterLocale, cost: CostLine) -> str:
    _, first, last = letter_locale.gettext, cost.spans[0], cost.spans[-1]
    period = {"start": letter_locale.day(first.start), "end": letter_locale.day(last.end)}
    basis = cited(cost.law, letter_locale) or _("as agreed in the contract")
    words = _("from %(start)s to %(end)s") % period
    parts = "; ".join(_part(letter_locale, span, cost.amount.currency) for span in cost.spans)
    return f"{basis}, {words}{letter_locale.colon}{parts}{_how(letter_locale, cost)}"


def _part(letter_locale: LetterLocale, span: Span, currency: str) -> str:
    _ = letter_locale.gettext
    earlier = round_minor(span.capital, currency)
    on = letter_locale.money(Money(span.balance, currency))
    if earlier.minor:
        on = f"{on} + {letter_locale.money(earlier)}"
    rate = _("%(percent)s %% a year on %(sum)s") % {
        "percent": letter_locale.number(f"{span.percent:f}"),
        "sum": on,
    }
    rate = rate.replace(" %", "\N{NO-BREAK SPACE}%")  # a figure and its sign stay together
    days = letter_locale.ngettext("%(n)d day", "%(n)d days", span.days)
    return f"{rate}, {days}"


def _how(letter_locale: LetterLocale, cost: CostLine) -> str:
    """How it was rounded and whether it bore interest itself."""
    _ = letter_locale.gettext
    words = {
        "daily": _("each day's interest rounded"),
        "monthly": _("compounded monthly"),
        "yearly": _("compounded yearly"),
    }
    told = [words[how] for how in cost.how if how in words]
    return "".join(f", {word}" for word in told)
