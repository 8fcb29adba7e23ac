"""The demo's bank statement: one payment closes its invoice, one is unclear and asks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from adapters.bank.bank_files import read_bank_file
from adapters.runtime.machine import machine_clock
from domain.money import Money
from starter.application import Application
from starter.demo.sample import DEMO_CREDITOR, UK, DemoInvoice, sample_debtor

SETTLED = DemoInvoice(
    number="D-1025",
    situation="paid, as the bank statement says",
    due=-7,
    amount=Money(61200, "GBP"),
    debtor=sample_debtor(25, "Juniper Catering", UK),
)
UNCLEAR = DemoInvoice(
    number="D-1026",
    situation="money came in, but another sum: we ask first",
    due=-9,
    amount=Money(45000, "GBP"),
    debtor=sample_debtor(26, "Hornbeam Cycles", UK),
)

_STATEMENT = """:20:STATEMENT
:25:{account}
:28C:1/1
:60F:C{day}GBP1000,00
:61:{day}C612,00NTRFNONREF//B-1
:86:{settled} WITH THANKS, JUNIPER CATERING
:61:{day}C300,00NTRFNONREF//B-2
:86:PART OF {unclear}, HORNBEAM CYCLES
:62F:C{day}GBP1912,00
-
"""


def take_in_statement(application: Application, home: Path) -> None:
    """Write the statement and take it in, once: before any case is woken, so none is reminded.

    Nobody brings the demo another one; so chasing waits for none.
    """
    bank, creditor = application.bank, DEMO_CREDITOR.id
    if bank.entries.accounts(creditor):
        return
    file = home / "bank" / "statement.sta"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_statement(machine_clock().date()), encoding="ascii")
    statements = read_bank_file(file.name, file.read_bytes())
    bank.statements.take_in(creditor, statements)
    bank.entries.set_active(creditor, DEMO_CREDITOR.iban, on=False)


def _statement(day: date) -> str:
    return _STATEMENT.format(
        account=DEMO_CREDITOR.iban,
        day=f"{day:%y%m%d}",
        settled=SETTLED.number,
        unclear=UNCLEAR.number,
    )
