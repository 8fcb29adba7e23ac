"""The words of payment terms in the languages of Europe, as patterns over text in small letters."""

from __future__ import annotations

import re

# en, de, fr, it, es, nl, pt, pl, sv/da/nb, fi, ro, cs. A day word stands behind a number.
DAYS = (
    r"(?:calendar days|days?|d\b|kalendertage?n?|tage?n?|tg\b|"
    r"jours(?: nets| calendaires)?|jour|j\b|"
    r"giorni|gg\b|g\.g\.|d[ií]as(?: naturales)?|dagen|dagar|dager|dage|dgn\b|dias|dni|"
    r"päivää|pv\b|zile|dní|dnů|dn[uí]\b)"
)
WITHIN = (
    r"(?:within|in|net|netto|due|innerhalb|innert|binnen|in den nächsten|nach|zahlbar|zahlungsziel|"
    r"sous|[àa]|dans(?: un délai de)?|délai de|entro|a|dentro de|en|em|no prazo de|plazo de|"
    r"w ciągu|w terminie|termin płatności|inom|senest|innen|betalingsbetingelser|"
    r"în termen de|in termen de|în|do|splatnost|betalingstermijn|betaaltermijn|"
    r"termen(?:ul)? de plat[ăa]|"
    r"maksuehto|payment terms|payment term|terms|zahlungsbedingungen?|paiement|pagamento|pago)"
)
UNTIL = (
    r"(?:bis(?: zum| spätestens(?: zum)?)?|spätestens(?: am| zum)?|fällig (?:am|zum|bis zum)|"
    r"fälligkeit(?:sdatum)?|zahlungsziel|zahlbar (?:am|zum)|"
    r"by|before|until|no later than|not later than|due(?: date| on| by)?|payable (?:by|on)|"
    r"avant le|jusqu'au|au plus tard le|échéance(?: le| au)?|date d'échéance|payable le|"
    r"entro(?: e non oltre)?(?: il)?|scadenza(?: il)?|data (?:di )?scadenza|"
    r"antes del|hasta el|vencimiento(?: el)?|fecha de vencimiento|"
    r"uiterlijk(?: op)?|v[óo][óo]r|vervaldatum|vervaldag|"
    r"até(?: ao?)?|vencimento(?: em)?|data de vencimento|"
    r"do(?: dnia)?|termin płatności|płatne do|"
    r"senast(?: den)?|förfallodatum|förfaller(?: den)?|oss tillhanda senast|"
    r"senest(?: den)?|forfaldsdato|forfallsdato|forfalder(?: den)?|forfall|innen(?: den)?|"
    r"eräpäivä|viimeistään|până la|pana la|scaden[tţț][ăa]?(?: la)?|"
    r"splatn(?:[éo]|ost)(?: do)?|datum splatnosti)"
)
DUE_AT_ONCE = re.compile(
    r"\b(?:(?:zahlbar|fällig)? ?sofort(?: fällig| zahlbar)?|(?:due |payable )?immediately|"
    r"(?:due |payable )(?:up)?on receipt|immediate payment|payment (?:on|upon) receipt|"
    r"paiement (?:immédiat|comptant|à réception)|payable (?:comptant|à réception)|comptant|"
    r"à réception(?: de (?:la )?facture)?|pagamento immediato|rimessa diretta|a vista|"
    r"al contado|pago (?:inmediato|al contado)|contante? betaling|direct te voldoen|"
    r"pronto pagamento|a pronto|natychmiast|płatne natychmiast|omgående|per omgaande|"
    r"straks|kontant|heti|imediat|la vedere|ihned)\b"
)
MONTH_END = re.compile(
    r"\b(?:end of (?:the )?(?:following |same )?month|eom|month ?end|monatsende|ultimo|"
    r"fin de mois|fdm|fine mese|f\.m\.|fin de mes|einde (?:van de )?maand|fim do mês|"
    r"koniec miesiąca|løbende måned|månad(?:en)?s slut)\b"
)
DISCOUNT = re.compile(
    r"\b(?:skonto|skontoabzug|discount|early payment|escompte|sconto|descuento|pronto pago|"
    r"korting|betalingskorting|desconto|rabat|rabatt|kassarabatt|kasserabat|kontantrabatt|"
    r"alennus|käteisalennus|abzug von|abzüglich)\b"
)
NOT_CERTAIN = re.compile(
    r"\b(?:raten?|ratenzahlung|teilbetr\w+|teilleistung|abschlag|anzahlung|vorkasse|monatl\w*|"
    r"instal+ments?|deposit|advance|upfront|monthly|balance|acompte|arrhes|solde|mensu\w+|"
    r"acconto|rate\w*|mensil\w+|saldo|anticipo|plazos|cuotas?|aanbetaling|termijnen|"
    r"adiantamento|prestaç\w+|zaliczk\w*|rat[yach]+|avbetal\w+|rater|ennakko|avans|záloh\w+|"
    r"(?:up)?on (?:order|delivery)|bei (?:lieferung|auftrag|bestellung)|à la commande|"
    r"all'ordine|alla consegna|al pedido|a la entrega|bij (?:bestelling|opdracht|levering))\b"
)
FROM_RECEIPT = re.compile(
    r"\b(?:nach (?:erhalt|eingang|zugang|empfang|lieferung|abnahme|leistung)|ab (?:erhalt|zugang|"
    r"lieferung)|(?:after|of|from|upon) (?:receipt|delivery|completion|acceptance)|"
    r"(?:après|de la|dès) (?:réception|livraison)|réception de la facture|"
    r"(?:dal|dalla) (?:ricevimento|consegna|ricezione)|ricevimento fattura|"
    r"(?:desde|de|tras) (?:la )?(?:recepción|entrega)|na (?:ontvangst|levering)|"
    r"após (?:a )?(?:receção|recepção|entrega)|od (?:otrzymania|dostawy|doręczenia)|"
    r"otrzymani[ae] faktury|(?:efter|från) (?:mottag\w+|leverans|modtag\w+|levering)|"
    r"(?:vastaanot\w+|toimitu\w+)|de la (?:primire|livrare)|(?:od|po) (?:doručení|dodání))\b"
)
SOMETHING_ELSE = re.compile(
    # What follows when it is late, and what may be returned, complained of or relied on so long.
    r"\b(?:interests?|late|overdue|\w*verzug\w*|\w*zins(?:en|satz)?|mahn\w*|intérêts?|pénalit\w*|"
    r"retard|interessi|mora|moratori\w*|intereses|demora|juros|rente|boete|odsetk\w*|ränt\w+|"
    r"dröjsmål\w*|morarente\w*|viivästys\w*|korko\w*|dobân\w+|penalit\w*|úrok\w*|pokut\w*|"
    r"reklam\w*|rücksend\w*|rückgabe\w*|widerruf\w*|umtausch\w*|beanstand\w*|mängel\w*|"
    r"garant\w*|gewährleist\w*|gültig\w*|claims?|complaints?|returns?|returned|refund\w*|"
    r"warranty|guarantee\w*|valid\w*|withdraw\w*|réclam\w*|retours?|rétractation|valable\w*|"
    r"reclam\w*|recesso|garanzi\w*|devoluci\w*|devolu[cç]\w*|klacht\w*|geldig\w*|zwrot\w*|"
    r"gwaranc\w*|ważn\w*|retur\w*|giltig\w*|gyldig\w*|palautu\w*|takuu\w*|voimassa\w*|"
    r"vrácení|záru\w+)\b"
)
ALREADY_PAID = re.compile(
    r"\b(?:bereits (?:beglichen|bezahlt|gezahlt|ausgeglichen)|betrag (?:dankend )?erhalten|"
    r"already (?:been )?(?:paid|settled)|paid in full|paid with thanks|"
    r"déjà (?:payée?|réglée?|acquittée?)|acquittée?|già (?:pagat[oa]|saldat[oa])|"
    r"ya (?:pagad[oa]|abonad[oa])|(?:reeds|al) (?:betaald|voldaan)|já pag[oa]|"
    r"(?:już )?(?:zapłacono|opłacono)|redan betal\w+|allerede betalt|jo maksettu|deja (?:plătit\w*|"
    r"achitat\w*)|již (?:uhrazeno|zaplaceno))\b"
)
NO_REQUEST = re.compile(
    r"\b(?:keine (?:aufforderung zur )?zahlung\w*|nicht (?:zur zahlung|überweisen|bezahlen)|"
    r"do not pay|no payment (?:is )?(?:required|due)|ne pas (?:payer|régler)|non pagare|no pagar|"
    r"niet betalen|verrechnet|gutgeschrieben|abgebucht|eingezogen|lastschrift\w*|abbuch\w+|"
    r"direct debit|will be (?:debited|collected)|prélev\w+|addebit\w+|sdd|sepa core|"
    r"domicilia\w+|incasso|débito directo|débito direto|polecenie zapłaty|autogiro|"
    r"betalingsservice|"
    r"suoraveloitus|debit direct|inkaso)\b"
)
