"""Letters as contents to lay out: short and long, in one currency and two, in three languages."""

# One thing: the letters that tests read, each with all that its occasion needs.

# ruff: noqa: RUF001 - Russian has letters that look like Latin ones
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import segno

from adapters.letters.letter import (
    FiguresRow,
    FiguresTable,
    Glance,
    LetterContent,
    Paragraph,
    Party,
    Picture,
    WayToPay,
)

ACME = Party(
    name="Acme Supplies Ltd",
    lines=("1 High Street", "London", "E-mail: billing@acme.example", "Phone: +44 20 7946 0000"),
)
BETA = Party(name="Beta Trading GmbH", lines=("E-mail: ap@beta.example", "Customer number: c1"))
IBAN = FiguresRow(label="IBAN", value="GB33 BUKB 2020 1555 5555 55")
BIC = FiguresRow(label="BIC", value="BUKBGB22")


def qr_code(text: str = "a made-up payment") -> Picture:
    """A code to scan."""
    file = BytesIO()
    segno.make(text).save(file, kind="png", scale=6)
    return Picture(
        name="pay-code", body=file.getvalue(), alt="QR code", caption="Scan with your banking app"
    )


REMINDER = LetterContent(
    language="en",
    subject="Reminder: invoice INV-2026-7 is open",
    sender=ACME,
    recipient=BETA,
    date=FiguresRow(label="Date", value="13 February 2026"),
    greeting="Dear Ms Braun,",
    glance=Glance(
        sums=(FiguresRow(label="Amount to pay", value="EUR 1,190.00", weight="total"),),
        until=FiguresRow(label="Payment deadline", value="20 February 2026", weight="deadline"),
        online=WayToPay(
            label="Online",
            link="https://pay.acme.example/i/7?reference=INV-2026-7",
            button="Pay this invoice online",
        ),
        transfer=(IBAN, FiguresRow(label="Payment reference", value="RF18 5390 0754 7034")),
    ),
    page=WayToPay(
        label="See, pay or answer online", link="https://page.acme.example/c/7", button="Open it"
    ),
    opening=(
        Paragraph(
            text="Our invoice INV-2026-7 was due on 3 February 2026 (10 days ago). "
            "It may simply have been overlooked."
        ),
        Paragraph(text="Please pay EUR 1,190.00 by 20 February 2026."),
    ),
    tables=(
        FiguresTable(
            rows=(
                FiguresRow(label="Invoice", value="INV-2026-7"),
                FiguresRow(label="Invoice date", value="4 January 2026"),
                FiguresRow(label="Due date", value="3 February 2026"),
                FiguresRow(label="Invoice amount", value="EUR 1,190.00"),
                FiguresRow(label="Amount owed", value="EUR 1,190.00", weight="total"),
                FiguresRow(label="Please pay by", value="20 February 2026", weight="deadline"),
                FiguresRow(label="Payment reference", value="RF18 5390 0754 7034"),
            )
        ),
    ),
    pay_heading="How to pay",
    ways=(
        WayToPay(
            label="By bank transfer",
            rows=(FiguresRow(label="Account holder", value=ACME.name), IBAN, BIC),
        ),
        WayToPay(
            label="Online",
            link="https://pay.acme.example/i/7?reference=INV-2026-7",
            button="Pay this invoice online",
        ),
    ),
    pay_note="Please give the payment reference, so that your payment is matched at once.",
    terms_heading="Payment terms",
    terms=("Payable within 30 days of the invoice.", "Goods remain ours until paid for."),
    ignore="Please ignore this message if you have already paid, and accept our thanks.",
    notes=("A copy of the invoice is attached.",),
    contact="Your contact for billing: Ann Miller, +44 20 7946 0000, billing@acme.example",
    regards="Kind regards,",
    signature=("Ann Miller", "Acme Supplies Limited"),
    codes=(qr_code(),),
)

FINAL = replace(
    REMINDER,
    subject="Final demand: invoice INV-2026-7",
    opening=(
        Paragraph(text="To our knowledge the amount owed has not been paid."),
        Paragraph(text="This is our final demand: please pay EUR 734.56 by 3 April 2026."),
        Paragraph(items=("pay in full", "propose instalments", "tell us what is not right")),
    ),
    tables=(
        FiguresTable(
            rows=(
                FiguresRow(label="Invoice", value="INV-2026-7"),
                FiguresRow(label="Invoice amount", value="EUR 1,190.00"),
                FiguresRow(label="Paid so far", value="EUR 200.00"),
                FiguresRow(label="Under discussion, not asked for here", value="EUR 300.00"),
                FiguresRow(
                    label="Interest (provisional)",
                    value="EUR 4.56",
                    note="Article 3 of Directive 2011/7/EU: 10.15 % a year on EUR 690.00, "
                    "from 4 February 2026 to 27 March 2026, 52 days",
                ),
                FiguresRow(label="of which until 28 February", value="EUR 2.21", weight="part"),
                FiguresRow(label="Fixed compensation", value="EUR 40.00", note="Article 6"),
                FiguresRow(label="Total to be settled", value="EUR 734.56", weight="total"),
                FiguresRow(label="Reaches us by", value="3 April 2026", weight="deadline"),
            )
        ),
    ),
    follows=(
        "If we hear nothing from you by then, we intend to pass this on to a collection agency.",
        "We would much rather settle it with you: a call or a reply is enough.",
    ),
    notes=(),
)


def _invoice(number: str, amount: str) -> FiguresTable:
    rows = (
        FiguresRow(label="Due", value="3 February 2026 (10 days ago)"),
        FiguresRow(label="Invoiced", value=amount),
        FiguresRow(label="Interest", value="0.42", note="8 % a year above the base rate"),
        FiguresRow(label="Owed", value=f"{amount} plus 0.42", weight="total"),
    )
    return FiguresTable(title=f"Invoice {number}", rows=rows)


def several(count: int) -> LetterContent:
    """One message about so many invoices in two currencies."""
    currencies = ("EUR", "CHF")
    tables = (
        _invoice(f"INV-2026-{n}", f"{currencies[n % 2]} {n},190.00") for n in range(1, count + 1)
    )
    return replace(
        REMINDER,
        subject=f"Reminder: {count} invoices are open",
        opening=(Paragraph(text=f"The {count} invoices below are still open on our side."),),
        tables=tuple(tables),
        totals=(
            FiguresRow(label="Total owed in EUR", value="EUR 6,380.84", weight="total"),
            FiguresRow(label="Total owed in CHF", value="CHF 4,380.84", weight="total"),
            FiguresRow(label="To be paid by", value="27 February 2026", weight="deadline"),
        ),
        codes=(),
    )


FOUR = several(4)

GERMAN = replace(
    REMINDER,
    language="de",
    subject="Zahlungserinnerung: Rechnung Nr. RE-2026-0000000000000000000000000000000000000007",
    sender=Party(
        name="Donaudampfschifffahrtselektrizitätenhauptbetriebswerk GmbH & Co. KG",
        lines=("Rechnungsstraße 17", "1030 Wien", "E-Mail: buchhaltung@donaudampf.example"),
    ),
    recipient=Party(
        name="Rindfleischetikettierungsüberwachungsaufgaben AG", lines=("Kundennr. 7",)
    ),
    date=FiguresRow(label="Datum", value="13. Februar 2026"),
    greeting="Sehr geehrte Frau Braun,",
    opening=(
        Paragraph(text="unsere Rechnung war am 3. Februar 2026 fällig. Bitte zahlen Sie bald."),
    ),
    tables=(
        FiguresTable(
            rows=(
                FiguresRow(
                    label="Rechnungsnummer",
                    value="RE-2026-0000000000000000000000000000000000000007",
                ),
                FiguresRow(label="Fälligkeitsdatum", value="3. Februar 2026"),
                FiguresRow(
                    label="Beitreibungskostenpauschale",
                    value="40,00\N{NO-BREAK SPACE}EUR",
                    note="§ 288 Abs. 5 BGB, Verzugsschadenspauschalierungsvorschrift",
                ),
                FiguresRow(
                    label="Gesamtforderungsbetrag",
                    value="12.345.678,90\N{NO-BREAK SPACE}EUR",
                    weight="total",
                ),
                FiguresRow(
                    label="Zahlungseingang bis", value="20. Februar 2026", weight="deadline"
                ),
            )
        ),
    ),
    pay_heading="So können Sie zahlen",
    ways=(
        WayToPay(label="Überweisung", rows=(IBAN, BIC)),
        WayToPay(
            label="Im Netz", link=f"https://zahlen.example/{'r' * 90}", button="Jetzt online zahlen"
        ),
    ),
    accent="#f2c230",
)

RUSSIAN = replace(
    REMINDER,
    language="ru",
    subject="Напоминание: счёт СЧ-2026-7 не оплачен",
    sender=Party(name="ООО «Снабжение»", lines=("ул. Высокая, д. 1", "Москва")),
    recipient=Party(name="АО «Торговля»", lines=("Номер клиента: 1",)),
    date=FiguresRow(label="Дата", value="13 февраля 2026 г."),
    greeting="Уважаемая Анна Сергеевна!",
    opening=(Paragraph(text="Срок оплаты счёта истёк 3 февраля. Просим оплатить 1 190,00 EUR."),),
    tables=(
        FiguresTable(
            rows=(
                FiguresRow(label="Счёт", value="СЧ-2026-7"),
                FiguresRow(label="К оплате", value="1 190,00 EUR", weight="total"),
                FiguresRow(label="Оплатить до", value="20 февраля 2026 г.", weight="deadline"),
            )
        ),
    ),
    pay_heading="Как оплатить",
    ways=(WayToPay(label="Банковский перевод", rows=(IBAN, BIC)),),
    regards="С уважением,",
    signature=("Анна Миллер",),
)

SHEETS = {
    "reminder": REMINDER,
    "final": FINAL,
    "four": FOUR,
    "german": GERMAN,
    "russian": RUSSIAN,
}


def said(content: LetterContent) -> Iterator[str]:
    """Every text of a letter, in the order in which its reader meets it."""
    yield from (content.sender.name, content.subject)
    if content.glance:
        rows = (*content.glance.sums, *filter(None, (content.glance.until,)))
        yield from _rows(rows)
        yield from (f"{row.label}{content.colon}{row.value}" for row in content.glance.transfer)
        yield from (content.glance.online.button if content.glance.online else "",)
        yield content.glance.note
    yield from (content.date.value, content.recipient.name, *content.recipient.lines)
    yield content.greeting
    for part in content.opening:
        yield from (part.text, *part.items)
    for way in filter(None, (content.page,)):
        yield from (way.label, way.link)
    for table in content.tables:
        yield from (table.title, *_rows(table.rows))
    yield from (*_rows(content.totals), content.pay_heading)
    for way in content.ways:
        yield from (way.label, *_rows(way.rows), way.button, way.link)
    yield from (code.caption for code in content.codes)
    yield from (
        content.pay_note,
        content.terms_heading,
        *content.terms,
        *content.follows,
        content.ignore,
    )
    yield from (*content.notes, content.contact, content.regards, *content.signature)
    yield from (content.sender.name, *content.sender.lines)


def _rows(rows: tuple[FiguresRow, ...]) -> Iterator[str]:
    for row in rows:
        yield from (row.label, row.value, row.note)
