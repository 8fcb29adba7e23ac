"""Writes CODA files record by record, so that a test names what it is about and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field

IBAN = "BE68539007547034"


def _field(text: str, width: int) -> str:
    assert len(text) <= width, text
    return text.ljust(width)


def _money(cents: int) -> str:
    return f"{'1' if cents < 0 else '0'}{abs(cents) * 10:015d}"


@dataclass
class CodaFile:
    """A file of one account; amounts are cents, more than zero came in."""

    opening: int = 100_000
    currency: str = "EUR"
    account: str = IBAN
    records: list[str] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)

    def move(
        self,
        cents: int,
        *,
        told: str = "",
        structured: bool = False,
        code: str = "00150000",
        detail: int = 0,
        reference: str = "",
        returned: str = " ",
        reason: str = "",
        account: str = "",
        name: str = "",
        bank: str = "",
    ) -> CodaFile:
        """Add a movement with all three of its records."""
        if not detail:
            self.moved.append(cents)
        place = f"{len(self.moved):04d}{detail:04d}"
        text = told.ljust(149)
        bank = bank or f"BANKREF{len(self.moved):04d}{detail:04d}"
        first = f"21{place}{_field(bank, 21)}{_money(cents)}020326{code}"
        self.records.append(f"{first}{int(structured)}{text[:53]}02032600101 0")
        second = f"22{place}{text[53:106]}{_field(reference, 35)}{'':11}   {returned}"
        self.records.append(f"{second}{_field(reason, 4)}{'':8}1 0")
        third = f"23{place}{_field(account, 34)}EUR{_field(name, 35)}{text[106:149]}"
        self.records.append(f"{third}0 0")
        return self

    def inform(self, told: str, *, structured: bool = True) -> CodaFile:
        """Add a record 3.1 to the last movement."""
        place = f"{len(self.moved):04d}0001"
        record = f"31{place}{'':21}00150000{int(structured)}{_field(told, 73)}"
        self.records.append(f"{record}{'':12}0 0")
        return self

    def text(self, *, closing: int | None = None, last: str = "2") -> str:
        """The whole file."""
        end = self.opening + sum(self.moved) if closing is None else closing
        account = f"{_field(self.account, 31)}{'':3}{self.currency}"
        head = f"0000002032653905        {'REF':10}{'ACME NV':26}KREDBEBB   00403019261 00000"
        lines = [
            f"{head}{'':39}2",
            f"12001{account}{_money(self.opening)}010326{'ACME NV':26}{'CURRENT':35}001",
            *self.records,
            f"8001{account}{_money(end)}020326{'':64}0",
        ]
        count = len(lines) - 1
        debit = -sum(one for one in self.moved if one < 0) * 10
        credit = sum(one for one in self.moved if one > 0) * 10
        lines.append(f"9{'':15}{count:06d}{debit:015d}{credit:015d}{'':75}{last}")
        assert {len(line) for line in lines} == {128}, [len(line) for line in lines]
        return "\r\n".join(lines) + "\r\n"
