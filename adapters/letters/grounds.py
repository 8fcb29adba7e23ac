"""What a cost rests on, in the reader's language: law or contract, rate and days (P24)."""

from __future__ import annotations

from adapters.letters.catalogue import SOURCE
from adapters.letters.tongue import Tongue, clean
from domain.charges.statement import CostLine
from domain.interest.grounds import Span
from domain.money import Money, round_minor


def ground_in(tongue: Tongue, cost: CostLine) -> str:
    """From what it says the reader can compute the sum again.

    A law is cited as its own country writes it, whatever the language of the letter.
    """
    if cost.name == "interest" and cost.spans:
        return _interest(tongue, cost)
    if tongue.locale.language == SOURCE:
        return clean(cost.ground, 2000)  # it tells the fee's share, too
    _ = tongue.gettext
    if cost.law:
        return _("as %(law)s provides") % {"law": cost.law}
    return _("by the payment terms")


def _interest(tongue: Tongue, cost: CostLine) -> str:
    _, first, last = tongue.gettext, cost.spans[0], cost.spans[-1]
    period = {"start": tongue.day(first.start), "end": tongue.day(last.end)}
    law = _("as %(law)s provides") % {"law": cost.law}
    basis = law if cost.law else _("as agreed in the contract")
    words = _("from %(start)s to %(end)s") % period
    parts = "; ".join(_part(tongue, span, cost.amount.currency) for span in cost.spans)
    return f"{basis}, {words}: {parts}{_how(tongue, cost)}"


def _part(tongue: Tongue, span: Span, currency: str) -> str:
    _ = tongue.gettext
    earlier = round_minor(span.capital, currency)
    on = tongue.money(Money(span.balance, currency))
    if earlier.minor:
        on = f"{on} + {tongue.money(earlier)}"
    rate = _("%(percent)s %% a year on %(sum)s") % {
        "percent": tongue.number(f"{span.percent:f}"),
        "sum": on,
    }
    days = tongue.ngettext("%(n)d day", "%(n)d days", span.days)
    return f"{rate}, {days}"


def _how(tongue: Tongue, cost: CostLine) -> str:
    """How it was rounded and whether it bore interest itself."""
    _ = tongue.gettext
    words = {
        "daily": _("each day's interest rounded"),
        "monthly": _("compounded monthly"),
        "yearly": _("compounded yearly"),
    }
    told = [words[how] for how in cost.how if how in words]
    return "".join(f", {word}" for word in told)
