"""Reads CODA, the coded statements of Belgian banks (version 2 of Febelfin's standard)."""

# One thing: the path from records of 128 signs to statements and entries.

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from adapters.bank.bank_fields import calendar_day, read_sum
from adapters.bank.coda_words import CodaWords, add_record, movement_words
from adapters.bank.refused_file import BankFileError
from domain.bank.statement import BankBalance, BankEntry, BankRef, BankStatement, StatementKind
from domain.money import Money

_WIDTH = 128
_HEAD = re.compile(r"0 {4}[0-9]{6}|0{5}[0-9]{6}")
_VERSION = "2"
_TOTALS = frozenset("12")
"""First digits of the code of a sum of payments, as the customer or the bank added them up."""
_PARTS = frozenset("567")
"""First digits of the code of one payment of such a sum."""
_UNPAID = frozenset({"0503", "0505"})
"""A direct debit that came back: unpaid, or refunded."""
_COUNTED = frozenset({"1", "21", "22", "23", "31", "32", "33", "8"})
_CENTURY = 2000


@dataclass(slots=True)
class _Move:
    """One movement: its first record, and the words of all its records."""

    line: int
    main: str
    words: CodaWords = field(default_factory=CodaWords)

    @property
    def sort(self) -> str:
        return self.main[53]

    @property
    def is_detail(self) -> bool:
        return self.main[6:10] != "0000"


@dataclass(slots=True)
class _Account:
    """One account's part of a file: from its old balance to its totals."""

    line: int
    old: str = ""
    new: str = ""
    new_line: int = 0
    counted: int = 0
    moves: list[_Move] = field(default_factory=list)


def is_coda(text: str) -> bool:
    """Tell whether a file looks like one of these."""
    head = text.lstrip("\ufeff\r\n").partition("\n")[0].rstrip("\r")
    return bool(_HEAD.match(head)) and len(head) == _WIDTH and head[14:16] in {"05", "00"}


def read_coda(text: str) -> list[BankStatement]:
    """Read the statements of a file, one for each account and day.

    Raises:
        BankFileError: naming line and record; never what stands there.
    """
    found: list[BankStatement] = []
    account: _Account | None = None
    for number, line in enumerate(text.lstrip("\ufeff").replace("\r", "").split("\n"), start=1):
        if not line.strip("\x1a "):
            continue
        record = line.ljust(_WIDTH)
        if record[0] == "0":
            _refuse_open(account)
            account = _begun(record, number)
        elif account is None:
            raise BankFileError("stands before record 0", line=number, part=record[0])
        elif record[0] == "9":
            found.append(_ended(account, record, number))
            account = None
        else:
            _take(account, record, number)
    _refuse_open(account)
    return found


def _begun(record: str, line: int) -> _Account:
    if record[127] != _VERSION:
        what = "is no version 2 of CODA; ask the bank for that version"
        raise BankFileError(what, line=line, part="0")
    return _Account(line)


def _refuse_open(account: _Account | None) -> None:
    if account is not None:
        what = "record 9 is missing: the file was cut off; get it from the bank again"
        raise BankFileError(what, line=account.line, part="0")


def _take(account: _Account, record: str, line: int) -> None:
    sort = record[0] if record[0] in "148" else record[:2]
    account.counted += sort in _COUNTED
    if sort == "1":
        account.old = record
    elif sort == "8":
        account.new, account.new_line = record, line
    elif sort == "21":
        account.moves.append(_Move(line, record))
        add_record(account.moves[-1].words, record)
    elif sort in _COUNTED and account.moves:
        add_record(account.moves[-1].words, record)
    elif sort != "4":
        raise BankFileError("is no record that belongs here", line=line, part=sort)


def _ended(account: _Account, record: str, line: int) -> BankStatement:
    number, currency = _number(account)
    opening = _balance(account.old[42:64], currency, account.line + 1, "1")
    # A day without movements may come without a new balance.
    closing = (
        _balance(account.new[41:63], currency, account.new_line, "8") if account.new else opening
    )
    made = _Made(number, currency)
    bookings = list(_bookings(account.moves))
    _refuse_lost(account, record, [made.signed(booking[0]) for booking in bookings], line)
    entries = tuple(entry for booking in bookings for entry in made.entries(*booking))
    days = [entry.booked for entry in entries] or [closing.day]
    return BankStatement(
        kind=StatementKind.STATEMENT,
        account=number,
        currency=currency,
        number=account.old[125:128].strip() or account.new[1:4].strip(),
        opening=opening,
        closing=closing,
        entries=entries,
        moved=sum(made.signed(booking[0]).minor for booking in bookings),
        first_day=min(*days, closing.day),
        last_day=max(*days, closing.day),
        line=account.line,
    )


def _number(account: _Account) -> tuple[str, str]:
    """The account and its currency; a Belgian number without IBAN is shorter."""
    record = account.old
    missing = "1" if not record else "8" if account.moves and not account.new else ""
    if missing:
        raise BankFileError(f"record {missing} is missing", line=account.line, part="0")
    if record[1] == "0":
        number, currency = record[5:17].strip(), record[18:21]
    else:
        end = 36 if record[1] == "2" else 39
        number, currency = "".join(record[5:end].split()), record[39:42]
    if not number:
        raise BankFileError("the account is missing", line=account.line + 1, part="1")
    return number, currency


def _refuse_lost(account: _Account, record: str, moved: list[Money], line: int) -> None:
    """Compare what was read with the totals of record 9."""
    count = record[16:22].strip()
    if count.isdecimal() and account.counted < int(count):
        what = "tells more records than the file holds; get it from the bank again"
        raise BankFileError(what, line=line, part="9")
    for told, sign in ((record[22:37], -1), (record[37:52], 1)):
        sums = (money.decimal for money in moved if money.minor * sign > 0)
        if abs(sum(sums, Decimal(0))) != _thousandths(told, line, "9"):
            what = "its totals are not those of the movements; get the file from the bank again"
            raise BankFileError(what, line=line, part="9")


def _bookings(moves: list[_Move]) -> Iterator[tuple[_Move, list[_Move]]]:
    """Each booking with its details."""
    at = 0
    while at < len(moves):
        end = at + 1
        while end < len(moves) and moves[end].is_detail:
            end += 1
        yield moves[at], moves[at + 1 : end]
        at = end


@dataclass(frozen=True, slots=True)
class _Made:
    """Makes the entries of an account."""

    account: str
    currency: str

    def signed(self, move: _Move) -> Money:
        money = _money(move.main[32:47], self.currency, move.line, "21")
        return Money(-money.minor if move.main[31] == "1" else money.minor, self.currency)

    def entries(self, whole: _Move, details: list[_Move]) -> Iterator[BankEntry]:
        """One for each payment of a sum, where they are told and add up."""
        money = self.signed(whole)
        if not money.minor:
            return
        parts = [one for one in details if one.sort in _PARTS]
        sums = [self.signed(one).minor for one in parts]
        is_total = whole.sort in _TOTALS
        one_way = all(minor * money.minor > 0 for minor in sums)
        if is_total and parts and one_way and sum(sums) == money.minor:
            for part in parts:
                yield self._entry(part, (whole,), 1)
        else:
            count = max(2, len(parts)) if is_total else 1
            yield self._entry(whole, () if is_total else tuple(details), count)

    def _entry(self, move: _Move, others: tuple[_Move, ...], count: int) -> BankEntry:
        """An entry; what its booking's other records say of bank and payer fills what it lacks."""
        money, words = self.signed(move), movement_words(move.words, *(one.words for one in others))
        booked = _day(move.main[115:121], move.line) or _day(move.main[47:53], move.line)
        if booked is None:
            raise BankFileError("is no day", line=move.line, part="21")
        is_return = words.is_return or move.main[54:58] in _UNPAID
        bank = move.main[10:31].strip()
        return BankEntry(
            account=self.account,
            amount=Money(abs(money.minor), money.currency),
            is_credit=money.minor > 0,
            booked=booked,
            valued=_day(move.main[47:53], move.line) or booked,
            count=count,
            refs=(BankRef(sort="entry", value=bank),) if bank.strip("0") else (),
            end_to_end=words.end_to_end,
            references=words.references,
            lines=words.lines,
            payer_name=words.name,
            payer_account=words.account,
            is_return=is_return,
            return_code=words.return_code if is_return else "",
            returned=words.returned if is_return else (),
            line=move.line,
        )


def _balance(told: str, currency: str, line: int, part: str) -> BankBalance:
    money = _money(told[1:16], currency, line, part)
    day = _day(told[16:22], line)
    if day is None:
        raise BankFileError("is no day", line=line, part=part)
    signed = Money(-money.minor if told[0] == "1" else money.minor, currency)
    return BankBalance(money=signed, day=day)


def _money(told: str, currency: str, line: int, part: str) -> Money:
    return read_sum(f"{_thousandths(told, line, part):f}", currency, line=line, part=part)


def _thousandths(told: str, line: int, part: str) -> Decimal:
    """An amount of twelve digits and three decimals."""
    if not told.isdecimal():
        raise BankFileError("is no amount", line=line, part=part)
    return Decimal(told).scaleb(-3)


def _day(told: str, line: int) -> date | None:
    """A day written as DDMMYY; zeros are none."""
    if not told.strip("0 "):
        return None
    if not told.isdecimal():
        raise BankFileError("is no day", line=line, part="21")
    day, month, year = int(told[:2]), int(told[2:4]), _CENTURY + int(told[4:])
    return calendar_day(year, month, day, line=line, part="21")
