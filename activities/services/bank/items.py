"""Puts together what money in the bank may be meant for: open items with what letters print."""

from __future__ import annotations

from dataclasses import replace

from activities.ports.bank.store import BankStore, PrintedReferences
from domain.bank.open_items import OpenItem, OpenItems


def items_of(store: BankStore, printed: PrintedReferences, creditor: str) -> OpenItems:
    """Read a creditor's open items, customers and known payers."""
    scheme, doubtful = store.references(creditor)

    def referred(item: OpenItem) -> OpenItem:
        """The item with the reference that its letters print."""
        if not scheme and not item.reference:
            return item
        is_taken = item.case in doubtful
        made, is_checked = printed(item.number, scheme, item.reference, is_taken=is_taken)
        return replace(item, reference=made, is_checked=is_checked)

    items = map(referred, store.items(creditor))
    names, payers = store.names(creditor), store.payers(creditor)
    return OpenItems(items, names, payers, store.advices(creditor))
