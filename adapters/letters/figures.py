"""Lays out the figures of a letter: invoiced, paid, contested, added, and owed (P24)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from activities.ports.letter_data import InvoiceLine, LetterData
from adapters.letters.agreed_table import agreed_table, sum_to_pay
from adapters.letters.asked import AskedSum, asked_sum
from adapters.letters.grounds import daily_interest, ground_in
from adapters.letters.letter import FiguresRow, FiguresTable
from adapters.letters.stated import alone, lines_of, owed_in_all
from adapters.letters.text.locale import LetterLocale
from adapters.letters.text.parts import name_of
from adapters.letters.text.template_choice import SEVERAL_AGREEMENTS, occasion_of
from domain.charges.statement import CostLine, Statement
from domain.interest.grounds import joined_gaps
from domain.money import Money
from domain.payments.discounts import can_be_earned
from domain.payments.pending import on_its_way


def tables_of(data: LetterData, letter_locale: LetterLocale) -> tuple[FiguresTable, ...]:
    """Make the table of figures of each invoice, and one of what was agreed.

    What is to be paid is the only sum that stands out. What was agreed on for several invoices
    stands behind each of them.
    """
    if occasion_of(data) == SEVERAL_AGREEMENTS:
        each = (tables_of(alone(data, line), letter_locale) for line in data.lines)
        return tuple(table for tables in each for table in tables)
    asked, is_one = asked_sum(data), len(lines_of(data)) == 1
    invoices = tuple(
        FiguresTable(rows=tuple(_rows(data, line, letter_locale, asked, is_one=is_one)))
        for line in lines_of(data)
    )
    if asked.agreed is None:
        return invoices
    return (*invoices, agreed_table(data, asked, asked.agreed, letter_locale))


def _rows(
    data: LetterData,
    line: InvoiceLine,
    letter_locale: LetterLocale,
    asked: AskedSum,
    *,
    is_one: bool,
) -> Iterator[FiguresRow]:
    _, invoice = letter_locale.gettext, line.case.invoice
    due = letter_locale.day(line.case.printed_due)
    if not is_one:
        due = f"{due} ({letter_locale.lateness(line.days_late)})"
    yield FiguresRow(
        label=_("Invoice"), value=name_of(line.case, letter_locale), weight="" if is_one else "head"
    )
    yield FiguresRow(label=_("Invoice date"), value=letter_locale.day(invoice.issued))
    yield FiguresRow(label=_("Due date"), value=due)
    yield FiguresRow(label=_("Invoice amount"), value=letter_locale.money(invoice.amount))
    taken = (*_settled(line, letter_locale), *_later(line, letter_locale))
    if asked.agreed is None:
        taken = (*taken, *_promised_later(line, letter_locale))
    yield from taken
    yield from _balance(line, letter_locale, asked, taken=bool(taken))
    yield from _to_come(data, line, letter_locale)
    if line.promised:
        yield FiguresRow(label=_("Agreed payment date"), value=letter_locale.day(line.promised))
    yield from _costs(line, letter_locale, is_one=is_one)
    yield from _owed(line, letter_locale, asked)


def _balance(
    line: InvoiceLine, letter_locale: LetterLocale, asked: AskedSum, *, taken: bool
) -> Iterator[FiguresRow]:
    """What the lines above leave of the invoice itself, and which of its parts that is."""
    _, parts, stated = letter_locale.gettext, line.case.due_parts, line.statement
    if (taken and (stated.lines or stated.costs.minor)) or parts or stated.lines:
        rest = stated.principal
        if asked.agreed and stated.promised:
            rest += stated.promised
        yield FiguresRow(
            label=_("Invoice balance"),
            value=letter_locale.money(rest),
            weight="subtotal",
        )
    for part in parts:
        label = _("Part due on %(day)s") % {"day": letter_locale.day(part.day)}
        value = letter_locale.money(_of(line, part.minor))
        yield FiguresRow(label=label, value=value, weight="part")


def _owed(line: InvoiceLine, letter_locale: LetterLocale, asked: AskedSum) -> Iterator[FiguresRow]:
    """What is owed; beside an agreement all of it, where a discount counts what is to be paid."""
    owed = owed_in_all(line.statement) if asked.agreed else line.statement.total
    _ = letter_locale.gettext
    yield FiguresRow(
        label=_("Amount to pay") if line.case.in_hardship else _("Amount owed"),
        value=letter_locale.money(owed),
        note=_as_of(line.statement, letter_locale),
        weight="" if asked.is_part else "total",
    )
    if asked.discount:
        yield sum_to_pay(asked, letter_locale)


def _as_of(stated: Statement, letter_locale: LetterLocale) -> str:
    """For which day the sum is right, and what each further day adds where interest runs."""
    daily = daily_interest(stated)
    if not daily.minor:
        return ""
    return letter_locale.gettext(
        "As of %(day)s; %(sum)s of interest is added for each further day."
    ) % {"day": letter_locale.day(stated.day), "sum": letter_locale.money(daily)}


def _settled(line: InvoiceLine, letter_locale: LetterLocale) -> Iterator[FiguresRow]:
    _, case = letter_locale.gettext, line.case
    sums = (
        (_("Paid so far"), case.paid),
        (_("Credited so far"), case.credited),
        (_("Waived"), case.written_off),
        (_aside(line, letter_locale), case.disputed),
    )
    for label, minor in sums:
        if minor:
            yield FiguresRow(label=label, value=letter_locale.less(_of(line, minor)))


def _aside(line: InvoiceLine, letter_locale: LetterLocale) -> str:
    """Name what is not asked for: who cannot pay contests nothing."""
    _ = letter_locale.gettext
    if line.case.in_hardship:
        return _("Not asked for until we have found a solution")
    return _("In dispute (not included in this request)")


def _later(line: InvoiceLine, letter_locale: LetterLocale) -> Iterator[FiguresRow]:
    """What of the invoice is not due yet, and is not asked for here."""
    for part in line.statement.later:
        label = letter_locale.gettext("Not due yet, due on %(day)s") % {
            "day": letter_locale.day(part.day)
        }
        yield FiguresRow(label=label, value=letter_locale.less(_of(line, part.minor)))


def _promised_later(line: InvoiceLine, letter_locale: LetterLocale) -> Iterator[FiguresRow]:
    """What was promised for a later day, while the rest is asked for."""
    _, promise, held = letter_locale.gettext, line.case.running_promise, line.statement.promised
    if promise and held:
        label = _("Promised for %(day)s, not asked for here") % {
            "day": letter_locale.day(promise.day)
        }
        yield FiguresRow(label=label, value=letter_locale.less(held))


def _to_come(
    data: LetterData, line: InvoiceLine, letter_locale: LetterLocale
) -> Iterator[FiguresRow]:
    """What can still be earned by paying early (P07), and what is on its way already."""
    _, today = letter_locale.gettext, date.fromisoformat(data.today)
    offer = can_be_earned(line.case, today)
    # Beside a smaller or a larger sum, what the discount leaves would be a second answer (P07).
    if offer and line.statement.total == line.case.open_money:
        rest = letter_locale.money(_of(line, line.case.open - offer.minor))
        value = _("%(discount)s if the money arrives by %(day)s") % {
            "discount": letter_locale.money(_of(line, offer.minor)),
            "day": letter_locale.day(offer.until),
        }
        note = _("%(rest)s then settles this invoice") % {"rest": rest}
        yield FiguresRow(label=_("Discount for paying early"), value=value, note=note)
    coming = on_its_way(line.case, datetime.combine(today, time(12), UTC))
    if coming:
        value = _("%(sum)s, not deducted yet") % {"sum": letter_locale.money(_of(line, coming))}
        yield FiguresRow(label=_("Payment in transit"), value=value)


def _costs(line: InvoiceLine, letter_locale: LetterLocale, *, is_one: bool) -> Iterator[FiguresRow]:
    _, stated = letter_locale.gettext, line.statement
    for cost in stated.lines:
        value = letter_locale.more(cost.amount)
        yield FiguresRow(
            label=_label(cost, letter_locale), value=value, note=ground_in(letter_locale, cost)
        )
    yield from _left_out(stated, letter_locale)
    yield from _without_a_sum(stated, letter_locale, is_one=is_one and line.days_late > 0)
    less = (
        (_("Paid on interest and fees"), stated.costs_paid),
        (_("Interest and fees waived"), stated.waived),
        (_("Fees in dispute (not included in this request)"), stated.withheld),
    )
    for label, money in less:
        if money and money.minor:
            yield FiguresRow(label=label, value=letter_locale.less(money))


def _without_a_sum(
    stated: Statement, letter_locale: LetterLocale, *, is_one: bool
) -> Iterator[FiguresRow]:
    """Costs that are not asked for: they wait for the dispute, or for the policy's step."""
    _ = letter_locale.gettext
    if stated.deferred:
        yield FiguresRow(
            label=_("Interest on the part in dispute"),
            value=_("not asked for until that is settled"),
        )
    if not is_one:
        return
    if stated.accruing:
        yield FiguresRow(label=_("Interest and fees"), value=_("accruing, not asked for here"))
    elif not stated.lines and not stated.left_out and not stated.deferred:
        yield FiguresRow(label=_("Interest and fees"), value=_("none"))


def _left_out(stated: Statement, letter_locale: LetterLocale) -> Iterator[FiguresRow]:
    """Name the days whose interest is not in the sum, because their rate is not known yet."""
    _ = letter_locale.gettext
    for gap in joined_gaps(stated.left_out):
        first, unknown = letter_locale.day(gap.start), _("the rate is not known yet")
        is_open = gap.goes_on
        yield FiguresRow(
            label=_("Interest from %(day)s on") % {"day": first} if is_open else _("Interest"),
            value=_("not included"),
            note=unknown if is_open else f"{first} \u2013 {letter_locale.day(gap.end)}: {unknown}",
        )


def _label(cost: CostLine, letter_locale: LetterLocale) -> str:
    _ = letter_locale.gettext
    known = {"interest": _("Interest"), "compensation": _("Fixed compensation")}
    label = known.get(cost.name, _("Late fee"))
    return _("%(label)s (provisional)") % {"label": label} if cost.provisional else label


def _of(line: InvoiceLine, minor: int) -> Money:
    return Money(minor, line.case.invoice.amount.currency)
