"""Puts together the service for electronic invoices."""

from __future__ import annotations

from activities.ports.clock import Clock
from activities.services.einvoice.intake import EInvoiceService
from adapters.ledger.core.engine import Engine
from adapters.ledger.stores.einvoice.buyers import SqlBuyerStore


def einvoice_service(engine: Engine, clock: Clock) -> EInvoiceService:
    """Make it on a ledger."""
    return EInvoiceService(SqlBuyerStore(engine), clock)
