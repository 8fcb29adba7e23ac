"""Made-up companies that write and are written to, one pair per language."""

# ruff: noqa: RUF001 - Russian has letters that look like Latin ones

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.parties.people import Creditor, Debtor

_ADDRESS = {
    "en": (
        "Amber & Oak Supplies Ltd",
        "12 Sawmill Lane\nLeeds LS1 4AP\nUnited Kingdom",
        "Ann Bell",
    ),
    "de": ("Bernstein & Eiche GmbH", "Sägewerkgasse 12\n50667 Köln\nDeutschland", "Anna Groß"),
    "fr": ("Ambre & Chêne SARL", "12, rue de la Scierie\n69002 Lyon\nFrance", "Hélène Lefèvre"),
    "it": ("Ambra e Quercia S.r.l.", "Via della Segheria 12\n20121 Milano\nItalia", "Anna Bellò"),
    "ro": (
        "Chihlimbar și Stejar SRL",
        "Str. Gaterului 12\n400001 Cluj-Napoca\nRomânia",
        "Ana Țurcanu",
    ),
    "sv": ("Bärnsten & Ek AB", "Sågverksgatan 12\n411 05 Göteborg\nSverige", "Åsa Öberg"),
    "es": ("Ámbar y Roble S.L.", "Calle del Aserradero 12\n28001 Madrid\nEspaña", "Ana Núñez"),
    "pl": ("Bursztyn i Dąb sp. z o.o.", "ul. Tartaczna 12\n00-001 Warszawa\nPolska", "Anna Żółć"),
    "nl": (
        "Barnsteen & Eik B.V.",
        "Zagerijstraat 12\n1011 AB Amsterdam\nNederland",
        "Anna de Bruïn",
    ),
    "ru": ("Янтарь и Дуб", "ул. Лесопильная, 12\nРига\nЛатвия", "Анна Белова"),
}
IBAN = {
    "en": "GB33BUKB20201555555555",
    "de": "DE02120300000000202051",
    "fr": "FR1420041010050500013M02606",
    "it": "IT60X0542811101000000123456",
    "ro": "RO49AAAA1B31007593840000",
    "sv": "SE4550000000058398257466",
    "es": "ES9121000418450200051332",
    "pl": "PL61109010140000071219812874",
    "nl": "NL91ABNA0417164300",
    "ru": "LV80BANK0000435195001",
}
_CURRENCY = {"en": "GBP", "sv": "SEK", "pl": "PLN", "ro": "RON"}
_LAW = {
    "en": "UK",
    "de": "DE",
    "fr": "FR",
    "it": "IT",
    "ro": "RO",
    "sv": "SE",
    "es": "ES",
    "pl": "PL",
    "nl": "NL",
    "ru": "EU",
}
"""Whose law gives interest and a fixed sum; a jurisdiction of the shipped tables."""

TERMS = {
    "en": "Payment within 30 days of the invoice date.",
    "de": "Zahlbar innerhalb von 30 Tagen ab Rechnungsdatum.",
    "fr": "Paiement à 30 jours date de facture.",
    "it": "Pagamento a 30 giorni dalla data della fattura.",
    "ro": "Plata în termen de 30 de zile de la data facturii.",
    "sv": "Betalning inom 30 dagar från fakturadatum.",
    "es": "Pago a 30 días desde la fecha de la factura.",
    "pl": "Płatność w terminie 30 dni od daty wystawienia faktury.",
    "nl": "Betaling binnen 30 dagen na factuurdatum.",
    "ru": "Оплата в течение 30 дней с даты выставления счёта.",
}
REGISTER = {
    "en": "Registered in England and Wales, No. 01234567",
    "de": "Sitz: Köln, Amtsgericht Köln, HRB 12345, Geschäftsführerin: Anna Groß",
    "fr": "SARL au capital de 10 000 EUR, RCS Lyon 123 456 789",
    "it": "Capitale sociale 10.000 EUR i.v., REA MI-1234567",
    "ro": "Registrul Comerțului J12/345/2015",
    "sv": "Org.nr 556000-0000, styrelsens säte: Göteborg",
    "es": "Registro Mercantil de Madrid, tomo 1234, hoja M-56789",
    "pl": "KRS 0000123456, kapitał zakładowy 10 000 PLN",
    "nl": "KvK 12345678, statutaire zetel: Amsterdam",
    "ru": "Единый рег. номер 40003000000",
}
_CUSTOMER_AT = {
    "en": ("3 Bean Row", "M1 1AE", "Manchester", "GB"),
    "de": ("Bohnenweg 3", "10115", "Berlin", "DE"),
    "fr": ("3, rue du Grain", "75011", "Paris", "FR"),
    "it": ("Via del Chicco 3", "00184", "Roma", "IT"),
    "ro": ("Str. Boabelor 3", "030001", "București", "RO"),
    "sv": ("Böngatan 3", "111 20", "Stockholm", "SE"),
    "es": ("Calle del Grano 3", "08001", "Barcelona", "ES"),
    "pl": ("ul. Ziarnista 3", "30-001", "Kraków", "PL"),
    "nl": ("Bonenstraat 3", "3011 AA", "Rotterdam", "NL"),
    "ru": ("ул. Зерновая, 3", "LV-1050", "Рига", "LV"),
}
_CUSTOMER = {
    "en": "Larkspur Cafés Ltd",
    "de": "Café Rittersporn GmbH",
    "fr": "Cafés Dauphinelle SAS",
    "it": "Caffè Speronella S.r.l.",
    "ro": "Cafenelele Nemțișor SRL",
    "sv": "Riddarsporre Kafé AB",
    "es": "Cafés Espuela S.L.",
    "pl": "Kawiarnie Ostróżka sp. z o.o.",
    "nl": "Ridderspoor Koffie B.V.",
    "ru": "Кофейни «Живокость»",
}
_CONSUMER = {
    "en": "Mary Larkspur",
    "de": "Jana Rittersporn",
    "fr": "Claire Dauphinelle",
    "it": "Chiara Speronella",
    "ro": "Ioana Nemțișor",
    "sv": "Maja Riddarsporre",
    "es": "Clara Espuela",
    "pl": "Zofia Ostróżka",
    "nl": "Sanne Ridderspoor",
    "ru": "Мария Живокость",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A creditor, its customer, the currency they trade in, and whose law counts."""

    creditor: Creditor
    debtor: Debtor
    currency: str
    law: str


def pair(language: str, *, consumer: bool = False) -> Pair:
    """Find who writes to whom in a language: a company to a company, or to a consumer."""
    currency = _CURRENCY.get(language, "EUR")
    debtor = _debtor(language)
    if consumer:
        debtor = replace(debtor, name=_CONSUMER[language], kind="consumer")
    return Pair(_creditor(language), debtor, currency, _LAW[language])


def _creditor(language: str) -> Creditor:
    name, address, contact = _ADDRESS[language]
    return Creditor(
        id="sample",
        name=name,
        address=address,
        email="billing@sample.example",
        phone="+44 113 496 0100",
        contact=contact,
        iban=IBAN[language],
        pay_link="https://pay.sample.example/i/{number}",
        terms=TERMS[language],
        languages=language,
        country=_CUSTOMER_AT[language][3],
        register=REGISTER[language],
        reference="iso11649",
    )


def _debtor(language: str) -> Debtor:
    street, postcode, town, country = _CUSTOMER_AT[language]
    return Debtor(
        id="C-1042",
        name=_CUSTOMER[language],
        email="accounts@customer.example",
        phone="+441134960177",
        language=language,
        street=street,
        postcode=postcode,
        town=town,
        country=country,
    )
