"""Makes statements of a bank's table: one for each account, in the order its balances tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise

from adapters.bank.bank_fields import read_sum
from adapters.bank.refused_file import BankFileError
from adapters.bank.tables.csv_profile import BankCsvProfile, shipped_profiles
from adapters.bank.tables.csv_table import BankTableLine, find_table, is_table
from domain.bank.statement import BankBalance, BankEntry, BankRef, BankStatement, StatementKind
from domain.money import Money

_GROUPS = re.compile(r"[0-9]{1,3}(?:[.,' \u00a0\u202f\u2019][0-9]{3})+")
_MARKS = {
    "€": ("EUR",),
    "£": ("GBP",),
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"),
    "zł": ("PLN",),
    "kr": ("SEK", "DKK", "NOK"),
    "Kč": ("CZK",),
    "lei": ("RON",),
    "Ft": ("HUF",),
    "Fr.": ("CHF",),
}
"""What stands beside an amount instead of its currency's code."""
_BLANKS = str.maketrans("", "", "' \u00a0\u202f\u2019")


@dataclass(frozen=True, slots=True)
class _Row:
    """One line as money: more than zero came in."""

    line: int
    signed: Money
    entry: BankEntry
    balance: Money | None


def is_bank_table(body: bytes, own: Sequence[BankCsvProfile] = ()) -> bool:
    """Tell whether a file is a table of a bank that a profile is known for."""
    if body.lstrip().startswith((b"<", b"%PDF", b"PK")):
        return False
    return is_table(body, (*own, *shipped_profiles()))


def read_bank_table(body: bytes, own: Sequence[BankCsvProfile] = ()) -> list[BankStatement]:
    """Read the statements of a table; own profiles go before those that are shipped.

    Raises:
        BankFileError: naming line and column; never what stands there.
    """
    table = find_table(body, own) or find_table(body, shipped_profiles())
    if table is None:
        return []
    if not table.lines:
        raise BankFileError("holds no booking", line=table.header_line)
    accounts: dict[tuple[str, str], list[_Row]] = {}
    for line in table.lines:
        row = _row(line, table.profile)
        accounts.setdefault((row.entry.account, row.signed.currency), []).append(row)
    return [_statement(rows, table.header_line) for rows in accounts.values()]


def _row(line: BankTableLine, profile: BankCsvProfile) -> _Row:
    currency = (line.said("currency") or profile.currency).upper()
    signed = _signed(line, profile, currency)
    booked = _day(line, "booked", profile)
    valued = _day(line, "valued", profile) if line.said("valued") else booked
    number = line.said("row_number")
    reference, status = line.said("reference"), line.said("status")
    entry = BankEntry(
        account=_account(line, profile),
        amount=Money(abs(signed.minor), signed.currency),
        is_credit=signed.minor > 0,
        booked=booked,
        valued=valued,
        is_final=not profile.booked_status or status in profile.booked_status,
        refs=(BankRef(sort="row", value=number),) if number else (),
        end_to_end=line.said("end_to_end"),
        references=(reference,) if reference else (),
        lines=tuple(part for text in line.texts for part in _cut(text)),
        payer_name=" ".join(line.said("payer").split()),
        payer_account="".join(line.said("payer_account").split()),
        line=line.line,
    )
    balance = _money(line, "balance", profile, currency) if line.said("balance") else None
    return _Row(line.line, signed, entry, balance)


def _account(line: BankTableLine, profile: BankCsvProfile) -> str:
    account = "".join((line.said("account") or profile.account).split())
    if not account:
        raise BankFileError("the account is missing", line=line.line, part=line.header("account"))
    return account


def _cut(text: str) -> list[str]:
    return [part.strip() for part in text.splitlines() if part.strip()]


def _signed(line: BankTableLine, profile: BankCsvProfile, currency: str) -> Money:
    if "amount" not in profile.columns:
        return _of_two_columns(line, profile, currency)
    money = _money(line, "amount", profile, currency)
    if "sign" not in profile.columns:
        return money
    sign, part = line.said("sign"), line.header("sign")
    if sign in profile.debit_signs:
        return Money(-abs(money.minor), currency)
    if sign in profile.credit_signs:
        return Money(abs(money.minor), currency)
    known = ", ".join([*profile.credit_signs, *profile.debit_signs])
    raise BankFileError(f"is none of {known}; say it in a profile", line=line.line, part=part)


def _of_two_columns(line: BankTableLine, profile: BankCsvProfile, currency: str) -> Money:
    """Of debit and credit one is told; the other is empty or zero."""
    told = [
        abs(_money(line, column, profile, currency).minor) if line.said(column) else 0
        for column in ("credit", "debit")
    ]
    if all(told) or not any(line.said(column) for column in ("credit", "debit")):
        what = "of debit and credit exactly one must be told"
        raise BankFileError(what, line=line.line, part=line.header("credit"))
    return Money(told[0] - told[1], currency)


def _money(line: BankTableLine, column: str, profile: BankCsvProfile, currency: str) -> Money:
    told, part = line.said(column), line.header(column)
    plain = told.strip()
    signed = _without_currency(plain, currency)
    is_minus = any(
        one.startswith(("-", "(", "\u2212")) or one.endswith("-") for one in (plain, signed)
    )
    plain = _without_currency(plain.strip("+-()\u2212 "), currency).strip("+-\u2212 ")
    whole, _, cents = plain.partition(profile.decimal)
    if _GROUPS.fullmatch(whole):
        whole = whole.replace("." if profile.decimal == "," else ",", "").translate(_BLANKS)
    if not whole.isdecimal() or (cents and not cents.isdecimal()):
        way_out = f"amounts are read with the decimal sign {profile.decimal} of {profile.name}"
        raise BankFileError(f"is no amount; {way_out}", line=line.line, part=part)
    money = read_sum(f"{whole}.{cents}" if cents else whole, currency, line=line.line, part=part)
    return Money(-money.minor, currency) if is_minus else money


def _without_currency(told: str, currency: str) -> str:
    """An amount without the code or sign of its own currency; another one is no part of it."""
    marks = (currency, *(mark for mark, codes in _MARKS.items() if currency in codes))
    for mark in marks:
        told = told.removeprefix(mark).removesuffix(mark)
    return told.strip()


def _day(line: BankTableLine, column: str, profile: BankCsvProfile) -> date:
    told = line.said(column)
    for text in (told, told.partition(" ")[0]):
        try:
            return datetime.strptime(text, profile.pattern).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    what = f"is no day written as {profile.date_format}; another is said by date_format"
    raise BankFileError(what, line=line.line, part=line.header(column))


def _statement(rows: Sequence[_Row], header_line: int) -> BankStatement:
    ordered, broken = _in_order([row for row in rows if row.entry.is_final])
    entries = tuple(row.entry for row in rows if row.signed.minor)
    first, days = rows[0], [row.entry.booked for row in rows]
    told = bool(ordered) and all(row.balance is not None for row in ordered)
    return BankStatement(
        kind=StatementKind.STATEMENT if told else StatementKind.REPORT,
        account=first.entry.account,
        currency=first.signed.currency,
        opening=_opening(ordered[0]) if told else None,
        closing=_closing(ordered[-1]) if told else None,
        entries=entries,
        moved=sum(row.signed.minor for row in ordered),
        first_day=min(days),
        last_day=max(days),
        line=broken or header_line,
    )


def _in_order(rows: Sequence[_Row]) -> tuple[Sequence[_Row], int]:
    """The rows from the oldest, and the line at which a balance does not follow; 0 if none.

    Banks write the newest first or last; within a day only the balances tell.
    """
    by_day = sorted(rows, key=lambda row: row.entry.booked)
    back = sorted(rows, key=lambda row: row.entry.booked, reverse=True)[::-1]
    if not rows or rows[0].entry.booked > rows[-1].entry.booked:
        by_day, back = back, by_day
    broken = [(_broken(order), order) for order in (by_day, back)]
    lines, order = min(broken, key=lambda one: len(one[0]))
    return order, lines[0] if lines else 0


def _broken(rows: Sequence[_Row]) -> list[int]:
    pairs = pairwise(rows)
    return [later.line for earlier, later in pairs if not _follows(earlier, later)]


def _follows(earlier: _Row, later: _Row) -> bool:
    if earlier.balance is None or later.balance is None:
        return True
    return later.balance == earlier.balance + later.signed


def _opening(row: _Row) -> BankBalance | None:
    if row.balance is None:
        return None
    return BankBalance(money=row.balance - row.signed, day=row.entry.booked)


def _closing(row: _Row) -> BankBalance | None:
    return BankBalance(money=row.balance, day=row.entry.booked) if row.balance is not None else None
