"""A bank's way of writing its table: columns, dates, amounts and signs, from a TOML file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from adapters.bank.refused_file import BankFileError

BANK_COLUMNS = (
    *("booked", "valued", "amount", "debit", "credit", "sign", "balance"),
    *("currency", "account", "payer", "payer_account", "end_to_end", "reference", "text"),
    *("row_number", "status"),
)
"""What a profile may say the column of; `text` may be several, in their order."""

_KEYS = frozenset(
    {"name", "separator", "encoding", "date_format", "decimal", "currency", "account"}
    | {"columns", "credit_signs", "debit_signs", "booked_status", "skip_lines"}
)
_TOKENS = {"YYYY": "%Y", "YY": "%y", "MM": "%m", "M": "%m", "DD": "%d", "D": "%d"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BankCsvProfile:
    """How one bank writes its statements as a table.

    Attributes:
        name: the bank and its export, as refusals name it.
        columns: for each of `BANK_COLUMNS` the headers that it may have; for `text` all of them.
        date_format: such as ``DD.MM.YYYY``.
        decimal: the decimal sign, ``.`` or ``,``; the other one groups thousands.
        separator, encoding: tried before the usual ones; empty if these do.
        currency, account: where the table has no column for them.
        credit_signs, debit_signs: what the column `sign` says.
        booked_status: what the column `status` says of money that is booked; else it is announced.
        skip_lines: how lines begin that are no bookings, such as sums.
    """

    name: str
    columns: Mapping[str, tuple[str, ...]]
    date_format: str
    decimal: str
    separator: str = ""
    encoding: str = ""
    currency: str = ""
    account: str = ""
    credit_signs: tuple[str, ...] = ()
    debit_signs: tuple[str, ...] = ()
    booked_status: tuple[str, ...] = ()
    skip_lines: tuple[str, ...] = ()

    @property
    def pattern(self) -> str:
        """The date format as Python writes it."""
        return re.sub("YYYY|YY|MM?|DD?", lambda found: _TOKENS[found[0]], self.date_format)


@lru_cache(maxsize=1)
def shipped_profiles() -> tuple[BankCsvProfile, ...]:
    """The profiles that come with the program, by name of file."""
    folder = files("adapters.bank.tables") / "profiles"
    found = {one.name: one for one in folder.iterdir() if one.name.endswith(".toml")}
    return tuple(read_profile(name, found[name].read_bytes()) for name in sorted(found))


def read_profile(name: str, body: bytes) -> BankCsvProfile:
    """Read a profile.

    Raises:
        BankFileError: naming the key at fault.
    """
    try:
        told: dict[str, Any] = tomllib.loads(body.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BankFileError(f"is no profile: {error}", file=name) from None
    unknown = [*(told.keys() - _KEYS), *(_table(told, name).keys() - set(BANK_COLUMNS))]
    if unknown:
        known = ", ".join([*sorted(_KEYS), *BANK_COLUMNS])
        raise BankFileError(f"is no key; known are {known}", file=name, part=min(unknown))
    profile = BankCsvProfile(
        name=_text(told, "name", name) or name,
        columns={key: _texts(value, key, name) for key, value in _table(told, name).items()},
        date_format=_text(told, "date_format", name) or "YYYY-MM-DD",
        decimal=_text(told, "decimal", name) or ".",
        separator=_text(told, "separator", name),
        encoding=_text(told, "encoding", name),
        currency=_text(told, "currency", name),
        account="".join(_text(told, "account", name).split()),
        credit_signs=_texts(told.get("credit_signs", []), "credit_signs", name),
        debit_signs=_texts(told.get("debit_signs", []), "debit_signs", name),
        booked_status=_texts(told.get("booked_status", []), "booked_status", name),
        skip_lines=_texts(told.get("skip_lines", []), "skip_lines", name),
    )
    _check(profile, name)
    return profile


def _check(profile: BankCsvProfile, file: str) -> None:
    has = profile.columns.keys()
    two = {"debit", "credit"} <= has
    for part, is_right, reason in (
        ("columns", "booked" in has, "the column of the day of booking is missing: booked"),
        ("columns", two or "amount" in has, "say amount, or debit and credit"),
        ("columns", "account" in has or profile.account, "say the account, or its column"),
        ("columns", "currency" in has or profile.currency, "say the currency, or its column"),
        ("decimal", profile.decimal in {".", ","}, "is neither . nor ,"),
        ("separator", len(profile.separator) <= 1, "is more than one sign"),
        ("date_format", _has_day(profile.pattern), "lacks year, month or day"),
        ("debit_signs", "sign" not in has or profile.debit_signs, "say what the sign column says"),
        ("encoding", _is_encoding(profile.encoding), "is no encoding that is known"),
    ):
        if not is_right:
            raise BankFileError(reason, file=file, part=part)


def _has_day(pattern: str) -> bool:
    return "%d" in pattern and "%m" in pattern and ("%Y" in pattern or "%y" in pattern)


def _is_encoding(name: str) -> bool:
    try:
        "".encode(name or "utf-8")
    except LookupError:
        return False
    return True


def _table(told: Mapping[str, Any], file: str) -> Mapping[str, Any]:
    found = told.get("columns")
    if not isinstance(found, dict):
        raise BankFileError("is missing, or no table", file=file, part="columns")
    return found


def _text(told: Mapping[str, Any], key: str, file: str) -> str:
    value = told.get(key, "")
    if not isinstance(value, str):
        raise BankFileError("is no text", file=file, part=key)
    return value


def _texts(value: object, key: str, file: str) -> tuple[str, ...]:
    found: Sequence[object] = [value] if isinstance(value, str) else value  # type: ignore[assignment]
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise BankFileError("is neither a text nor a list of texts", file=file, part=key)
    return tuple(map(str, found))
