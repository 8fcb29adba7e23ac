"""Reads OFX statements, of version 1 (SGML) and 2 (XML) alike."""

from __future__ import annotations

import re
from datetime import date
from html import escape, unescape

from adapters.bank.bank_fields import read_iso_day, read_sum
from adapters.bank.refused_file import BankFileError
from domain.bank.statement import BankBalance, BankEntry, BankRef, BankStatement, StatementKind
from domain.money import Money

_MESSAGE = re.compile(r"<(STMTRS|CCSTMTRS)>(.*?)(?:</\1>|\Z)", re.DOTALL)
_BOOKING = re.compile(r"<STMTTRN>(.*?)(?=</STMTTRN>|<STMTTRN>|</BANKTRANLIST>|\Z)", re.DOTALL)
_END = re.compile(r"</OFX\s*>")
_LEDGER = re.compile(r"<LEDGERBAL>(.*?)(?:</LEDGERBAL>|<AVAILBAL>|\Z)", re.DOTALL)
_STATUS = r"<STATUS>((?:(?!</STATUS>|<STATUS>).)*<SEVERITY>ERROR)"
_ERROR = re.compile(_STATUS, re.DOTALL)
_OTHER = re.compile(r"<(INVSTMTRS|LOANSTMTRS|ACCTINFO)>")
"""What is no statement of money: securities, loans, lists of accounts."""
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_RETURNED = re.compile(r"<CORRECTFITID>")


def is_ofx(text: str) -> bool:
    """Tell whether a file looks like one of these."""
    return re.search(r"<OFX[\s>]", text) is not None


def read_ofx(text: str) -> list[BankStatement]:
    """Read the statements of a file; OFX tells no opening balance, so sums are not judged.

    Raises:
        BankFileError: naming line and element; never what stands there.
    """
    if _END.search(text) is None:
        line = text.count("\n") + 1
        raise BankFileError("is cut off; export the file again", line=line, part="OFX")
    plain = _CDATA.sub(lambda found: escape(found[1]), text)
    found = [_statement(plain, found) for found in _MESSAGE.finditer(plain)]
    if not found:
        raise _without_statement(plain)
    return found


def _without_statement(text: str) -> BankFileError:
    """Say what an answer of the bank holds instead."""
    error = _ERROR.search(text)
    if error:
        code, line = _said(error[1], "CODE"), _line(text, error.start())
        what = f"the bank answers with error {code[:6]} instead of a statement; ask it again"
        return BankFileError(what, line=line, part="STATUS")
    other = _OTHER.search(text)
    if other:
        what = "holds no bank's statement; export the account that customers pay to"
        return BankFileError(what, line=_line(text, other.start()), part=other[1])
    return BankFileError("holds no statement")


def _statement(text: str, found: re.Match[str]) -> BankStatement:
    body, line = found[2], _line(text, found.start())
    account, currency = _said(body, "ACCTID"), _said(body, "CURDEF")
    for told, part in ((account, "ACCTID"), (currency, "CURDEF")):
        if not told:
            raise BankFileError("is missing; export the file again", line=line, part=part)
    places = ((one, line + body.count("\n", 0, one.start())) for one in _BOOKING.finditer(body))
    entries = [_entry(one[1], account, currency, at) for one, at in places]
    closing = _closing(body, currency, line, entries)
    days = [entry.booked for entry in entries]
    days += _days(body, line, is_needed=not days)
    booked = [entry for entry in entries if entry.amount.minor]
    return BankStatement(
        kind=StatementKind.REPORT if closing is None else StatementKind.STATEMENT,
        account=account,
        currency=currency,
        closing=closing,
        entries=tuple(booked),
        moved=sum(e.amount.minor if e.is_credit else -e.amount.minor for e in booked),
        first_day=min(days),
        last_day=max(days),
        line=line,
    )


def _days(body: str, line: int, *, is_needed: bool) -> list[date]:
    """The days that it speaks of; what banks write instead of a day is passed over, if others are.

    Some write the day first, or zeros.
    """
    found: list[date] = []
    for name in ("DTSTART", "DTEND", "DTASOF"):
        try:
            found.append(read_iso_day(_said(body, name), line=line, part=name))
        except BankFileError:
            continue
    if is_needed and not found:
        raise BankFileError("no day is told", line=line, part="DTEND")
    return found


def _entry(told: str, account: str, currency: str, line: int) -> BankEntry:
    signed = _money(_said(told, "TRNAMT"), currency, line, "TRNAMT")
    day: date = read_iso_day(_said(told, "DTPOSTED"), line=line, part="DTPOSTED")
    bank, name = _said(told, "FITID"), _said(told, "NAME") or _said(told, "PAYEE")
    words = [text for text in (_said(told, "MEMO"),) if text]
    return BankEntry(
        account=account,
        amount=Money(abs(signed.minor), signed.currency),
        is_credit=signed.minor > 0,
        booked=day,
        valued=day,
        refs=(BankRef(sort="bank", value=bank),) if bank else (),
        end_to_end=_said(told, "REFNUM") or _said(told, "CHECKNUM"),
        # Some banks put what the payer wrote where the name belongs.
        lines=tuple(words or [name]),
        payer_name=name,
        is_return=_RETURNED.search(told) is not None,
        returned=(_said(told, "CORRECTFITID"),) if _RETURNED.search(told) else (),
        line=line,
    )


def _closing(body: str, currency: str, line: int, entries: list[BankEntry]) -> BankBalance | None:
    """The balance; one of no day is of the last booking's, and without any there is none."""
    found = _LEDGER.search(body)
    if found is None or not _said(found[1], "BALAMT"):
        return None
    money = _money(_said(found[1], "BALAMT"), currency, line, "BALAMT")
    told = _said(found[1], "DTASOF")
    if told.strip("0"):
        return BankBalance(money=money, day=read_iso_day(told, line=line, part="DTASOF"))
    last = max((entry.booked for entry in entries), default=None)
    return BankBalance(money=money, day=last) if last else None


def _money(text: str, currency: str, line: int, part: str) -> Money:
    plain = "".join(text.split()).removeprefix("+")
    money = read_sum(_decimal_point(plain.removeprefix("-")), currency, line=line, part=part)
    return Money(-money.minor, currency) if plain.startswith("-") else money


def _decimal_point(text: str) -> str:
    """An amount with a point alone: some banks group thousands, by the sign that comes first."""
    if "," in text and "." in text:
        group = min(",", ".", key=text.index)
        return text.replace(group, "")
    return text


def _said(text: str, name: str) -> str:
    found = re.search(rf"<{name}>([^<\r\n]*)", text)
    return unescape(found[1]).strip() if found else ""


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
