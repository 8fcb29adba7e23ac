"""Reads BAI2, the cash-management format of banks in the United States and Britain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from adapters.bank.bank_fields import read_short_day, read_sum
from adapters.bank.refused_file import BankFileError
from domain.bank.statement import BankBalance, BankEntry, BankRef, BankStatement, StatementKind
from domain.money import Money

_CREDITS = frozenset({*range(100, 400), *range(920, 960)})
_DEBITS = frozenset({*range(400, 700), *range(960, 1000)})
"""Detail codes, with those that a bank may make for a customer (920 to 999)."""
_NO_MONEY = frozenset({"890"})
_RETURNS = range(555, 560)
"""Deposited items that came back unpaid."""

_PAYER = re.compile(r"\b(?:BO1|DBNM):(.*)")
_GROUP = re.compile(r"[\r\n/][ \t]*02,")
_BEGINS = re.compile(r"([0-9]{2}),")
_NEXT = re.compile(
    r"(?<=/)\s+(?=(?:02,[^,/]*,|03,[0-9A-Z ]+,|16,[0-9]{3},[0-9+]*,|49,[-+0-9]|88,|9[89],[-+0-9]))"
)
"""Where one record ends in the middle of a line and the next begins."""
_OPENING, _CLOSING = ("010",), ("015",)


@dataclass(slots=True)
class _Record:
    code: str
    fields: list[str]
    line: int


@dataclass(slots=True)
class _Account:
    number: str
    currency: str
    line: int
    day: date
    opening: Money | None = None
    closing: Money | None = None
    entries: list[BankEntry] = field(default_factory=list)


def is_bai2(text: str) -> bool:
    """Tell whether a file looks like one of these."""
    return text.lstrip().startswith("01,") and _GROUP.search(text) is not None


def read_bai2(text: str) -> list[BankStatement]:
    """Read the accounts of a file, each as a statement of its group's day.

    Raises:
        BankFileError: naming line and record; never what stands there.
    """
    found: list[_Account] = []
    day, currency = date.min, "USD"
    for record in _records(text):
        if record.code == "02":
            day = read_short_day(_at(record, 4), line=record.line, part="02 as-of date")
            currency = _at(record, 6) or "USD"
        elif record.code == "03":
            found.append(_account(record, day, currency))
        elif record.code == "16":
            if not found:
                raise BankFileError("stands in no account", line=record.line, part="16")
            found[-1].entries += _entry(record, found[-1])
    return [_statement(account) for account in found]


def _records(text: str) -> Iterator[_Record]:
    """The records with what continues them (88)."""
    last: _Record | None = None
    for number, line in _lines(text):
        begins = _BEGINS.match(line)
        if begins is None or begins[1] == "88":
            # A line without a code is one that was broken.
            more = line[begins.end() :] if begins else line
            if last and more:
                last.fields += _continued(last, more.removesuffix("/"))
            continue
        if last:
            yield last
        last = _Record(begins[1], line.removesuffix("/").split(","), number)
    if last:
        yield last


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines; some banks write several records in one, each ended by a slash."""
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        for part in _NEXT.split(line):
            yield number, part.strip()


def _continued(record: _Record, rest: str) -> list[str]:
    """What a record goes on with: fields, until only text may follow."""
    if record.code != "16":
        return rest.split(",")
    return rest.split(",", max(0, 6 + _funds(record) - len(record.fields)))


def _account(record: _Record, day: date, currency: str) -> _Account:
    account = _Account(_at(record, 1), _at(record, 2) or currency, record.line, day)
    told = record.fields[3:]
    for place, code in enumerate(told):
        if code in {*_OPENING, *_CLOSING} and place + 1 < len(told) and told[place + 1]:
            money = _money(told[place + 1], account.currency, record.line)
            if code in _OPENING and account.opening is None:
                account.opening = money
            elif code in _CLOSING:
                account.closing = money
    return account


def _entry(record: _Record, account: _Account) -> list[BankEntry]:
    if _at(record, 1) in _NO_MONEY:
        return []
    kind = _kind(record)
    amount = _money(_at(record, 2), account.currency, record.line)
    skipped = _funds(record)
    bank, own = _at(record, 4 + skipped), _at(record, 5 + skipped)
    words = [text.strip() for text in record.fields[6 + skipped :] if text.strip()]
    if not amount.minor:
        return []
    made = BankEntry(
        account=account.number,
        amount=amount,
        is_credit=kind in _CREDITS,
        booked=account.day,
        valued=account.day,
        refs=(BankRef(sort="entry", value=bank),) if bank.strip("0 ") else (),
        end_to_end=own,
        lines=tuple(words),
        payer_name=next((found[1].strip() for found in map(_PAYER.search, words) if found), ""),
        is_return=kind in _RETURNS,
        returned=(own,) if kind in _RETURNS and own else (),
        line=record.line,
    )
    return [made]


def _kind(record: _Record) -> int:
    code = _at(record, 1)
    kind = int(code) if code.isdecimal() else 0
    if kind not in _CREDITS and kind not in _DEBITS:
        raise BankFileError("is no type of a credit or debit", line=record.line, part="16")
    return kind


def _funds(record: _Record) -> int:
    """How many fields the type of funds adds: V a date and a time, S three sums, D its days."""
    sort = _at(record, 3)
    if sort == "V":
        return 2
    if sort == "S":
        return 3
    if sort == "D":
        count = _at(record, 4)
        return 1 + 2 * int(count) if count.isdecimal() else 1
    return 0


def _money(text: str, currency: str, line: int) -> Money:
    """A sum without a decimal point, in the currency's smallest units."""
    plain = text.strip().lstrip("+")
    if not plain.removeprefix("-").isdecimal():
        raise BankFileError("is no amount", line=line, part="amount")
    digits = len(read_sum("0", currency, line=line, part="currency").plain.partition(".")[2])
    return read_sum(str(Decimal(plain).scaleb(-digits)), currency, line=line, part="amount")


def _at(record: _Record, place: int) -> str:
    return record.fields[place].strip() if place < len(record.fields) else ""


def _balance(money: Money | None, day: date) -> BankBalance | None:
    return BankBalance(money=money, day=day) if money is not None else None


def _statement(account: _Account) -> BankStatement:
    entries = tuple(account.entries)
    return BankStatement(
        kind=StatementKind.STATEMENT,
        account=account.number,
        currency=account.currency,
        opening=_balance(account.opening, account.day),
        closing=_balance(account.closing, account.day),
        entries=entries,
        moved=sum(e.amount.minor if e.is_credit else -e.amount.minor for e in entries),
        first_day=account.day,
        last_day=account.day,
        line=account.line,
    )
