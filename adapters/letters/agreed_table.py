"""Lays out what was agreed: the sum, what is left after it, what becomes of costs (P50)."""

from __future__ import annotations

from activities.ports.letter_data import LetterData
from adapters.letters.agreed import AgreementText
from adapters.letters.asked import AskedSum
from adapters.letters.letter import FiguresRow, FiguresTable
from adapters.letters.stated import owed_in_all, statement_in
from adapters.letters.text.locale import LetterLocale
from domain.money import Money

_OFFERS = ("settlement", "costs")
"""Agreements by which all of an invoice is settled, its costs as well."""


def agreed_table(
    data: LetterData, asked: AskedSum, agreed: AgreementText, letter_locale: LetterLocale
) -> FiguresTable:
    """Lay out an agreement; the sum to pay now is the only one that stands out."""
    _ = letter_locale.gettext
    labels = {"promise": _("Payment agreed"), "plan": _("All instalments to come")}
    label = labels.get(agreed.kind, _("Payment in full settlement"))
    left, note = _left_after(data, agreed, letter_locale)
    return FiguresTable(
        title=_("Our offer") if agreed.kind in _OFFERS else _("What was agreed"),
        rows=(
            FiguresRow(label=label, value=letter_locale.money(agreed.whole)),
            FiguresRow(label=_("Left after that"), value=letter_locale.money(left), note=note),
            sum_to_pay(asked, letter_locale),
        ),
    )


def sum_to_pay(asked: AskedSum, letter_locale: LetterLocale) -> FiguresRow:
    """Write the line that stands out where another sum than all that is owed is asked for."""
    label = letter_locale.gettext("Amount to pay")
    return FiguresRow(label=label, value=letter_locale.money(asked.sums[0]), weight="total")


def _left_after(
    data: LetterData, agreed: AgreementText, letter_locale: LetterLocale
) -> tuple[Money, str]:
    """What is still owed when all of it has come, and a note that says why."""
    _, stated = letter_locale.gettext, statement_in(data)
    costs, none = stated.costs, Money(0, stated.costs.currency)
    waived = _("Interest and fees of %(costs)s will then be waived.") % {
        "costs": letter_locale.money(costs)
    }
    if agreed.kind == "costs" and costs.minor:
        return none, waived
    if agreed.kind in _OFFERS:
        return none, _("The invoice is then settled in full, interest and fees included.")
    left = Money(max(0, owed_in_all(stated).minor - agreed.whole.minor), costs.currency)
    if data.costs_lapse and 0 < left.minor <= costs.minor:
        return none, waived
    return left, _why_left(left, costs, letter_locale)


def _why_left(left: Money, costs: Money, letter_locale: LetterLocale) -> str:
    """What the rest after an agreement consists of, and that it stays due."""
    _ = letter_locale.gettext
    if left.minor <= 0:
        return ""
    if left.minor <= costs.minor:
        return _("These are interest and fees up to today; they stay owed.")
    if costs.minor:
        return _("This balance stays due as before; %(costs)s of it is interest and fees.") % {
            "costs": letter_locale.money(costs)
        }
    return _("This balance stays due as before.")
