"""What a person is told on request (GDPR, Art. 15): every row about a customer, in one instant."""

# ruff: noqa: S608 - these queries are put together from constants of this package only

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, text

from activities.ports.stores.customers import CustomerExport, ExportedFile
from adapters.ledger.core.engine import snapshot
from adapters.ledger.customers.people import account_row, debtor_of
from adapters.ledger.erasure.archive import ARCHIVED, archived_rows
from adapters.ledger.erasure.erasing import (
    COLLEAGUES,
    SPEAKERS,
    THEIR_ANSWERS,
    THEIR_CASES,
    THEIR_CHANGED_LETTERS,
    THEIR_ENTRIES,
    THEIR_MESSAGES,
    THEIR_PAYMENTS,
    THEIR_REPORTS,
    THEIR_ROWS,
    THEIR_TASKS,
)
from adapters.ledger.tables.people import account
from domain.parties.erased import is_their_name, names_of

EXPORTED = {
    "customer": ("account", THEIR_ROWS),
    "further_contacts": ("contact_point", THEIR_ROWS),
    "invoices": ("case_file", THEIR_ROWS),
    "what_was_said": ("message", THEIR_CASES),
    "what_was_done": ("deed", THEIR_CASES),
    "evidence": ("evidence", THEIR_CASES),
    "payments": ("payment", THEIR_ROWS),
    "payment_parts": ("payment_part", f"(creditor, source, id) IN {THEIR_PAYMENTS}"),
    "refunds": ("payment_refund", f"(creditor, source, id) IN {THEIR_PAYMENTS}"),
    "bank_entries": ("bank_entry", THEIR_ENTRIES),
    "known_payers": ("bank_payer", THEIR_ROWS),
    "remittance_advices": ("remittance", THEIR_ROWS),
    "messages_sent": ("outbound_message", THEIR_ROWS),
    "invoices_in_messages": ("outbound_item", f"message_id IN {THEIR_MESSAGES}"),
    "attempts_to_send": ("outbound_attempt", f"message_id IN {THEIR_MESSAGES}"),
    "letters_as_they_left": ("sent_letter", f"message_id IN {THEIR_MESSAGES}"),
    "reports_of_providers": ("provider_event", THEIR_REPORTS),
    "contacts": ("contact", THEIR_ROWS),
    "credit": ("credit_change", THEIR_ROWS),
    "credit_limits": ("credit_limit", THEIR_ROWS),
    "reports_of_bureaus": ("bureau_report", THEIR_ROWS),
    "flags": ("account_flag", THEIR_ROWS),
    "tasks": ("task", THEIR_TASKS),
    "notes": ("note", THEIR_ROWS),
    "answers": ("reply", THEIR_ANSWERS),
    "files_of_answers": ("reply_file", f"reply IN (SELECT key FROM reply WHERE {THEIR_ANSWERS})"),
    "links_to_the_page": ("page_link", THEIR_ROWS),
    "changes_of_letters": ("letter_change", THEIR_ROWS),
    "changed_letters": ("letter_change_end", THEIR_CHANGED_LETTERS),
    "confirmed_addresses": ("page_proof", THEIR_ROWS),
    "told_to_other_systems": ("happening", THEIR_ROWS),
}
"""For each heading the table, and which of its rows are about the customer."""

NOT_EXPORTED = {
    "console_view": "what our own people search for again; the customer's name in it is told",
    "idempotency": "the gateway's answers about the same rows, forgotten after a day",
}
"""Tables with something personal that are left out, and why."""

_ENDING = 5
"""Characters of a file's ending, at most."""

_STAFF = "one of us"
"""Stands for the names of the creditor's own people, whose data this is not (Art. 15 (4))."""
_SPEAKERS = ("by_whom", "owner", "done_by", "approved_by")


def export_customer(engine: Engine, creditor: str, customer: str) -> CustomerExport:
    """Read everything that is kept about a customer.

    Raises:
        LookupError: if there is no such customer.
    """
    who = {"creditor": creditor, "customer": customer}
    with snapshot(engine) as connection:
        mine = (account.c.creditor == creditor) & (account.c.customer == customer)
        if connection.execute(account.select().where(mine)).first() is None:
            raise LookupError(f"{creditor} has no customer {customer}")
        staff = _staff(connection, who)
        files: list[ExportedFile] = []
        rows = {
            heading: [
                _row(found, staff, heading, files)
                for found in _found(connection, table, where, who)
            ]
            for heading, (table, where) in EXPORTED.items()
        }
    return CustomerExport(rows=rows, files=tuple(files))


def _found(connection: Connection, table: str, where: str, who: dict[str, str]) -> Any:
    query = f"SELECT * FROM {table} WHERE {where}"
    if table in ARCHIVED:
        query += f" UNION ALL {archived_rows(table)}"
    return connection.execute(text(query), who).mappings()


def _staff(connection: Connection, who: dict[str, str]) -> frozenset[str]:
    """The names of the creditor's own people, as far as they are named about this customer."""
    colleagues = connection.execute(text(COLLEAGUES), who).scalars().all()
    named = {*colleagues, *connection.execute(text(SPEAKERS), who).scalars()}
    row = connection.execute(account_row(who["creditor"], who["customer"])).mappings().one()
    names = names_of(debtor_of(row))
    return frozenset(one for one in named if one and not is_their_name(one, names, colleagues))


def _row(
    found: Mapping[str, Any], staff: frozenset[str], heading: str, files: list[ExportedFile]
) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, value in found.items():
        if isinstance(value, bytes | memoryview):
            row[name] = _filed(bytes(value), found, heading, files) if value else ""
        elif name == "sales_rep" or (name in _SPEAKERS and value in staff):
            row[name] = _STAFF if value else ""
        elif isinstance(value, UUID):
            row[name] = str(value)
        else:
            row[name] = value
    return row


def _filed(body: bytes, found: Mapping[str, Any], heading: str, files: list[ExportedFile]) -> str:
    """Put a content beside the rows, under a name that is harmless on every disk."""
    given = str(found.get("name") or "").rpartition(".")[2]
    harmless = given.isascii() and given.isalnum() and len(given) <= _ENDING
    ending = given.lower() if harmless else "bin"
    path = f"files/{heading}-{len(files) + 1}.{ending}"
    files.append(ExportedFile(path=path, body=body))
    return path
