"""Puts together the services for bank statements and their entries."""

from __future__ import annotations

from dataclasses import dataclass

from activities.ports.clock import Clock
from activities.services.bank.entries import BankEntryService
from activities.services.bank.statements import StatementService
from activities.services.remittances.service import RemittanceService
from adapters.files.text import text_of_file
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.bank.store import SqlBankStore
from adapters.ledger.core.engine import Engine
from adapters.ledger.stores.payments import SqlPaymentStore
from adapters.ledger.stores.replies import SqlReplyStore
from adapters.letters.paying.references import checked_reference


@dataclass(frozen=True, slots=True)
class BankServices:
    """What statements are taken in by, and what people do with their entries."""

    statements: StatementService
    entries: BankEntryService
    remittances: RemittanceService


def bank_services(engine: Engine, clock: Clock) -> BankServices:
    """Make them on one ledger."""
    store, payments = SqlBankStore(engine), SqlPaymentStore(engine)
    parts = (store, SqlLedger(engine), payments, checked_reference, clock)
    remittances = RemittanceService(
        SqlReplyStore(engine), store, SqlLedger(engine), text_of_file, clock
    )
    return BankServices(StatementService(*parts), BankEntryService(*parts), remittances)
