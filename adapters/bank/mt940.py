"""Reads MT940 and MT942, with the liberties that banks take."""

# One thing: the path from a SWIFT message's fields to statements and entries.

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from adapters.bank.bank_fields import calendar_day, is_iban, read_short_day, read_sum
from adapters.bank.mt940_words import MtWords, read_words
from adapters.bank.refused_file import BankFileError
from domain.bank.recognising import is_reference
from domain.bank.statement import BankBalance, BankEntry, BankRef, BankStatement, StatementKind
from domain.money import Money

_BEGINS = re.compile(r"^[ \t\x01\x02]*(?:\{.*\{4:)?:(?:20|25|61|60F):", re.MULTILINE)
_FIELD = re.compile(r":([0-9]{2}[A-Z]?|NS):")
_END = re.compile(r"-\}?[A-Z0-9]*|-\}.*")
_BALANCE = re.compile(r"([CD])([0-9]{6})([A-Z]{3})?([0-9.,]+)")
_BOOKING = re.compile(
    r"""(?P<valued>[0-9]{6})(?P<booked>[0-9]{4})?\s*
    (?P<mark>R?[CD]|E[CD])(?P<funds>[A-Z])?\s*
    (?P<sum>(?>[0-9]{1,3}(?:[.][0-9]{3})+,[0-9]*|[0-9]+(?:[.,][0-9]*)?|,[0-9]+))\s*
    (?![a-z]|[A-Z]{1,2}[0-9]*[.,][0-9])(?:(?!NONREF)[NFS][A-Z0-9 ]{3})?(?P<rest>.*)""",
    re.VERBOSE | re.DOTALL,
)
_ELSEWHERE = frozenset({"EREF", "KREF", "MREF", "PREF", "RREF"})
"""Words in place of a reference: it stands in field 86, under that word."""
_REPORTS = ("13D", "34F", "90D", "90C")
_ENVELOPE = re.compile(r"^(?:\{[1235]:[^{}]*\}?)*\{4:")
_WITHIN = frozenset({"61", "86", "62F", "62M", "64", "65", "NS"})
"""Fields that no message begins with."""
_HALF_A_YEAR = 6


@dataclass
class _Message:
    """The fields of one message, in their order, each with its line."""

    line: int
    told: list[tuple[str, list[str], int]] = field(default_factory=list)

    def take(self, tag: re.Match[str] | None, text: str, line: int) -> None:
        """Take in one line: the beginning of a field, or more of the last one."""
        if tag:
            self.told.append((tag[1], [text], line))
        elif self.told:
            self.told[-1][1].append(text)

    @cached_property
    def fields(self) -> list[tuple[str, str, int]]:
        """Each field with its lines; to be asked for once all are taken in."""
        return [(tag, "\n".join(lines), line) for tag, lines, line in self.told]

    def said(self, *tags: str) -> tuple[str, int]:
        return next(((text, line) for tag, text, line in self.fields if tag in tags), ("", 0))

    def has(self, *tags: str) -> bool:
        return any(tag in tags for tag, _, _ in self.fields)


def is_mt940(text: str) -> bool:
    """Tell whether a file looks like one of these."""
    return _BEGINS.search(text) is not None


def read_mt940(text: str) -> list[BankStatement]:
    """Read the statements of a file; messages that speak of no account are left out.

    Raises:
        BankFileError: naming line and field; never what stands there.
    """
    found = [_statement(message) for message in _messages(text)]
    return [statement for statement in found if statement]


def _messages(text: str) -> Iterator[_Message]:
    """The messages of a file: each ends with a line of its own, or where the next one begins."""
    message = _Message(1)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    plain = [_ENVELOPE.sub("", line.lstrip("\x01\x02\ufeff ")) for line in lines]
    tags = [_FIELD.match(line) for line in plain]
    ends = _ends(plain, tags)
    for number, (line, told, tag) in enumerate(zip(lines, plain, tags, strict=True), start=1):
        if message.told and (number in ends or (tag and tag[1] == "20")):
            yield message
            message = _Message(number)
        message.take(tag, told[tag.end() :] if tag else line, number)
    if message.told:
        yield message


def _ends(plain: Sequence[str], tags: Sequence[re.Match[str] | None]) -> set[int]:
    """The lines that end a message: payers' words, too, may begin with a dash.

    After the end of a message, the next field begins another one.
    """
    found, following = set[int](), ""
    for number in range(len(plain), 0, -1):
        if following not in _WITHIN and _END.fullmatch(plain[number - 1].rstrip()):
            found.add(number)
        tag = tags[number - 1]
        following = tag[1] if tag else following
    return found


def _statement(message: _Message) -> BankStatement | None:
    opening, closing = _balance(message, "60F", "60M"), _balance(message, "62F", "62M")
    if not message.has("61") and opening is None and closing is None:
        return None
    ends = [balance for balance in (opening, closing) if balance]
    made = _made(message, ends)
    entries = tuple(_entries(message, made))
    days = [entry.booked for entry in entries] + [balance.day for balance in ends]
    if not days:
        return None
    return BankStatement(
        kind=made.kind,
        account=made.account,
        currency=made.currency,
        name=message.said("20")[0].strip(),
        number=re.split(r"[/\s]", message.said("28C", "28")[0].strip())[0],
        opening=opening,
        closing=closing,
        entries=entries,
        moved=sum(e.amount.minor if e.is_credit else -e.amount.minor for e in entries),
        first_day=min(days),
        last_day=max(days),
        goes_on=message.has("60M") and not message.has("60F"),
        line=message.line,
    )


@dataclass(frozen=True, slots=True)
class _Made:
    account: str
    currency: str
    kind: StatementKind


def _made(message: _Message, ends: list[BankBalance]) -> _Made:
    told, line = message.said("25", "25P")
    account = told.partition("\n")[0].strip()
    if not account:
        what = "the account is missing: this is no whole message; export it from the bank again"
        raise BankFileError(what, line=line or message.line, part=":25:")
    currency = ends[0].money.currency if ends else message.said("34F")[0][:3]
    is_report = message.has(*_REPORTS) and not ends
    kind = StatementKind.REPORT if is_report else StatementKind.STATEMENT
    return _Made(_account(account, currency), currency, kind)


def _account(told: str, currency: str) -> str:
    """The account without blanks, its bank's BIC, and a currency that some banks append."""
    plain = "".join(told.split()).lstrip("/")
    found = next((part for part in plain.split("/") if is_iban(part)), plain)
    shorter = found.removesuffix(currency).rstrip("/") if currency else found
    return shorter if shorter[-1:].isdigit() else found


def _balance(message: _Message, *tags: str) -> BankBalance | None:
    told, line = message.said(*tags)
    if not told.strip():
        return None
    part = f":{tags[0]}:"
    found = _BALANCE.match(told.strip())
    if found is None:
        raise BankFileError("is no balance", line=line, part=part)
    mark, day, currency, money = found.groups()
    currency = currency or _currency(message)
    amount = read_sum(_decimal(money), currency, line=line, part=part)
    signed = amount if mark == "C" else Money(-amount.minor, amount.currency)
    return BankBalance(money=signed, day=read_short_day(day, line=line, part=part))


def _currency(message: _Message) -> str:
    for tag in ("60F", "60M", "62F", "62M"):
        found = _BALANCE.match(message.said(tag)[0].strip())
        if found and found[3]:
            return found[3]
    return ""


def _decimal(text: str) -> str:
    """The amount with its decimal comma alone: some banks group thousands by points."""
    return text.replace(".", "") if "," in text else text


def _entries(message: _Message, made: _Made) -> Iterator[BankEntry]:
    bookings = [place for place, told in enumerate(message.fields) if told[0] == "61"]
    for place in bookings:
        _, told, line = message.fields[place]
        said = ""
        for tag, text, _ in message.fields[place + 1 : place + 3]:
            if tag not in {"86", "NS"}:
                break
            said = said or (f"NS\n{text}" if tag == "NS" else text)
        yield from _entry(told, said, line, made)


def _entry(told: str, said: str, line: int, made: _Made) -> Iterator[BankEntry]:
    found = _booking(told, line)
    amount = read_sum(_decimal(found["sum"]), made.currency, line=line, part=":61:")
    if not amount.minor:
        return
    mark, words = found["mark"], read_words(said)
    is_return = mark.startswith("R") or bool(words.return_code)
    valued = read_short_day(found["valued"], line=line, part=":61:")
    own, bank = _references(found["rest"])
    more = _supplement(found["rest"])
    yield BankEntry(
        account=made.account,
        amount=amount,
        # What is taken back runs the other way: RC takes a credit back.
        is_credit=mark in {"C", "EC", "RD"},
        kind=made.kind,
        booked=_booked(found["booked"], valued, line),
        valued=valued,
        is_final=not mark.startswith("E"),
        refs=(BankRef(sort="entry", value=bank),) if bank else (),
        lines=words.lines or more,
        is_return=is_return,
        returned=_named(words, own) if is_return else (),
        line=line,
        **_payer(words, own, words.account or next(filter(is_iban, more), ""), made),
    )


def _payer(words: MtWords, own: str, account: str, made: _Made) -> dict[str, Any]:
    """What is told of the payer; some banks write the account itself where the payer's belongs."""
    is_own = bool(account) and made.account.endswith(account)
    return {
        "end_to_end": words.end_to_end or own,
        "references": words.references,
        "payer_name": words.name,
        "payer_account": "" if is_own else account,
        "return_code": words.return_code,
    }


def _booking(told: str, line: int) -> re.Match[str]:
    found = _BOOKING.match(told.strip())
    if found is None:
        raise BankFileError("is no booking", line=line, part=":61:")
    return found


def _booked(told: str | None, valued: date, line: int) -> date:
    """The day of booking, in the year that is nearest to the value date."""
    if not told:
        return valued
    month, day = int(told[:2]), int(told[2:])
    year = valued.year
    if month - valued.month > _HALF_A_YEAR:
        year -= 1
    elif valued.month - month > _HALF_A_YEAR:
        year += 1
    return calendar_day(year, month, day, line=line, part=":61:")


def _references(rest: str) -> tuple[str, str]:
    """The payer's reference and the bank's."""
    first = rest.partition("\n")[0]
    own, _, bank = first.partition("//")
    own = "" if own.strip().rstrip("+") in _ELSEWHERE else own.strip()
    own = own if is_reference(own) and len(own) > 1 else ""
    return own, bank.strip() if is_reference(bank) else ""


def _supplement(rest: str) -> tuple[str, ...]:
    return tuple(filter(None, (line.strip() for line in rest.split("\n")[1:])))


def _named(words: MtWords, own: str) -> tuple[str, ...]:
    return tuple(filter(None, (words.end_to_end, own)))
