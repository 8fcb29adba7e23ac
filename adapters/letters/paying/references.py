"""Makes payment references, by which money finds its invoice (P26)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from stdnum import iso11649, luhn
from stdnum.be import ogm_vcs
from stdnum.ch import esr
from stdnum.iso7064 import mod_97_10

from domain.payments.references import WITH_LETTERS, digits_in, reference_base

RF = re.compile(r"RF[0-9]{2}[A-Z0-9]{1,21}")
LONGEST_RF = 21
LONGEST_BE = 10
LONGEST_CH = 26
QRR = re.compile(rf"[0-9]{{{LONGEST_CH + 1}}}")
LONGEST_FI = 19
LONGEST_NO = 24
LONGEST_SE = 23
TEN = 10
LONGEST_REMITTANCE = 140
"""Characters of a transfer's own words (ISO 20022, EPC069-12, Swiss QR bill)."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A payment reference.

    Attributes:
        plain: as machines read it.
        shown: as it is printed, in the groups that its country is used to.
        scheme: a key of ``SCHEMES``; empty if it is just the invoice's number.
    """

    plain: str
    shown: str
    scheme: str = ""


def reference_of(
    number: str, scheme: str, printed: str = "", *, is_taken: bool = False
) -> Reference:
    """Make the reference of an invoice; its number where the scheme cannot hold that.

    The schemes of single countries know digits only: of ``INV-2026/7`` they keep ``20267``;
    ``iso11649`` keeps the letters, but no signs either. Where an earlier invoice of the creditor
    makes the same one, this one gets its number itself, which no other has; for a Swiss account,
    which takes no money without a reference in digits, 26 digits computed from the number.

    Args:
        number: the invoice's number, in one line.
        scheme: a key of ``SCHEMES``.
        printed: a reference that stands on the invoice already: it goes first, as it is.
        is_taken: whether an earlier invoice makes the same reference.
    """
    if printed:
        return _as_printed(printed, scheme)
    if is_taken:
        scheme, number = _of_its_own(scheme, number)
    made = _MAKE[scheme](number) if scheme in _MAKE else ""
    return Reference(made, _SHOW[scheme](made), scheme) if made else Reference(number, number)


def checked_reference(
    number: str, scheme: str, printed: str, *, is_taken: bool
) -> tuple[str, bool]:
    """Tell the reference of an invoice as machines read it, and whether it has check digits."""
    made = reference_of(number, scheme, printed, is_taken=is_taken)
    return made.plain, bool(made.scheme) and not is_taken


def _of_its_own(scheme: str, number: str) -> tuple[str, str]:
    """The scheme and number of a reference that no other invoice's number makes."""
    if scheme != "ch":
        # Digits alone could be read as the reference that another number makes.
        looks_made = number.isdigit() or RF.fullmatch(iso11649.compact(number))
        return "", f"NR {number}" if looks_made else number
    told = int(hashlib.sha256(number.encode()).hexdigest(), 16)
    return scheme, f"{told % 10**LONGEST_CH}"


def remittance_of(numbers: Sequence[str], customer: str) -> str:
    """Name several invoices in a transfer: as many numbers as fit, each whole.

    Where not even one fits it is the customer's number; empty if that does not fit either: then
    nothing is asked for by a code, for the money could not be matched.
    """
    fitting: list[str] = []
    for number in numbers:
        if len(", ".join((*fitting, number))) > LONGEST_REMITTANCE:
            break
        fitting.append(number)
    named = ", ".join(fitting) or customer
    return named if len(named) <= LONGEST_REMITTANCE else ""


def _as_printed(printed: str, scheme: str) -> Reference:
    plain = iso11649.compact(printed)
    # The validator reads the digits of every script; banks read one.
    if RF.fullmatch(plain) and iso11649.is_valid(plain):
        return Reference(plain, iso11649.format(plain), "iso11649")
    plain = "".join(printed.split())
    # A Swiss account for bills takes no money without it.
    if scheme == "ch" and QRR.fullmatch(plain) and esr.is_valid(plain):
        return Reference(plain, esr.format(plain), "ch")
    return Reference(printed, printed)


def _rf(number: str) -> str:
    base = reference_base(number, WITH_LETTERS)
    if not 0 < len(base) <= LONGEST_RF:
        return ""
    return f"RF{mod_97_10.calc_check_digits(f'{base}RF')}{base}"


def _digits(number: str, longest: int) -> str:
    found = digits_in(number)
    return found if len(found) <= longest else ""


def _be(number: str) -> str:
    base = _digits(number, LONGEST_BE)
    return (
        base.zfill(LONGEST_BE) + ogm_vcs.calc_check_digits(base.zfill(LONGEST_BE)) if base else ""
    )


def _ch(number: str) -> str:
    base = _digits(number, LONGEST_CH)
    return base.zfill(LONGEST_CH) + esr.calc_check_digit(base) if base else ""


def _fi(number: str) -> str:
    """Viitenumero: weights 7, 3, 1 from the right, up to the next ten; at least four digits."""
    base = _digits(number, LONGEST_FI)
    if not base:
        return ""
    base = base.zfill(3)
    total = sum(int(digit) * (7, 3, 1)[place % 3] for place, digit in enumerate(reversed(base)))
    return f"{base}{-total % TEN}"


def _no(number: str) -> str:
    """KID with a check digit modulo 10."""
    base = _digits(number, LONGEST_NO)
    return base + luhn.calc_check_digit(base) if base else ""


def _se(number: str) -> str:
    """OCR with a length digit and a check digit, which every Swedish bank accepts."""
    base = _digits(number, LONGEST_SE)
    if not base:
        return ""
    base += str((len(base) + 2) % TEN)
    return base + luhn.calc_check_digit(base)


def _fives(plain: str) -> str:
    """In groups of five, counted from the right."""
    head = len(plain) % 5
    groups = [plain[:head], *(plain[at : at + 5] for at in range(head, len(plain), 5))]
    return " ".join(filter(None, groups))


def _belgian(plain: str) -> str:
    return f"+++{ogm_vcs.format(plain)}+++"


def _same(plain: str) -> str:
    return plain


_MAKE: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"iso11649": _rf, "be": _be, "ch": _ch, "fi": _fi, "no": _no, "se": _se}
)
_SHOW: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "iso11649": iso11649.format,
        "be": _belgian,
        "ch": esr.format,
        "fi": _fives,
        "no": _same,
        "se": _same,
    }
)
SCHEMES = ("", *_MAKE)
"""The invoice's number itself, or ISO 11649, Belgium's OGM, Switzerland's QRR, Finland's
viitenumero, Norway's KID, Sweden's OCR."""
