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
_LEDGER = re.compile(r"<LEDGERBAL>(.*?)(?:</LEDGERBAL>|<AVAILBAL>|\Z)", re.DOTALL)
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
    plain = _CDATA.sub(lambda found: escape(found[1]), text)
    return [_statement(plain, found) for found in _MESSAGE.finditer(plain)]


def _statement(text: str, found: re.Match[str]) -> BankStatement:
    body, line = found[2], _line(text, found.start())
    account, currency = _said(body, "ACCTID"), _said(body, "CURDEF")
    if not account:
        raise BankFileError("the account is missing", line=line, part="ACCTID")
    places = ((one, line + body.count("\n", 0, one.start())) for one in _BOOKING.finditer(body))
    entries = [_entry(one[1], account, currency, at) for one, at in places]
    closing = _closing(body, currency, line)
    days = _days(body, line) + [entry.booked for entry in entries]
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


def _days(body: str, line: int) -> list[date]:
    told = [_said(body, name) for name in ("DTSTART", "DTEND", "DTASOF")]
    days = [read_iso_day(day, line=line, part="DTEND") for day in told if day]
    if not days:
        raise BankFileError("no day is told", line=line, part="DTEND")
    return days


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


def _closing(body: str, currency: str, line: int) -> BankBalance | None:
    found = _LEDGER.search(body)
    if found is None:
        return None
    money = _money(_said(found[1], "BALAMT"), currency, line, "BALAMT")
    return BankBalance(
        money=money, day=read_iso_day(_said(found[1], "DTASOF"), line=line, part="DTASOF")
    )


def _money(text: str, currency: str, line: int, part: str) -> Money:
    plain = text.strip().removeprefix("+")
    money = read_sum(plain.removeprefix("-"), currency, line=line, part=part)
    return Money(-money.minor, currency) if plain.startswith("-") else money


def _said(text: str, name: str) -> str:
    found = re.search(rf"<{name}>([^<\r\n]*)", text)
    return unescape(found[1]).strip() if found else ""


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
