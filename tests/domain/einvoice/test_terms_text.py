"""Payment terms in words: read where they are certain, and left to a person where they are not."""

from datetime import date, timedelta

import pytest

from domain.einvoice.document import EarlyDiscount
from domain.einvoice.terms_text import TermsHint, read_terms_text

ISSUED = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Payment within 30 days", 30),
        ("Net 30", 30),
        ("Termen de plată 30 zile", 30),
        ("Due in 45 days. Interest at 8% after 60 days.", 45),
        ("Reklamationen innerhalb 8 Tagen. Zahlbar 30 Tage netto", 30),
        ("30 days net", 30),
        ("Due on receipt", 0),
        ("14 Tage", 14),
        ("Zahlungsziel 30 Tage", 30),
        ("Zahlbar sofort ohne Abzug.", 0),
        ("14 Tage; bitte über den Link bezahlen", 14),
        ("Bitte überweisen Sie innerhalb von 14 Tagen auf unser Konto. Vielen Dank.", 14),
        ("Paiement à 45 jours date de facture", 45),
        ("Paiement immédiat", 0),
        ("Pagamento entro 30 giorni", 30),
        ("60 giorni data fattura", 60),
        ("Rimessa diretta", 0),
        ("Pago a 30 días", 30),
        ("30 días fecha factura", 30),
        ("Betaling binnen 14 dagen na factuurdatum", 14),
        ("Pagamento em 30 dias", 30),
        ("Termin płatności: 14 dni", 14),
        ("Płatne w ciągu 14 dni", 14),
        ("30 dagar netto", 30),
        ("Betalingsbetingelser: 30 dage netto", 30),
        ("Netto 14 dager", 14),
        ("14 päivää netto", 14),
        ("În termen de 15 zile", 15),
        ("Splatnost 14 dní", 14),
    ],
)
def test_days_are_counted_from_the_invoice_date(text: str, days: int) -> None:
    assert read_terms_text(text, ISSUED).due == ISSUED + timedelta(days=days)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Zahlung ohne Abzug bis zum 13.04.2026 bei uns eingehend.", date(2026, 4, 13)),
        ("Zahlbar innerhalb 30 Tagen netto bis 04.04.2026", date(2026, 4, 4)),
        ("Please pay by 2026-04-01", date(2026, 4, 1)),
        ("Échéance le 31/03/2026", date(2026, 3, 31)),
        ("Scadenza 31/03/2026", date(2026, 3, 31)),
        ("30 jours fin de mois", date(2026, 4, 30)),
        ("Payable by 1st of April 2026", date(2026, 4, 1)),
        ("Due April 2, 2026", date(2026, 4, 2)),
        ("fällig am 1. April 2026", date(2026, 4, 1)),
        ("Payable au plus tard le 1er avril 2026", date(2026, 4, 1)),
        ("Scadenza: 30 aprile 2026", date(2026, 4, 30)),
        ("Vencimiento: 2 de abril de 2026", date(2026, 4, 2)),
        ("Betalen voor 1 mei 2026", date(2026, 5, 1)),
        ("Vencimento 2 de maio de 2026", date(2026, 5, 2)),
        ("Termin płatności: 2 kwietnia 2026", date(2026, 4, 2)),
        ("Forfaldsdato: 2. april 2026", date(2026, 4, 2)),
        ("Eräpäivä 2. huhtikuuta 2026", date(2026, 4, 2)),
        ("Scadent la 2 aprilie 2026", date(2026, 4, 2)),
        ("Splatnost 2. dubna 2026", date(2026, 4, 2)),
        ("30 days end of month", date(2026, 4, 30)),
    ],
)
def test_a_day_in_words_is_the_due_date(text: str, due: date) -> None:
    assert read_terms_text(text, ISSUED).due == due


@pytest.mark.parametrize(
    "text",
    [
        "",
        "innerhalb von […] Tagen",
        "45 jours fin de mois le 15",
        "60 days EOM + 5",
        "Rücksendung innerhalb von 14 Tagen möglich",
        "Complaints within 8 days",
        "Interest at 8% after 60 days",
        "Zahlbar innerhalb 14 Tagen nach Erhalt der Rechnung.",
        "Within 7 days of receipt",
        "30% advance payment, balance at 30 days",
        "30% d'acompte, solde à 30 j",
        "50% on order, 50% within 30 days",
        "Payable in 3 instalments of 100 within 30 days",
        "Contract 30 days notice",
        "Please pay by 03/04/2026",
        "Zahlbar innerhalb 30 Tagen netto bis 04.09.2026",
        "Zahlbar bis 30.02.2026",
        "Zahlbar in 14 Tagen oder 30 Tagen",
        "Zahlbar bis 01.03.2026",
        "Zahlbar in 900 Tagen",
        "14 dni od Otrzymanie faktury",
    ],
)
def test_what_is_not_certain_is_no_due_date(text: str) -> None:
    assert read_terms_text(text, ISSUED).due is None


@pytest.mark.parametrize(
    ("text", "discount", "days"),
    [
        ("10 Tage 3% Skonto, 30 Tage netto", EarlyDiscount(percent="3", days=10), 30),
        ("8 Tage 2,5 %, 30 Tage netto", EarlyDiscount(percent="2.5", days=8), 30),
        ("2/10 net 30", EarlyDiscount(percent="2", days=10), 30),
        (
            "2% discount if paid within 10 days, otherwise 30 days net",
            EarlyDiscount(percent="2", days=10),
            30,
        ),
        (
            "Zahlbar in 30 Tagen netto bis 04.04.2026, 3% Skonto in 10 Tagen bis 15.03.2026",
            EarlyDiscount(percent="3", until=date(2026, 3, 15)),
            30,
        ),
        (
            "#SKONTO#TAGE=14#PROZENT=2.25#BASISBETRAG=357.93#\nZahlbar in 30 Tagen",
            EarlyDiscount(percent="2.25", days=14),
            30,
        ),
        (
            "#SKONTO#TAGE=7#PROZENT=2.00#\n#SKONTO#TAGE=30#PROZENT=0.00#",
            EarlyDiscount(percent="2.00", days=7),
            30,
        ),
        ("Bei Zahlungen binnen 14 Tagen, 2% Skonto", EarlyDiscount(percent="2", days=14), None),
    ],
)
def test_a_discount_is_told_from_the_due_date(
    text: str, discount: EarlyDiscount, days: int | None
) -> None:
    found = read_terms_text(text, ISSUED)
    assert found.discounts == (discount,)
    assert found.due == (ISSUED + timedelta(days=days) if days else None)


def test_what_was_paid_or_is_collected_is_no_due_date() -> None:
    paid = read_terms_text("Der Rechnungsbetrag wurde bereits beglichen.", ISSUED)
    assert paid.hints == {TermsHint.SAYS_PAID}
    taken = read_terms_text("wird binnen 14 Tagen per Lastschrift abgebucht", ISSUED)
    assert taken.hints == {TermsHint.NO_REQUEST}
    assert taken.due is None


@pytest.mark.parametrize(
    "text",
    [
        "Due in 45 days. Interest at 8% after 60 days.",
        "Zahlbar in 45 Tagen. Bei Verzug 9 % nach 60 Tagen.",
        "Paiement à 45 jours. Pénalités de retard de 10 % après 60 jours.",
    ],
)
def test_what_is_asked_for_when_it_is_late_is_no_discount(text: str) -> None:
    found = read_terms_text(text, ISSUED)
    assert (found.due, found.discounts) == (ISSUED + timedelta(days=45), ())
