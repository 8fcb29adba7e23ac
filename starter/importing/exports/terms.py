"""Payment terms in words: the due date that follows from them, and a discount for paying early."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.errors import DomainError

_MOST_DAYS = 366
_DAYS = (
    r"(?:days?|d|tage?n?|t|jours?|j|giorni|gg|d[ií]as?|dagen|dagar|dager|dage|dgr|dn[ií]|dn[uů]|"
    r"zile|dias|nap|p[aä]iv[aä]{1,2}|pv)\.?"
)
_WEEKS = re.compile(
    r"(?<!\d)(\d{1,2}) ?(?:weeks?|wochen?|semaines?|settimane|weken|veckor|uker|uger)"
)
_NET = (
    r"(?:net(?:to)?|n|(?:due |pay(?:able|ment)? )?(?:with)?in|zahlbar(?: innerhalb(?: von)?)?|"
    r"(?:zahlungs)?ziel|zb|"
    r"binnen|innerhalb(?: von)?|[àa]|sous)[ /]?"
)
_REST = (
    r"(?: (?:net(?:to)?|rein netto|ohne abzug|(?:ab|nach) rechnungsdatum|"
    r"d\.?f\.?|(?:à |de )?(?:la )?date (?:de (?:la )?)?facture|(?:dalla )?data fattura|"
    r"(?:after|from|of|date of|after date of|from date of|of the|from the) invoice(?: date)?))*"
)
_EOM = (
    r"(?:eom|end of (?:the )?month|month ?end|monatsende|ultimo|fin de mois|fine mese|fdm|"
    r"f\.?m\.?|fin de mes|einde maand)"
)
_THEN_EOM = r"(?:fin de mois|fine mese|fdm|f\.?m\.?|fin de mes|einde maand|zum monatsende)"

_AT_ONCE = re.compile(
    r"^(?:due |payable )?(?:(?:up)?on receipt|immediate(?:ly)?|now)"
    r"|^(?:sofort|à réception|comptant|a vista|alla consegna|contado|direct|per omgaande|cash)"
)
_NET_DAYS = re.compile(rf"^(?:{_NET})?(\d{{1,3}}) ?(?:{_DAYS})?{_REST}$")
_AFTER_EOM = re.compile(
    rf"^{_EOM} ?\+? ?(\d{{1,3}})(?: ?{_DAYS})?$"
    rf"|^(?:net )?(\d{{1,3}}) ?(?:{_DAYS} )?(?:after )?(?:eom|end of (?:the )?month|mfi)$"
    r"|^(?:day )?(\d{1,2})(?:st|nd|rd|th)? (?:of )?(?:the )?(?:following|next) month$"
)
_TO_EOM = re.compile(rf"^(?:{_NET})?(\d{{1,3}}) ?{_DAYS},? {_THEN_EOM}$")
_JUST_EOM = re.compile(rf"^(?:due )?(?:at |by |am |zum )?(?:the )?{_EOM}$")
_IN = (
    r"(?: ?% ?|(?: ?%)? ?(?:/|in|within|innerhalb(?: von)?|skonto(?: bei zahlung)?"
    r"(?: innerhalb(?: von)?)?|discount(?: if paid)?(?: within)?) ?)"
)
_DISCOUNT = re.compile(rf"^(\d{{1,2}}(?:[.,]\d{{1,3}})?){_IN}(\d{{1,3}}) ?(?:{_DAYS})?,? ?(?:or )?")

_DAYS_FIRST = re.compile(
    rf"^(?:in |innerhalb(?: von)? )?(\d{{1,3}}) ?{_DAYS}:? (?:abzgl\.? )?"
    r"(\d{1,2}(?:[.,]\d{1,3})?) ?%"
    r"(?: (?:skonto|discount|escompte|sconto|korting|rabatt))?,? ?"
)
_HYPHEN = re.compile(r"-(?!\d)|(?<=\w)-")
"""A hyphen between words; before a number it would be a minus, and nobody has minus days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What payment terms say.

    Attributes:
        days: so many days.
        month_end: the days are counted first, and the end of that month is meant.
        after_month_end: the days are counted from the end of the invoice's month.
        discount_percent: for paying early; empty if there is none.
        discount_days: within so many days.
    """

    days: int = 0
    month_end: bool = False
    after_month_end: bool = False
    discount_percent: str = ""
    discount_days: str = ""

    def due(self, issued: date) -> date:
        """The due date of an invoice of a day."""
        if self.after_month_end:
            return _month_end(issued) + timedelta(days=self.days)
        day = issued + timedelta(days=self.days)
        return _month_end(day) if self.month_end else day


def read_terms(text: str) -> Terms:
    """Terms such as ``Net 30``, ``14 Tage netto``, ``EOM+15``, ``2/10 net 30``.

    Raises:
        DomainError: if they are not understood, with the way out.
    """
    words = " ".join(_HYPHEN.sub(" ", text.lower()).split()).rstrip(".")
    words = _WEEKS.sub(lambda found: f"{int(found[1]) * 7} days", _DAYS_FIRST.sub(_turned, words))
    early = _DISCOUNT.match(words)
    later = _plain_terms(words[early.end() :]) if early else None
    found = later or _plain_terms(words)
    if found is None or found.days > _MOST_DAYS:
        way_out = "write them like '30 days', 'Net 30' or 'EOM+15', or give each line its due date"
        raise DomainError(f"{text!r} are no payment terms that are understood; {way_out}")
    if early is None or later is None:
        return found
    return replace(found, discount_percent=early[1].replace(",", "."), discount_days=early[2])


def _turned(found: re.Match[str]) -> str:
    """A discount as most write it: ``8 Tage 2% Skonto`` is ``2% 8 Tage``."""
    return f"{found[2]}% {found[1]} days, "


def _plain_terms(words: str) -> Terms | None:
    """Terms without a discount; None if they are not understood."""
    if _AT_ONCE.match(words):
        return Terms()
    if found := _TO_EOM.match(words):
        return Terms(days=int(found[1]), month_end=True)
    if found := _AFTER_EOM.match(words):
        return Terms(days=int(found[1] or found[2] or found[3]), after_month_end=True)
    if _JUST_EOM.match(words):
        return Terms(month_end=True)
    found = _NET_DAYS.match(words)
    return Terms(days=int(found[1])) if found else None


def _month_end(day: date) -> date:
    first_of_next = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first_of_next - timedelta(days=1)
