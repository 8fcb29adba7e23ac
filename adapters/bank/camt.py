"""Reads camt.052, camt.053 and camt.054 of any version: elements are found by their names."""

# One thing: the path from a document's elements to statements and entries.

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from adapters.bank.bank_fields import read_iso_day, read_sum
from adapters.bank.refused_file import BankFileError
from adapters.xml.safe_xml import XmlElement, read_xml
from domain.bank.statement import BankBalance, BankEntry, BankRef, BankStatement, StatementKind
from domain.money import Money

_SPACE = re.compile(r"\S*camt\.05([234])\.001\.(0[1-9]|1[0-4])(?![0-9])\S*")
"""Most are ISO's; Austria's banks and SWIFT have namespaces of their own for the same messages."""
_ROOTS = {
    "BkToCstmrAcctRpt": ("Rpt", StatementKind.REPORT),
    "BkToCstmrStmt": ("Stmt", StatementKind.STATEMENT),
    "BkToCstmrDbtCdtNtfctn": ("Ntfctn", StatementKind.ADVICE),
    # The names of version .01.
    "BkToCstmrAcctRptV01": ("Rpt", StatementKind.REPORT),
    "BkToCstmrStmtV01": ("Stmt", StatementKind.STATEMENT),
    "BkToCstmrDbtCdtNtfctnV01": ("Ntfctn", StatementKind.ADVICE),
}
_OPENING = ("OPBD", "PRCD")
_CLOSING = ("CLBD", "ITBD")
"""Of what is booked: what is available follows other days."""
_NUMBERS = ("IBAN", "Othr/Id", "PrtryAcct/Id", "BBAN", "UPIC")
"""Where an account's number stands; all but the first two are version .01's."""
_DETAILS = ("NtryDtls", "")
"""Where a booking's payments stand; in version .01 they stand in the booking itself."""
_HEAD = 100_000
"""So far into a file its message begins, whatever envelope it came in."""
_BOOKED = "BOOK"
_REASONS = tuple(f"RtrInf/{name}/{sort}" for name in ("Rsn", "RtrRsn") for sort in ("Cd", "Prtry"))
_RETURNS = frozenset({"RRTN", "RPCR", "UPDD", "PRDD", "RCDD", "ARET", "AREV", "UPCQ"})
"""Sub-families of bank transaction codes that take an earlier booking back."""


def is_camt(body: bytes) -> bool:
    """Tell whether a file looks like one of these."""
    head = body[:_HEAD]
    return b"<" in head and any(name.encode() in head for name in _ROOTS)


def read_camt(body: bytes) -> list[BankStatement]:
    """Read the statements of a document.

    Raises:
        BankFileError: naming line and element.
    """
    root = read_xml(body, BankFileError)
    messages = [one for one in root.iter() if isinstance(one, XmlElement) and one.name in _ROOTS]
    if not messages:
        names = ", ".join(name for name in _ROOTS if not name.endswith("V01"))
        raise BankFileError(f"holds none of {names}", line=root.line, part=root.name)
    return [statement for message in messages for statement in _message(message)]


def _message(message: XmlElement) -> Iterator[BankStatement]:
    """The statements of one message, which may stand in an envelope."""
    if message.namespace and not _SPACE.fullmatch(message.namespace):
        told = f"the namespace {message.namespace!r}"
        what = (
            f"{told} is none of camt.052, .053, .054 in versions .01 to .14; ask the bank for one"
        )
        raise BankFileError(what, line=message.line, part=message.name)
    name, kind = _ROOTS[message.name]
    made = message.said("GrpHdr/CreDtTm")
    for found in message.all(name):
        yield _statement(found, kind, made)


def _statement(told: XmlElement, kind: StatementKind, sent: str) -> BankStatement:
    account = told.said(*(f"Acct/Id/{sort}" for sort in _NUMBERS))
    if not account:
        raise BankFileError("the account is missing", line=told.line, part="Acct/Id")
    made = _Account("".join(account.split()), told.said("Acct/Ccy"), kind, _day_of(told, sent))
    bookings = list(told.all("Ntry"))
    entries = [entry for booking in bookings for entry in _entries(booking, made)]
    opening, closing = _balance(told, _OPENING), _balance(told, _CLOSING)
    ends = [balance for balance in (opening, closing) if balance]
    currencies = {one.amount.currency for one in entries} | {b.money.currency for b in ends}
    currency = made.currency or (min(currencies) if len(currencies) == 1 else "")
    days = _days(told, entries, ends) or [made.day]
    return BankStatement(
        kind=kind,
        account=made.account,
        currency=currency or (ends[0].money.currency if ends else ""),
        name=told.said("Id"),
        number=told.said("ElctrncSeqNb", "LglSeqNb"),
        opening=opening,
        closing=closing,
        entries=tuple(entries),
        moved=sum(_moved(booking) for booking in bookings),
        first_day=min(days),
        last_day=max(days),
        line=told.line,
    )


@dataclass(frozen=True, slots=True)
class _Account:
    """What the entries of a message share; the day is its own, where one tells none."""

    account: str
    currency: str
    kind: StatementKind
    day: date


def _day_of(told: XmlElement, sent: str) -> date:
    said = told.said("FrToDt/ToDtTm", "CreDtTm", "Bal/Dt/Dt") or sent
    return read_iso_day(said, line=told.line, part=f"{told.name}/CreDtTm")


def _days(told: XmlElement, entries: list[BankEntry], ends: list[BankBalance]) -> list[date]:
    """The days that it speaks of: of its entries and balances, else of the message itself."""
    found = [entry.booked for entry in entries] + [balance.day for balance in ends]
    told_days = (told.said("FrToDt/FrDtTm"), told.said("FrToDt/ToDtTm"))
    found += [read_iso_day(day, line=told.line, part="FrToDt") for day in told_days if day]
    return found


def _balance(told: XmlElement, sorts: tuple[str, ...]) -> BankBalance | None:
    found: dict[str, XmlElement] = {}
    for balance in told.all("Bal"):
        sort = balance.said("Tp/CdOrPrtry/Cd", "Tp/CdOrPrtry/Prtry", "Tp/Cd", "Tp/Prtry")
        found.setdefault(sort, balance)
    for sort in sorts:
        if sort in found:
            one = found[sort]
            day = one.said("Dt/Dt", "Dt/DtTm")
            return BankBalance(
                money=_signed(one), day=read_iso_day(day, line=one.line, part="Bal/Dt")
            )
    return None


def _signed(told: XmlElement) -> Money:
    money = _amount(told, "Amt")
    return money if _is_credit(told) else Money(-money.minor, money.currency)


def _amount(told: XmlElement, path: str) -> Money:
    amount = told.at(path)
    if amount is None:
        raise BankFileError("the amount is missing", line=told.line, part=f"{told.name}/{path}")
    currency = amount.get("Ccy", "")
    return read_sum(amount.text or "", currency, line=amount.line, part=f"{told.name}/{path}")


def _is_credit(told: XmlElement) -> bool:
    said = told.said("CdtDbtInd")
    if said not in {"CRDT", "DBIT"}:
        what = f"{said!r} is neither CRDT nor DBIT"
        raise BankFileError(what, line=told.line, part=f"{told.name}/CdtDbtInd")
    return said == "CRDT"


def _is_booked(booking: XmlElement) -> bool:
    return booking.said("Sts/Cd", "Sts") in {_BOOKED, ""}


def _moved(booking: XmlElement) -> int:
    return _signed(booking).minor if _is_booked(booking) else 0


def _entries(booking: XmlElement, account: _Account) -> Iterator[BankEntry]:
    """One entry for each payment of a booking, where their sums are told and add up."""
    whole = _amount(booking, "Amt")
    details = list(_details(booking, "TxDtls"))
    sums = [_detail_sum(detail, whole) for detail in details]
    told = [money for money in sums if money is not None]
    apart = len(told) == len(details) > 1 and sum(m.minor for m in told) == whole.minor
    if not whole.minor:
        return
    if not apart:
        count = _count(booking, len(details))
        detail = details[0] if len(details) == 1 else None
        yield _entry(booking, detail, whole, account, count)
        return
    for detail, money in zip(details, told, strict=True):
        if money.minor:
            yield _entry(booking, detail, money, account, 1)


def _count(booking: XmlElement, details: int) -> int:
    """How many payments a booking is the sum of, as far as the bank says."""
    told = (one.said("NbOfTxs") for one in _details(booking, "Btch"))
    return max(details, sum(int(one) for one in told if one.isdecimal()), 1)


def _details(booking: XmlElement, name: str) -> Iterator[XmlElement]:
    """What a booking is made of."""
    for place in _DETAILS:
        yield from booking.all(f"{place}/{name}".lstrip("/"))


def _detail_sum(detail: XmlElement, whole: Money) -> Money | None:
    """What a payment is in the account's currency; None if the bank does not say.

    One that runs against its booking counts negative, and is left together with the others.
    """
    for path in ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt"):
        amount = detail.at(path)
        if amount is not None and amount.get("Ccy") == whole.currency:
            return _amount(detail, path)
    return None


def _entry(
    booking: XmlElement,
    detail: XmlElement | None,
    money: Money,
    account: _Account,
    count: int,
) -> BankEntry:
    is_credit = _is_credit(booking)
    told = detail if detail is not None else booking
    booked, valued = _day(booking, "BookgDt"), _day(booking, "ValDt")
    name, payer = _party(told, is_credit=is_credit)
    is_return, rmt = _is_return(booking, detail), "RmtInf/Strd/CdtrRefInf"
    return BankEntry(
        account=account.account,
        amount=money,
        is_credit=is_credit,
        kind=account.kind,
        booked=booked or valued or account.day,
        valued=valued or booked or account.day,
        is_final=_is_booked(booking),
        count=count,
        refs=_refs(booking, detail),
        end_to_end=told.said("Refs/EndToEndId"),
        references=tuple(_texts(told, f"{rmt}/Ref", f"{rmt}/CdtrRef")),
        lines=_lines(booking, detail),
        payer_name=name,
        payer_account=payer,
        is_return=is_return,
        return_code=told.said(*_REASONS) if is_return else "",
        returned=_returned(told) if is_return else (),
        line=booking.line,
    )


def _day(booking: XmlElement, name: str) -> date | None:
    said = booking.said(f"{name}/Dt", f"{name}/DtTm")
    return read_iso_day(said, line=booking.line, part=f"Ntry/{name}") if said else None


def _party(told: XmlElement, *, is_credit: bool) -> tuple[str, str]:
    """The other party with its account; whom somebody pays for goes first."""
    other = "Dbtr" if is_credit else "Cdtr"
    ends = [f"RltdPties/{who}{sub}/Nm" for who in (f"Ultmt{other}", other) for sub in ("/Pty", "")]
    accounts = [f"RltdPties/{other}Acct/Id/{sort}" for sort in _NUMBERS]
    return told.said(*ends), "".join(told.said(*accounts).split())


def _refs(booking: XmlElement, detail: XmlElement | None) -> tuple[BankRef, ...]:
    found = [("entry", booking.said("AcctSvcrRef"))]
    if detail is not None:
        refs = ("AcctSvcrRef", "UETR", "TxId")
        sorts = ("bank", "uetr", "tx")
        found += [(sort, detail.said(f"Refs/{ref}")) for sort, ref in zip(sorts, refs, strict=True)]
    return tuple(BankRef(sort=sort, value=value) for sort, value in found if value)


def _texts(told: XmlElement, *paths: str) -> Iterator[str]:
    for path in paths:
        for found in told.all(path):
            text = (found.text or "").strip()
            if text:
                yield text


def _lines(booking: XmlElement, detail: XmlElement | None) -> tuple[str, ...]:
    """What the payer wrote; what the bank wrote only where there is nothing else."""
    said: list[str] = []
    if detail is not None:
        said += _texts(detail, "RmtInf/Ustrd", "RmtInf/Strd/AddtlRmtInf")
        said += _texts(detail, *(f"RmtInf/Strd/RfrdDocInf/{name}" for name in ("Nb", "RfrdDocNb")))
        said = said or list(_texts(detail, "AddtlTxInf"))
    return tuple(said or _texts(booking, "AddtlNtryInf"))


def _is_return(booking: XmlElement, detail: XmlElement | None) -> bool:
    if booking.said("RvslInd") in {"true", "1"}:
        return True
    told = [one for one in (booking, detail) if one is not None]
    if any(one.at("RtrInf") is not None for one in told):
        return True
    return any(one.said("BkTxCd/Domn/Fmly/SubFmlyCd") in _RETURNS for one in told)


def _returned(told: XmlElement) -> tuple[str, ...]:
    named = ("EndToEndId", "TxId", "InstrId", "AcctSvcrRef", "UETR")
    return tuple(dict.fromkeys(filter(None, (told.said(f"Refs/{name}") for name in named))))
