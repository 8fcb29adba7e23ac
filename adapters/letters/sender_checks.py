"""What a creditor's own data must look like, before any letter is written with it.

Whoever only asks for a creditor loads none of the registers that a description is held against.
"""

from __future__ import annotations

from collections.abc import Callable

from domain.parties.people import Creditor


def _wrong_email(address: str) -> str:
    from adapters.http.address_checks import misspelt_email  # noqa: PLC0415 - slow to load

    reason = misspelt_email(address)
    return f"{reason}; every mail needs its sender" if reason else ""


def _wrong_name(name: str) -> str:
    """A name stands in the header of a mail, where a line break would refuse every one."""
    return "" if name.isprintable() else "holds a line break or control character; take it out"


def _wrong_languages(text: str) -> str:
    from adapters.letters.text.catalogue import parse_tag  # noqa: PLC0415 - slow to load

    tags = [tag.strip() for tag in text.split(",")] if text.strip() else []
    unknown = next((tag for tag in tags if parse_tag(tag) is None), None)
    if unknown is None:
        return ""
    return f"{unknown!r} is no language; write tags such as de, fr-CH or en, separated by commas"


def _if_given(check: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: check(text) if text else ""


def _checks() -> dict[str, Callable[[str], str]]:
    """What is wrong with the value of a field, and the way out; empty if nothing is."""
    from adapters.letters.paying import transfer  # noqa: PLC0415 - the register of banks is slow to load

    return {
        "email": _wrong_email,
        "name": _wrong_name,
        "sender_name": _wrong_name,
        "languages": _wrong_languages,
        "iban": _if_given(transfer.wrong_iban),
        "bic": _if_given(transfer.wrong_bic),
        "pay_link": _if_given(transfer.wrong_link),
        "reference": _if_given(transfer.wrong_reference_scheme),
    }


class SenderChecks:
    """Checks addresses, names, languages, bank details and payment references."""

    def wrong(self, company: Creditor) -> tuple[str, str] | None:
        """Name the first field that cannot be right, with the reason; None if nothing is wrong."""
        found = ((name, check(getattr(company, name))) for name, check in _checks().items())
        return next(((name, reason) for name, reason in found if reason), None)
