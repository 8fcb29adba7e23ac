"""Lays out the figures of a letter: invoiced, paid, contested, added, and owed (P24)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from activities.ports.letter_data import InvoiceLine, LetterData
from adapters.letters.agreed_table import agreed_table, sum_to_pay
from adapters.letters.asked import AskedSum, asked_sum
from adapters.letters.letter import FiguresRow, FiguresTable
from adapters.letters.stated import lines_of, owed_in_all
from adapters.letters.text.catalogue import SOURCE
from adapters.letters.text.locale import LetterLocale, clean
from adapters.letters.text.parts import name_of
from domain.charges.statement import CostLine, Statement
from domain.interest.grounds import Span
from domain.money import Money, round_minor
from domain.payments.discounts import can_be_earned
from domain.payments.pending import on_its_way


def tables_of(data: LetterData, letter_locale: LetterLocale) -> tuple[FiguresTable, ...]:
    """Make the table of figures of each invoice, and one of what was agreed.

    What is to be paid is the only sum that stands out.
    """
    asked, alone = asked_sum(data), len(lines_of(data)) == 1
    invoices = tuple(
        FiguresTable(rows=tuple(_rows(data, line, letter_locale, asked, alone=alone)))
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
    alone: bool,
) -> Iterator[FiguresRow]:
    _, invoice = letter_locale.gettext, line.case.invoice
    due = letter_locale.day(line.case.printed_due)
    if not alone:
        due = f"{due} ({letter_locale.lateness(line.days_late)})"
    yield FiguresRow(
        label=_("Invoice"), value=name_of(line.case, letter_locale), weight="" if alone else "head"
    )
    yield FiguresRow(label=_("Invoice date"), value=letter_locale.day(invoice.issued))
    yield FiguresRow(label=_("Due date"), value=due)
    yield FiguresRow(label=_("Invoice amount"), value=letter_locale.money(invoice.amount))
    yield from _settled(line, letter_locale)
    yield from _parts(line, letter_locale)
    if asked.agreed is None:
        yield from _promised_later(line, letter_locale)
    yield from _to_come(data, line, letter_locale)
    if line.promised:
        yield FiguresRow(label=_("Payment was agreed for"), value=letter_locale.day(line.promised))
    yield from _costs(line, letter_locale, alone=alone)
    yield from _owed(line, letter_locale, asked)


def _owed(line: InvoiceLine, letter_locale: LetterLocale, asked: AskedSum) -> Iterator[FiguresRow]:
    """What is owed; beside an agreement all of it, where a discount counts what is to be paid."""
    owed = owed_in_all(line.statement) if asked.agreed else line.statement.total
    yield FiguresRow(
        label=letter_locale.gettext("Amount owed"),
        value=letter_locale.money(owed),
        weight="" if asked.is_part else "total",
    )
    if asked.discount:
        yield sum_to_pay(asked, letter_locale)


def _settled(line: InvoiceLine, letter_locale: LetterLocale) -> Iterator[FiguresRow]:
    _, case = letter_locale.gettext, line.case
    sums = (
        (_("Paid so far"), case.paid),
        (_("Credited so far"), case.credited),
        (_("Written off"), case.written_off),
        (_("Under discussion, not asked for here"), case.disputed),
    )
    for label, minor in sums:
        if minor:
            yield FiguresRow(label=label, value=letter_locale.money(_of(line, minor)))


def _parts(line: InvoiceLine, letter_locale: LetterLocale) -> Iterator[FiguresRow]:
    """What is asked for of each part that falls due by itself, and what is not due yet."""
    _ = letter_locale.gettext
    for part in line.case.due_parts:
        label = _("Part due on %(day)s") % {"day": letter_locale.day(part.day)}
        yield FiguresRow(label=label, value=letter_locale.money(_of(line, part.minor)))
    for part in line.statement.later:
        label = _("Not due yet, due on %(day)s") % {"day": letter_locale.day(part.day)}
        yield FiguresRow(label=label, value=letter_locale.money(_of(line, part.minor)))


def _promised_later(line: InvoiceLine, letter_locale: LetterLocale) -> Iterator[FiguresRow]:
    """What was promised for a later day, while the rest is asked for."""
    _, promise, held = letter_locale.gettext, line.case.running_promise, line.statement.promised
    if promise and held:
        label = _("Promised for %(day)s, not asked for here") % {
            "day": letter_locale.day(promise.day)
        }
        yield FiguresRow(label=label, value=letter_locale.money(held))


def _to_come(
    data: LetterData, line: InvoiceLine, letter_locale: LetterLocale
) -> Iterator[FiguresRow]:
    """What can still be earned by paying early (P07), and what is on its way already."""
    _, today = letter_locale.gettext, date.fromisoformat(data.today)
    offer = can_be_earned(line.case, today)
    if offer:
        rest = letter_locale.money(_of(line, line.case.open - offer.minor))
        value = _("%(discount)s if the money arrives by %(day)s") % {
            "discount": letter_locale.money(_of(line, offer.minor)),
            "day": letter_locale.day(offer.until),
        }
        note = _("%(rest)s settle this invoice then") % {"rest": rest}
        yield FiguresRow(label=_("Discount for paying early"), value=value, note=note)
    coming = on_its_way(line.case, datetime.combine(today, time(12), UTC))
    if coming:
        yield FiguresRow(
            label=_("On its way already"), value=letter_locale.money(_of(line, coming))
        )


def _costs(line: InvoiceLine, letter_locale: LetterLocale, *, alone: bool) -> Iterator[FiguresRow]:
    _, stated = letter_locale.gettext, line.statement
    for cost in stated.lines:
        value = letter_locale.money(cost.amount)
        yield FiguresRow(
            label=_label(cost, letter_locale), value=value, note=ground_in(letter_locale, cost)
        )
    yield from _left_out(stated, letter_locale)
    yield from _without_a_sum(stated, letter_locale, alone=alone and line.days_late > 0)
    if stated.costs_paid.minor:
        yield FiguresRow(
            label=_("Paid on interest and fees"), value=letter_locale.money(stated.costs_paid)
        )
    if stated.waived.minor:
        yield FiguresRow(
            label=_("Interest and fees let go"), value=letter_locale.money(stated.waived)
        )
    if stated.lines and alone:
        yield FiguresRow(
            label=_("Open on the invoice itself"), value=letter_locale.money(stated.principal)
        )


def _without_a_sum(
    stated: Statement, letter_locale: LetterLocale, *, alone: bool
) -> Iterator[FiguresRow]:
    """Costs that are not asked for: they wait for the dispute, or for the policy's step."""
    _ = letter_locale.gettext
    if stated.deferred:
        yield FiguresRow(
            label=_("Interest on the part under discussion"),
            value=_("not asked for until that is settled"),
        )
    if not alone:
        return
    if stated.accruing:
        yield FiguresRow(label=_("Interest and fees"), value=_("accruing, not asked for here"))
    elif not stated.lines and not stated.left_out and not stated.deferred:
        yield FiguresRow(label=_("Interest and fees"), value=_("none"))


def _left_out(stated: Statement, letter_locale: LetterLocale) -> Iterator[FiguresRow]:
    """Name the day from which interest is not in the sum, because no rate is known yet."""
    _ = letter_locale.gettext
    if stated.left_out:
        day = letter_locale.day(stated.left_out[0].start)
        yield FiguresRow(
            label=_("Interest from %(day)s on") % {"day": day},
            value=_("not included"),
            note=_("the rate is not known yet"),
        )


def _label(cost: CostLine, letter_locale: LetterLocale) -> str:
    _ = letter_locale.gettext
    known = {"interest": _("Interest"), "compensation": _("Fixed compensation")}
    label = known.get(cost.name, _("Late fee"))
    return _("%(label)s (provisional)") % {"label": label} if cost.provisional else label


def _of(line: InvoiceLine, minor: int) -> Money:
    return Money(minor, line.case.invoice.amount.currency)


def ground_in(letter_locale: LetterLocale, cost: CostLine) -> str:
    """Write the ground from which the reader can compute a cost again.

    A law is cited as its own country writes it, whatever the language of the letter.
    """
    if cost.name == "interest" and cost.spans:
        return _interest(letter_locale, cost)
    if letter_locale.locale.language == SOURCE:
        return clean(cost.ground, 2000)  # it tells the fee's share, too
    _ = letter_locale.gettext
    if cost.law:
        return _("as %(law)s provides") % {"law": cost.law}
    return _("by the payment terms")


def _interest(letter_locale: LetterLocale, cost: CostLine) -> str:
    _, first, last = letter_locale.gettext, cost.spans[0], cost.spans[-1]
    period = {"start": letter_locale.day(first.start), "end": letter_locale.day(last.end)}
    law = _("as %(law)s provides") % {"law": cost.law}
    basis = law if cost.law else _("as agreed in the contract")
    words = _("from %(start)s to %(end)s") % period
    parts = "; ".join(_part(letter_locale, span, cost.amount.currency) for span in cost.spans)
    return f"{basis}, {words}: {parts}{_how(letter_locale, cost)}"


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
