"""Finds out what a bank's file is and reads it: camt, MT940, tables and others, also in a ZIP."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Sequence

from adapters.bank.bai2_records import is_bai2, read_bai2
from adapters.bank.camt import is_camt, read_camt
from adapters.bank.coda import is_coda, read_coda
from adapters.bank.mt940 import is_mt940, read_mt940
from adapters.bank.ofx import is_ofx, read_ofx
from adapters.bank.refused_file import BankFileError
from adapters.bank.tables.csv_profile import BankCsvProfile, shipped_profiles
from adapters.bank.tables.csv_statements import is_bank_table, read_bank_table
from adapters.files.archives import ZIP, ArchiveLimits, unpacked
from domain.bank.statement import BankStatement

_ARCHIVES = ArchiveLimits(files=2000, size=200_000_000, kind="statements", error=BankFileError)
"""Files that are more, or larger unpacked, are no statements."""

_DOS_LETTERS = re.compile(rb"(?<=[A-Za-z])[\x81\x84\x94\xe1]|[\x8e\x99\x9a](?=[A-Za-z])")
_WINDOWS_LETTERS = re.compile(rb"[\xc0-\xe0\xe2-\xff]")
BankProfiles = Sequence[BankCsvProfile]
"""Ways of writing tables that a person has told."""

_Text = Callable[[str], list[BankStatement]]

_OF_TEXT: tuple[tuple[str, Callable[[str], bool], _Text], ...] = (
    ("MT940", is_mt940, read_mt940),
    ("MT942", is_mt940, read_mt940),
    ("BAI2", is_bai2, read_bai2),
    ("OFX", is_ofx, read_ofx),
    ("CODA", is_coda, read_coda),
)


def is_bank_file(body: bytes, profiles: BankProfiles = ()) -> bool:
    """Tell whether a file may be a statement, or an archive of some."""
    if body.startswith(ZIP):
        return _holds_statements(body, profiles)
    if is_camt(body):
        return True
    text = _text(body)
    return any(is_it(text) for _, is_it, _ in _OF_TEXT) or is_bank_table(body, profiles)


def _holds_statements(body: bytes, profiles: BankProfiles) -> bool:
    """Whether any file of an archive is one; what the others are is said when it is read."""
    try:
        return any(is_bank_file(content, profiles) for _, content in unpacked("", body, _ARCHIVES))
    except BankFileError:
        return False


def read_bank_file(name: str, body: bytes, profiles: BankProfiles = ()) -> list[BankStatement]:
    """Read the statements of a file, whatever its format; tables also by own profiles.

    Raises:
        BankFileError: naming file, line and part.
    """
    found: list[BankStatement] = []
    for inner, content in unpacked(name, body, _ARCHIVES):
        try:
            found += _read(content, profiles)
        except BankFileError as error:
            raise error.of(inner) from None
    if not found:
        raise BankFileError("holds no statement", file=name)
    return found


def _read(body: bytes, profiles: BankProfiles) -> list[BankStatement]:
    if not body.strip():
        raise BankFileError("is empty")
    if is_camt(body):
        return read_camt(body)
    text = _text(body)
    for _, is_it, read in _OF_TEXT:
        if is_it(text):
            return read(text)
    tables = read_bank_table(body, profiles)
    if tables:
        return tables
    known = ", ".join(["camt.052, camt.053, camt.054", *(name for name, _, _ in _OF_TEXT)])
    banks = ", ".join(profile.name for profile in (*profiles, *shipped_profiles()))
    raise BankFileError(f"is none of {known}, nor a table of {banks}; a profile may say another")


def _text(body: bytes) -> str:
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "cp850" if _of_dos(body) else "cp1252"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return body.decode("latin-1")


def _of_dos(body: bytes) -> bool:
    """Whether umlauts stand where MS-DOS had them, and none where Windows has them."""
    return _DOS_LETTERS.search(body) is not None and _WINDOWS_LETTERS.search(body) is None
