"""Checks how a creditor is paid: account, reference and link."""

from __future__ import annotations

import re
import string
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from schwifty import BIC, IBAN
from schwifty.exceptions import SchwiftyException

from adapters.letters.paying.references import SCHEMES, Reference, reference_of
from adapters.letters.text.locale import clean
from domain.money import Money
from domain.parties.people import Creditor

PLACES = ("{number}", "{reference}", "{amount}", "{currency}")
"""What a link may hold in the place of the invoice's own, and of what the letter asks for."""

_SUM = PLACES[2:]
_PLACE = re.compile("|".join(map(re.escape, PLACES)))
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")


@dataclass(frozen=True, slots=True)
class Transfer:
    """The data of a bank transfer.

    Attributes:
        iban: without blanks; it validates.
        iban_shown: in groups of four.
        bic: empty if unknown.
    """

    holder: str
    iban: str
    iban_shown: str
    bic: str
    reference: Reference


def transfer_of(
    creditor: Creditor, number: str, printed: str = "", *, is_taken: bool = False
) -> Transfer | None:
    """Make the transfer for an invoice; None without a valid account number."""
    if not creditor.iban or wrong_iban(creditor.iban):
        return None
    iban = IBAN(creditor.iban)
    bic = BIC(creditor.bic).compact if creditor.bic and not wrong_bic(creditor.bic) else ""
    return Transfer(
        holder=clean(creditor.name or creditor.id, 70),
        iban=iban.compact,
        iban_shown=iban.formatted,
        bic=bic,
        reference=reference_of(number, creditor.reference, printed, is_taken=is_taken),
    )


def pay_link(creditor: Creditor, number: str, reference: str, asked: Money | None = None) -> str:
    """Make the link to pay an invoice online; empty if there is none, or it is not safe.

    Args:
        creditor: its ``pay_link`` may hold ``{number}``, ``{reference}``, ``{amount}`` and
            ``{currency}``.
        number: the invoice's number; empty in a message about several.
        reference: its payment reference.
        asked: the sum that the letter asks for; None if it asks for more than one.
    """
    link = creditor.pay_link
    if not link or wrong_link(link):
        return ""
    if not number and any(place in link for place in PLACES[:2]):
        return ""
    if asked is None and names_the_sum(creditor):
        return ""
    amount, currency = (asked.plain, asked.currency) if asked else ("", "")
    for place, value in zip(PLACES, (number, reference, amount, currency), strict=True):
        link = link.replace(place, quote(value, safe=""))
    parts = urlsplit(link)
    # Latin letters only, so that a host which merely looks like another one cannot be read as it,
    # and no letters in the path that run from right to left.
    host = (parts.hostname or "").encode("idna").decode()
    place = f"{host}:{parts.port}" if parts.port else host
    return quote(parts._replace(netloc=place).geturl(), safe=string.punctuation)


def names_the_sum(creditor: Creditor) -> bool:
    """Tell whether a creditor's link carries the sum that is asked for."""
    return any(place in creditor.pay_link for place in _SUM)


def wrong_iban(iban: str) -> str:
    """Describe why something is no account number; empty if it is one."""
    if not iban.isascii():
        return "has letters that only look Latin, or marks that cannot be seen; type it anew"
    try:
        IBAN(iban)
    except SchwiftyException as error:
        return f"is no valid IBAN ({str(error).rstrip('.')}); copy it from the bank's statement"
    return ""


def wrong_bic(bic: str) -> str:
    """Describe why something is no bank's code; empty if it is one, or nothing."""
    if not bic:
        return ""
    try:
        BIC(bic if bic.isascii() else "")
    except SchwiftyException:
        return "is no valid BIC; it has 8 or 11 letters and digits"
    return ""


def wrong_reference_scheme(scheme: str) -> str:
    """Describe why there is no such scheme of references; empty if there is."""
    known = ", ".join(filter(None, SCHEMES))
    return "" if scheme in SCHEMES else f"is no scheme; leave it empty or write one of {known}"


def wrong_link(link: str) -> str:
    """Describe why a link must not be sent to anybody; empty if it may."""
    try:
        reason = _wrong_parts(link)
    except (ValueError, UnicodeError):
        reason = "cannot be read"
    return f"{reason}; write it like https://pay.example.com/{{number}}" if reason else ""


def _listed(places: tuple[str, ...]) -> str:
    return f"{', '.join(places[:-1])} and {places[-1]}"


def _wrong_parts(link: str) -> str:
    plain = _PLACE.sub("0", link)
    if any(char.isspace() or unicodedata.category(char)[0] == "C" for char in link):
        return "has blanks or marks that cannot be seen"
    if set("{}<>\"'\\`") & set(plain):
        return f"has signs that no link has; the places are {_listed(PLACES)}"
    parts = urlsplit(plain)
    if parts.scheme != "https" or not parts.hostname:
        return "is no https link"
    if parts.username is not None or "@" in parts.netloc:
        return "has a user's name in it"
    if parts.port == 0:
        return "has an impossible port"
    # Whoever chooses an invoice's number must not choose with it where the money goes.
    return _wrong_host(parts.hostname, filled=parts.netloc != urlsplit(link).netloc)


def _wrong_host(host: str, *, filled: bool) -> str:
    if filled:
        return f"lets an invoice choose its host; {_listed(PLACES)} go behind it"
    latin = host.encode("idna")
    # The old rule of this codec turns some letters into others, and browsers go elsewhere.
    if latin.decode("idna") != host and latin.decode() != host:
        return "has a host that browsers read in different ways; write it in its xn-- form"
    return "" if _HOST.fullmatch(latin.decode()) else "has a host that is no name"
