"""The creditor's bank accounts: up to which day their bookings are known."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Engine, RowMapping, func, select, update
from sqlalchemy.dialects.postgresql import insert

from activities.ports.bank.store import BankAccountRow
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.bank import bank_account
from adapters.ledger.tables.people import creditor as company
from domain.bank.numbers_in_text import number_key
from domain.bank.statement import BankBalance, BankStatement, StatementKind
from domain.money import Money

_A = bank_account.c


def bank_accounts(engine: Engine, creditor: str) -> tuple[BankAccountRow, ...]:
    """List the accounts of which statements came, by name."""
    query = select(bank_account).where(_A.creditor == creditor).order_by(_A.account)
    with reading(engine) as connection:
        return tuple(_account(row) for row in connection.execute(query).mappings())


def accounts_of_others(engine: Engine, creditor: str, accounts: Collection[str]) -> dict[str, str]:
    """Find accounts to which another creditor asks to be paid, and this one does not."""
    wanted = {number_key(account): account for account in accounts}
    plain = func.regexp_replace(func.upper(company.c.iban), "[^A-Z0-9]", "", "g")
    query = select(company.c.id, plain).where(plain.in_(wanted)).order_by(company.c.id.desc())
    with reading(engine) as connection:
        told = [(str(owner), wanted[iban]) for owner, iban in connection.execute(query)]
    own = {account for owner, account in told if owner == creditor}
    return {account: owner for owner, account in told if account not in own}


def note_account(engine: Engine, creditor: str, statement: BankStatement, at: datetime) -> None:
    """Keep up to which day an account is known, and the newest closing balance."""
    new = insert(bank_account).values(
        creditor=creditor,
        account=statement.account,
        known_until=statement.last_day,
        currency=statement.currency,
        imported_at=at,
    )
    later = func.greatest(_A.known_until, new.excluded.known_until)
    changed = {"known_until": later, "imported_at": new.excluded.imported_at}
    key = ["creditor", "account"]
    with engine.begin() as connection:
        connection.execute(new.on_conflict_do_update(index_elements=key, set_=changed))
        closing = statement.closing
        if closing is None or statement.kind is not StatementKind.STATEMENT:
            return
        mine = (_A.creditor == creditor) & (_A.account == statement.account)
        newer = _A.closing_day.is_(None) | (_A.closing_day <= closing.day)
        values = {"closing": closing.money.minor, "closing_day": closing.day}
        named = {"currency": closing.money.currency}
        connection.execute(update(bank_account).where(mine, newer).values(**values, **named))


def set_account_active(engine: Engine, creditor: str, account: str, *, on: bool) -> bool:
    """Let chasing wait for an account's statements, or not; False if there is none."""
    mine = (_A.creditor == creditor) & (_A.account == account)
    change = update(bank_account).where(mine).values(is_active=on).returning(_A.account)
    with engine.begin() as connection:
        return connection.execute(change).first() is not None


def _account(row: RowMapping) -> BankAccountRow:
    closing = None
    if row["closing"] is not None and row["closing_day"] is not None:
        closing = BankBalance(money=Money(row["closing"], row["currency"]), day=row["closing_day"])
    return BankAccountRow(
        account=row["account"],
        known_until=row["known_until"],
        is_active=row["is_active"],
        closing=closing,
        imported_at=row["imported_at"],
    )
