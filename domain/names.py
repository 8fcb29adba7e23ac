"""Names in Temporal by which other programs know us; they stand in histories: never change them."""

from collections.abc import Mapping
from types import MappingProxyType

TASK_QUEUE = "amicable"

INVOICE_WORKFLOW = "InvoiceWorkflow"
PAYMENT_WORKFLOW = "PostPayment"
RECONCILE_WORKFLOW = "Reconcile"
HAPPENINGS_WORKFLOW = "DeliverHappenings"

SEARCH_ATTRIBUTES: Mapping[str, str] = MappingProxyType(
    {
        "Stage": "Keyword",
        "Creditor": "Keyword",
        "Customer": "Keyword",
        "Currency": "Keyword",
        "DueDate": "Datetime",
    },
)
"""What a person can search cases by, and its type; ids only, never a name or an address."""
